"""What is done in an output folder: finished parts, what they were made with, and the lock that keeps a second run out."""

import fcntl
import hashlib
import json
import os
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

import extractor
from extractor.errors import OutputError, SettingsError
from extractor.io.failures import Failure
from extractor.io.jsonl import json_bytes, written_whole
from extractor.rules import load_rules
from extractor.run.shard import Chunk, File, Piece
from extractor.settings import Settings

STATE = ".extractor"
OUTPUTS = ("datapackage.json", "documents.jsonl", "failures.jsonl", "tables", "csv", "network")


class Entry(NamedTuple):
    """Finished texts ``start`` to ``stop`` of a file: ``size`` bytes of documents from ``offset`` of a part, and failures."""

    part: str
    start: int
    stop: int
    offset: int
    size: int
    documents: int
    failures: tuple[dict[str, Any], ...]


class Ledger:
    """The finished parts of an output folder, by the keys of files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / STATE
        self.parts = self.folder / "parts"
        self.parts.mkdir(parents=True, exist_ok=True)
        self.entries: dict[str, list[Entry]] = {}
        self.read()

    def read(self) -> None:
        """Learn what is on disk: a part counts when its index is there."""
        found: dict[str, dict[int, Entry]] = defaultdict(dict)
        for index in sorted(self.parts.glob("*.json")):
            for key, start, stop, offset, size, documents, failures in json.loads(index.read_bytes()):
                found[key][start] = Entry(index.stem, start, stop, offset, size, documents, tuple(failures))
        self.entries = {key: [by_start[s] for s in sorted(by_start)] for key, by_start in found.items()}

    def left_of(self, piece: Piece) -> Iterator[Piece]:
        """What of a piece is not yet done."""
        at = piece.start
        for entry in self.entries.get(piece.key, ()):
            if piece.start <= entry.start < piece.stop:
                if entry.start > at:
                    yield piece._replace(start=at, stop=entry.start)
                at = max(at, entry.stop)
        if at < piece.stop:
            yield piece._replace(start=at)

    def is_whole(self, file: File) -> bool:
        """Whether all texts of a file are done."""
        return sum(e.stop - e.start for e in self.entries.get(file.key, ())) == file.texts

    def drop_stale(self, files: Sequence[File]) -> None:
        """Remove parts that no file of the plan needs, and what killed workers left."""
        needed = {entry.part for file in files for entry in self.entries.get(file.key, ())}
        for path in self.parts.iterdir():
            if path.name.split(".")[0] not in needed:
                path.unlink(missing_ok=True)


class PartWriter:
    """Writes one part: documents as lines, then the index that makes it count."""

    def __init__(self, folder: Path, chunk: Chunk) -> None:
        self._base = folder / STATE / "parts" / _name_of(chunk)
        self._index: list[list[Any]] = []

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The file for documents; when it closes the part is whole. Raises OutputError where the disk is full or gone."""
        try:
            with written_whole(self._base.with_suffix(".jsonl")) as stream:
                yield stream
            with written_whole(self._base.with_suffix(".json")) as stream:
                stream.write(json.dumps(self._index, ensure_ascii=False).encode())
        except OSError as error:
            remedy = "make room, then run the same command again: it goes on where it stopped"
            raise OutputError(str(self._base.parent), f"cannot be written ({error.strerror})", remedy) from error

    def add(self, piece: Piece, offset: int, size: int, documents: int, failures: Sequence[Failure]) -> None:
        """One piece is in the file for documents."""
        held = [failure.model_dump(mode="json") for failure in failures]
        self._index.append([piece.key, piece.start, piece.stop, offset, size, documents, held])


def _name_of(chunk: Chunk) -> str:
    digest = hashlib.sha256()
    for piece in chunk:
        digest.update(f"{piece.key} {piece.start} {piece.stop}\n".encode())
    return digest.hexdigest()[:24]


def maker_of(settings: Settings) -> dict[str, Any]:
    """Everything that decides what becomes of a text: settings, version, rules, and the program's own files (models among them)."""
    return {
        "version": extractor.__version__,
        "settings": settings.model_dump(mode="json"),
        "rules": load_rules(settings.rules).digest,
        "program": _program_digest(),
    }


def fingerprint_of(maker: dict[str, Any]) -> str:
    """A digest of what makes documents."""
    return hashlib.sha256(json.dumps(maker, sort_keys=True).encode()).hexdigest()


