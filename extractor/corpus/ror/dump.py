"""A release of the registry in (zip or JSON, schema 2 or 1), its active entries out, one at a time."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

from extractor.errors import SourceError

_PART = 1 << 20  # characters read at a time
_LIMIT = 4 << 30  # bytes that a release may unpack to
ADDRESS = "https://ror.org/"
_REMEDY = "name a release from ror.org: its zip, or the JSON within"


class Entry(NamedTuple):
    """An active organisation; ``names`` starts with the one that the registry shows, ids are without the address before them."""

    id: str
    names: tuple[str, ...]
    acronyms: tuple[str, ...]
    country: str | None
    cities: tuple[str, ...]
    regions: tuple[str, ...]
    types: tuple[str, ...]
    parents: tuple[str, ...]


def read_dump(path: Path) -> Iterator[Entry]:
    """The active entries of a release, in its order. Raises SourceError where the file is no release."""
    found = 0
    with _open_json(path) as stream:
        for record in _records(stream, path):
            entry = _entry(record, path)
            if entry is not None:
                found += 1
                yield entry
    if not found:
        raise SourceError(str(path), "holds no active organisation", _REMEDY)


@contextmanager
def _open_json(path: Path) -> Iterator[IO[str]]:
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive, archive.open(_member(archive, path)) as raw:
                yield io.TextIOWrapper(raw, encoding="utf-8")
        else:
            with path.open(encoding="utf-8") as stream:
                yield stream
    except (OSError, UnicodeError, zipfile.BadZipFile) as error:
        raise SourceError(str(path), f"cannot be read ({error})", _REMEDY) from error


def _member(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    """The JSON file of a release; schema 2 where it holds both."""
    files = [member for member in archive.infolist() if member.filename.endswith(".json")]
    if not files:
        raise SourceError(str(path), "holds no JSON file", _REMEDY)
    best = max(files, key=lambda member: ("schema_v2" in member.filename, member.file_size))
    if best.file_size > _LIMIT:
        raise SourceError(str(path), f"unpacks to {best.file_size} bytes", _REMEDY)
    return best


def _records(stream: IO[str], path: Path) -> Iterator[Mapping[str, Any]]:
    """The objects of a JSON array, without holding it whole."""
    decoder, held = json.JSONDecoder(), stream.read(_PART).lstrip("\ufeff \t\r\n")
    if not held.startswith("["):
        raise SourceError(str(path), "is no JSON array of organisations", _REMEDY)
    at = 1
    while True:
        at = _skip(held, at)
        if held[at : at + 1] == "]":
            return
        try:
            record, at = decoder.raw_decode(held, at)
        except ValueError as error:
            part = stream.read(_PART)
            if not part:
                raise SourceError(str(path), f"breaks off or is no JSON ({error})", "fetch it again") from error
            held, at = held[at:] + part, 0
            continue
        yield record


def _skip(held: str, at: int) -> int:
    while held[at : at + 1] in (",", " ", "\n", "\r", "\t") and at < len(held):
        at += 1
    return at


def _entry(record: Mapping[str, Any], path: Path) -> Entry | None:
    try:
        if record["status"] != "active":
            return None
        return _of_schema_2(record) if "names" in record else _of_schema_1(record)
    except (KeyError, TypeError, IndexError) as error:
        raise SourceError(str(path), f"has a record of unknown shape ({error!r})", "use a release of schema 1 or 2") from error


def _of_schema_2(record: Mapping[str, Any]) -> Entry:
    shown = [n["value"] for n in record["names"] if "ror_display" in n["types"]]
    others = [n["value"] for n in record["names"] if {"label", "alias"} & set(n["types"])]
    places = [place["geonames_details"] for place in record["locations"]]
    return Entry(
        record["id"].removeprefix(ADDRESS),
        tuple(dict.fromkeys(shown + others)),
        tuple(n["value"] for n in record["names"] if "acronym" in n["types"]),
        places[0]["country_code"] if places else None,
        _told(place.get("name") for place in places),
        _told(place.get("country_subdivision_name") for place in places),
        tuple(sorted(t.lower() for t in record["types"])),
        _parents(record),
    )


def _of_schema_1(record: Mapping[str, Any]) -> Entry:
    labels = [label["label"] for label in record["labels"]]
    places = record["addresses"]
    return Entry(
        record["id"].removeprefix(ADDRESS),
        tuple(dict.fromkeys([record["name"], *labels, *record["aliases"]])),
        tuple(record["acronyms"]),
        (record.get("country") or {}).get("country_code"),
        _told(place.get("city") for place in places),
        _told(place.get("state") for place in places),
        tuple(sorted(t.lower() for t in record["types"])),
        _parents(record),
    )


def _parents(record: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(r["id"].removeprefix(ADDRESS) for r in record.get("relationships", ()) if r["type"].lower() == "parent")


def _told(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
