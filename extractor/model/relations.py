"""A text with linked names in, who stands in which relation to which words out: runs the packaged relation network with onnxruntime."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.errors import ModelError

from .masked import Name, Piece, masked_windows, numbered
from .pieces import Pieces
from .tagger import open_session
from .word_table import WordTable

TYPES = ("agreement", "visit", "meeting", "appointment", "establishment")
SLOTS: dict[str, tuple[str, ...]] = {
    "agreement": ("parties", "signatories", "witnesses", "date", "hub"),
    "visit": ("visitors", "hosts", "leaders", "delegates", "receivers", "date"),
    "meeting": ("participants", "organizers", "attendees", "date"),
    "appointment": ("appointees", "appointers", "date"),
    "establishment": ("founders", "units", "date"),
    "role": ("person", "institution"),
    "unit": ("parent",),
}
COLUMNS = tuple(f"{kind}.{slot}" for kind, slots in SLOTS.items() for slot in slots)
_COLUMNS_OF = {kind: slice(COLUMNS.index(f"{kind}.{slots[0]}"), COLUMNS.index(f"{kind}.{slots[-1]}") + 1) for kind, slots in SLOTS.items()}
ACTIONS = ("signed", "renewed", "agreed", "planned", "in_force", "ended", "held", "done")
INSTRUMENTS = (
    "memorandum_of_understanding", "letter_of_intent", "cooperation_agreement", "exchange_agreement", "joint_degree_agreement",
    "research_agreement", "contract", "protocol", "declaration", "treaty", "partnership", "other",
)  # fmt: skip
HEADS = {"trigger": 1 + len(TYPES), "action": len(ACTIONS), "instrument": len(INSTRUMENTS), "several": 1, "act": 1}
BUCKETS = 32  # of the distance between two pieces: 16 before, 16 behind
_ONE = frozenset({"date", "person", "institution", "parent"})  # slots with at most one filler
_PEOPLE = frozenset({"signatories", "witnesses", "leaders", "delegates", "receivers", "attendees", "appointees", "person"})
_INSTITUTION, _PERSON, _DATE = 1, 2, 4
_STARTS = 0.25  # chance of a trigger from which words are looked at

Chances = Mapping[str, float]


class Telling(NamedTuple):
    """Words that tell an act, as the network reads them; all chances from 0 to 1.

    ``chance`` says how much the words look like a trigger, ``act`` whether they tell an act at all, ``several`` whether one
    for each counterpart; ``slots`` give each entity of the window its chance; "hub" is who has all these counterparts.
    """

    type: str
    start: int
    end: int
    chance: float
    act: float
    several: float
    actions: Chances
    instruments: Chances
    slots: Mapping[str, Chances]


class Post(NamedTuple):
    """The chances of people and of institutions to be the holder and the house of a title."""

    people: Chances
    institutions: Chances


class RelationReader:
    """The packaged network: `model.onnx`, `pairs.npz` and `meta.json` in a folder, vocabulary and word table beside it."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        try:
            self.meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            self._pieces = Pieces.read(folder.parent / "vocabulary.txt")
            self._table = WordTable.read(folder.parent)
            self._session = open_session(folder / "model.onnx", threads)
            with np.load(folder / "pairs.npz") as weights:
                self._pairs = {name: weights[name].astype(np.float32) for name in weights.files}
        except (OSError, ValueError) as error:
            raise ModelError(str(folder), f"the model cannot be read ({error})", "install the package again") from error
        if self.meta["columns"] != list(COLUMNS):
            raise ModelError(str(folder), "the model was made for other relations", "install the package again")

    def read(self, text: str, names: Sequence[Name], *, parents: Mapping[str, str | None], publisher: str | None) -> Relations:
        """Read a text, each window at the first question about it; ``names`` are its mentions in order, ``parents`` the institutions
        above others, where known.
        """
        windows = masked_windows(text, names, self._pieces)
        return Relations(_Window(w, partial(self._run, w, parents, publisher), self._pairs) for w in windows)

    def _run(self, window: list[Piece], parents: Mapping[str, str | None], publisher: str | None) -> list[NDArray[np.float32]]:
        numbers = numbered(window, parents)
        inputs = {
            "labels": [piece.label for piece in window],
            "entities": [numbers.get(piece.entity or "", 0) for piece in window],
            "parents": [numbers.get(parents.get(piece.entity or "") or "", 0) for piece in window],
            "publisher": [int(piece.entity is not None and piece.entity == publisher) for piece in window],
        }
        fed = {name: np.array(values, dtype=np.int64) for name, values in inputs.items()}
        words = self._table.of(np.array([piece.id for piece in window], dtype=np.int64))
        outputs: list[NDArray[np.float32]] = self._session.run(None, {"words": words, **fed})
        return outputs


