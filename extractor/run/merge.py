"""Finished parts in, the outputs of a run out: documents, failures, tables, and what describes them; in = out + failed, checked."""

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from extractor.corpus.columns import CORPUS_TABLES
from extractor.corpus.link import link_folder
from extractor.corpus.registry import open_registry
from extractor.errors import OutputError, RecordError, SettingsError
from extractor.io.columns import tables
from extractor.io.csvfiles import write_csv
from extractor.io.datapackage import describe
from extractor.io.jsonl import json_bytes, written_whole
from extractor.io.tables import TableWriter
from extractor.run.ledger import STATE, Entry, Ledger, read_plan, sync_folder

_DOC_ID = re.compile(rb'\{"schema_version":"[^"]*","doc_id":("(?:[^"\\]|\\.)*")')


class Outcome(NamedTuple):
    """What a run gave: rows of each table, events by type, failures by reason, messages of the first few failures."""

    rows: dict[str, int]
    events: dict[str, int]
    failures: dict[str, int]
    messages: tuple[str, ...]

    @property
    def documents(self) -> int:
        return self.rows["documents"]

    @property
    def failed(self) -> int:
        return sum(self.failures.values())


_TOLD = 10  # failures that a summary tells in words


def write_outputs(folder: Path, *, csv: bool, ror: Path | None = None) -> Outcome:
    """All outputs of a folder whose parts are finished; ``datapackage.json`` comes last: where it stands, the outputs are whole.

    Institutions are identified by the registry's release ``ror`` where one is given.

    Raises RecordError where a text is unaccounted for, OutputError where the disk is full.
    """
    try:
        (folder / "datapackage.json").unlink(missing_ok=True)
        outcome = _write_records(folder)
        linked = link_folder(folder, registry=open_registry(ror) if ror else None)
        _write_csv(folder, wanted=csv)
        with written_whole(folder / "datapackage.json") as stream:
            stream.write(json_bytes(describe(folder, {**tables(), **CORPUS_TABLES})))
        sync_folder(folder)
    except OSError as error:
        remedy = "make room, then run the same command again: it goes on where it stopped"
        raise OutputError(str(folder), f"cannot be written ({error.strerror or error})", remedy) from error
    return outcome._replace(rows={**outcome.rows, **linked})


def _write_records(folder: Path) -> Outcome:
    beside = folder / STATE / "tables"
    shutil.rmtree(beside, ignore_errors=True)
    failures: Counter[str] = Counter()
    events: Counter[str] = Counter()
    messages: list[str] = []
    with (
        written_whole(folder / "documents.jsonl") as documents,
        written_whole(folder / "failures.jsonl") as failed,
        TableWriter(beside) as writer,
    ):
        for item in _in_order(folder):
            if isinstance(item, bytes):
                documents.write(item)
                doc = from_json(item)
                writer.add(doc)
                events.update(event["type"] for event in doc["events"])
            else:
                failed.write(to_json(item) + b"\n")
                failures[item["reason"]] += 1
                messages += [item["message"]] if len(messages) < _TOLD else []
    for table in beside.iterdir():
        with table.open("rb") as stream:
            os.fsync(stream.fileno())
    shutil.rmtree(folder / "tables", ignore_errors=True)
    beside.rename(folder / "tables")
    return Outcome(writer.counts, dict(events.most_common()), dict(sorted(failures.items())), tuple(messages))


def _write_csv(folder: Path, *, wanted: bool) -> None:
    shutil.rmtree(folder / "csv", ignore_errors=True)
    if wanted:
        (folder / "csv").mkdir()
        for table in sorted((folder / "tables").glob("*.parquet")):
            write_csv(table, folder / "csv" / f"{table.stem}.csv")


def _in_order(folder: Path) -> Iterator[bytes | dict[str, Any]]:
    """Lines of documents and failures in the order of the inputs. Raises RecordError where any text is missing or told twice."""
    ledger, taken = Ledger(folder), set[bytes]()
    for name, stem, key, texts in read_plan(folder):
        entries = ledger.entries.get(key, [])
        given = sum(entry.documents + len(entry.failures) for entry in entries)
        if given != texts or [e.start for e in entries[1:]] != [e.stop for e in entries[:-1]]:
            raise RecordError(name, f"{texts} texts went in, {given} came out", "run the same command again; please report this")
        for entry in entries:
            yield from (_renamed(line, stem, taken) for line in _documents(ledger.parts, entry))
            yield from entry.failures


def _documents(parts: Path, entry: Entry) -> Iterator[bytes]:
    if entry.documents:
        with (parts / f"{entry.part}.jsonl").open("rb") as stream:
            stream.seek(entry.offset)
            for _ in range(entry.documents):
                yield stream.readline()


def _renamed(line: bytes, stem: str, taken: set[bytes]) -> bytes:
    """The line with an id of its own where another text took its id before."""
    found = _DOC_ID.match(line)
    if found is None:
        raise RecordError("parts", "a finished part is damaged", "run again with --overwrite")
    if _takes(found[1], taken):
        return line
    doc = from_json(line)
    doc_id, place = doc["doc_id"], doc["source"]["meta"].get("line")
    names = [f"{stem}/{doc_id}", *(f"{stem}/{doc_id}#{n}" for n in ([place] if place else []))]
    new = next((n for n in names if _takes(to_json(n), taken)), None) or next(
        n for n in (f"{names[-1]}+{i}" for i in range(2, len(taken) + 3)) if _takes(to_json(n), taken)
    )
    doc["warnings"].append(f"id: another text has the id {doc_id!r}; this one is named {new!r}")
    return to_json({**doc, "doc_id": new}) + b"\n"


def _takes(doc_id: bytes, taken: set[bytes]) -> bool:
    digest = blake2b(doc_id, digest_size=10).digest()
    if digest in taken:
        return False
    taken.add(digest)
    return True


def merge_folders(folders: Sequence[Path], out: Path) -> None:
    """Bring parts of shards that ran in folders of their own together in ``out``. Raises SettingsError where they do not fit together."""
    (out / STATE / "parts").mkdir(parents=True, exist_ok=True)
    for name in ("run.json", "plan.jsonl"):
        held = {(folder / STATE / name).read_bytes() for folder in folders if (folder / STATE / name).exists()}
        if len(held) != 1:
            what = "are not shares of one run" if held else "hold no run"
            raise SettingsError(", ".join(map(str, folders)), what, "name the folders of shards 1/n to n/n with equal inputs and settings")
        with written_whole(out / STATE / name) as stream:
            stream.write(held.pop())
    for folder in folders:
        for path in sorted((folder / STATE / "parts").iterdir(), key=lambda p: p.suffix == ".json"):
            if folder.resolve() != out.resolve():
                shutil.copyfile(path, out / STATE / "parts" / path.name)
