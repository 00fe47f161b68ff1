"""The relation network in PyTorch, and its loss; used for training only."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from extractor.model.masked import LABELS, MOST_ENTITIES, Piece, numbered
from extractor.model.pieces import Pieces
from extractor.model.relations import ACTIONS, BUCKETS, COLUMNS, HEADS, INSTRUMENTS, SLOTS, TYPES
from training.encoder import Encoder, Shape, load_pretrained
from training.relation_data import Lesson, Question, Record, blurred, thinned

_ONE = ("date", "person", "institution")
_DROPOUT, _ENCODER_DROPOUT = 0.2, 0.15
_OF_POST = 0.7  # what a post counts beside an act
_OF_UNIT = 0.5
_ALL_HIDDEN, _HIDDEN = 0.5, 0.4  # chances that all parents in a window are hidden from the network, and one of them
_RARE = -2.5  # log odds from which slots start out


class RelationNetwork(nn.Module):
    """Masked pieces with labels and entities -> heads for triggers, and a score for each pair of words and mention in each slot."""

    def __init__(self, layers: tuple[int, ...], start: Path | None = None) -> None:
        super().__init__()
        self.encoder = Encoder(Shape(layers=layers), _ENCODER_DROPOUT)
        load_pretrained(self.encoder)
        if start is not None:
            _copy_tagger(self.encoder, start)
        self.encoder.words.requires_grad_(False)  # the packaged networks share one table of words
        width = self.encoder.shape.width
        self.labels = nn.Embedding(len(LABELS), width)
        self.entities, self.parents = nn.Embedding(MOST_ENTITIES + 1, width), nn.Embedding(MOST_ENTITIES + 1, width)
        self.publisher = nn.Embedding(2, width)
        for table in (self.labels, self.entities, self.parents, self.publisher):
            nn.init.normal_(table.weight, std=0.05)
        self.heads = nn.Linear(width, sum(HEADS.values()))
        self.query, self.key = nn.Linear(width, width), nn.Linear(width, width)
        self.distance = nn.Embedding(BUCKETS, width)
        nn.init.normal_(self.distance.weight, std=0.02)
        self.sum, self.product = nn.Linear(width, len(COLUMNS)), nn.Linear(width, len(COLUMNS))
        self.drop = nn.Dropout(_DROPOUT)
        nn.init.constant_(self.sum.bias, _RARE)
        with torch.no_grad():
            self.heads.bias[0] = -_RARE  # "no trigger"

    def forward(self, ids: Tensor, labels: Tensor, entities: Tensor, parents: Tensor, publisher: Tensor) -> Tensor:
        """Hidden states [pieces, width] of one window."""
        encoder = self.encoder
        summed = encoder.words(ids) + encoder.places(torch.arange(ids.shape[0])) + self.labels(labels) + self.entities(entities)
        x = encoder.norm(summed + self.parents(parents) + self.publisher(publisher))[None]
        x = functional.dropout(x, encoder.dropout, self.training)
        for layer in encoder.layers:
            x = layer(x, None)
        return self.drop(x[0].float())

    def pairs(self, asked: Tensor, named: Tensor, far: Tensor) -> Tensor:
        """Scores [asked, mentions, slots] of mentions for words; ``far`` [asked, mentions] is their distance in pieces."""
        buckets = (far.abs() + 1).float().log2().long().clamp(0, BUCKETS // 2 - 1) + BUCKETS // 2 * (far > 0).long()
        query, key = self.query(asked)[:, None], self.key(named)[None]
        summed = _bent(query + key + self.distance(buckets))
        scores: Tensor = self.sum(self.drop(summed)) + self.product(_bent(query) * _bent(key))
        return scores


def _bent(x: Tensor) -> Tensor:
    return functional.gelu(x, approximate="tanh")


def _copy_tagger(encoder: Encoder, path: Path) -> None:
    state = torch.load(path, weights_only=True)["encoder"]
    kept = {f"layers.{i}." for i in range(len(encoder.layers))}
    encoder.load_state_dict({k: v for k, v in state.items() if not k.startswith("layers.") or any(k.startswith(p) for p in kept)})


def inputs_of(window: list[Piece], numbers: dict[str, int], parents: Mapping[str, str | None], publisher: str | None) -> tuple[Tensor, ...]:
    """A window as the network takes it, with given numbers for its entities."""
    rows = (
        [piece.id for piece in window],
        [piece.label for piece in window],
        [numbers.get(piece.entity or "", 0) for piece in window],
        [numbers.get(parents.get(piece.entity or "") or "", 0) for piece in window],
        [int(piece.entity is not None and piece.entity == publisher) for piece in window],
    )
    return tuple(torch.tensor(row) for row in rows)


def loss_of(network: RelationNetwork, lesson: Lesson, window: list[Piece], pieces: Pieces, rng: random.Random) -> Tensor:
    """The loss over one window, some lines of it missing; its entities get random numbers, so that no number means anything."""
    window = thinned(window, pieces, rng)
    known = list(numbered(window, lesson.parents))
    numbers = dict(zip(known, rng.sample(range(1, MOST_ENTITIES + 1), len(known)), strict=True))
    shown = _shown(lesson.parents, rng)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = network(*inputs_of(blurred(window, pieces, rng), numbers, shown, lesson.publisher))
    return _Window(network, lesson, window, hidden, shown).loss()


def _shown(parents: Mapping[str, str | None], rng: random.Random) -> dict[str, str | None]:
    """The parents without those that the network has to find."""
    hidden = 1.0 if rng.random() < _ALL_HIDDEN else _HIDDEN
    return {unit: parent for unit, parent in parents.items() if rng.random() >= hidden}


class _Window:
    """The loss of one window: all that is asked about it is answered in one go."""

    def __init__(
        self, network: RelationNetwork, lesson: Lesson, window: list[Piece], hidden: Tensor, parents: Mapping[str, str | None]
    ) -> None:
        self.network, self.lesson, self.window, self.hidden, self.parents = network, lesson, window, hidden, parents
        self.heads = dict(zip(HEADS, network.heads(hidden).split(list(HEADS.values()), dim=1), strict=True))
        self.named = [i for i, piece in enumerate(window) if piece.entity is not None]
        entities = [window[i].entity or "" for i in self.named]
        self.place = {entity: n for n, entity in enumerate(dict.fromkeys(entities))}
        self.group = torch.tensor([self.place[entity] for entity in entities], dtype=torch.long)

    def loss(self) -> Tensor:
        asked = [(q, at) for q in self.lesson.questions if (at := self._covering(q.start, q.end))]
        total = self._triggers(asked)
        for question, at in asked:
            total = total + self._act(question, at)
        return total + self._slots(asked) if self.named else total

    def _covering(self, start: int, end: int) -> list[int]:
        return [i for i, p in enumerate(self.window) if p.start >= 0 and p.start < end and start < p.end]

    def _triggers(self, asked: list[tuple[Question, list[int]]]) -> Tensor:
        truth = torch.zeros(len(self.window), dtype=torch.long)
        for question, at in asked:
            is_sure = question.weight == 1 and not _are_optional(question.acts)
            for i in at:
                if is_sure:
                    truth[i] = TYPES.index(question.type) + 1
                elif question.acts and truth[i] == 0:  # another telling of an annotated act, or a doubtful act
                    truth[i] = -100
        weight = torch.tensor([1.0] + [2.0] * len(TYPES))
        return functional.cross_entropy(self.heads["trigger"], truth, weight=weight, ignore_index=-100, reduction="sum") / 4

    def _act(self, question: Question, at: list[int]) -> Tensor:
        mean = {name: values[at].mean(dim=0) for name, values in self.heads.items()}
        loss = torch.zeros(())
        if not _are_optional(question.acts):
            loss = loss + 0.3 * question.weight * _binary(mean["act"], bool(question.acts))
        if not _teaches(question):
            return loss
        act = question.acts[0]
        told = 0.3 * _chosen(mean["action"], ACTIONS.index(act["action"]))
        if question.type == "agreement":
            told = told + 0.2 * _chosen(mean["instrument"], INSTRUMENTS.index(act["instrument"]))
            told = told + 0.3 * _binary(mean["several"], len(question.acts) > 1)
        return loss + question.weight * told

    def _slots(self, asked: list[tuple[Question, list[int]]]) -> Tensor:
        answers = [
            _Answer(q.type, at, q.weight, {slot: _fillers(q.acts, slot) for slot in SLOTS[q.type]}) for q, at in asked if _teaches(q)
        ]
        for i, piece in enumerate(self.window):
            roles = self.lesson.posts.get(piece.entity or "") if piece.label == LABELS.index("role") else None
            if roles:
                answers.append(_Answer("role", [i], _OF_POST, {slot: {r[slot] for r in roles} for slot in SLOTS["role"]}))
        answers += self._units()
        if not answers:
            return torch.zeros(())
        truth = torch.zeros(len(answers), len(self.place), len(COLUMNS))
        many, one = torch.zeros(len(answers), 1, len(COLUMNS)), torch.zeros(len(answers), len(COLUMNS))
        for n, answer in enumerate(answers):
            for slot, fillers in answer.fillers.items():
                column = COLUMNS.index(f"{answer.kind}.{slot}")
                truth[n, [self.place[e] for e in fillers if e in self.place], column] = 1
                if slot in _ONE:
                    one[n, column] = answer.weight
                else:
                    many[n, 0, column] = answer.weight
        scores = self._scores(answers)
        binary = functional.binary_cross_entropy_with_logits(scores, truth, weight=many, reduction="sum")
        return binary / 4 + 0.7 * (_one_of(scores, truth) * one).sum()

    def _units(self) -> list[_Answer]:
        """What each institution is part of, where the network was not shown it."""
        houses = {self.window[i].entity or "": i for i in reversed(self.named) if self.window[i].label == LABELS.index("institution")}
        asked = ((house, i) for house, i in houses.items() if not self.parents.get(house))
        return [_Answer("unit", [i], _OF_UNIT, {"parent": {self.lesson.parents.get(house)}}) for house, i in asked]

    def _scores(self, answers: list[_Answer]) -> Tensor:
        """Scores [answers, entities, slots]: the best of each entity's mentions."""
        asked = torch.stack([self.hidden[a.at].mean(dim=0) for a in answers])
        far = torch.tensor(self.named)[None] - torch.tensor([a.at[0] for a in answers])[:, None]
        scores = self.network.pairs(asked, self.hidden[self.named], far)
        empty = torch.full((len(answers), len(self.place), len(COLUMNS)), -1e4)
        return empty.scatter_reduce(1, self.group[None, :, None].expand_as(scores), scores, "amax")


