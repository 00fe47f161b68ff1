"""The shared copy of the registry and of the public gold in, a release file of schema 2 and gold rows out; nothing of it is kept in the
project.
"""

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CORPORA = Path(os.environ.get("EXTRACTOR_SHARED", "../shared")) / "corpora"


def rows_of(name: str) -> Iterator[dict[str, Any]]:
    """The rows of ``corpora/NAME.jsonl.gz``."""
    with gzip.open(CORPORA / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def write_release(path: Path) -> None:
    """The shared copy as a release of schema 2."""
    with path.open("w", encoding="utf-8") as out:
        out.write("[")
        for number, row in enumerate(rows_of("ror/ror_active")):
            out.write(",\n" if number else "\n")
            json.dump(_record(row), out, ensure_ascii=False)
        out.write("\n]\n")


def _record(row: dict[str, Any]) -> dict[str, Any]:
    kinds = (("aliases", "alias"), ("acronyms", "acronym"), ("labels", "label"))
    names = [{"value": row["name"], "types": ["ror_display", "label"], "lang": None}]
    names += [{"value": value, "types": [kind], "lang": None} for column, kind in kinds for value in row.get(column, ())]
    place = {"name": row.get("city"), "country_code": row.get("country"), "country_subdivision_name": row.get("region")}
    return {
        "id": f"https://ror.org/{row['id']}",
        "status": "active",
        "names": names,
        "types": row.get("types", []),
        "locations": [{"geonames_id": 0, "geonames_details": place}] if row.get("country") else [],
        "relationships": [{"type": "parent", "id": f"https://ror.org/{parent}", "label": ""} for parent in row.get("parents", ())],
    }


def successors() -> dict[str, set[str]]:
    """Ids that an inactive id went over to: gold that was annotated before counts for these."""
    found = json.loads((CORPORA / "ror" / "ror_successors.json").read_text(encoding="utf-8"))
    return {old: set(new) for old, new in found.items()}
