"""Words of texts in, groups of texts that are copies of one another out (syndicated, mirrored): MinHash over runs of words.

Method: Broder, "On the resemblance and containment of documents" (1997). The signatures are those that datasketch 2 gives, made here so
that no release of a package changes which texts are copies.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from extractor.corpus.clusters import Clusters

Values = npt.NDArray[np.uint32]
Signature = Values | None
ALIKE = 0.7  # shared runs of words, of all runs of the two texts; a copy with a new headline and a cut tail has 0.8
_RUN = 5  # words
_FEWEST = 25  # words: shorter texts are alike by chance
_HASHES = 128
_BANDS = (21, 6)  # finds 0.7 in 92 of 100 cases, 0.8 in all but one of 1,000
_SEED = 1
_AT_ONCE = 4096  # runs of words, for which memory is needed at a time


class Published(Protocol):
    """What finding copies needs of a text."""

    @property
    def doc_id(self) -> str: ...
    @property
    def published(self) -> date | None: ...
    @property
    def words(self) -> int: ...
    @property
    def signature(self) -> Signature: ...


class Copy(NamedTuple):
    """A text and the first telling that it copies; ``similarity`` is the estimated share of common runs of words."""

    doc_id: str
    copy_of: str
    similarity: float


def sign(words: Sequence[str]) -> Signature:
    """The signature of a text's words; None where it is too short to be told from others."""
    if len(words) < _FEWEST:
        return None
    plain = [word.casefold() for word in words]
    runs = {" ".join(plain[at : at + _RUN]).encode(errors="replace") for at in range(len(plain) - _RUN + 1)}
    hashes = _mixed(np.fromiter(map(zlib.crc32, runs), np.uint32, len(runs)))
    factors, summands = _permutations()
    parts = (hashes[at : at + _AT_ONCE, None] * factors + summands for at in range(0, len(hashes), _AT_ONCE))
    least: Values = np.min([part.min(axis=0) for part in parts], axis=0)
    return least


def _mixed(hashes: Values) -> Values:
    """The last steps of MurmurHash3, after which equal differences of hashes tell nothing."""
    hashes = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    hashes = (hashes ^ (hashes >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return hashes ^ (hashes >> np.uint32(16))


@cache
def _permutations() -> tuple[Values, Values]:
    """Odd factors and summands of as many permutations of the 32-bit numbers as a signature has values."""
    chance = np.random.RandomState(_SEED)
    factors = chance.randint(0, 1 << 31, _HASHES, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, chance.randint(0, 1 << 32, _HASHES, dtype=np.uint32)


def find_copies(texts: Iterable[Published]) -> tuple[Copy, ...]:
    """Each text that repeats another one, with the earliest text of its group; sorted by text."""
    held = sorted((text for text in texts if text.signature is not None), key=lambda t: t.doc_id)
    clusters: Clusters[int] = Clusters(range(len(held)))
    for equal in _equal([text.signature for text in held], range(len(held))):
        for other in equal[1:]:
            clusters.join(equal[0], other)
    for band in _bands(held, clusters):
        _join_alike(held, band, clusters)
    return tuple(sorted(c for group in clusters.groups() if len(group) > 1 for c in _copies([held[i] for i in group])))


def _bands(held: Sequence[Published], clusters: Clusters[int]) -> Iterator[list[int]]:
    """Texts that have the same values in one band of their signatures, band by band; of equal signatures one stands for all."""
    first = [i for i in range(len(held)) if clusters.head(i) == i]
    count, rows = _BANDS
    for start in range(0, count * rows, rows):
        yield from _equal([_values(held[i])[start : start + rows] for i in first], first)


def _equal(values: Iterable[Signature], numbers: Iterable[int]) -> list[list[int]]:
    """The numbers of equal values, where there are several."""
    found: dict[bytes, list[int]] = {}
    for value, number in zip(values, numbers, strict=True):
        found.setdefault(b"" if value is None else value.tobytes(), []).append(number)
    return [group for group in found.values() if len(group) > 1]


def _join_alike(held: Sequence[Published], group: list[int], clusters: Clusters[int]) -> None:
    """Join the texts of a group that are alike; what is joined by others already is not compared."""
    values = np.array([_values(held[i]) for i in group])
    while len({clusters.head(i) for i in group}) > 1:
        alike = np.flatnonzero((values[1:] == values[0]).mean(axis=1) >= ALIKE)
        for other in alike.tolist():
            clusters.join(group[0], group[1 + other])
        group, values = group[1:], values[1:]


def _values(text: Published) -> Values:
    assert text.signature is not None
    return text.signature


def similarity(a: Signature, b: Signature) -> float:
    """The estimated share of common runs of words of two texts, 0 to 1."""
    return 0.0 if a is None or b is None else float(np.mean(a == b))


def _copies(group: Sequence[Published]) -> Iterator[Copy]:
    first = min(group, key=lambda text: (text.published or date.max, text.doc_id))
    for text in group:
        if text.doc_id != first.doc_id:
            yield Copy(text.doc_id, first.doc_id, round(similarity(text.signature, first.signature), 3))