class _Answer(NamedTuple):
    """Who fills the slots of a question about some pieces, and how much the answer counts."""

    kind: str
    at: list[int]
    weight: float
    fillers: Mapping[str, set[str | None]]


def _teaches(question: Question) -> bool:
    """Whether a question has an answer; what the rules read of a doubtful act teaches nothing."""
    return bool(question.acts) and not (question.weight < 1 and _are_optional(question.acts))


def _fillers(acts: list[Record], slot: str) -> set[str | None]:
    if slot == "date":
        return {act["date"] for act in acts if act.get("date")}
    if slot == "hub":
        return set.intersection(*(set(act["parties"]) for act in acts)) if len(acts) > 1 else set()
    return {entity for act in acts for entity in act.get(slot) or ()}


def _are_optional(acts: list[Record]) -> bool:
    return bool(acts) and all(act.get("optional") for act in acts)


def _binary(raw: Tensor, is_so: bool) -> Tensor:
    return functional.binary_cross_entropy_with_logits(raw, torch.tensor([float(is_so)]))


def _chosen(raw: Tensor, truth: int) -> Tensor:
    return functional.cross_entropy(raw[None], torch.tensor([truth]))


def _one_of(raw: Tensor, truth: Tensor) -> Tensor:
    """Cross entropy [answers, slots] over the entities and none."""
    total = torch.logsumexp(torch.cat([torch.zeros_like(raw[:, :1]), raw], dim=1), dim=1)
    right = torch.logsumexp(raw.masked_fill(truth == 0, -1e4), dim=1)
    return torch.where(truth.sum(dim=1) > 0, total - right, total)