def _program_digest() -> str:
    digest, home = hashlib.sha256(), Path(extractor.__file__).parent
    for path in sorted(home.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def locked(folder: Path, shard: tuple[int, int] | None = None) -> Iterator[None]:
    """Keep other runs out of a folder; shards of one run share it. Raises SettingsError where another run is at work there."""
    state = folder / STATE
    state.mkdir(parents=True, exist_ok=True)
    with (state / "lock").open("ab") as whole:
        _lock(whole, folder, shared=shard is not None)
        if shard is None:
            yield
            return
        with (state / "lock-{}-of-{}".format(*shard)).open("ab") as own:
            _lock(own, folder, shared=False)
            yield


def _lock(file: IO[bytes], folder: Path, *, shared: bool) -> None:
    try:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        raise SettingsError(str(folder), "another run is writing here", "wait for it, or give another folder with -o") from error


@contextmanager
def merging(folder: Path) -> Iterator[None]:
    """Wait until no other shard merges."""
    with (folder / STATE / "merge-lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def check_folder(folder: Path) -> None:
    """Raises SettingsError where a folder holds anything that is not ours."""
    if folder.exists() and not folder.is_dir():
        raise SettingsError(str(folder), "is a file", "give a folder with -o")
    if folder.is_dir() and not (folder / STATE).is_dir() and any(folder.iterdir()):
        raise SettingsError(str(folder), "holds files that are not of a run", "give an empty or a new folder with -o")
    try:
        (folder / STATE).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(str(folder), f"cannot be made ({error.strerror})", "give a folder that you may write to") from error


def clear(folder: Path) -> None:
    """Remove the outputs and parts of an earlier run."""
    for name in (
        *OUTPUTS,
        f"{STATE}/parts",
        f"{STATE}/run.json",
        f"{STATE}/plan.jsonl",
        f"{STATE}/ids.parquet",
        f"{STATE}/id_changes.jsonl",
    ):
        path = folder / name
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
    (folder / STATE / "parts").mkdir(exist_ok=True)


def check_maker(folder: Path, maker: dict[str, Any], *, update: bool) -> None:
    """Note what this run is made with. Raises SettingsError where the folder was made with something else, unless it is to be updated."""
    path = folder / STATE / "run.json"
    if path.exists() and not update:
        changed = _changes(json.loads(path.read_bytes()), maker)
        if changed:
            remedy = "--update does the texts again, --overwrite starts anew, or give another folder"
            raise SettingsError(str(folder), f"was made with other {', '.join(changed)}", remedy)
    with written_whole(path) as stream:
        stream.write(json_bytes(maker))


def _changes(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    settings = sorted(k for k in {*old["settings"], *new["settings"]} if old["settings"].get(k) != new["settings"].get(k))
    words = {"version": "version", "rules": "rules", "program": "program files"}
    return [f"settings ({', '.join(settings)})"] * bool(settings) + [word for key, word in words.items() if old.get(key) != new.get(key)]


def check_plan(folder: Path, files: Sequence[File], *, update: bool) -> None:
    """Note the plan. Raises SettingsError where the folder was made from other inputs, unless it is to be updated."""
    path = folder / STATE / "plan.jsonl"
    new = {file.origin.name: file.key for file in files}
    if path.exists() and not update:
        old = {name: key for name, _, key, _ in read_plan(folder)}
        gone, added = len(old.keys() - new.keys()), len(new.keys() - old.keys())
        changed = sum(old[name] != new[name] for name in old.keys() & new.keys())
        if gone or added or changed:
            what = f"was made from other inputs ({added} new, {changed} changed, {gone} gone)"
            raise SettingsError(str(folder), what, "--update brings it up to date, --overwrite starts anew, or give another folder")
    with written_whole(path) as stream:
        for file in files:
            stream.write(json.dumps([file.origin.name, file.origin.doc_id, file.key, file.texts], ensure_ascii=False).encode() + b"\n")


def read_plan(folder: Path) -> list[tuple[str, str, str, int]]:
    """(name, id or stem of ids, key, texts) of each input file. Raises SettingsError where the folder has no plan."""
    path = folder / STATE / "plan.jsonl"
    try:
        return [tuple(json.loads(line)) for line in path.read_bytes().splitlines()]
    except OSError as error:
        raise SettingsError(str(folder), "is no output folder of a run", "name the folder that was given to -o") from error


def sync_folder(folder: Path) -> None:
    """Make new names in a folder last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
