"""A text with its names and who bears them -> windows of pieces in which each name is only its kind ("university", "person")."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .pieces import Pieces
from .words import split_words

LONGEST = 448  # pieces of a window
MOST_ENTITIES = 159  # that a window can tell apart; later ones look like no entity
LABELS = ("", "institution", "person", "role", "date")
_MOST_OF_WORD = 16  # pieces of one word that are read
_MASKS = {
    "university": "university", "faculty": "faculty", "department": "department", "institute": "institute", "laboratory": "laboratory",
    "hospital": "hospital", "school": "school", "company": "company", "government": "ministry", "association": "association",
    "media": "newspaper", "other": "organization", "person": "person",
}  # fmt: skip


class Name(NamedTuple):
    """A mention: half-open characters, its label, the entity that it names, and of an institution its kind."""

    start: int
    end: int
    label: str
    entity: str | None
    kind: str = "other"


class Piece(NamedTuple):
    """A piece of a window: its id, half-open characters (-1 for marks of our own), label, the entity whose mention starts here."""

    id: int
    start: int
    end: int
    label: int = 0
    entity: str | None = None


def masked_windows(text: str, names: Sequence[Name], pieces: Pieces) -> Iterator[list[Piece]]:
    """Yield windows of whole lines where these fit; institutions and people are masked by one word, roles and dates are left as they are.

    ``names`` are in text order without overlaps.
    """
    start, stop = Piece(pieces.start, -1, -1), Piece(pieces.stop, -1, -1)
    window: list[Piece] = [start]
    for line in _lines(text, names, pieces):
        for at in range(0, len(line), LONGEST):
            part = line[at : at + LONGEST]
            if len(window) > 1 and len(window) + len(part) > LONGEST:
                yield window
                window = [start]
            window += [*part, stop]
    if len(window) > 1:
        yield window


def mask_of(kind: str) -> str:
    """The word that stands for a name of a kind of institution, or for a person."""
    return _MASKS.get(kind, _MASKS["other"])


def _lines(text: str, names: Sequence[Name], pieces: Pieces) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    words = split_words(text)
    at = nth = behind = 0
    for word, space in zip(words.texts, words.spaces, strict=True):
        start, end = at, at + len(word)
        at = end + space
        if word.isspace():
            if "\n" in word and line:
                yield line
                line = []
            continue
        while nth < len(names) and names[nth].end <= start:
            nth += 1
        if start < behind:
            continue
        name = names[nth] if nth < len(names) and names[nth].start < end else None
        if name is None:
            line += [Piece(i, start, end) for i in pieces.encode(word)[0][:_MOST_OF_WORD]]
        elif name.label in ("institution", "person"):
            mask = mask_of(name.kind if name.label == "institution" else "person")
            line.append(Piece(pieces.encode(mask)[0][0], name.start, name.end, LABELS.index(name.label), name.entity))
            behind = name.end
        else:
            is_first = start <= name.start
            for number, i in enumerate(pieces.encode(word)[0][:_MOST_OF_WORD]):
                entity = name.entity if is_first and number == 0 else None
                line.append(Piece(i, start, end, LABELS.index(name.label), entity))
    if line:
        yield line


def numbered(window: Sequence[Piece], parents: Mapping[str, str | None]) -> dict[str, int]:
    """Numbers from 1 for the entities of a window and their parents, in order of appearance."""
    seen: dict[str, None] = {}
    for piece in window:
        if piece.entity is not None:
            seen.setdefault(piece.entity)
            parent = parents.get(piece.entity)
            if parent is not None:
                seen.setdefault(parent)
    return {entity: number for number, entity in enumerate(seen, 1) if number <= MOST_ENTITIES}
