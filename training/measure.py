"""Packaged models and annotated texts in, tables out: `python -m training.measure [gold] [whole] [public] [speed]`."""

from __future__ import annotations

import argparse
import random
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from extractor.clean import clean_text
from extractor.model.tags import LABELS
from extractor.parse import Parser, model_spans
from extractor.pipeline import Extractor
from extractor.records import Article, Source
from extractor.settings import Settings
from training.corpora import OURS, folder, rows
from training.marks import read_records
from training.speed import print_speed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PUBLIC = {
    "worldwide newswire, dev": "ner_worldwide_newswire/dev.jsonl.gz",
    "worldwide newswire, test": "ner_worldwide_newswire/test.jsonl.gz",
    "UNER PUD": "ner_uner_pud/test.jsonl.gz",
    "CrossNER politics, test": "ner_crossner/test.jsonl.gz",
}
_ROUNDS = 1000

Spans = list[tuple[int, int, str]]


class Judged(NamedTuple):
    """A text's spans: what is right, what may stay open, what was found."""

    right: Spans
    open: list[tuple[int, int]]
    found: Spans


def counts(judged: Judged, label: str, *, strict: bool) -> tuple[int, int, int]:
    """Return hits, false finds and misses of one text; a false find on an open span counts nothing."""
    right = [s for s in judged.right if s[2] == label]
    left = [s for s in judged.found if s[2] == label]
    hits = 0
    for span in right:
        hit = next((s for s in left if (s == span if strict else s[0] < span[1] and span[0] < s[1])), None)
        if hit:
            left.remove(hit)
            hits += 1
    wrong = [s for s in left if not any(s[0] < end and start < s[1] for start, end in judged.open)]
    return hits, len(wrong), len(right) - hits


def f1(tallies: Iterable[tuple[int, int, int]]) -> float:
    """Return F1 of summed hits, false finds and misses; 0 where there is nothing."""
    hits, wrong, missed = (sum(column) for column in zip(*tallies, strict=True))
    return 2 * hits / max(1, 2 * hits + wrong + missed)


def interval(tallies: list[tuple[int, int, int]], seed: int = 1) -> tuple[float, float]:
    """Return the 95% interval of F1 by bootstrap over texts."""
    rng = random.Random(seed)
    drawn = sorted(f1(rng.choices(tallies, k=len(tallies))) for _ in range(_ROUNDS))
    return drawn[int(0.025 * _ROUNDS)], drawn[int(0.975 * _ROUNDS)]


def print_scores(title: str, judged: list[Judged], labels: Iterable[str]) -> None:
    """Print one line per label: strict F1 with its interval, precision, recall, overlap F1."""
    print(f"\n{title}: {len(judged)} texts")
    for label in labels:
        strict = [counts(j, label, strict=True) for j in judged]
        hits, wrong, missed = (sum(column) for column in zip(*strict, strict=True))
        low, high = interval(strict)
        loose = f1([counts(j, label, strict=False) for j in judged])
        shares = f"P {hits / max(1, hits + wrong):.3f}  R {hits / max(1, hits + missed):.3f}"
        print(f"  {label:12} strict {f1(strict):.3f} [{low:.3f}, {high:.3f}]  {shares}  overlap {loose:.3f}  n {hits + missed}", flush=True)


def read(parser: Parser, text: str) -> Spans:
    """Return what a parser finds in a raw text."""
    return [(start, end, label) for start, end, label, _ in model_spans(parser.parse(clean_text(text)))]


def gold(parser: Parser, path: Path) -> list[Judged]:
    """Judge a parser on annotated documents."""
    return [Judged(list(s.spans), list(s.doubtful), read(parser, s.text)) for _, s in read_records(path)]


def whole(model: str, path: Path) -> list[Judged]:
    """Judge the whole pipeline, rules and all, on annotated documents."""
    reader = Extractor(Settings(model=model))
    out = []
    for name, sample in read_records(path):
        document = reader.extract(Article(doc_id=name, text=sample.text, source=Source()))
        out.append(Judged(list(sample.spans), list(sample.doubtful), [(m.start, m.end, m.label) for m in document.mentions]))
    return out


def public(parser: Parser, path: Path) -> list[Judged]:
    """Judge a parser on a public corpus, people and organisations only, by the corpus' own conventions."""
    return [
        Judged([(start, end, OURS[label]) for start, end, label, *_ in row["ents"] if label in OURS], [], read(parser, row["text"]))
        for row in _public_rows(path)
    ]


def _public_rows(path: Path) -> Iterator[dict[str, object]]:
    return (row for row in rows(path) if row.get("domain", "politics") == "politics")


def print_errors(judged: list[tuple[str, Judged]]) -> None:
    """Print the most frequent misses and false finds."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for text, j in judged:
        seen.update(("missed", s[2], text[s[0] : s[1]]) for s in j.right if s not in j.found)
        seen.update(
            ("wrong", s[2], text[s[0] : s[1]]) for s in j.found if s not in j.right and not any(s[0] < e and b < s[1] for b, e in j.open)
        )
    for (what, label, surface), count in sorted(seen.items(), key=lambda item: (item[0][1], item[0][0], -item[1])):
        print(f"  {what:6} {label:12} {count:3} {surface!r}")


def main() -> None:
    """Print the tables that are asked for, all by default."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", nargs="*", choices=("gold", "whole", "public", "speed", []), default=[])
    parser.add_argument("--models", nargs="+", default=["accurate", "fast"])
    parser.add_argument("--errors", action="store_true", help="list misses and false finds on the annotated texts")
    options = parser.parse_args()
    tables = options.tables or ["gold", "whole", "public", "speed"]
    path = folder().parent / "eval" / "gold" / "dev.jsonl"
    if "whole" in tables:
        for model in ("rules", *options.models):
            print_scores(f"whole pipeline with {model}, our annotated texts", whole(model, path), LABELS)
    for model in options.models:
        reader = Parser(model)
        if "gold" in tables:
            judged = gold(reader, path)
            print_scores(f"{reader.name}, model alone, our annotated texts", judged, LABELS)
            if options.errors:
                print_errors(list(zip((s.text for _, s in read_records(path)), judged, strict=True)))
        if "public" in tables:
            for title, file in PUBLIC.items():
                print_scores(f"{reader.name}, {title}", public(reader, folder() / file), ("institution", "person"))
    if "speed" in tables:
        print_speed(options.models)


if __name__ == "__main__":
    main()
