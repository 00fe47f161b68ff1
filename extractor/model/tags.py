"""Probabilities of tags per word -> spans of words, each with a label and a score."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

LABELS = ("institution", "person", "role", "date")
TAGS = ("O", *(f"{part}-{label}" for label in LABELS for part in "BIES"))
_PARTS = [("", ""), *((tag[0], tag[2:]) for tag in TAGS[1:])]
_OPENING = np.array([tag[0] in "OBS" for tag in TAGS])  # may follow a closed span, may open a text
_CLOSING = np.array([tag[0] in "OES" for tag in TAGS])


class Span(NamedTuple):
    """Words `first` to `last` (half-open) that bear a label; score is the least probable word's."""

    first: int
    last: int
    label: str
    score: float


def _follows() -> NDArray[np.bool_]:
    """Return for each pair of tags whether the second may follow the first."""
    allowed = np.outer(_CLOSING, _OPENING)
    for i, tag in enumerate(TAGS):
        for j, other in enumerate(TAGS):
            if tag[0] in "BI" and other[0] in "IE" and tag[1:] == other[1:]:
                allowed[i, j] = True
    return allowed


FOLLOWS = _follows()
_MARGIN = 3  # words on each side of a misfit that may change with it
_COST = np.where(FOLLOWS, 0.0, -1e9).astype(np.float32)


def best_tags(scores: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return well-formed tags for log probabilities, one row per word.

    Each word's own best tag stands; only where these do not fit together, the most probable sequence that fits is sought.
    """
    tags: NDArray[np.intp] = scores.argmax(axis=1)
    for first, last in _broken(tags):
        tags[first:last] = _viterbi(scores[first:last])
    return tags


def _broken(tags: NDArray[np.intp]) -> list[tuple[int, int]]:
    """Return the stretches around misfits, each from a word without a tag to another, so that the rest may stand."""
    padded = np.concatenate(([0], tags, [0]))
    stretches: list[tuple[int, int]] = []
    for i in np.flatnonzero(~FOLLOWS[padded[:-1], padded[1:]]).tolist():
        first, last = max(0, i - _MARGIN), min(len(tags), i + _MARGIN)
        while first > 0 and tags[first]:
            first -= 1
        while last < len(tags) and tags[last - 1]:
            last += 1
        if stretches and first < stretches[-1][1]:
            first = stretches.pop()[0]
        stretches.append((first, last))
    return stretches


def _viterbi(scores: NDArray[np.float32]) -> NDArray[np.intp]:
    best: NDArray[Any] = np.where(_OPENING, scores[0], np.float32(-1e9))
    back = np.zeros(scores.shape, dtype=np.intp)
    for i in range(1, len(scores)):
        paths = best[:, None] + _COST
        back[i] = paths.argmax(axis=0)
        best = paths.max(axis=0) + scores[i]
    tags = np.zeros(len(scores), dtype=np.intp)
    tags[-1] = np.where(_CLOSING, best, -1e9).argmax()
    for i in range(len(scores) - 1, 0, -1):
        tags[i - 1] = back[i, tags[i]]
    return tags


def spans(tags: Sequence[int] | NDArray[np.intp], scores: NDArray[np.float32]) -> Iterator[Span]:
    """Yield the spans that well-formed tags spell, with the probability of their least probable word."""
    first, numbers = 0, np.asarray(tags).tolist()
    for i in np.flatnonzero(tags).tolist():
        part, label = _PARTS[numbers[i]]
        if part in "BS":
            first = i
        if part in "ES":
            certain = min(float(scores[k, numbers[k]]) for k in range(first, i + 1))
            yield Span(first, i + 1, label, float(np.exp(certain)))
