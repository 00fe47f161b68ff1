"""The corpus tables of an output folder in, which record of which text is part of which real entity out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq

Row = Mapping[str, Any]


class Joined(NamedTuple):
    """What the corpus tables say: the id of each text's record by (kind, doc_id, local id), and the rows by kind and id."""

    members: Mapping[tuple[str, str, str], str]
    rows: Mapping[str, Mapping[str, Row]]
    conflicts: Mapping[str, list[str]]


NOTHING_JOINED = Joined({}, {"organization": {}, "person": {}, "agreement": {}}, {})
_SHOWN = {
    "organization": ("organizations", ("id", "name", "kind", "country", "ror", "aliases", "acronyms")),
    "person": ("persons", ("id", "name", "honorific")),
    "agreement": ("agreements", ("id", "action", "instrument", "date", "date_start", "date_end")),
}


def read_joined(folder: Path) -> Joined:
    """The corpus tables of an output folder; nothing joined where it has none."""
    tables = folder / "tables"
    if not (tables / "members.parquet").is_file():
        return NOTHING_JOINED
    members = {
        (m["kind"], m["doc_id"], m["local_id"]): m["id"] for m in _rows(tables / "members.parquet", ["kind", "doc_id", "local_id", "id"])
    }
    rows = {kind: {row["id"]: row for row in _rows(tables / f"{name}.parquet", list(columns))} for kind, (name, columns) in _SHOWN.items()}
    names = {id_: row["name"] for id_, row in rows["organization"].items()}
    told: dict[str, list[str]] = {}
    for row in _rows(tables / "conflicts.parquet", ["agreement", "field", "value", "doc_ids"]):
        value = ", ".join(names.get(v, v) for v in (row["value"] or "none").split())
        told.setdefault(row["agreement"], []).append(f"{row['field']}: {value.replace('_', ' ')} ({', '.join(row['doc_ids'])})")
    return Joined(members, rows, told)


def _rows(path: Path, columns: list[str]) -> list[dict[str, Any]]:
    return pq.read_table(path, columns=columns).to_pylist()  # type: ignore[no-any-return]  # pyarrow has no types
