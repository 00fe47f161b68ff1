"""Annotated texts in, what the relation network learns from them out: windows of masked pieces and the questions about them."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from extractor.model.masked import Name, Piece, mask_of, masked_windows
from extractor.model.pieces import Pieces
from extractor.model.relations import SLOTS

_TOLD_ALIKE = 0.6  # share of common entities from which a telling of the rules tells an annotated act
_SAME_ACTION = 0.3
_OVERLAPS = 1.5
_RULED = 0.3  # what a telling of the rules counts beside an annotated trigger
_UNREAD, _RENAMED = 0.06, 0.05
_THINNED, _LOST = 0.6, 0.07  # windows from which lines may be missing, and the share of lines that are
_KINDS = ("university", "faculty", "department", "institute", "laboratory", "hospital", "school", "company", "government", "association")
Record = Mapping[str, Any]


class Question(NamedTuple):
    """Words that may tell an act, and the annotated acts that they tell: none where they tell nothing."""

    type: str
    start: int
    end: int
    weight: float
    acts: list[Record]


class Lesson(NamedTuple):
    """One text: its windows, its questions, the roles of each title, and who stands above whom."""

    doc_id: str
    windows: list[list[Piece]]
    questions: list[Question]
    posts: Mapping[str, list[Record]]
    parents: Mapping[str, str | None]
    publisher: str | None


class Told(NamedTuple):
    """A telling as the rules read it."""

    type: str
    start: int
    end: int
    action: str
    entities: frozenset[str]


def lesson_of(gold: Record, told: Iterable[Told], pieces: Pieces) -> Lesson:
    """What one annotated text teaches; ``told`` are the tellings that the rules read in it."""
    kinds = {i["id"]: i["kind"] for i in gold["institutions"]}
    marks = sorted(gold["mentions"], key=lambda m: m["start"])
    names = [Name(m["start"], m["end"], m["label"], m["entity"], kinds.get(m["entity"], "other")) for m in marks]
    posts: dict[str, list[Record]] = defaultdict(list)
    for role in gold["roles"]:
        posts[role["mention"]].append(role)
    return Lesson(
        doc_id=gold["doc_id"],
        windows=list(masked_windows(gold["text"], names, pieces)),
        questions=[*_annotated(gold), *(Question(t.type, t.start, t.end, _RULED, _acts_of(t, gold["events"])) for t in told)],
        posts=posts,
        parents={i["id"]: i.get("part_of") for i in gold["institutions"]},
        publisher=gold["source"].get("publisher"),
    )


def _annotated(gold: Record) -> list[Question]:
    acts: dict[tuple[str, int, int], list[Record]] = defaultdict(list)
    for event in gold["events"]:
        acts[event["type"], event["trigger"]["start"], event["trigger"]["end"]].append(event)
    return [Question(kind, start, end, 1.0, same) for (kind, start, end), same in acts.items()]


def _acts_of(told: Told, events: Iterable[Record]) -> list[Record]:
    """The annotated acts that fit a telling best."""
    best: list[Record] = []
    most = 0.0
    for event in events:
        likeness = _likeness(told, event) if event["type"] == told.type else 0.0
        if likeness > most:
            best, most = [event], likeness
        elif likeness and likeness == most:
            best.append(event)
    return best


def _likeness(told: Told, event: Record) -> float:
    if event["trigger"]["start"] < told.end and told.start < event["trigger"]["end"]:
        return _OVERLAPS
    entities = {entity for slot in SLOTS[told.type] if slot not in ("date", "hub") for entity in event.get(slot) or ()}
    shared = len(entities & told.entities) / max(1, len(entities | told.entities))
    likeness = shared + (_SAME_ACTION if told.action == event["action"] else 0.0)
    return likeness if likeness >= _TOLD_ALIKE else 0.0


def thinned(window: list[Piece], pieces: Pieces, rng: random.Random) -> list[Piece]:
    """A window from which some lines are missing, so that the network does not learn texts by heart."""
    if rng.random() >= _THINNED:
        return window
    lines: list[list[Piece]] = [[]]
    for piece in window[1:]:
        lines[-1].append(piece)
        if piece.start < 0 and piece.id == pieces.stop:
            lines.append([])
    told = [line for line in lines if line]
    kept = [line for line in told if rng.random() >= _LOST] or told[:1]
    return [window[0], *(piece for line in kept for piece in line)]


def blurred(window: list[Piece], pieces: Pieces, rng: random.Random) -> list[Piece]:
    """A window with some words unread and some institutions of another kind, as a reader of other texts may see them."""
    out = []
    for piece in window:
        if piece.label == 1 and piece.entity is not None and rng.random() < _RENAMED:
            piece = piece._replace(id=pieces.encode(mask_of(rng.choice(_KINDS)))[0][0])
        elif piece.label == 0 and piece.start >= 0 and rng.random() < _UNREAD:
            piece = piece._replace(id=pieces.unknown)
        out.append(piece)
    return out
