"""Documents in, Parquet tables out, and back into data frames."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from extractor.errors import SettingsError
from extractor.io.columns import Table, tables
from extractor.records import EVENT_TYPES

if TYPE_CHECKING:
    import pandas as pd

Row = Mapping[str, Any]
_TYPES: dict[str, pa.DataType] = {
    "string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(),
    "date": pa.date32(), "list": pa.list_(pa.string()),
}  # fmt: skip
_GROUP = 1000  # documents behind one row group: fixed, so that equal documents give equal bytes
_SLOTS = tuple(dict.fromkeys(slot for event in EVENT_TYPES for slot in event.slots))


def schema_of(table: Table) -> pa.Schema:
    """The Arrow schema of a table."""
    return pa.schema([pa.field(c.name, _TYPES[c.type]) for c in table.columns])


class TableWriter:
    """Writes the tables of documents as these come; memory holds one row group. Use as a context."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.counts = dict.fromkeys(tables(), 0)
        self._held: dict[str, list[Row]] = {name: [] for name in tables()}
        self._documents = 0
        self._files = {name: ParquetFile(folder / f"{name}.parquet", table) for name, table in tables().items()}

    def add(self, doc: Row) -> None:
        """One document, as ``documents.jsonl`` holds it."""
        for name, rows in rows_of(doc).items():
            self._held[name] += rows
            self.counts[name] += len(rows)
        self._documents += 1
        if self._documents % _GROUP == 0:
            self._flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if error[0] is None:
            self._flush()
        for file in self._files.values():
            file.close()

    def _flush(self) -> None:
        for name, rows in self._held.items():
            self._files[name].write(rows)
            rows.clear()


class ParquetFile:
    """A Parquet file of one table, growing by row groups."""

    def __init__(self, path: Path, table: Table) -> None:
        self._schema = schema_of(table)
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")

    def write(self, rows: Sequence[Row]) -> None:
        """One row group; nothing for no rows."""
        if rows:
            columns = [_column([row.get(f.name) for row in rows], f.type) for f in self._schema]
            self._writer.write_table(pa.Table.from_arrays(columns, schema=self._schema))

    def close(self) -> None:
        self._writer.close()


def write_table(path: Path, table: Table, rows: Sequence[Row]) -> int:
    """A whole table; how many rows it has. Days may be dates or ISO 8601."""
    file = ParquetFile(path, table)
    file.write(rows)
    file.close()
    return len(rows)


def _column(values: list[Any], kind: pa.DataType) -> pa.Array:
    if kind == pa.date32() and any(isinstance(v, str) for v in values):
        return pa.array(values, pa.string()).cast(kind)
    return pa.array(values, kind)


def rows_of(doc: Row) -> dict[str, list[Row]]:
    """The rows that one document adds to each table."""
    key = {"doc_id": doc["doc_id"]}
    rows: dict[str, list[Row]] = {
        name: [{**key, **record} for record in doc[name]] for name in ("mentions", "institutions", "people", "dates")
    }
    source = doc["source"]
    stamp = doc["extractor"]
    meta = json.dumps(source["meta"], ensure_ascii=False, separators=(",", ":")) if source["meta"] else None
    rows["documents"] = [{**key, **source, **stamp, "meta": meta, "text": doc["text"], "warnings": doc["warnings"]}]
    rows["roles"] = [{**key, **role, **_extent("evidence", role)} for role in doc["roles"]]
    rows["events"] = [{**key, **event, **_extent("evidence", event), **_extent("trigger", event)} for event in doc["events"]]
    rows["arguments"] = [{**key, **row} for event in doc["events"] for row in _arguments(event)]
    return rows


def _extent(field: str, record: Row) -> dict[str, Any]:
    return {f"{field}_{part}": value for part, value in record[field].items()}


def _arguments(event: Row) -> Iterator[Row]:
    words = {(a["slot"], a["entity"]): a for a in reversed(event["arguments"])}
    for slot in _SLOTS:
        for entity in event.get(slot, ()):
            said = words.get((slot, entity), {})
            where = {part: said.get(part) for part in ("start", "end", "rule")}
            yield {"event_id": event["id"], "slot": slot, "entity": entity, **where}


class Tables:
    """The tables of a finished run as data frames, each read on first use: ``tables.agreements``, ``tables["agreements"]``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._frames: dict[str, pd.DataFrame] = {}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The tables that are there."""
        return tuple(sorted(path.stem for path in self._folder.glob("*.parquet")))

    def __getitem__(self, name: str) -> "pd.DataFrame":
        if name not in self._frames:
            if name not in self.names:
                raise SettingsError(str(self._folder), f"holds no table {name!r}", f"there are {', '.join(self.names)}")
            self._frames[name] = pq.read_table(self._folder / f"{name}.parquet").to_pandas(date_as_object=False)
        return self._frames[name]

    def __getattr__(self, name: str) -> "pd.DataFrame":
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self[name]
        except SettingsError as error:
            raise AttributeError(str(error)) from error

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self.names]


def read_tables(folder: str | Path) -> Tables:
    """The tables of an output folder as pandas data frames; days are ``datetime64``. Raises SettingsError where there are none."""
    tables_folder = Path(folder) / "tables"
    if not tables_folder.is_dir():
        raise SettingsError(str(folder), "holds no tables", f"make them first: extractor run INPUT -o {folder}")
    return Tables(tables_folder)
