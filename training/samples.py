"""Annotated text -> arrays to learn from: pieces, features, and which tags each word may bear."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from extractor.clean import clean_text
from extractor.model.tags import TAGS
from extractor.model.windows import LONGEST, windows
from extractor.model.words import sentence_starts, split_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from extractor.model.pieces import Pieces
    from extractor.model.words import Words

_INDEX = {tag: i for i, tag in enumerate(TAGS)}


@dataclass(frozen=True)
class Sample:
    """A text with spans (characters, half-open). `loose` spans hold institutions that another convention may cut otherwise;
    `doubtful` spans teach nothing; labels in `silent` are not annotated, so that an unmarked word may bear them.
    """

    text: str
    spans: tuple[tuple[int, int, str], ...]
    doubtful: tuple[tuple[int, int], ...] = ()
    loose: tuple[tuple[int, int], ...] = ()
    silent: frozenset[str] = field(default_factory=frozenset)


class Example(NamedTuple):
    """A window of a sample: ids and features per piece, first pieces and allowed tags per word."""

    ids: NDArray[np.int32]
    features: NDArray[np.int16]
    firsts: NDArray[np.int16]
    allowed: NDArray[np.bool_]


def examples(sample: Sample, pieces: Pieces, longest: int = LONGEST) -> Iterator[Example]:
    """Cut a sample into windows as the parser will, each word with the tags that the annotation allows."""
    words = split_words(clean_text(sample.text))
    allowed = _allowed(sample, words)
    for window in windows(words, sentence_starts(words), pieces, longest):
        yield Example(
            np.array(window.ids, dtype=np.int32),
            np.array(window.features, dtype=np.int16),
            np.array(window.firsts, dtype=np.int16),
            allowed[window.words],
        )


def _allowed(sample: Sample, words: Words) -> NDArray[np.bool_]:
    unmarked = np.zeros(len(TAGS), dtype=bool)
    unmarked[0] = True
    for label in sample.silent:
        for part in "BIES":
            unmarked[_INDEX[f"{part}-{label}"]] = True
    starts, ends = _offsets(words)
    allowed = np.tile(unmarked, (len(words.texts), 1))
    full = [i for i, text in enumerate(words.texts) if not text.isspace()]
    for start, end, label in sample.spans:
        _mark(allowed, [i for i in _within(starts, ends, start, end) if not words.texts[i].isspace()], label)
    for start, end in sample.loose:
        _loosen(allowed, [i for i in _within(starts, ends, start, end) if i in full])
    for start, end in sample.doubtful:
        allowed[_within(starts, ends, start, end)] = True
    return allowed


def _offsets(words: Words) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    lengths = np.array([len(text) for text in words.texts], dtype=np.int64)
    gaps = np.array(words.spaces, dtype=np.int64)
    ends = np.cumsum(lengths + gaps) - gaps
    return ends - lengths, ends


def _within(starts: NDArray[np.int64], ends: NDArray[np.int64], start: int, end: int) -> list[int]:
    return list(range(int(np.searchsorted(ends, start, side="right")), int(np.searchsorted(starts, end, side="left"))))


def _mark(allowed: NDArray[np.bool_], inside: list[int], label: str) -> None:
    for i in inside:
        allowed[i] = False
        part = "S" if len(inside) == 1 else "B" if i == inside[0] else "E" if i == inside[-1] else "I"
        allowed[i, _INDEX[f"{part}-{label}"]] = True


def _loosen(allowed: NDArray[np.bool_], inside: list[int]) -> None:
    for i in inside:
        allowed[i] = [tag == "O" or tag.endswith("-institution") for tag in TAGS]
    for i, parts in ((inside[0], "BS"), (inside[-1], "ES")):
        allowed[i] = [tag[0] in parts and tag.endswith("-institution") for tag in TAGS]
