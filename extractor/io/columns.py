"""The records' classes in, the columns of their tables out: names, types that never depend on the data, keys, descriptions."""

import types
import typing
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, Literal, NamedTuple

from pydantic.fields import FieldInfo

from extractor.records import EVENT_TYPES, Date, Extent, Institution, Mention, Person, Quote, Record, Role

Type = Literal["string", "integer", "number", "boolean", "date", "list"]


class Column(NamedTuple):
    """A column of a table; ``refers_to`` is the table whose ids it holds."""

    name: str
    type: Type
    description: str
    refers_to: str | None = None


class Table(NamedTuple):
    """A table: its name, what one row is, its columns and the columns that tell rows apart."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


_DOC_ID = Column("doc_id", "string", "Text that the row is from.", "documents")
_WORDS = {
    "id": "Id within the text.",
    "label": "What the words name: institution, person, role or date.",
    "start": "First character (Unicode code points from the start of the text).",
    "end": "Character after the last.",
    "text": "The words themselves.",
    "entity": "Id of the institution, person, role or date that is named.",
    "rule": "Rule or model that found it.",
    "name": "Fullest form of the name.",
    "aliases": "Other forms in the text.",
    "kind": "Kind of institution, from a closed list.",
    "country": "ISO 3166-1 alpha-2 code.",
    "part_of": "Id of the institution that it is a unit of.",
    "ror": "Identifier in the Research Organization Registry.",
    "confidence": "0 to 1: the share of such records that is right.",
    "family": "Family name.",
    "given": "Given names.",
    "honorific": "Most senior honorific printed.",
    "byline": "Whether the person wrote or edited the text.",
    "title": "Title as printed.",
    "rank": "Rank of the post, from a closed list.",
    "person": "Id of the person who holds it.",
    "institution": "Id of the institution where it is held.",
    "status": "current, former, acting, incoming or honorary.",
    "mention": "Id of the mention that it was read from.",
    "edtf": "Value in EDTF (ISO 8601-2 level 1), never more precise than the words.",
    "grain": "Unit of the value: day, week, month, season, quarter, year or decade.",
    "why": "Assumption behind the value; empty where the words say it all.",
    "type": "Type of event: agreement, visit, meeting, appointment or establishment.",
    "action": "What became of it: signed, renewed, agreed, planned, in_force, ended, held or done.",
    "date": "Id of the date when it happened or will.",
    "place": "City or building as printed.",
    "instrument": "Paper that an agreement is laid down in, from a closed list.",
    "topics": "What an agreement is about, from a closed list.",
    "duration": "Length of an agreement in ISO 8601 (P5Y).",
    "trigger_start": "First character of the words that tell the act.",
    "trigger_end": "Character after the last of these words.",
    "trigger_text": "The words that tell the act.",
    "evidence_start": "First character of the passage that shows it.",
    "evidence_end": "Character after the last of the passage.",
    "cameo": "Code of the act in CAMEO.",
    "plover": "Code of the act in PLOVER.",
}
_DATES = {"start": "First day covered; empty where open or unknown.", "end": "Last day covered; empty where open or unknown."}
_REFERS: dict[str, str] = {
    "part_of": "institutions", "person": "people", "institution": "institutions", "mention": "mentions", "date": "dates",
}  # fmt: skip

DOCUMENTS = Table(
    "documents",
    "One row per text.",
    (
        Column("doc_id", "string", "Id of the text."),
        Column("path", "string", "Input file."),
        Column("sha256", "string", "SHA-256 of the file, or of the row's text."),
        Column("url", "string", "Address of the page."),
        Column("media_type", "string", "Format that the text was read from."),
        Column("title", "string", "Title."),
        Column("published", "date", "Day of publication."),
        Column("published_from", "string", "How that day is known: option, metadata, dateline or url."),
        Column("publisher", "string", "Id of the institution that published the text.", "institutions"),
        Column("language", "string", "ISO 639-1 code."),
        Column("meta", "string", "Further fields of the input, as JSON."),
        Column("text", "string", "The text; offsets count its characters."),
        Column("warnings", "list", "What could not be made out."),
        Column("version", "string", "Version of the program."),
        Column("model", "string", "Model that read the text."),
        Column("rules", "string", "Digest of the rules."),
    ),
    ("doc_id",),
)
ARGUMENTS = Table(
    "arguments",
    "One row per event, slot and entity that fills it.",
    (
        _DOC_ID,
        Column("event_id", "string", "Id of the event.", "events"),
        Column("slot", "string", "Slot: parties, signatories, hosts …"),
        Column("entity", "string", "Id of the institution or person."),
        Column("start", "integer", "First character of the words that say it; empty where no words were kept."),
        Column("end", "integer", "Character after the last."),
        Column("rule", "string", "Rule that filled the slot."),
    ),
    ("doc_id", "event_id", "slot", "entity"),
)


@cache
def tables() -> dict[str, Table]:
    """The tables of one text's records, by name; events follow from the union of event types."""
    found = [
        DOCUMENTS,
        _table("mentions", Mention),
        _table("institutions", Institution),
        _table("people", Person),
        _table("roles", Role),
        _table("dates", Date, _DATES),
        Table("events", "One row per act in the world.", _event_columns(), ("doc_id", "id")),
        ARGUMENTS,
    ]
    return {table.name: table for table in found}


def _table(name: str, record: type[Record], words: Mapping[str, str] = types.MappingProxyType({})) -> Table:
    what = " ".join((record.__doc__ or "").split("\n\n")[0].split())
    columns = tuple(c for field, info in record.model_fields.items() for c in _columns(field, info, words))
    return Table(name, what, (_DOC_ID, *columns), ("doc_id", "id"))


def _event_columns() -> tuple[Column, ...]:
    columns: dict[str, Column] = {
        "doc_id": _DOC_ID,
        "id": Column("id", "string", _WORDS["id"]),
        "type": Column("type", "string", _WORDS["type"]),
    }
    for event in EVENT_TYPES:
        for field, info in event.model_fields.items():
            if field not in (*event.slots, "arguments", "type"):
                columns |= {c.name: c for c in _columns(field, info, {})}
    return tuple(columns.values())


def _columns(field: str, info: FieldInfo, words: Mapping[str, str]) -> list[Column]:
    kind = _bare(info.annotation)
    if isinstance(kind, type) and issubclass(kind, Extent):
        parts: list[tuple[str, Type]] = [("start", "integer"), ("end", "integer")]
        parts += [("text", "string")] if issubclass(kind, Quote) else []
        return [Column(f"{field}_{part}", type_, _WORDS[f"{field}_{part}"]) for part, type_ in parts]
    description = info.description if info.description and field not in ("start", "end") else words.get(field) or _WORDS.get(field, "")
    return [Column(field, _type(kind), description, _REFERS.get(field))]


def _bare(annotation: Any) -> Any:  # noqa: ANN401 - type expressions have no common type
    if typing.get_origin(annotation) in (types.UnionType, typing.Union):
        return next(a for a in typing.get_args(annotation) if a is not type(None))
    return annotation


def _type(kind: Any) -> Type:  # noqa: ANN401
    if typing.get_origin(kind) is tuple:
        return "list"
    by_class: dict[Any, Type] = {bool: "boolean", int: "integer", float: "number", date: "date"}
    if typing.get_origin(kind) is typing.Annotated:
        kind = typing.get_args(kind)[0]
    return by_class.get(kind, "string")
