"""YAML rule files in, checked rules out; a rule that breaks its promises stops the start with a clear error."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self, get_args

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from extractor.errors import RuleError
from extractor.records import EventType
from extractor.rules.ambiguity import AmbiguityError, refuse_ambiguous

HERE = Path(__file__).parent
RuleLabel = Literal["institution", "person", "role", "date", "agreement", "visit", "meeting", "appointment", "establishment"]


class Rule(BaseModel):
    """One pattern with its proof. Exactly one of ``phrase``, ``tokens`` (spaCy Matcher) and ``regex`` is given.

    ``examples`` mark in brackets what the rule must find; in ``counter_examples`` it must find nothing.
    ``value`` says what a find means (``{kind: university}``, ``{action: signed}``).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z_]+(\.[a-z0-9_-]+)+$")
    label: RuleLabel
    phrase: str | None = None
    tokens: tuple[dict[str, Any], ...] | None = None
    regex: str | None = None
    value: Mapping[str, str] = Field(default_factory=dict)
    examples: tuple[str, ...] = Field(min_length=1)
    counter_examples: tuple[str, ...] = Field(min_length=1)
    note: str | None = None

    @model_validator(mode="after")
    def _has_one_pattern(self) -> Self:
        if sum(p is not None for p in (self.phrase, self.tokens, self.regex)) != 1:
            raise ValueError("exactly one of phrase, tokens and regex is required")
        return self


class Rules(NamedTuple):
    """All rules by label, and the digest of every file under ``rules/`` that documents.jsonl prints."""

    by_label: Mapping[str, tuple[Rule, ...]]
    digest: str

    def labelled(self, *labels: str) -> tuple[Rule, ...]:
        """The rules of the given labels, in file order."""
        return tuple(rule for label in labels for rule in self.by_label.get(label, ()))


@cache
def load_rules(extra: tuple[str, ...] = ()) -> Rules:
    """The shipped rules; those of ``extra`` files are added, or override a shipped rule of the same id.

    Raises RuleError with file, rule and field; patterns of ``extra`` files that might never end are refused (the shipped ones are tested).
    """
    by_id: dict[str, Rule] = {}
    for path in shipped_files():
        for rule in read_rules(path):
            if rule.id in by_id:
                raise RuleError(f"{path.name}, rule '{rule.id}'", "this id is already taken", "ids are unique over all files")
            by_id[rule.id] = rule
    for name in extra:
        for rule in read_rules(Path(name)):
            if (why := endless(rule)) is not None:
                raise RuleError(f"{name}, rule '{rule.id}', regex", why, "let each turn of a loop begin with what ends the one before")
            by_id[rule.id] = rule
    by_label: dict[str, list[Rule]] = {}
    for rule in by_id.values():
        by_label.setdefault(rule.label, []).append(rule)
    return Rules({label: tuple(rules) for label, rules in by_label.items()}, _digest(extra))


def endless(rule: Rule) -> str | None:
    """Why a rule's regular expression may take time without bound, None where it is sure to end soon (or is none)."""
    try:
        refuse_ambiguous(rule.regex or "", ignores_case=rule.label in get_args(EventType))
    except AmbiguityError as error:
        return str(error)
    return None


def shipped_files() -> list[Path]:
    """The rule files of the package, in a fixed order (word lists under ``lexicon/`` and the abbreviations are not rules)."""
    return sorted(path for path in HERE.rglob("*.yaml") if "lexicon" not in path.parts and path.name != "abbreviations.yaml")


def read_rules(path: Path) -> Iterator[Rule]:
    """The rules of one file. Raises RuleError at the first that is none."""
    return (rule_of(path, name, entry) for name, entry in entries_of(path))


def entries_of(path: Path) -> Iterator[tuple[str, Any]]:
    """The entries of a rule file as they stand there, each with the name that errors call it by."""
    for number, entry in enumerate(_entries(path), 1):
        named = entry.get("id") if isinstance(entry, dict) else None
        yield str(named or f"number {number}"), entry


def rule_of(path: Path, name: str, entry: object) -> Rule:
    """One checked rule. Raises RuleError with file, rule and field."""
    try:
        return Rule.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        where = f"{path.name}, rule '{name}', {'.'.join(map(str, first['loc'])) or 'entry'}"
        raise RuleError(where, first["msg"], "see any shipped rule for the form") from error


def _entries(path: Path) -> Iterable[Any]:
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise RuleError(str(path), f"cannot be read ({error})", "give a UTF-8 YAML file with a list of rules") from error
    if entries is None:
        return []
    if not isinstance(entries, list):
        raise RuleError(str(path), "is not a list of rules", "begin each rule with '- id: …'")
    return entries


def _digest(extra: tuple[str, ...]) -> str:
    digest = hashlib.sha256()
    for path in [*sorted(HERE.rglob("*.yaml")), *map(Path, extra)]:
        digest.update(path.read_bytes())
    return f"sha256:{digest.hexdigest()[:16]}"
