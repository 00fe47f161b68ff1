"""A masked text and the trigger rules in, every stretch of words that may evoke an event out, in text order."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from extractor.records import EventType
from extractor.rules import Rule, Rules

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
    masked = masked.replace("\n", _LINE_END)
    found = [
        (match.start() - match.end(), number, Hit(match.start(), match.end(), rule.id, rule.value))
        for number, rule in enumerate(rules.labelled(label))
        for match in pattern_of(rule).finditer(masked)
        if match.end() > match.start()
    ]
    found.sort(key=lambda item: (item[0], item[1], item[2].start))
    kept = _apart([hit for _, _, hit in found])
    return sorted(kept, key=lambda hit: hit.start)


def _apart(hits: Sequence[Hit]) -> list[Hit]:
    taken: set[int] = set()
    kept = []
    for hit in hits:
        if hit.start in taken or hit.end - 1 in taken:
            continue
        taken.update(range(hit.start, hit.end))
        kept.append(hit)
    return kept
