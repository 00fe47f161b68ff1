"""Public corpora -> samples with our labels; what a corpus marks by another convention is loosened or left open."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from training.samples import Sample

if TYPE_CHECKING:
    from collections.abc import Iterator

OURS = {"ORG": "institution", "PERSON": "person"}
_UNITS = re.compile(
    r",|\b(?:Department|Dept|School|Faculty|College|Division|Office|Institute|Laborator\w+|Cent(?:er|re)|Bureau|Section|Committee)\b"
)


def folder() -> Path:
    """Return where the corpora lie: EXTRACTOR_SHARED/corpora, by default beside the repository."""
    return Path(os.environ.get("EXTRACTOR_SHARED", "../shared")) / "corpora"


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def sample_of(row: dict[str, Any]) -> Sample:
    """Turn a row of a corpus of people and organisations into a sample whose roles and dates are unknown."""
    text = row["text"]
    spans = [(start, end, OURS[label]) for start, end, label, *_ in row["ents"] if label in OURS]
    loose = tuple(
        (s, e) for s, e, label in spans if label == "institution" and len(_UNITS.findall(text[s:e])) and len(text[s:e].split()) > 3
    )
    return Sample(text, tuple(spans), loose=loose, silent=frozenset({"role", "date"}))


def joined(samples: list[Sample], separator: str) -> Sample:
    """Join samples of one convention into one text."""
    text, spans, doubtful, loose = "", [], [], []
    for sample in samples:
        at = len(text)
        spans += [(s + at, e + at, label) for s, e, label in sample.spans]
        doubtful += [(s + at, e + at) for s, e in sample.doubtful]
        loose += [(s + at, e + at) for s, e in sample.loose]
        text += sample.text + separator
    return Sample(text, tuple(spans), tuple(doubtful), tuple(loose), samples[0].silent)


def news(source: Path, split: str, rng: random.Random, *, most: int = 6, without: str = "") -> Iterator[Sample]:
    """Yield the merged corpus in passages of 1 to `most` neighbouring sentences; `without` leaves out a part by its name."""
    held: list[Sample] = []
    part, size = "", 1
    for row in rows(source / "ner_core4_open_merged" / f"{split}.jsonl.gz"):
        if without and row["corpus"].startswith(without):
            continue
        if held and (len(held) >= size or row["corpus"] != part):
            yield joined(held, rng.choice((" ", " ", "\n")))
            held, size = [], rng.randint(1, most)
        part = row["corpus"]
        held.append(sample_of(row))
    if held:
        yield joined(held, " ")
