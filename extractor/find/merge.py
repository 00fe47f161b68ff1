"""Spans of the model and of the rules in, one list without overlaps out: who wins where both speak."""

from collections.abc import Sequence

from extractor.spans import Span, keep_best


def merge_spans(text: str, told: Sequence[Span], dates: Sequence[Span]) -> list[Span]:
    """Dates by rules; institutions, people and roles by the model."""
    return keep_best([*dates, *(span for span in told if span.label != "date")])
