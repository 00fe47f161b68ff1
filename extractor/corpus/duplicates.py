"""Words of texts in, groups of texts that are copies of one another out (syndicated, mirrored): MinHash over runs of words.

Method: Broder, "On the resemblance and containment of documents" (1997); signatures and index by datasketch.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from extractor.corpus.clusters import Clusters

if TYPE_CHECKING:
    from datasketch import MinHash

Signature = npt.NDArray[np.unsignedinteger] | None
ALIKE = 0.7  # shared runs of words, of all runs of the two texts; a copy with a new headline and a cut tail has 0.8
_RUN = 5  # words
_FEWEST = 25  # words: shorter texts are alike by chance
_HASHES = 128
_BANDS = (21, 6)  # finds 0.7 in 92 of 100 cases, 0.8 in all but one of 1,000
_SEED = 1


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
    sketch = _empty().copy()
    sketch.update_batch(sorted(runs))
    values: npt.NDArray[np.unsignedinteger] = sketch.hashvalues
    return values


def find_copies(texts: Iterable[Published]) -> tuple[Copy, ...]:
    """Each text that repeats another one, with the earliest text of its group; sorted by text."""
    by_id = {text.doc_id: text for text in sorted(texts, key=lambda t: t.doc_id) if text.signature is not None}
    clusters: Clusters[str] = Clusters(by_id)
    for a, b in _pairs(by_id):
        clusters.join(a, b)
    return tuple(sorted(c for group in clusters.groups() if len(group) > 1 for c in _copies([by_id[doc_id] for doc_id in group])))


def _pairs(by_id: Mapping[str, Published]) -> Iterator[tuple[str, str]]:
    from datasketch import MinHashLSH

    index = MinHashLSH(num_perm=_HASHES, params=_BANDS)
    for doc_id, text in by_id.items():
        sketch = _sketch(text.signature)
        for other in sorted(index.query(sketch)):
            if similarity(text.signature, by_id[other].signature) >= ALIKE:
                yield doc_id, other
        index.insert(doc_id, sketch, check_duplication=False)


def similarity(a: Signature, b: Signature) -> float:
    """The estimated share of common runs of words of two texts, 0 to 1."""
    return 0.0 if a is None or b is None else float(np.mean(a == b))


def _copies(group: Sequence[Published]) -> Iterator[Copy]:
    first = min(group, key=lambda text: (text.published or date.max, text.doc_id))
    for text in group:
        if text.doc_id != first.doc_id:
            yield Copy(text.doc_id, first.doc_id, round(similarity(text.signature, first.signature), 3))


def _sketch(signature: Signature) -> "MinHash":
    sketch = _empty().copy()
    sketch.hashvalues = signature
    return sketch


@cache
def _empty() -> "MinHash":
    from datasketch import MinHash

    return MinHash(num_perm=_HASHES, seed=_SEED, hashfunc=zlib.crc32)
