"""The records' classes in, what the page must know of them out: slots, closed lists, the fields that a reader may edit."""

from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from extractor.records import EVENT_TYPES, PERSON_SLOTS, Date, Institution, Person, Record, Role, entity_kind

_FIXED = frozenset(
    {"id", "type", "trigger", "evidence", "rule", "arguments", "cameo", "plover", "confidence", "mention", "aliases", "ror", "why"}
)
_REFERS = {"part_of": "institution", "institution": "institution", "person": "person", "date": "date"}
_DERIVED = {Date: frozenset({"start", "end", "grain"}), Person: frozenset({"family", "given", "byline"})}


def slots() -> dict[str, tuple[str, ...]]:
    """The slots of each type of event."""
    return {event.model_fields["type"].default: event.slots for event in EVENT_TYPES}


def person_slots() -> list[str]:
    """The slots that people fill."""
    return sorted(PERSON_SLOTS)


def editable() -> dict[str, list[dict[str, Any]]]:
    """The fields that a reader may edit, by type of event or kind of record, with what may stand in them."""
    specs = {event.model_fields["type"].default: _specs(event, event.slots) for event in EVENT_TYPES}
    records: dict[str, type[Record]] = {"institution": Institution, "person": Person, "role": Role, "date": Date}
    return specs | {kind: _specs(record, ()) for kind, record in records.items()}


def _specs(record: type[Record], filled: tuple[str, ...]) -> list[dict[str, Any]]:
    left_out = _FIXED | _DERIVED.get(record, frozenset())
    return [_spec(name, info, filled) for name, info in record.model_fields.items() if name not in left_out]


def _spec(name: str, info: FieldInfo, filled: tuple[str, ...]) -> dict[str, Any]:
    if name in filled:
        return {"name": name, "kind": "ids", "of": entity_kind(name)}
    if name in _REFERS:
        return {"name": name, "kind": "id", "of": _REFERS[name], "optional": True}
    if get_origin(info.annotation) is Literal:
        return {"name": name, "kind": "choice", "values": get_args(info.annotation)}
    if get_origin(info.annotation) is tuple:
        return {"name": name, "kind": "choices", "values": get_args(get_args(info.annotation)[0])}
    return {"name": name, "kind": "text"}
