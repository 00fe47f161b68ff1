"""The Parquet tables of an output folder in, one DuckDB file with the same tables, their keys and comments out."""

from pathlib import Path

import duckdb

from extractor.corpus.columns import CORPUS_TABLES
from extractor.errors import RecordError
from extractor.io.columns import Column, Table, tables

_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE", "list": "VARCHAR[]"}
# What the columns of the corpus tables refer to. Not every reference can be a foreign key: documents and institutions refer to
# each other, and a table cannot refer to rows of its own that come later in the same load.
_REFERS = {
    ("timeline", "agreement"): "agreements",
    ("timeline", "doc_id"): "documents",
    ("conflicts", "agreement"): "agreements",
    ("ties", "a"): "organizations",
    ("ties", "b"): "organizations",
    ("members", "doc_id"): "documents",
    ("duplicates", "doc_id"): "documents",
}


def write(_name: str, folder: Path, path: Path) -> None:
    """All tables that the folder has, in an order in which each finds those that it refers to."""
    found = [t for t in (*tables().values(), *CORPUS_TABLES.values()) if (folder / "tables" / f"{t.name}.parquet").is_file()]
    if not found:
        raise RecordError(str(folder), "holds no tables", f"make them first: extractor run INPUT -o {folder}")
    beside = path.with_name(f".{path.name}.part")
    beside.unlink(missing_ok=True)
    with duckdb.connect(str(beside)) as database:
        for table in sorted(found, key=_rank):
            _copy(database, table, folder / "tables" / f"{table.name}.parquet")
    beside.replace(path)


def _rank(table: Table) -> int:
    """Tables that others refer to come first."""
    order = (
        "documents",
        "mentions",
        "institutions",
        "people",
        "dates",
        "roles",
        "events",
        "arguments",
        "organizations",
        "persons",
        "agreements",
    )
    return order.index(table.name) if table.name in order else len(order)


def _copy(database: duckdb.DuckDBPyConnection, table: Table, source: Path) -> None:
    columns = [f'"{c.name}" {_TYPES[c.type]}{"" if _may_be_null(table, c) else " NOT NULL"}' for c in table.columns]
    keys = [f"PRIMARY KEY ({_quoted(*table.key)})"] if _is_keyed(table) else []
    foreign = [key for column in table.columns for key in _foreign(table, column)]
    database.execute(f'CREATE TABLE "{table.name}" ({", ".join((*columns, *keys, *foreign))})')
    database.execute(f'COMMENT ON TABLE "{table.name}" IS {_text(table.description)}')
    for column in table.columns:
        database.execute(f'COMMENT ON COLUMN "{table.name}"."{column.name}" IS {_text(column.description)}')
    database.execute(f'INSERT INTO "{table.name}" BY NAME SELECT * FROM read_parquet({_text(str(source))})')  # noqa: S608 - names are our own


def _is_keyed(table: Table) -> bool:
    """A key whose parts may be empty (the year of a tie) is none to a database."""
    return not any(_may_be_null(table, c) for c in table.columns if c.name in table.key)


def _may_be_null(table: Table, column: Column) -> bool:
    return column.name not in table.key or (table.name, column.name) in {("ties", "year"), ("country_ties", "year"), ("conflicts", "value")}


def _foreign(table: Table, column: Column) -> list[str]:
    target = column.refers_to or _REFERS.get((table.name, column.name))
    if target in (None, table.name) or (table.name, column.name) == ("documents", "publisher"):
        return []
    if target == "documents":
        return ['FOREIGN KEY ("doc_id") REFERENCES "documents" ("doc_id")']
    if column.refers_to is None:
        return [f'FOREIGN KEY ("{column.name}") REFERENCES "{target}" ("id")']
    return [f'FOREIGN KEY ("doc_id", "{column.name}") REFERENCES "{target}" ("doc_id", "id")']


def _quoted(*names: str) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _text(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"
