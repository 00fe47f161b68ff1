"""Examples in, a trained network out: batches by length, loss over the allowed tags, checkpoints to resume from."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from extractor.model.pieces import SHAPES
from extractor.model.tags import TAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from training.encoder import Encoder
    from training.samples import Example

_CASED = (1, 2, 3, 4, 5)  # shapes of words that have case
_UNKNOWN, _STOP = 100, 102  # [UNK] and [SEP] of the vocabulary


@dataclass(frozen=True)
class Plan:
    """How a network is trained; rates are peak learning rates, `pieces` the padded size of a batch."""

    epochs: int = 2
    pieces: int = 4096
    rate: float = 2e-4
    head_rate: float = 2e-3
    decay: float = 0.01
    warm: float = 0.06
    hidden: float = 0.06  # share of words whose pieces are hidden
    recased: float = 0.10  # share of windows told in capitals, small letters or title case
    frozen: bool = False  # whether the vocabulary's vectors stay as they are
    soft: float = 0.8  # share of a teacher's probabilities in the loss, where there is one
    seed: int = 20240601


def batches(found: Sequence[Example], pieces: int, rng: random.Random) -> list[list[Example]]:
    """Group examples of like length into batches of at most `pieces` padded pieces, in random order."""
    order = sorted(found, key=lambda example: len(example.ids) + rng.random() * 8)
    groups: list[list[Example]] = [[]]
    for example in order:
        if groups[-1] and (len(groups[-1]) + 1) * len(example.ids) > pieces:
            groups.append([])
        groups[-1].append(example)
    rng.shuffle(groups)
    return [group for group in groups if group]


def tensors(group: Sequence[Example], plan: Plan | None, rng: np.random.Generator) -> tuple[Tensor, ...]:
    """Pad a batch; with a plan, hide words and change case."""
    longest = max(len(e.ids) for e in group)
    words = max(len(e.firsts) for e in group)
    ids = np.zeros((len(group), longest), dtype=np.int64)
    features = np.zeros((len(group), longest), dtype=np.int64)
    firsts = np.zeros((len(group), words), dtype=np.int64)
    allowed = np.ones((len(group), words, len(TAGS)), dtype=bool)
    for row, example in enumerate(group):
        ids[row, : len(example.ids)] = _hidden(example, plan.hidden, rng) if plan else example.ids
        features[row, : len(example.ids)] = _recased(example, plan.recased, rng) if plan else example.features
        firsts[row, : len(example.firsts)] = example.firsts
        allowed[row, : len(example.firsts)] = example.allowed
    lengths = np.array([len(e.ids) for e in group])
    return tuple(torch.from_numpy(array) for array in (ids, features, firsts, lengths, allowed))


def _hidden(example: Example, share: float, rng: np.random.Generator) -> np.ndarray:
    chosen = rng.random(len(example.firsts)) < share
    ids = example.ids.copy()
    bounds = [*example.firsts.tolist(), len(ids) - 1]
    for i in np.flatnonzero(chosen):
        ids[bounds[i] : bounds[i + 1]] = np.where(ids[bounds[i] : bounds[i + 1]] == _STOP, _STOP, _UNKNOWN)
    return ids


def _recased(example: Example, share: float, rng: np.random.Generator) -> np.ndarray:
    """Change the case of some lines of a window."""
    features = example.features
    if rng.random() >= share:
        return features
    lines = np.cumsum(example.ids == _STOP)
    chosen = rng.random(lines[-1] + 1) < 0.5
    shapes = features % len(SHAPES)
    return np.where(np.isin(shapes, _CASED) & chosen[lines], features - shapes + rng.choice((3, 3, 2, 1)), features)


def loss_of(scores: Tensor, allowed: Tensor) -> Tensor:
    """Return the mean negative log probability that a word's tag is among the allowed; words that allow all count nothing."""
    taught = ~allowed.all(dim=-1)
    kept = scores.masked_fill(~allowed, -1e9).logsumexp(dim=-1)
    return -(kept * taught).sum() / taught.sum().clamp(min=1)


