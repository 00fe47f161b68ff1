"""Institution mentions and their houses in, the house that publishes the text out, and the house that the text is about."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import fsum

from extractor.find.cues import cue
from extractor.layout import Layout, Line
from extractor.records import Kind, Mention

_WINDOW = 50
_SHARE = 0.4  # of a line
# Weights of an averaged perceptron over annotated pages, rounded; five-fold: 64 of 80 publishers right.
_COPY, _FIRST, _UNITS, _MEDIA, _MEDIA_AT_EDGE, _LAST, _TOP, _CONTACTS, _OFTEN = 4.5, 6.5, 1.4, 5.0, 5.0, 3.0, 1.8, 1.0, 0.2
_MOST, _MOST_UNITS = 8, 3
# Weights of a logistic model for the house told of, over annotated pages, rounded; of pages left out 109 of 135 right.
_SUBJECT = {
    "last": 1.3, "order 0": 1.1, "host": 0.9, "early": 0.8, "top": 0.7, "unit last": 0.7, "copy": 0.5, "order 1": 0.4, "post": 0.4,
    "university": 0.4, "from": 0.2, "acts": 0.1, "hospital": -0.1, "units 0": -0.2, "late": -0.2, "association": -0.3, "has parent": -0.3,
    "dep": -0.4, "order 3": -0.4, "guest": -0.6, "company": -0.7, "mid": -0.7, "guest few": -0.7, "with": -0.8, "order 4": -1.1,
}  # fmt: skip
_LAST_ORDER, _FEW = 4, 2
_EARLY, _LATE = 0.2, 0.5  # of a text
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
    marks: list[set[str]] = [{str(kind)} for kind in kinds]
    first: dict[int, int] = {}
    for i, mention in enumerate(mentions):
        first.setdefault(number[i], mention.start)
        marks[number[i]] |= _marks(text, mention, layout) | _deeds(text, mention)
    for unit, parent in parents.items():
        marks[parent] |= {f"unit {mark}" for mark in marks[unit]}
        marks[unit].add("has parent")
    counts, units = Counter(number.values()), Counter(parents.values())
    for order, (at, start) in enumerate(first.items()):
        share = start / max(1, len(text))
        marks[at] |= {f"order {min(order, _LAST_ORDER)}", "late" if share > _LATE else "mid" if share > _EARLY else "early"}
        if not units[at]:
            marks[at].add("units 0")
        if counts[at] <= _FEW and "guest" in marks[at]:
            marks[at].add("guest few")
    return [fsum(_SUBJECT.get(mark, 0.0) for mark in own) for own in marks]  # exact, as sets come in any order


def visiting_houses(text: str, mentions: Sequence[Mention], number: Mapping[int, int]) -> set[int]:
    """Houses that come to "us", and so are not the one whose page it is: "the president of Oslo University visited our college"."""
    return {number[i] for i, mention in enumerate(mentions) if cue("visits_us").match(text, mention.end)}


def _deeds(text: str, mention: Mention) -> set[str]:
    """Whether a mention stands as a host or a guest, or does what the text tells."""
    floor = max(0, mention.start - _WINDOW)
    before = {"host": cue("hosts"), "guest": cue("is_guest"), "from": cue("guests_from"), "with": cue("stands_with")}
    after = {"post": cue("has_post"), "acts": cue("acts"), "dep": cue("sends_guests")}
    marks = {mark for mark, pattern in before.items() if pattern.search(text, floor, mention.start)}
    return marks | {mark for mark, pattern in after.items() if pattern.match(text, mention.end)}


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
