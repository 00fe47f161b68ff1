"""Each source of texts left out in turn, what a small network then reads out: `python -m training.ablate --gold GOLD.jsonl --work FOLDER`.

To make it cheap, the network has two layers and reads the public corpora once and our own texts once; differences between rows count, not
their heights. Results are kept in `--work`, so that a broken run goes on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch

from extractor.model.pieces import Pieces
from training.corpora import folder
from training.data import Mix, Sources
from training.encoder import Encoder, Shape, load_pretrained, pretrained_folder
from training.learn import Plan, train
from training.measure_spans import f1
from training.samples import Example, Sample, examples

LEFT_OUT = ("", "uner_ewt", "gum_open", "multiner_gov", "wikigold", "crossner", "sentences", "texts")
_OWN = ("", "sentences", "texts")  # what changes nothing about the public corpora
_LAYERS = (0, 1)
_SEED = 20261127


def gold_of(path: Path, pieces: Pieces) -> list[Example]:
    """The annotated texts to measure on."""
    found: list[Example] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        gold: dict[str, Any] = json.loads(line)
        sure = [m for m in gold["mentions"] if not m.get("optional")]
        doubtful = tuple((m["start"], m["end"]) for m in gold["mentions"] if m.get("optional"))
        sample = Sample(gold["text"], tuple((m["start"], m["end"], m["label"]) for m in sure), doubtful)
        found += examples(sample, pieces)
    return found


def scores_without(left_out: str, gold: list[Example], pieces: Pieces, work: Path) -> dict[str, float]:
    """Strict F1 by label of a small network that has learned from all sources but one."""
    torch.manual_seed(_SEED)
    encoder = Encoder(Shape(layers=_LAYERS), 0.1)
    load_pretrained(encoder)
    mix = Mix(news=0.08, sentences=1, recombined=1, texts=1, texts_recombined=0, without=left_out)
    sources = Sources(mix, folder())

    def cut(samples: Iterator[Sample]) -> list[Example]:
        return [example for sample in samples for example in examples(sample, pieces)]

    plan = Plan(epochs=1, rate=4e-4, head_rate=2e-3, frozen=True, seed=_SEED)
    corpora = work / f"corpora-{'all' if left_out in _OWN else left_out}.pt"
    for deal, checkpoint in ((sources.corpus_epoch, corpora), (sources.own_epoch, work / f"{left_out or 'nothing'}.pt")):
        train(encoder, lambda epoch, deal=deal: cut(deal(_SEED + epoch)), plan, checkpoint, report=lambda *_: None)  # type: ignore[misc]
    return f1(encoder, gold)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--gold", type=Path, required=True, nargs="+")
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--threads", type=int, default=1)
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    chosen.work.mkdir(parents=True, exist_ok=True)
    pieces = Pieces.read(pretrained_folder() / "vocab.txt")
    gold = [example for path in chosen.gold for example in gold_of(path, pieces)]
    results = chosen.work / "results.json"
    known: dict[str, dict[str, float]] = json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}
    print(f"{'without':14} {'institution':>12} {'person':>8} {'role':>8} {'date':>8}")
    for left_out in LEFT_OUT:
        name = left_out or "nothing"
        if name not in known:
            known[name] = scores_without(left_out, gold, pieces, chosen.work)
            results.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
        row = known[name]
        print(f"{name:14} {row['institution']:12.3f} {row['person']:8.3f} {row['role']:8.3f} {row['date']:8.3f}", flush=True)


if __name__ == "__main__":
    main()
