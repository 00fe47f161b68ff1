"""The name of a question in, the words that answer it out: the regular expressions of ``events_phrases.yaml``, compiled on first use."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property

from extractor.rules import load_lexicon


class Phrase:
    """A regular expression by its name, ``module.question``; case does not matter unless it says so. Offsets are characters."""

    def __init__(self, name: str) -> None:
        self.name = name

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled expression."""
        module, question = self.name.split(".")
        return re.compile(load_lexicon("events_phrases")[module][question], re.IGNORECASE)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first place in a stretch of a text."""
        return self.pattern.search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The words that begin at ``start``."""
        return self.pattern.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The stretch, where nothing but these words is in it."""
        return self.pattern.fullmatch(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Every place in a stretch of a text, in order."""
        return self.pattern.finditer(text, start, end)

    def findall(self, text: str) -> list[str]:
        """The words of every place."""
        return [found[0] for found in self.pattern.finditer(text)]

    def split(self, text: str, maxsplit: int = 0) -> list[str]:
        """The stretches between the places."""
        return [part or "" for part in self.pattern.split(text, maxsplit=maxsplit)]

    def sub(self, new: Callable[[re.Match[str]], str], text: str) -> str:
        """The text with every place rewritten."""
        return self.pattern.sub(new, text)
