"""Annotated texts in, the relation network out: who fills which slot of an act, and whose post a title is and where.

usage: python -m training.relations GOLD [GOLD ...] --work FOLDER [--start TAGGER.pt] [--out FOLDER] [--without K/N] [--epochs N]

GOLD is a folder of marked texts with their records, or a JSONL file of annotated documents. Training resumes from the last epoch in
`--work`. With `--without K/N` the texts of part K of N are left out, so that what the network says of these can be learned from.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from extractor.model.pieces import Pieces
from extractor.model.relations import COLUMNS
from training.encoder import pretrained_folder
from training.events import part_of, read_gold, read_text
from training.export import export_relations
from training.relation_data import Lesson, Told, lesson_of
from training.relation_network import RelationNetwork, loss_of

_LAYERS = (0, 1, 2, 3, 4, 5)
_RATE, _HEAD_RATE, _DECAY = 1.3e-4, 8e-4, 0.02
_BATCH, _WARM, _SEED = 2, 60, 20261127
VERSION = "0.3.0"


def lessons_of(gold: list[Mapping[str, Any]], pieces: Pieces) -> list[Lesson]:
    """What annotated texts teach, with the tellings of the rules."""
    lessons = []
    for truth in gold:
        drafts = read_text(truth).tellings
        told = [Told(d.type, d.start, d.end, d.action, frozenset(f.entity for f in d.fillers)) for d in drafts]
        lessons.append(lesson_of(truth, told, pieces))
    return lessons


def train(network: RelationNetwork, lessons: list[Lesson], pieces: Pieces, checkpoint: Path, epochs: int, cycles: int) -> None:
    """Train in cycles of some epochs, the rates falling in each; each epoch is saved, and the last one saved is gone on from."""
    items = [(lesson, window) for lesson in lessons for window in lesson.windows]
    encoder = [p for name, p in network.named_parameters() if name.startswith("encoder.") and p.requires_grad]
    heads = [p for name, p in network.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW([{"params": encoder, "lr": _RATE}, {"params": heads, "lr": _HEAD_RATE}], weight_decay=_DECAY)
    steps = epochs * len(items) // _BATCH
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _share(step % steps, steps))
    done = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        done = state["epoch"]
    for epoch in range(done, epochs * cycles):
        rng, begun, total = random.Random(_SEED + epoch), time.monotonic(), 0.0
        torch.manual_seed(_SEED + epoch)
        order = list(items)
        rng.shuffle(order)
        network.train()
        for number, (lesson, window) in enumerate(order, 1):
            loss = loss_of(network, lesson, window, pieces, rng)
            (loss / _BATCH).backward()
            total += float(loss.detach())
            if number % _BATCH == 0:
                torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                optimizer.zero_grad()
        print(f"epoch {epoch} loss {total / len(items):.2f} {time.monotonic() - begun:.0f}s", flush=True)
        state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
        torch.save({**state, "epoch": epoch + 1}, checkpoint.with_suffix(".tmp"))
        checkpoint.with_suffix(".tmp").replace(checkpoint)


def _share(step: int, steps: int) -> float:
    """The share of the highest rate: up in a few steps, then down to nearly none."""
    return min(1.0, (step + 1) / _WARM) * max(0.02, 1 - step / steps)


def package(network: RelationNetwork, out: Path) -> None:
    """Write the network and its `meta.json` into a folder."""
    export_relations(network, out)
    meta = {"name": "relations", "version": VERSION, "columns": list(COLUMNS)}
    (out / "meta.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Train and package."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold", type=Path, nargs="+")
    options.add_argument("--work", type=Path, required=True, help="folder of the checkpoint")
    options.add_argument("--start", type=Path, help="checkpoint of the trained tagger to start from")
    options.add_argument("--out", type=Path, help="folder of the packaged network")
    options.add_argument("--without", help="K/N: leave part K of N parts of the texts out")
    options.add_argument("--epochs", type=int, default=8, help="of a cycle")
    options.add_argument("--cycles", type=int, default=2)
    options.add_argument("--threads", type=int, default=2)
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    torch.manual_seed(_SEED)
    pieces = Pieces.read(pretrained_folder() / "vocab.txt")
    gold = read_gold(chosen.gold)
    if chosen.without:
        left_out, parts = map(int, chosen.without.split("/"))
        gold = [truth for truth in gold if part_of(truth["doc_id"], parts) != left_out]
    print(f"{len(gold)} texts", flush=True)
    network = RelationNetwork(_LAYERS, chosen.start)
    chosen.work.mkdir(parents=True, exist_ok=True)
    train(network, lessons_of(gold, pieces), pieces, chosen.work / "relations.pt", chosen.epochs, chosen.cycles)
    if chosen.out:
        package(network, chosen.out)


if __name__ == "__main__":
    main()
