"""A masked text and the trigger rules in, every stretch of words that may evoke an event out, in text order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from extractor.records import EventType
from extractor.rules import Rule, Rules
from extractor.rules.openings import LONGEST, openings_of, plain

TYPES: tuple[EventType, ...] = ("agreement", "visit", "meeting", "appointment", "establishment")


class Hit(NamedTuple):
    """Words that a trigger rule matched: characters ``start`` to ``end`` (half-open)."""

    start: int
    end: int
    rule: str
    value: Mapping[str, str]

    def has(self, key: str, value: str) -> bool:
        """Whether the rule says so."""
        return self.value.get(key) == value


_WORD = re.compile(r"\b\w")
_LINE_END = "\ue00f"  # stands for a line break, which no trigger crosses


@cache
def compiled(rule_id: str, pattern: str) -> re.Pattern[str]:
    """A rule's pattern, compiled once; the id only tells rules apart."""
    return re.compile(pattern.replace(r"\S", rf"[^\s{_LINE_END}]"), re.IGNORECASE)


def pattern_of(rule: Rule) -> re.Pattern[str]:
    """The compiled pattern of a trigger rule."""
    return compiled(rule.id, rule.regex or re.escape(rule.phrase or ""))


def find_triggers(masked: str, rules: Rules, label: EventType) -> list[Hit]:
    """The hits of all rules of one event type, without overlaps: the longer wins, then the earlier rule."""
    return find_all_triggers(masked, rules, (label,))[label]


def find_all_triggers(masked: str, rules: Rules, labels: Sequence[EventType] = TYPES) -> dict[EventType, list[Hit]]:
    """The hits of each of some event types: the text is read once, and a rule is tried only where a word begins as its matches do."""
    known = [rule for label in labels for rule in rules.labelled(label)]
    places = _places(masked.replace("\n", _LINE_END), tuple(pattern_of(rule) for rule in known))
    hits: dict[EventType, list[tuple[int, int, Hit]]] = {label: [] for label in labels}
    for number, (rule, found) in enumerate(zip(known, places, strict=True)):
        hits[rule.label] += [(start - end, number, Hit(start, end, rule.id, rule.value)) for start, end in found]  # type: ignore[index]
    return {label: _kept(found) for label, found in hits.items()}


def _places(masked: str, patterns: tuple[re.Pattern[str], ...]) -> list[list[tuple[int, int]]]:
    """Where each pattern matches, as its own ``finditer`` tells."""
    found: list[list[tuple[int, int]]] = [[] for _ in patterns]
    ends = [0] * len(patterns)
    told, openings = plain(masked), _openings(patterns)
    for word in _WORD.finditer(told):
        at = word.start()
        for size in range(1, LONGEST + 1):
            for number in openings.get(told[at : at + size], ()):
                if ends[number] <= at and (match := patterns[number].match(masked, at)) is not None:
                    ends[number] = match.end()
                    found[number].append(match.span())
    for number in openings.get("", ()):
        found[number] = [match.span() for match in patterns[number].finditer(masked) if match.end() > match.start()]
    return found


@lru_cache(maxsize=16)
def _openings(patterns: tuple[re.Pattern[str], ...]) -> Mapping[str, tuple[int, ...]]:
    """Opening -> the patterns whose matches may begin so; under "" those that may begin anywhere."""
    numbers: dict[str, tuple[int, ...]] = {}
    for number, pattern in enumerate(patterns):
        for opening in openings_of(pattern.pattern) or {""}:
            numbers[opening] = (*numbers.get(opening, ()), number)
    return numbers


def _kept(found: list[tuple[int, int, Hit]]) -> list[Hit]:
    found.sort(key=lambda item: (item[0], item[1], item[2].start))
    return sorted(_apart([hit for _, _, hit in found]), key=lambda hit: hit.start)


def _apart(hits: Sequence[Hit]) -> list[Hit]:
    taken: set[int] = set()
    kept = []
    for hit in hits:
        if hit.start in taken or hit.end - 1 in taken:
            continue
        taken.update(range(hit.start, hit.end))
        kept.append(hit)
    return kept