def distance_to(teacher: Encoder, scores: Tensor, inputs: Sequence[Tensor], group: Sequence[Example]) -> Tensor:
    """Return the mean divergence of a student's log probabilities from its teacher's, over the words of a batch."""
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        told = teacher(*inputs)
    words = torch.arange(scores.shape[1]) < torch.tensor([len(e.firsts) for e in group])[:, None]
    return ((told.exp() * (told - scores)).sum(dim=-1) * words).sum() / words.sum()


def train(
    encoder: Encoder,
    per_epoch: Callable[[int], list[Example]],
    plan: Plan,
    checkpoint: Path,
    *,
    report: Callable[[int, Encoder], None],
    teacher: Encoder | None = None,
) -> None:
    """Train for the planned epochs; after each, save `checkpoint` with all that is needed to resume, and report.

    With a teacher, `plan.soft` of the loss is the distance to its probabilities.
    """
    encoder.words.requires_grad_(not plan.frozen)
    optimizer = _optimizer(encoder, plan)
    done = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        encoder.load_state_dict(state["encoder"])
        optimizer.load_state_dict(state["optimizer"])
        done = state["epoch"]
    for epoch in range(done, plan.epochs):
        groups = batches(per_epoch(epoch), plan.pieces, random.Random(plan.seed + epoch))
        _epoch(encoder, optimizer, groups, plan, epoch, teacher)
        state = {"encoder": encoder.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch + 1}
        torch.save(state, checkpoint.with_suffix(".tmp"))
        checkpoint.with_suffix(".tmp").replace(checkpoint)
        report(epoch, encoder)


def _optimizer(encoder: Encoder, plan: Plan) -> torch.optim.AdamW:
    head = [p for name, p in encoder.named_parameters() if name.startswith(("tags", "cases"))]
    body = [p for name, p in encoder.named_parameters() if not name.startswith(("tags", "cases"))]
    groups = [{"params": body, "top": plan.rate}, {"params": head, "top": plan.head_rate}]
    return torch.optim.AdamW(groups, lr=plan.rate, weight_decay=plan.decay, foreach=True)


def _epoch(
    encoder: Encoder, optimizer: torch.optim.AdamW, groups: list[list[Example]], plan: Plan, epoch: int, teacher: Encoder | None
) -> None:
    rng = np.random.default_rng(plan.seed + epoch)
    torch.manual_seed(plan.seed + epoch)
    encoder.train()
    began, sums, step, total = time.monotonic(), 0.0, epoch * len(groups), plan.epochs * len(groups)
    for count, group in enumerate(groups, 1):
        step += 1
        share = min(step / (plan.warm * total), max(0.0, (total - step) / (total * (1 - plan.warm))))
        for part in optimizer.param_groups:
            part["lr"] = part["top"] * share
        *inputs, allowed = tensors(group, plan, rng)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = encoder(*inputs)
        loss = loss_of(scores, allowed)
        if teacher:
            loss = (1 - plan.soft) * loss + plan.soft * distance_to(teacher, scores, inputs, group)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        sums += loss.item()
        if count % 20 == 0:
            print(f"epoch {epoch} {count}/{len(groups)} loss {sums / 20:.4f} {time.monotonic() - began:.0f}s", flush=True)
            sums = 0.0


def predictions(encoder: Encoder, found: Sequence[Example], pieces: int = 8192) -> Iterator[tuple[Example, np.ndarray]]:
    """Yield each example with its words' log probabilities of tags."""
    encoder.eval()
    rng = np.random.default_rng(0)
    for group in batches(found, pieces, random.Random(0)):
        *inputs, _ = tensors(group, None, rng)
        with torch.no_grad():
            scores = encoder(*inputs).numpy()
        for row, example in enumerate(group):
            yield example, scores[row, : len(example.firsts)]
