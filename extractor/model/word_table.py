"""Ids of word pieces in, their vectors out: the table that all packaged networks share, in 8 bits with a scale for each row."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_TABLE, _SCALES = "words.npy", "scales.npy"


class WordTable:
    """Vectors of word pieces; the file is mapped, so that worker processes share its memory."""

    def __init__(self, whole: NDArray[np.int8], scales: NDArray[np.float32]) -> None:
        self._whole, self._scales = whole, scales

    @classmethod
    def read(cls, folder: Path) -> WordTable:
        """Read the table of a folder. Raises OSError or ValueError where there is none."""
        return cls(np.asarray(np.load(folder / _TABLE, mmap_mode="r")), np.load(folder / _SCALES))

    def write(self, folder: Path) -> None:
        """Write the table into a folder."""
        np.save(folder / _TABLE, self._whole)
        np.save(folder / _SCALES, self._scales)

    def of(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The vectors [n, width] of n ids."""
        vectors: NDArray[np.float32] = self._whole.take(ids, axis=0).astype(np.float32)
        vectors *= self._scales.take(ids)[:, None]
        return vectors
