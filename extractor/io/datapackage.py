"""An output folder in, its ``datapackage.json`` out (Frictionless Data Package): files, columns, types, keys, descriptions."""

from pathlib import Path
from typing import Any

import extractor
from extractor.io.columns import Column, Table
from extractor.io.digests import digest_file
from extractor.records import SCHEMA_VERSION

_MEDIA_TYPES = {".jsonl": "application/jsonl", ".parquet": "application/vnd.apache.parquet", ".csv": "text/csv"}
_TYPES = {"list": "array"}


def describe(folder: Path, tables: dict[str, Table]) -> dict[str, Any]:
    """The data package of a folder whose files are all written."""
    lines = [folder / "documents.jsonl", folder / "failures.jsonl"]
    files = sorted((folder / "tables").glob("*.parquet")) + sorted((folder / "csv").glob("*.csv"))
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "extractor-output",
        "title": "Institutions, people, roles, dates and events read from news texts",
        "version": SCHEMA_VERSION,
        "sources": [{"title": f"extractor {extractor.__version__}"}],
        "resources": [*map(_file, lines, [folder] * len(lines)), *(_table(f, folder, tables[f.stem]) for f in files if f.stem in tables)],
    }


def _file(path: Path, folder: Path) -> dict[str, Any]:
    media_type = _MEDIA_TYPES[path.suffix]
    return {
        "name": "-".join([path.stem, path.suffix[1:]]).lower(),
        "path": path.relative_to(folder).as_posix(),
        "format": path.suffix[1:],
        "mediatype": media_type,
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest_file(path)}",
    }


def _table(path: Path, folder: Path, table: Table) -> dict[str, Any]:
    suffix = path.suffix
    schema = {
        "fields": [_field(column, is_csv=suffix == ".csv") for column in table.columns],
        "primaryKey": list(table.key),
        "foreignKeys": [_foreign(c, suffix) for c in table.columns if c.refers_to and c.refers_to != table.name],
    }
    return {**_file(path, folder), "description": table.description, "type": "table", "schema": schema}


def _field(column: Column, *, is_csv: bool) -> dict[str, str]:
    kind = "string" if is_csv and column.type == "list" else _TYPES.get(column.type, column.type)
    return {"name": column.name, "type": kind, "description": column.description}


def _foreign(column: Column, suffix: str) -> dict[str, Any]:
    resource = f"{column.refers_to}-{suffix[1:]}"
    if column.name == "doc_id":
        return {"fields": ["doc_id"], "reference": {"resource": resource, "fields": ["doc_id"]}}
    return {"fields": ["doc_id", column.name], "reference": {"resource": resource, "fields": ["doc_id", "id"]}}
