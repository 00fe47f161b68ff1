"""Marked gold texts and their records in, ``gold.jsonl`` and ``input.jsonl`` out; or every fault, with its file and place.

python tests/gold/compile.py [--check]      --check writes nothing and fails where the two files are out of date
"""

import json
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import yaml

from extractor.edtf import is_edtf
from extractor.records import EVENT_TYPES, SCHEMA_VERSION, Action, Instrument, Kind, Status, Topic

HERE = Path(__file__).parent

_MARK = re.compile(r"⟦(?P<optional>\??)(?P<entity>[IPRD]\d+)\|(?P<words>[^⟦⟧]*)⟧")
_LABELS = {"I": "institution", "P": "person", "R": "role", "D": "date"}
_SINGULAR = {"parties": "party", "signatories": "signatory", "witnesses": "witness"}
_SLOTS = {event.model_fields["type"].default: {_SINGULAR.get(field, field[:-1]): field for field in event.slots} for event in EVENT_TYPES}
_KEYS = {
    "text": {"url", "adapted_from", "title", "published", "publisher", "institutions", "people", "roles", "dates", "events"},
    "institutions": {"name", "aliases", "kind", "country", "part_of"},
    "people": {"name", "honorific", "byline"},
    "roles": {"title", "person", "institution", "status", "optional"},
    "dates": {"edtf"},
    "events": {"type", "action", "instrument", "participants", "date", "place", "topics", "duration", "trigger", "optional"},
}
_COUNTRY = re.compile(r"[A-Z]{2}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DURATION = re.compile(r"P\d+[YMWD]")

Json = dict[str, Any]


def read_marks(marked: str) -> tuple[str, list[Json]]:
    """The raw text, and its mentions in order; what is no whole mark stays in the text."""
    pieces: list[str] = []
    mentions: list[Json] = []
    length = last = 0
    for mark in _MARK.finditer(marked):
        words, entity = mark["words"], mark["entity"]
        pieces += [marked[last : mark.start()], words]
        start = length + mark.start() - last
        length, last = start + len(words), mark.end()
        mentions.append(
            {"id": f"m{len(mentions) + 1}", "label": _LABELS[entity[0]], "start": start, "end": length, "text": words, "entity": entity,
             "optional": bool(mark["optional"])}
        )  # fmt: skip
    return "".join(pieces) + marked[last:], mentions


def document(name: str, marked: str, notes: Json) -> Json:
    """One text in the pipeline's output format; gold needs no more than what is scored."""
    text, mentions = read_marks(marked)
    sure = {mention["entity"] for mention in mentions if not mention["optional"]}
    words = {mention["entity"]: mention["text"] for mention in reversed(mentions)}
    published = notes.get("published")
    source = {key: notes.get(key) for key in ("url", "title", "published", "publisher")}
    return {
        "schema_version": SCHEMA_VERSION,
        "doc_id": name,
        "source": source | {"published": None if published is None else str(published)},
        "text": text,
        "mentions": mentions,
        "institutions": [_institution(key, r) | {"optional": key not in sure} for key, r in _records(notes, "institutions")],
        "people": [_person(key, r) | {"optional": key not in sure} for key, r in _records(notes, "people")],
        "roles": [_role(key, r, words, sure) for key, r in _records(notes, "roles")],
        "dates": [{"id": key, "text": words.get(key)} | _date(r) | {"optional": key not in sure} for key, r in _records(notes, "dates")],
        "events": [_event(key, r, text) for key, r in _records(notes, "events")],
    }


def _records(notes: Json, book: str) -> Iterator[tuple[str, Json]]:
    records = notes.get(book) or {}
    yield from records.items() if isinstance(records, dict) else ((f"{book[0]}{i}", record) for i, record in enumerate(records, 1))


def _institution(key: str, notes: Json) -> Json:
    aliases = [str(alias) for alias in notes.get("aliases") or ()]
    return {"id": key, "name": notes.get("name"), "aliases": aliases} | {
        field: notes.get(field) for field in ("kind", "country", "part_of")
    }


def _person(key: str, notes: Json) -> Json:
    return {"id": key, "name": notes.get("name"), "honorific": notes.get("honorific"), "byline": bool(notes.get("byline"))}


def _role(key: str, notes: Json, words: Mapping[str, str], sure: Collection[str]) -> Json:
    mark = notes.get("title", "")
    return {
        "id": key,
        "title": words.get(mark),
        "mention": mark,
        "person": notes.get("person"),
        "institution": notes.get("institution"),
        "status": notes.get("status", "current"),
        "optional": bool(notes.get("optional")) or mark not in sure,
    }


def _date(notes: Json) -> Json:
    return {"edtf": None if notes.get("edtf") is None else str(notes["edtf"])}


def _event(key: str, notes: Json, text: str) -> Json:
    trigger = str(notes.get("trigger") or "")
    start = text.find(trigger)
    people = notes.get("participants") or {}
    slots = {field: list(people.get(word) or ()) for word, field in _SLOTS.get(notes.get("type"), {}).items()}
    event = {"id": key} | {field: notes.get(field) for field in ("type", "action", "date", "place")} | slots
    if notes.get("type") == "agreement":
        event |= {"instrument": notes.get("instrument"), "topics": notes.get("topics") or [], "duration": notes.get("duration")}
    return event | {"trigger": {"start": start, "end": start + len(trigger), "text": trigger}, "optional": bool(notes.get("optional"))}


def faults_of(marked: str, notes: Json) -> Iterator[str]:
    """Each way in which a text or its records break the guide, as ``txt`` or ``yaml``, place and what to do."""
    text, mentions = read_marks(marked)
    seen = {mention["entity"] for mention in mentions}
    yield from _faults_of_marks(marked)
    yield from (f"yaml: {fault}" for fault in _faults_of_records(notes, seen))
    yield from (f"yaml, role {key}: {fault}" for key, r in _records(notes, "roles") for fault in _faults_of_role(r, seen))
    yield from (f"yaml, event {key}: {fault}" for key, r in _records(notes, "events") for fault in _faults_of_event(r, text, seen))


def _faults_of_marks(marked: str) -> Iterator[str]:
    for number, line in enumerate(marked.split("\n"), 1):
        for mark in _MARK.finditer(line):
            if mark["words"] != mark["words"].strip() or not mark["words"]:
                yield f"txt, line {number}: the mark {mark[0]} begins or ends with a blank – move it outside"
        if left := re.search(r"[⟦⟧]", _MARK.sub("", line)):
            yield f"txt, line {number}: a {left[0]} belongs to no whole mark – marks neither nest nor break, as in ⟦I1|words⟧"


def _faults_of_records(notes: Json, seen: set[str]) -> Iterator[str]:
    yield from _unknown_keys(notes, "text")
    published = notes.get("published")
    if published is not None and not _DAY.fullmatch(str(published)):
        yield f"published: {published!r} – a day as YYYY-MM-DD, or null"
    yield from _unseen(notes, "publisher", "I", seen)
    for book, letter in (("institutions", "I"), ("people", "P"), ("dates", "D")):
        records = notes.get(book) or {}
        for key in sorted({entity for entity in seen if entity[0] == letter} - set(records)):
            yield f"{book}: {key} is marked in the text and has no record – add one"
        for key, record in records.items():
            if key not in seen:
                yield f"{book} {key}: marked nowhere in the text – mark it or drop the record"
            yield from (f"{book} {key}: {fault}" for fault in _unknown_keys(record, book))
            yield from (f"{book} {key}: {fault}" for fault in _FAULTS[book](record, seen))


def _faults_of_institution(record: Json, seen: set[str]) -> Iterator[str]:
    yield from _unnamed(record)
    yield from _outside(record, "kind", get_args(Kind))
    yield from _unseen(record, "part_of", "I", seen)
    country = record.get("country")
    if country is not None and not (isinstance(country, str) and _COUNTRY.fullmatch(country)):
        yield f"country: {country!r} – two capitals of ISO 3166 (Norway in quotes, 'NO'), or null"


def _faults_of_person(record: Json, _seen: set[str]) -> Iterator[str]:
    yield from _unnamed(record)


def _faults_of_date(record: Json, _seen: set[str]) -> Iterator[str]:
    edtf = record.get("edtf")
    if edtf is not None and not is_edtf(str(edtf)):
        yield f"edtf: {edtf!r} is no date in EDTF level 1 – as 2024-05-17, 2024-05, 2024/.., or null"


_FAULTS = {"institutions": _faults_of_institution, "people": _faults_of_person, "dates": _faults_of_date}


def _faults_of_role(record: Json, seen: set[str]) -> Iterator[str]:
    yield from _unknown_keys(record, "roles")
    if record.get("title") is None:
        yield "title: missing – the ID of a mark R"
    for field, letter in (("title", "R"), ("person", "P"), ("institution", "I")):
        yield from _unseen(record, field, letter, seen)
    yield from _outside({"status": "current"} | record, "status", get_args(Status))


def _faults_of_event(record: Json, text: str, seen: set[str]) -> Iterator[str]:
    yield from _unknown_keys(record, "events")
    yield from _outside(record, "type", tuple(_SLOTS))
    yield from _outside(record, "action", get_args(Action))
    yield from _unseen(record, "date", "D", seen)
    if not record.get("trigger") or str(record["trigger"]) not in text:
        yield f"trigger: {record.get('trigger')!r} is not in the text – copy the words exactly, without marks"
    yield from _faults_of_slots(record, seen)
    if record.get("type") == "agreement":
        yield from _faults_of_agreement(record)
    elif given := {"instrument", "topics", "duration"} & set(record):
        yield f"{', '.join(sorted(given))}: only an agreement has this"


def _faults_of_slots(record: Json, seen: set[str]) -> Iterator[str]:
    slots = _SLOTS.get(record.get("type"), {})
    for slot, entities in (record.get("participants") or {}).items():
        if slot not in slots:
            yield f"participants: {slot!r} is no slot here – one of {', '.join(slots)}"
        for entity in entities or ():
            yield from _unseen({slot: entity}, slot, "IP", seen)


def _faults_of_agreement(record: Json) -> Iterator[str]:
    yield from _outside(record, "instrument", get_args(Instrument))
    for topic in record.get("topics") or ():
        yield from _outside({"topics": topic}, "topics", get_args(Topic))
    duration = record.get("duration")
    if duration is not None and not _DURATION.fullmatch(str(duration)):
        yield f"duration: {duration!r} – as P5Y or P18M, or null"


def _unnamed(record: Json) -> Iterator[str]:
    if not record.get("name"):
        yield "name: missing"


def _unknown_keys(record: Json, book: str) -> Iterator[str]:
    for key in sorted(set(record) - _KEYS[book]):
        yield f"{key!r} is no field here – one of {', '.join(sorted(_KEYS[book]))}"


def _outside(record: Json, field: str, allowed: tuple[str, ...]) -> Iterator[str]:
    if record.get(field) not in allowed:
        yield f"{field}: {record.get(field)!r} – one of {', '.join(allowed)}"


def _unseen(record: Json, field: str, letters: str, seen: set[str]) -> Iterator[str]:
    entity = record.get(field)
    if entity is not None and (entity not in seen or entity[0] not in letters):
        yield f"{field}: {entity!r} is not the ID of a mark {' or '.join(letters)} in the text"


def read_folder(folder: Path) -> tuple[list[Json], list[str]]:
    """The documents of a folder of ``NAME.gold.txt`` and ``NAME.gold.yaml``, by name; and the faults, each with its file."""
    documents, faults = [], []
    texts = {path.name.removesuffix(".gold.txt"): path for path in sorted(folder.glob("*.gold.txt"))}
    lonely = {path.name.removesuffix(".gold.yaml") for path in folder.glob("*.gold.yaml")} - set(texts)
    faults += [f"{name}.gold.yaml: its {name}.gold.txt is missing" for name in sorted(lonely)]
    for name, path in texts.items():
        marked = path.read_text(encoding="utf-8")
        try:
            notes = yaml.safe_load(path.with_name(f"{name}.gold.yaml").read_text(encoding="utf-8")) or {}
        except (OSError, yaml.YAMLError) as error:
            faults.append(f"{name}.gold.yaml: {' '.join(str(error).split())}")
            continue
        faults += [f"{name}.gold.{fault}" for fault in faults_of(marked, notes)]
        documents.append(document(name, marked, notes))
    return documents, faults


def as_input(doc: Mapping[str, Any]) -> Json:
    """What the pipeline is given of a gold document."""
    source = doc["source"]
    return {"id": doc["doc_id"], "text": doc["text"], "title": source["title"], "published": source["published"], "url": source["url"]}


def main(arguments: list[str]) -> str | None:
    """What went wrong, in words, or None; writes the two files unless ``--check`` is given."""
    if unknown := set(arguments) - {"--check"}:
        return f"unknown option {' '.join(sorted(unknown))} – only --check"
    documents, faults = read_folder(HERE / "marked")
    if faults:
        return "\n".join(faults)
    for name, rows in (("gold.jsonl", documents), ("input.jsonl", [as_input(doc) for doc in documents])):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        path = HERE / name
        if "--check" not in arguments:
            path.write_text(lines, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != lines:
            return f"{name}: out of date – run python tests/gold/compile.py"
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
