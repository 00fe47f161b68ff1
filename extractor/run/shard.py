"""Input files in, the plan of the work out: pieces that keep their identity whoever works on them, bundled into chunks."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from extractor.errors import SettingsError
from extractor.io.origins import Origin
from extractor.io.read import count_texts
from extractor.io.rows import Mark
from extractor.settings import Settings

PIECE = 64  # texts: fixed, so that a piece is the same for any number of workers
_LARGEST_CHUNK = 128  # texts: what is lost when a run is killed
_CHUNKS_EACH = 8  # chunks per worker at least, so that all end at about the same time


class File(NamedTuple):
    """An input file as planned: ``key`` stands for its name, its content and everything that decides what becomes of it."""

    origin: Origin
    key: str
    texts: int
    marks: tuple[Mark, ...]


class Piece(NamedTuple):
    """Texts ``start`` to ``stop`` (half-open) of a file, reached from ``mark``."""

    origin: Origin
    key: str
    mark: Mark
    start: int
    stop: int


Chunk = tuple[Piece, ...]


def plan_files(origins: Sequence[Origin], settings: Settings, fingerprint: str, on_file: Callable[[int], None]) -> list[File]:
    """Look at each file once: its digest, its number of texts. ``on_file`` hears how many texts each has."""
    files = []
    for origin in origins:
        found = count_texts(origin, PIECE, encoding=settings.encoding)
        made_of = f"{fingerprint}\n{origin.name}\n{origin.doc_id}\n{found.sha256}"
        key = hashlib.sha256(made_of.encode()).hexdigest()[:32]
        files.append(File(origin, key, found.texts, found.marks))
        on_file(found.texts)
    return files


def pieces_of(file: File) -> Iterator[Piece]:
    """A file's pieces, in order."""
    stops = [mark.row for mark in file.marks[1:]] + [file.texts]
    for mark, stop in zip(file.marks, stops, strict=True):
        yield Piece(file.origin, file.key, mark, mark.row, stop)


def chunks_of(pieces: Iterable[Piece], workers: int, total: int) -> list[Chunk]:
    """Pieces bundled for workers."""
    size = min(_LARGEST_CHUNK, max(1, total // (max(workers, 1) * _CHUNKS_EACH)))
    chunks: list[Chunk] = []
    held: list[Piece] = []
    for piece in pieces:
        held.append(piece)
        if sum(p.stop - p.start for p in held) >= size:
            chunks.append(tuple(held))
            held = []
    return [*chunks, tuple(held)] if held else chunks


def singles_of(chunk: Chunk) -> list[Chunk]:
    """A chunk cut into its texts, to find the one that kills workers."""
    return [(piece._replace(start=at, stop=at + 1),) for piece in chunk for at in range(piece.start, piece.stop)]


def read_shard(words: str) -> tuple[int, int]:
    """``2/3`` as (2, 3). Raises SettingsError."""
    k, _, n = words.partition("/")
    if not (k.isdigit() and n.isdigit() and 1 <= int(k) <= int(n)):
        raise SettingsError("--shard", f"{words!r} is no share of the work", "write 1/3, 2/3 and 3/3")
    return int(k), int(n)
