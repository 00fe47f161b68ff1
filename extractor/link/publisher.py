"""Institution mentions and their houses in, the house that publishes the text out, and the house that the text is about."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from extractor.find.cues import cue
from extractor.layout import Layout, Line
from extractor.records import Kind, Mention

_WINDOW = 50
_SHARE = 0.4  # of a line
# Weights of an averaged perceptron over annotated pages, rounded; five-fold: 64 of 80 publishers right.
_COPY, _FIRST, _UNITS, _MEDIA, _MEDIA_AT_EDGE, _LAST, _TOP, _CONTACTS, _OFTEN = 4.5, 6.5, 1.4, 5.0, 5.0, 3.0, 1.8, 1.0, 0.2
_MOST, _MOST_UNITS = 8, 3
# The same for the house told of (five-fold: 150 of 179 right).
_SUBJECT = {
    "top": 0.3, "copy": 4.9, "title": 0.8, "last": -1.4, "host": 0.4, "acts": 0.6, "post of": 1.0, "post": 0.8,
    "unit top": 4.1, "unit last": 3.1, "unit contact": 2.9, "guest": -2.0,
}  # fmt: skip
_SUBJECT_FIRST, _SUBJECT_OPENS, _SUBJECT_UNITS, _SUBJECT_OFTEN = 0.4, 1.2, 1.8, 0.52
_SMALL: frozenset[Kind] = frozenset({"university", "company", "association", "hospital", "laboratory", "other", "school", "institute"})
_SMALL_COST = 2.0


def publisher_weights(
    text: str, mentions: Sequence[Mention], number: Mapping[int, int], kinds: Sequence[Kind], units: Mapping[int, int], layout: Layout
) -> list[float]:
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


def subject_weights(
    text: str, mentions: Sequence[Mention], number: Mapping[int, int], kinds: Sequence[Kind], parents: Mapping[int, int], layout: Layout
) -> list[float]:
    """How likely each house is the one that the text calls "our university"; ``parents`` are the printed ones."""
    marks: list[set[str]] = [set() for _ in kinds]
    counts = [0] * len(kinds)
    for i, mention in enumerate(mentions):
        at = number[i]
        counts[at] += 1
        marks[at] |= _marks(text, mention, layout) | _deeds(text, mention)
    for unit, parent in parents.items():
        marks[parent] |= {f"unit {mark}" for mark in marks[unit]}
    units = Counter(parents.values())
    order = {at: rank for rank, at in enumerate(dict.fromkeys(number[i] for i in range(len(mentions))))}
    return [
        sum(weight for mark, weight in _SUBJECT.items() if mark in marks[at])
        + _SUBJECT_FIRST / (1 + order[at])
        + _SUBJECT_OPENS * (order[at] == 0)
        + _SUBJECT_UNITS * min(units[at], _MOST_UNITS)
        + _SUBJECT_OFTEN * min(counts[at], _MOST)
        for at in range(len(kinds))
    ]


def _deeds(text: str, mention: Mention) -> set[str]:
    """Whether a mention stands as a host, or does what the text tells."""
    marks = set()
    if cue("has_post").match(text, mention.end):
        marks.add("post")
    if cue("is_post_of").search(text, max(0, mention.start - _WINDOW), mention.start):
        marks.add("post of")
    if cue("hosts").search(text, max(0, mention.start - _WINDOW), mention.start):
        marks.add("host")
    if cue("is_guest").search(text, max(0, mention.start - _WINDOW), mention.start):
        marks.add("guest")
    if cue("acts").match(text, mention.end):
        marks.add("acts")
    return marks


def edge_houses(text: str, mentions: Sequence[Mention], number: Mapping[int, int], layout: Layout) -> set[int]:
    """Houses that a short first or last line, or the copyright line, names and little else."""
    return {
        number[i]
        for i, mention in enumerate(mentions)
        if (marks := _marks(text, mention, layout)) and ("copy" in marks or _fills(mention, layout))
    }


def _fills(mention: Mention, layout: Layout) -> bool:
    line = layout.line_at(mention.start)
    return (
        line is not None
        and line in (*layout.lines[:2], layout.lines[-1])
        and line.part != "title"
        and mention.end - mention.start > _SHARE * (line.end - line.start)
    )


def _marks(text: str, mention: Mention, layout: Layout) -> set[str]:
    line = layout.line_at(mention.start)
    if line is None:
        return set()
    marks = {"title"} if line.part == "title" else set()
    if line in layout.lines[:2] and line.part != "title":
        marks.add("top")
    if line == layout.lines[-1]:
        marks.add("last")
    if cue("copyright").search(text[max(line.start, mention.start - _WINDOW) : mention.start]):
        marks.add("copy")
    if _has_contact(text, line):
        marks.add("contact")
    return marks


def _has_contact(text: str, line: Line) -> bool:
    return _tells_contact(text[line.start : min(line.end, line.start + 400)])


@lru_cache(maxsize=256)
def _tells_contact(words: str) -> bool:
    return cue("contact").search(words) is not None