class _Read(NamedTuple):
    """What the network gives for a window: for each piece its heads and its query, for each name its key, plain and bent."""

    heads: dict[str, NDArray[np.float32]]
    query: NDArray[np.float32]
    keys: NDArray[np.float32]
    bent_keys: NDArray[np.float32]


class _Window:
    """What the network says of one window; ``run`` gives its heads, queries and keys, and is called once, when they are needed."""

    def __init__(self, pieces: list[Piece], run: Callable[[], list[NDArray[np.float32]]], pairs: dict[str, NDArray[np.float32]]) -> None:
        self.pieces, self._run, self._pairs = pieces, run, pairs
        self._named = [i for i, piece in enumerate(pieces) if piece.entity is not None]
        self.labels = {pieces[i].entity or "": pieces[i].label for i in self._named}
        self._starts = np.array([piece.start for piece in pieces])
        self._ends = np.array([piece.end for piece in pieces])

    @cached_property
    def _read(self) -> _Read:
        heads, query, key = self._run()
        bounds = np.cumsum(list(HEADS.values()))[:-1]
        keys = key[self._named]
        return _Read(dict(zip(HEADS, np.split(heads, bounds, axis=1), strict=True)), query, keys, _gelu(keys))

    def covering(self, start: int, end: int) -> list[int]:
        """The pieces that share characters with a stretch of text."""
        found: list[int] = np.flatnonzero((self._starts >= 0) & (self._starts < end) & (self._ends > start)).tolist()
        return found

    def names_an_actor(self) -> bool:
        """Whether an institution or a person is named, without whom nobody acts."""
        return any(label in (_INSTITUTION, _PERSON) for label in self.labels.values())

    def triggers(self) -> Iterator[tuple[str, list[int]]]:
        """Runs of pieces that look like the trigger of one type."""
        chances = _softmax(self._read.heads["trigger"])
        told, kinds = 1 - chances[:, 0], chances[:, 1:].argmax(axis=1)
        run: list[int] = []
        for i, piece in enumerate(self.pieces):
            goes_on = told[i] > _STARTS and piece.start >= 0
            if run and not (goes_on and kinds[i] == kinds[run[-1]]):
                yield TYPES[kinds[run[0]]], run
                run = []
            if goes_on:
                run.append(i)
        if run:
            yield TYPES[kinds[run[0]]], run

    def telling(self, kind: str, at: list[int]) -> Telling:
        """What pieces tell, read as an act of a type."""
        heads = self._read.heads
        mean = {name: values[at].mean(axis=0) for name, values in heads.items()}
        trigger = _softmax(heads["trigger"][at])[:, 1 + TYPES.index(kind)].max()
        return Telling(
            type=kind,
            start=self.pieces[at[0]].start,
            end=self.pieces[at[-1]].end,
            chance=float(trigger),
            act=float(_sigmoid(mean["act"])[0]),
            several=float(_sigmoid(mean["several"])[0]),
            actions=dict(zip(ACTIONS, map(float, _softmax(mean["action"])), strict=True)),
            instruments=dict(zip(INSTRUMENTS, map(float, _softmax(mean["instrument"])), strict=True)),
            slots=self.slots(kind, at),
        )

    def slots(self, kind: str, at: list[int]) -> dict[str, Chances]:
        """For each slot the chances of the entities that may fill it."""
        scores = self._scores(kind, self._read.query[at].mean(axis=0), at[0])
        out: dict[str, Chances] = {}
        for column, slot in enumerate(SLOTS[kind]):
            needed = _DATE if slot == "date" else _PERSON if slot in _PEOPLE else _INSTITUTION
            entities = [entity for entity in scores if self.labels[entity] == needed]
            raw = np.array([scores[entity][column] for entity in entities], dtype=np.float32)
            chances = _softmax(np.concatenate([raw, np.zeros(1, dtype=np.float32)]))[:-1] if slot in _ONE else _sigmoid(raw)
            out[slot] = dict(zip(entities, map(float, chances), strict=True))
        return out

    def _scores(self, kind: str, query: NDArray[np.float32], at: int) -> dict[str, NDArray[np.float32]]:
        """For each entity its best score in each slot of a kind, over its mentions."""
        if not self._named:
            return {}
        p, read = self._pairs, self._read
        far = np.array(self._named) - at
        buckets = np.clip(np.log2(np.abs(far) + 1).astype(np.int64), 0, BUCKETS // 2 - 1) + BUCKETS // 2 * (far > 0)
        columns = _COLUMNS_OF[kind]
        scores = _gelu(query + read.keys + p["distance"][buckets]) @ p["sum.w"][:, columns] + p["sum.b"][columns]
        scores += (_gelu(query) * read.bent_keys) @ p["product.w"][:, columns] + p["product.b"][columns]
        best: dict[str, NDArray[np.float32]] = {}
        for row, i in enumerate(self._named):
            entity = self.pieces[i].entity or ""
            best[entity] = np.maximum(best[entity], scores[row]) if entity in best else scores[row]
        return best


@cache
def shipped_reader() -> RelationReader:
    """The packaged network, loaded once."""
    return RelationReader(Path(__file__).with_name("relations"))


class Relations:
    """The relations of one text."""

    def __init__(self, windows: Iterable[_Window]) -> None:
        self._given = windows
        self._told: dict[tuple[str, int, int], Telling | None] = {}
        self._posts: dict[tuple[int, int], Post | None] = {}

    @cached_property
    def _windows(self) -> tuple[_Window, ...]:
        return tuple(self._given)

    @cached_property
    def tellings(self) -> tuple[Telling, ...]:
        """What the network itself takes for the telling of an act, in text order; where nobody is named, nothing is looked for."""
        windows = (window for window in self._windows if window.names_an_actor())
        return tuple(window.telling(kind, at) for window in windows for kind, at in window.triggers())

    def telling(self, kind: str, start: int, end: int) -> Telling | None:
        """What given words tell, read as an act of a type; None where they are no words."""
        key = kind, start, end
        if key not in self._told:
            found = ((window, at) for window in self._windows if (at := window.covering(start, end)))
            self._told[key] = next((window.telling(kind, at) for window, at in found), None)
        return self._told[key]

    def parent(self, start: int, end: int) -> Chances:
        """The chances of institutions to be the one above that which given words name; empty where there are no words."""
        for window in self._windows:
            at = window.covering(start, end)[:1]
            if at:
                own = window.pieces[at[0]].entity
                return {house: chance for house, chance in window.slots("unit", at)["parent"].items() if house != own}
        return {}

    def post(self, start: int, end: int) -> Post | None:
        """Whose post a title is, and where; None where there are no words."""
        if (start, end) not in self._posts:
            found = ((window, at) for window in self._windows if (at := window.covering(start, end)[:1]))
            slots = next((window.slots("role", at) for window, at in found), None)
            self._posts[start, end] = Post(slots["person"], slots["institution"]) if slots else None
        return self._posts[start, end]


def _softmax(raw: NDArray[np.float32]) -> NDArray[np.float32]:
    raised = np.exp(raw - raw.max(axis=-1, keepdims=True))
    chances: NDArray[np.float32] = np.divide(raised, raised.sum(axis=-1, keepdims=True), dtype=np.float32)
    return chances


def _sigmoid(raw: NDArray[np.float32]) -> NDArray[np.float32]:
    chances: NDArray[np.float32] = np.reciprocal(1 + np.exp(-raw), dtype=np.float32)
    return chances


def _gelu(x: NDArray[np.float32]) -> NDArray[np.float32]:
    cubed = x * x * x  # twenty times as quick as a power
    bent: NDArray[np.float32] = np.multiply(0.5 * x, 1 + np.tanh(0.7978845608 * (x + 0.044715 * cubed)), dtype=np.float32)
    return bent
