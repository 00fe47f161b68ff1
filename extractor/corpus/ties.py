"""Acts over all texts in, ties between organisations and between countries out, year by year; counts count acts, not tellings."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

from extractor.corpus.gather import Telling

TIED = ("agreement", "visit", "meeting", "appointment", "establishment")
Row = dict[str, Any]


class Act(NamedTuple):
    """One act in the world; ``year`` is None where no text tells it."""

    type: str
    houses: tuple[str, ...]
    year: int | None


def acts_of(tellings: Iterable[tuple[Telling, tuple[str, ...], str, date | None]]) -> list[Act]:
    """The acts other than agreements: tellings of one type, one day and the same houses are one; without a day, those of one source.

    Each telling comes with its top houses, the text that it copies or its own, and the day of publication.
    """
    acts: dict[tuple[Any, ...], Act] = {}
    for telling, houses, source, published in tellings:
        if telling.action in ("planned", "agreed") or len(houses) < 2:
            continue
        when: tuple[Any, ...] = (telling.start, telling.end) if telling.start else (source, telling.action)
        year = telling.start.year if telling.start else published.year if published else None
        acts.setdefault((telling.type, houses, *when), Act(telling.type, houses, year))
    return list(acts.values())


def tie_rows(acts: Iterable[Act], country_of: Mapping[str, str | None]) -> tuple[list[Row], list[Row]]:
    """Rows of pairs of organisations, and of pairs of countries (also of one with itself), each with counts by type and year."""
    pairs: dict[tuple[str, str, int | None], Counter[str]] = defaultdict(Counter)
    countries: dict[tuple[str, str, int | None], Counter[str]] = defaultdict(Counter)
    for act in acts:
        for a, b in combinations(sorted(set(act.houses)), 2):
            pairs[a, b, act.year][act.type] += 1
        for a, b in _country_pairs(act, country_of):
            countries[a, b, act.year][act.type] += 1
    return _rows(pairs), _rows(countries)


def _country_pairs(act: Act, country_of: Mapping[str, str | None]) -> set[tuple[str, str]]:
    """Each pair of countries once per act, however many houses of them take part."""
    known = [(country_of[a], country_of[b]) for a, b in combinations(sorted(set(act.houses)), 2)]
    return {(min(a, b), max(a, b)) for a, b in known if a and b}


def _rows(pairs: Mapping[tuple[str, str, int | None], Counter[str]]) -> list[Row]:
    ordered = sorted(pairs.items(), key=lambda item: (item[0][0], item[0][1], item[0][2] is None, item[0][2] or 0))
    return [{"a": a, "b": b, "year": year, **{t: counts[t] for t in TIED}, "total": counts.total()} for (a, b, year), counts in ordered]
