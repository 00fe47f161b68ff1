"""A unit and a house that the context offers in, whether the unit is part of it out."""

from bisect import bisect_right
from collections.abc import Iterator
from math import fsum

import regex

from extractor.find.cues import cue
from extractor.find.places import is_place
from extractor.link.adjacency import level_of
from extractor.link.naming import Name
from extractor.link.page import Page
from extractor.records import Kind

JOINT = regex.compile(r"\b(?:joint|sino|consort\w+|alliance)\b|(?-i:\p{Lu}{2,}-\p{Lu}{2,})", regex.IGNORECASE)
OWN = regex.compile(r"\b(?:its|their)\s+(?:\p{L}+\s)?$", regex.IGNORECASE)
OURS = regex.compile(r"\bour\s+(?:own\s)?$", regex.IGNORECASE)
BACK = 30
_THE = regex.compile(r"\bthe\s$", regex.IGNORECASE)
_JOINED = regex.compile(r"(?:\band|\bwith|,)\s(?:the\s)?$", regex.IGNORECASE)
_PLACE_AFTER = regex.compile(r",? (?:in|of|at) \p{Lu}")
_BRACKET_AFTER = regex.compile(r"\s?\(")
_ALONE: frozenset[Kind] = frozenset({"government", "company", "media", "university", "hospital"})
_NO_UNITS: frozenset[Kind] = frozenset({"university", "company", "media"})
_BODIES = frozenset(
    {
        ("senate",),
        ("academic", "senate"),
        ("university", "council"),
        ("council",),
        ("faculty", "senate"),
        ("board",),
        ("first", "hospital"),
        ("second", "hospital"),
    }
)
# Weights of a logistic model over annotated pages, rounded; a pair belongs together above 0. On held-out pages it keeps 51 of 53 right
# parents, as did "every unit has one", and gives 6 houses a parent that have none, where that gave 20.
_WEIGHTS = {
    "needs": 1.6, "its": 1.4, "council": 1.3, "ours": 1.1, "subject faculty": 0.9, "told before": 0.8, "near department": 0.7,
    "in institute": 0.7, "generic": 0.6, "post of": 0.6, "in university": 0.5, "subject department": 0.1, "joined": -0.3, "place": -0.3,
    "hospital": -0.5, "the": -0.5, "institute": -0.6, "own hospital": -0.7, "near faculty": -0.7, "in nothing known": -0.7,
    "bracket after": -0.8, "in association": -0.8, "own faculty": -0.9, "own institute": -0.9, "own laboratory": -0.9,
    "in government": -1.0, "association": -1.0, "college": -1.0, "place after": -1.6, "national": -1.9, "government": -2.1,
}  # fmt: skip
_BIAS = -1.0


def needs_parent(name: Name) -> bool:
    """Whether a name is one of a unit that cannot stand by itself."""
    if JOINT.search(name.text):
        return False
    if name.kind in ("laboratory", "institute") and "studies" not in name.key:
        return not has_place(name)
    if name.kind in ("faculty", "department", "laboratory", "institute"):
        return True
    return not name.core and not name.is_acronym and (name.kind not in _ALONE or name.key in _BODIES)


def has_place(name: Name) -> bool:
    """Whether a place or a nation is among the words that single a name out."""
    return any(is_place(word) or word.startswith("@") for word in name.core)


def may_belong(name: Name) -> bool:
    """Whether a name can be one of a unit at all."""
    return needs_parent(name) if name.kind is None else name.kind not in _NO_UNITS or needs_parent(name)


def belongs(page: Page, i: int, house: int, subject: int | None) -> bool:
    """Whether the unit of mention ``i`` is part of ``house``; ``subject`` is the house that the text is about."""
    unit = page.best[page.number[i]]
    if not (level_of(page.best[house]) > level_of(unit) or unit.is_generic):
        return False
    if unit.kind is None or unit.kind in _NO_UNITS:
        return True
    marks = {*_of_unit(unit), *_of_pair(page, i, house, subject), *_around(page, i)}
    return fsum([_BIAS, *(_WEIGHTS.get(mark, 0.0) for mark in marks)]) > 0  # exact, as sets come in any order


def _of_unit(unit: Name) -> Iterator[str]:
    kind = str(unit.kind)
    yield kind
    if unit.core:
        yield f"own {kind}"
    if unit.is_generic:
        yield "generic"
    if has_place(unit):
        yield "place"
    if needs_parent(unit):
        yield "needs"
    if {"national", "state"} & set(unit.key):
        yield "national"
    yield from {"council", "college"} & set(unit.key)


def _of_pair(page: Page, i: int, house: int, subject: int | None) -> Iterator[str]:
    kind, start = page.best[page.number[i]].kind, page.mentions[i].start
    sentence = page.starts[bisect_right(page.starts, start) - 1] if page.starts else 0
    yield f"in {page.best[house].kind or 'nothing known'}"
    if house == subject:
        yield f"subject {kind}"
    told = [page.mentions[j].start for j in range(i) if page.number[j] == house]
    if any(at >= sentence for at in told):
        yield f"near {kind}"
    if any(at < sentence for at in told):
        yield "told before"


def _around(page: Page, i: int) -> Iterator[str]:
    text, start, end = page.text, page.mentions[i].start, page.mentions[i].end
    floor = max(0, start - BACK)
    before = {"its": OWN, "ours": OURS, "the": _THE, "joined": _JOINED, "post of": cue("heads_unit")}
    yield from (mark for mark, pattern in before.items() if pattern.search(text, floor, start))
    after = {"place after": _PLACE_AFTER, "bracket after": _BRACKET_AFTER}
    yield from (mark for mark, pattern in after.items() if pattern.match(text, end))
