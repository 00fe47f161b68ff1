"""An output folder in, its corpus tables and network files out; rows keep the ids that an earlier run into the folder gave."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic_core import to_json

from extractor.corpus.columns import CORPUS_TABLES
from extractor.corpus.ids import Kind
from extractor.corpus.networks import write_networks
from extractor.corpus.nodes import Registry
from extractor.corpus.world import NOTHING_EARLIER, Earlier, World, link_corpus
from extractor.errors import SettingsError
from extractor.io.jsonl import read_lines, written_whole
from extractor.io.tables import write_table
from extractor.records import Document

NETWORK = "network"
STATE = ".extractor"  # ids and their changes tell of earlier runs, so they are no output of this one
_IDS = pa.schema([("kind", pa.string()), ("mark", pa.string()), ("id", pa.string())])


def link_folder(folder: Path, *, registry: Registry | None = None, keep_ids: bool = True) -> dict[str, int]:
    """Links ``documents.jsonl`` of an output folder into ``tables/`` and ``network/``; the rows of each table, and of changed ids.

    ``keep_ids`` lets rows keep the ids that an earlier run into the folder gave. Raises SettingsError where the folder holds no documents.
    """
    documents = folder / "documents.jsonl"
    if not documents.is_file():
        raise SettingsError(str(folder), "holds no documents.jsonl", f"make it first: extractor run INPUT -o {folder}")
    return link_into(folder, read_lines(documents), registry=registry, keep_ids=keep_ids)


def link_into(
    folder: Path, documents: Iterable[Document | Mapping[str, Any]], *, registry: Registry | None = None, keep_ids: bool = True
) -> dict[str, int]:
    """As ``link_folder``, from documents at hand."""
    earlier = read_earlier(folder) if keep_ids else NOTHING_EARLIER
    return write_world(folder, link_corpus(documents, registry=registry, earlier=earlier))


def write_world(folder: Path, world: World) -> dict[str, int]:
    """Writes every corpus table, the network files, and last the ids for later runs, each whole or not at all."""
    tables = folder / "tables"
    tables.mkdir(parents=True, exist_ok=True)
    counts = {}
    for name, table in CORPUS_TABLES.items():
        path = tables / f"{name}.parquet"
        beside = path.with_name(f".{path.name}.part")
        counts[name] = write_table(beside, table, world.rows[name])
        beside.replace(path)
    write_networks(folder / NETWORK, world.rows)
    _write_ids(folder / STATE, world)
    return {**counts, "changed ids": len(world.changes)}


def _write_ids(state: Path, world: World) -> None:
    state.mkdir(exist_ok=True)
    kinds = [
        pa.table([[kind] * len(ids), sorted(ids), [ids[mark] for mark in sorted(ids)]], _IDS) for kind, ids in sorted(world.ids.items())
    ]
    with written_whole(state / "ids.parquet") as stream:
        pq.write_table(pa.concat_tables(kinds).combine_chunks(), stream, compression="zstd")
    with written_whole(state / "id_changes.jsonl") as stream:
        stream.writelines(to_json(row) + b"\n" for row in [*world.earlier.changes, *world.changes])


def read_earlier(folder: Path) -> Earlier:
    """The ids and the log that the last run into a folder left; nothing where there was none."""
    kept, log = folder / STATE / "ids.parquet", folder / STATE / "id_changes.jsonl"
    if not kept.is_file():
        return NOTHING_EARLIER
    ids: dict[Kind, dict[str, str]] = {}
    for row in pq.read_table(kept).to_pylist():
        ids.setdefault(row["kind"], {})[row["mark"]] = row["id"]
    changes = list(read_lines(log)) if log.is_file() else []
    return Earlier(ids, changes, max((row["run"] for row in changes), default=0) + 1)
