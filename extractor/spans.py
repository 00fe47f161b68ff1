"""What the finders pass on: a labelled stretch of characters and who found it."""

from bisect import bisect_left, insort
from typing import NamedTuple


class Span(NamedTuple):
    """Characters ``start`` to ``end`` (half-open) of a text; ``score`` is 0 to 1."""

    start: int
    end: int
    label: str
    rule: str
    score: float = 1.0


def overlaps(a: Span, b: Span) -> bool:
    """Whether two spans share at least one character."""
    return a.start < b.end and b.start < a.end


def keep_best(spans: list[Span]) -> list[Span]:
    """Spans without overlaps, in text order: higher score first, then longer, then earlier."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (-s.score, s.start - s.end, s.start)):
        at = bisect_left(kept, span)
        if not any(overlaps(span, other) for other in kept[max(0, at - 1) : at + 1]):
            insort(kept, span)
    return kept
