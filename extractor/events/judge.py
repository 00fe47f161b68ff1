"""The words around a trigger in, whether and how the act happened out: signed, agreed, planned, in force, ended, or not at all."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from extractor.rules import load_lexicon

Time = Literal["past", "long_past", "present", "agreed", "planned", "purpose", "denied"]
_BEFORE = 110  # characters that are read before a trigger
_AFTER = 70


class Moods(NamedTuple):
    """Compiled word lists of ``events_moods.yaml``."""

    denied: re.Pattern[str]
    planned: re.Pattern[str]
    planned_after: re.Pattern[str]
    agreed: re.Pattern[str]
    purpose: re.Pattern[str]
    long_past: re.Pattern[str]


@cache
def moods() -> Moods:
    """The word lists that tell what has happened from what has not."""
    listed = load_lexicon("events_moods")
    return Moods(*(re.compile("|".join(f"(?:{p})" for p in listed[name]), re.IGNORECASE) for name in Moods._fields))


def time_of(masked: str, start: int, end: int, zone: tuple[int, int]) -> Time:
    """When, or whether, the act of a trigger at ``start``:``end`` happened, by the words of its own clause."""
    return _time_between(masked[max(zone[0], start - _BEFORE) : start], masked[end : min(zone[1], end + _AFTER)])


@lru_cache(maxsize=1 << 10)
def _time_between(before: str, after: str) -> Time:
    known = moods()
    if known.denied.search(before):
        return "denied"
    if known.planned.search(before) or known.planned_after.match(after):
        return "planned"
    if known.agreed.search(before):
        return "agreed"
    if known.purpose.search(before):
        return "purpose"
    return "long_past" if known.long_past.search(before) else "past"
