"""Words and sentences in, labelled spans of words with scores out: runs a packaged network with onnxruntime."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime

from extractor.errors import ModelError

from .pieces import Pieces
from .tags import TAGS, Span, best_tags, spans
from .windows import Window, windows
from .word_table import WordTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .words import Words

_PROBE = Path(__file__).with_name("probe.onnx")  # a product of the largest numbers, see training/export.py


class Tagger:
    """A packaged network: `model.onnx` and `meta.json` in a folder, the vocabulary and the word table beside it.

    Each window is read alone, so that no text's result depends on its neighbours in a batch.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        try:
            self.meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            self.pieces = Pieces.read(folder.parent / "vocabulary.txt")
            self._table = WordTable.read(folder.parent)
            self._session = open_session(folder / "model.onnx", threads)
        except (OSError, ValueError) as error:
            raise ModelError(str(folder), f"the model cannot be read ({error})", "install the package again") from error
        if self.meta["tags"] != list(TAGS):
            raise ModelError(str(folder), "the model was made for other tags", "install the package again")

    def read(self, words: Words, starts: Sequence[bool]) -> list[Span]:
        """Return the spans found, in order, without overlaps."""
        found: list[Span] = []
        for window in windows(words, starts, self.pieces, self.meta["window"]):
            scores = self.scores(window)
            found += (
                span._replace(first=window.words[span.first], last=window.words[span.last - 1] + 1)
                for span in spans(best_tags(scores), scores)
            )
        return found

    def scores(self, window: Window) -> NDArray[np.float32]:
        """Return the log probability of each tag, one row per word of the window."""
        inputs = {name: np.array(values, dtype=np.int64) for name, values in (("features", window.features), ("firsts", window.firsts))}
        words = self._table.of(np.array(window.ids, dtype=np.int64))
        scores: NDArray[np.float32] = self._session.run(None, {"words": words, **inputs})[0]
        return scores


@cache
def sums_overflow() -> bool:
    """Whether sums of 8-bit products overflow on this processor, as on those without VNNI, so that it would read otherwise than others."""
    size, largest = 64, 255
    (product,) = _session(_PROBE, 1, is_exact=False).run(None, {"x": np.full((size, size), largest, dtype=np.float32)})
    return bool((product != largest * 127 * size).any())


def open_session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    """Open a packaged network. Raises ValueError where the file is none."""
    return _session(path, threads, is_exact=sums_overflow())


def _session(path: Path, threads: int, *, is_exact: bool) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = True
    options.enable_mem_pattern = False  # a plan for each size of window costs memory, and no less time
    options.log_severity_level = 3
    if is_exact:  # the same sums to the last bit, but in twice the time
        options.add_session_config_entry("session.x64quantprecision", "1")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own exceptions share no public base
        raise ValueError(f"{path.name}: {error}") from error
