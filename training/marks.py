"""Sentences in inline marks, and texts with offsets -> samples with our four labels."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from training.samples import Sample

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = {"I": "institution", "P": "person", "R": "role", "D": "date"}
_MARK = re.compile(r"⟦(\??)([IPRD])\d*\|([^⟦⟧|]+)⟧")


def read_marked(text: str) -> Sample:
    """Turn a text with marks ⟦I|…⟧ ⟦P|…⟧ ⟦R|…⟧ ⟦D|…⟧ (or ⟦I7|…⟧), doubtful ones ⟦?I|…⟧, into a sample.

    Raises ValueError where a mark is not closed, nests or has another letter.
    """
    plain: list[str] = []
    spans: list[tuple[int, int, str]] = []
    doubtful: list[tuple[int, int]] = []
    at = size = 0
    for mark in _MARK.finditer(text):
        before, doubt, letter, surface = text[at : mark.start()], *mark.groups()
        plain += (before, surface)
        start = size + len(before)
        size = start + len(surface)
        at = mark.end()
        if doubt:
            doubtful.append((start, size))
        else:
            spans.append((start, size, NAMES[letter]))
    plain.append(text[at:])
    whole = "".join(plain)
    if "⟦" in whole or "⟧" in whole:
        raise ValueError(f"a mark is broken: {whole[max(0, whole.find('⟦') - 20) :][:80]!r}")
    return Sample(whole, tuple(spans), tuple(doubtful))


def write_marked(sample: Sample) -> str:
    """Turn a sample back into a text with marks."""
    letters = {label: letter for letter, label in NAMES.items()}
    marks = [(start, end, letters[label]) for start, end, label in sample.spans] + [(start, end, "?I") for start, end in sample.doubtful]
    out, at = [], 0
    for start, end, letter in sorted(marks):
        out += (sample.text[at:start], f"⟦{letter}|{sample.text[start:end]}⟧")
        at = end
    return "".join((*out, sample.text[at:]))


def read_blocks(folder: Path) -> Iterator[list[Sample]]:
    """Yield the blocks (neighbouring lines) of all sentence files of a folder, each line a sample.

    Raises ValueError with file and line where a mark is broken.
    """
    for path in sorted(folder.glob("*.txt")):
        block: list[Sample] = []
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if line.startswith("#"):
                continue
            if line.strip():
                try:
                    block.append(read_marked(line.rstrip()))
                except ValueError as error:
                    raise ValueError(f"{path}:{number}: {error}") from error
            elif block:
                yield block
                block = []
        if block:
            yield block


def read_records(path: Path) -> Iterator[tuple[str, Sample]]:
    """Yield name and sample of annotated documents in the output format (JSON lines); optional mentions are doubtful."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            certain = [m for m in document["mentions"] if not m.get("optional")]
            spans = tuple((m["start"], m["end"], m["label"]) for m in certain)
            doubtful = tuple((m["start"], m["end"]) for m in document["mentions"] if m.get("optional"))
            yield document["doc_id"], Sample(document["text"], spans, doubtful)
