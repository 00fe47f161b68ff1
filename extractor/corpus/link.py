"""An output folder in, its corpus tables and network files out; what an earlier run left there keeps its ids."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from extractor.corpus.columns import CORPUS_TABLES
from extractor.corpus.ids import Kind
from extractor.corpus.networks import write_networks
from extractor.corpus.organizations import Registry
from extractor.corpus.world import NOTHING_EARLIER, Earlier, World, link_corpus
from extractor.errors import SettingsError
from extractor.io.jsonl import read_lines
from extractor.io.tables import write_table
from extractor.records import Document

NETWORK = "network"


def link_folder(folder: Path, *, registry: Registry | None = None, keep_ids: bool = True) -> dict[str, int]:
    """Links ``documents.jsonl`` of an output folder into ``tables/`` and ``network/``; the rows of each table.

    ``keep_ids`` lets rows keep the ids that an earlier run into the folder gave. Raises SettingsError where the folder holds no documents.
    """
    documents = folder / "documents.jsonl"
    if not documents.is_file():
        raise SettingsError(str(folder), "holds no documents.jsonl", f"make it first: extractor run INPUT -o {folder}")
    earlier = read_earlier(folder) if keep_ids else NOTHING_EARLIER
    return write_world(folder, link_corpus(read_lines(documents), registry=registry, earlier=earlier))


def link_into(
    folder: Path, documents: Iterable[Document | Mapping[str, Any]], *, registry: Registry | None = None, earlier: Earlier = NOTHING_EARLIER
) -> dict[str, int]:
    """As ``link_folder``, from documents at hand; ``earlier`` comes from ``read_earlier`` of the folder of the last run."""
    return write_world(folder, link_corpus(documents, registry=registry, earlier=earlier))


def write_world(folder: Path, world: World) -> dict[str, int]:
    """Writes every corpus table and the network files, each whole or not at all; the rows of each table."""
    tables = folder / "tables"
    tables.mkdir(parents=True, exist_ok=True)
    counts = {}
    for name, table in CORPUS_TABLES.items():
        path = tables / f"{name}.parquet"
        beside = path.with_name(f".{path.name}.part")
        counts[name] = write_table(beside, table, world.rows[name])
        beside.replace(path)
    write_networks(folder / NETWORK, world.rows)
    return counts


def read_earlier(folder: Path) -> Earlier:
    """The ids and the log that the last run into a folder left; nothing where there was none."""
    members = folder / "tables" / "members.parquet"
    changes = folder / "tables" / "id_changes.parquet"
    if not members.is_file():
        return NOTHING_EARLIER
    ids: dict[Kind, dict[str, str]] = defaultdict(dict)
    for row in pq.read_table(members, columns=["kind", "id", "mark"]).to_pylist():
        ids[row["kind"]].setdefault(row["mark"], row["id"])
    log = pq.read_table(changes).to_pylist() if changes.is_file() else []
    return Earlier(ids, log, max((row["run"] for row in log), default=1))
