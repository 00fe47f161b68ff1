"""Institution mentions and their houses in, the house that publishes the text out, and the house that the text is about."""

from collections.abc import Mapping, Sequence

import regex

from extractor.layout import Layout, Line
from extractor.records import Kind, Mention

_COPYRIGHT = regex.compile(r"(?:©|\(c\)|copyright)[^\n]{0,40}$", regex.IGNORECASE)
_CONTACT = regex.compile(r"@|\b(?:tel|phone|contact|e-?mail|enquir|inquir|street|road|for (?:more|further) information)", regex.IGNORECASE)
_WINDOW = 50
# Weights of an averaged perceptron over annotated pages, rounded; five-fold: 64 of 80 publishers right.
_COPY, _FIRST, _UNITS, _MEDIA, _MEDIA_AT_EDGE, _LAST, _TOP, _CONTACTS, _OFTEN = 4.5, 6.5, 1.4, 5.0, 5.0, 3.0, 1.8, 1.0, 0.2
_MOST, _MOST_UNITS = 8, 3
_SMALL: frozenset[Kind] = frozenset({"university", "company", "association", "hospital", "laboratory", "other", "school", "institute"})
_SMALL_COST = 2.0


def publisher_weights(text: str, mentions: Sequence[Mention], number: Mapping[int, int], kinds: Sequence[Kind], units: Mapping[int, int], layout: Layout) -> list[float]:
    """How likely each house is to publish the text; ``units`` counts the units that the text prints for a house."""
    weights = [0.0] * len(kinds)
    marks: list[set[str]] = [set() for _ in kinds]
    counts = [0] * len(kinds)
    for i, mention in enumerate(mentions):
        at = number[i]
        counts[at] += 1
        marks[at] |= _marks(text, mention, layout)
    order = {at: rank for rank, at in enumerate(dict.fromkeys(number[i] for i in range(len(mentions))))}
    for at, kind in enumerate(kinds):
        edge = bool(marks[at] & {"top", "last", "copy"})
        weights[at] = (
            _COPY * ("copy" in marks[at])
            + _LAST * ("last" in marks[at])
            + _TOP * ("top" in marks[at])
            + _CONTACTS * ("contact" in marks[at])
            + _FIRST / (1 + order[at])
            + _UNITS * min(units.get(at, 0), _MOST_UNITS)
            + _OFTEN * min(counts[at], _MOST)
            + (kind == "media") * (_MEDIA + _MEDIA_AT_EDGE * edge)
            - _SMALL_COST * (kind in _SMALL)
        )
    return weights


def edge_houses(text: str, mentions: Sequence[Mention], number: Mapping[int, int], layout: Layout) -> set[int]:
    """Houses that the first or last lines or the copyright line name."""
    return {number[i] for i, mention in enumerate(mentions) if _marks(text, mention, layout) & {"top", "last", "copy"}}


def _marks(text: str, mention: Mention, layout: Layout) -> set[str]:
    line = layout.line_at(mention.start)
    if line is None:
        return set()
    marks = set()
    if line in layout.lines[:2] and line.part != "title":
        marks.add("top")
    if line == layout.lines[-1]:
        marks.add("last")
    if _COPYRIGHT.search(text[max(line.start, mention.start - _WINDOW) : mention.start]):
        marks.add("copy")
    if _has_contact(text, line):
        marks.add("contact")
    return marks


def _has_contact(text: str, line: Line) -> bool:
    return bool(_CONTACT.search(text, line.start, min(line.end, line.start + 400)))
