"""Configuration in, a packaged model out: `python -m training.train accurate`; stops and resumes at every epoch."""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import torch
from thinc.api import Config

from extractor.model.pieces import Pieces
from extractor.model.tags import TAGS
from training.corpora import folder
from training.data import Mix, Sources
from training.distil import student_of
from training.encoder import Encoder, Shape, load_pretrained, pretrained_folder
from training.export import export
from training.learn import Plan, train
from training.measure_spans import f1
from training.samples import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from training.samples import Example, Sample

HERE = Path(__file__).parent
PACKAGED = HERE.parent / "extractor" / "model"
_T = TypeVar("_T")


def main() -> None:
    """Train the model that a configuration names, export it and write its `meta.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tier", choices=("accurate", "fast"))
    parser.add_argument("--corpora", type=Path, default=folder(), help="folder of the public corpora")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="folder of checkpoints")
    parser.add_argument("--out", type=Path, default=PACKAGED, help="folder of the packaged models")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--config", type=Path, help="another configuration than training/TIER.cfg")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    config = Config().from_disk(options.config or HERE / f"{options.tier}.cfg")
    options.work.mkdir(parents=True, exist_ok=True)
    encoder = (run_student if options.tier == "fast" else run_stages)(config, options.corpora, options.work)
    package(encoder, config, options.out / options.tier)


def settings(kind: type[_T], section: dict[str, Any]) -> _T:
    """Build a dataclass from a section of a configuration; unknown keys are refused."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    if not known >= set(section):
        raise ValueError(f"unknown settings: {sorted(set(section) - known)}")
    return kind(**section)


def run_stages(config: dict[str, Any], corpora: Path, work: Path) -> Encoder:
    """Train on the public corpora, then on our own texts, at last at a low rate; each stage resumes from its checkpoint."""
    encoder = _accurate(config, work=None)
    load_pretrained(encoder)
    for stage in ("corpora", "own", "polish"):
        _learn(encoder, config, stage, corpora, work)
    return encoder


def run_student(config: dict[str, Any], corpora: Path, work: Path) -> Encoder:
    """Train a network of fewer layers to read as the accurate one does.

    Raises FileNotFoundError where the accurate one has not been trained in the same folder.
    """
    teacher = _accurate(Config().from_disk(HERE / "accurate.cfg"), work)
    student = student_of(teacher, tuple(config["network"]["layers"]))
    _learn(student, config, "student", corpora, work, teacher=teacher.eval())
    return student


def _accurate(config: dict[str, Any], work: Path | None) -> Encoder:
    encoder = Encoder(Shape(layers=tuple(config["network"]["layers"])), config["network"]["dropout"])
    if work:
        encoder.load_state_dict(torch.load(work / "polish.pt", weights_only=True)["encoder"])
    return encoder


def _learn(encoder: Encoder, config: dict[str, Any], stage: str, corpora: Path, work: Path, teacher: Encoder | None = None) -> None:
    pieces = Pieces.read(pretrained_folder() / "vocab.txt")
    sources = Sources(settings(Mix, config["mix"]), corpora)
    deal = sources.corpus_epoch if stage == "corpora" else sources.own_epoch
    held = _cut(iter(sources.held), pieces)

    def report(epoch: int, encoder: Encoder) -> None:
        print(f"after epoch {epoch}: {f1(encoder, held) if held else 'nothing held out'}", flush=True)

    plan = settings(Plan, config[stage])
    train(encoder, _per_epoch(deal, pieces, plan.seed), plan, work / f"{stage}.pt", report=report, teacher=teacher)


def _per_epoch(deal: Callable[[int], Iterator[Sample]], pieces: Pieces, seed: int) -> Callable[[int], list[Example]]:
    return lambda epoch: _cut(deal(seed + epoch), pieces)


def _cut(samples: Iterator[Sample], pieces: Pieces) -> list[Example]:
    return [example for sample in samples for example in examples(sample, pieces)]


def package(encoder: Encoder, config: dict[str, Any], out: Path) -> None:
    """Write the network, its vocabulary and `meta.json`."""
    export(encoder, out / "model.onnx")
    shutil.copyfile(pretrained_folder() / "vocab.txt", out.parent / "vocabulary.txt")
    meta = {"name": out.name, **config["meta"], "layers": list(encoder.shape.layers), "tags": list(TAGS)}
    (out / "meta.json").write_text(json.dumps(meta, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
