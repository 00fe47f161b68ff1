"""Every exception of the package; each says where it happened, what is wrong and what to do."""

from functools import partial
from typing import Any


class ExtractorError(Exception):
    """Base of all errors raised on purpose: ``where: what - what to do``."""

    def __init__(self, where: str, what: str, remedy: str | None = None) -> None:
        self.where = where
        self.what = what
        self.remedy = remedy
        super().__init__(f"{where}: {what}" + (f" – {remedy}" if remedy else ""))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.where, self.what, self.remedy)


class SourceError(ExtractorError):
    """An input that cannot be read or is refused; the run goes on without it. ``reason`` is one word for failures.jsonl."""

    def __init__(self, where: str, what: str, remedy: str | None = None, *, reason: str = "unreadable") -> None:
        self.reason = reason
        super().__init__(where, what, remedy)

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(type(self), reason=self.reason), (self.where, self.what, self.remedy)


class RuleError(ExtractorError):
    """A rule file that breaks its own promises; the start stops."""


class SettingsError(ExtractorError):
    """A setting that makes no sense; the start stops."""


class RecordError(ExtractorError):
    """A record that contradicts its text or points to nothing."""


class ModelError(ExtractorError):
    """A language model that is missing or cannot be used; the start stops."""


class OutputError(ExtractorError):
    """An output that cannot be written; the run stops, and goes on when it is started again."""
