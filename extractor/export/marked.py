"""A document as spans with links between them, the way annotation tools see a text; and back, with what people changed there."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from extractor.edtf import covered, is_edtf
from extractor.records import EVENT_TYPES, SCHEMA_VERSION

Row = Mapping[str, Any]
Facts = dict[str, Any]
SLOTS = {event.model_fields["type"].default: event.slots for event in EVENT_TYPES}
LABELS = ("institution", "person", "role", "date", *SLOTS)
KINDS = {"institution": "institutions", "person": "people", "role": "roles", "date": "dates"}
# "same" ties a mention to the first one of its entity; "holder" and "at" a post to a person and an institution
LINKS = ("same", "part_of", "holder", "at", "date", *dict.fromkeys(slot for slots in SLOTS.values() for slot in slots))
_OF_LINKS = {"institution": ("part_of",), "role": ("person", "institution", "mention"), "date": ("mention", "start", "end"), "person": ()}


@dataclass
class Span:
    """A stretch of text with a label; ``facts`` are the fields of the record that it stands for."""

    id: str
    label: str
    start: int
    end: int
    facts: Facts = field(default_factory=dict)


@dataclass
class Link:
    """A named tie from one span to another."""

    name: str
    source: str
    target: str


@dataclass
class Marked:
    """A text with its spans and links. ``facts`` are the fields of the document that no span bears."""

    doc_id: str
    text: str
    spans: list[Span]
    links: list[Link]
    facts: Facts = field(default_factory=dict)


def mark(doc: Row) -> Marked:
    """A document as spans and links. The first mention of an entity bears its fields; events are spans of their own."""
    spans = {m["id"]: Span(m["id"], m["label"], m["start"], m["end"], {"rule": m["rule"]}) for m in doc["mentions"]}
    first = {m["entity"]: m["id"] for m in reversed(doc["mentions"]) if m["entity"]}
    links: list[Link] = []
    for mention in doc["mentions"]:
        if mention["entity"] is None:
            spans[mention["id"]].facts["entity"] = None
        elif first[mention["entity"]] != mention["id"]:
            links.append(Link("same", mention["id"], first[mention["entity"]]))
    for label, kind in KINDS.items():
        for record in doc[kind]:
            spans[first[record["id"]]].facts |= {k: v for k, v in record.items() if k not in _OF_LINKS[label]}
    links += _entity_links(doc, first)
    for event in doc["events"]:
        spans[event["id"]] = Span(event["id"], event["type"], event["trigger"]["start"], event["trigger"]["end"], _event_facts(event))
        links += _event_links(doc, event)
    facts = {key: doc[key] for key in ("extractor", "source", "warnings")}
    return Marked(doc["doc_id"], doc["text"], list(spans.values()), links, facts)


def _entity_links(doc: Row, first: Mapping[str, str]) -> Iterator[Link]:
    for institution in doc["institutions"]:
        if institution["part_of"]:
            yield Link("part_of", first[institution["id"]], first[institution["part_of"]])
    for role in doc["roles"]:
        at = first.get(role["id"], role["mention"])
        if role["person"]:
            yield Link("holder", at, first[role["person"]])
        if role["institution"]:
            yield Link("at", at, first[role["institution"]])


def _event_facts(event: Row) -> Facts:
    return {k: v for k, v in event.items() if k not in ("type", "trigger", "date", "arguments", *SLOTS[event["type"]])}


def _event_links(doc: Row, event: Row) -> Iterator[Link]:
    for slot in SLOTS[event["type"]]:
        for entity in event[slot]:
            yield Link(slot, event["id"], _nearest(doc, entity, event, slot))
    if event["date"]:
        yield Link("date", event["id"], next(d["mention"] for d in doc["dates"] if d["id"] == event["date"]))


def _nearest(doc: Row, entity: str, event: Row, slot: str) -> str:
    """The mention that an argument stands on, else the one nearest to the trigger."""
    said = {(a["start"], a["end"]) for a in event["arguments"] if a["slot"] == slot and a["entity"] == entity}
    mentions = [m for m in doc["mentions"] if m["entity"] == entity]
    best = min(mentions, key=lambda m: ((m["start"], m["end"]) not in said, abs(m["start"] - event["trigger"]["start"])))
    return str(best["id"])


def document_of(marked: Marked) -> dict[str, Any]:
    """The document that spans and links amount to. Spans that a person added become records with what their words say."""
    spans = {s.id: s for s in sorted(marked.spans, key=lambda s: (s.start, s.end, s.label not in KINDS))}
    entity_of, bearers = _entities(spans, marked.links)
    records: dict[str, list[Facts]] = {kind: [] for kind in KINDS.values()}
    for entity, span in bearers.items():
        record = _record(marked, spans, span, entity, entity_of)
        if record is not None:
            records[KINDS[span.label]].append(record)
    posts = {r["id"] for r in records["roles"]}
    mentions = [_mention(marked, s, entity_of.get(s.id), posts) for s in spans.values() if s.label in KINDS]
    events = [_event(marked, s, spans, entity_of) for s in spans.values() if s.label in SLOTS]
    stamp = {"version": "0", "model": "by hand", "rules": "none"}
    source = dict(marked.facts.get("source", {}))
    if source.get("publisher") not in bearers:
        source["publisher"] = None
    return {
        "schema_version": SCHEMA_VERSION, "doc_id": marked.doc_id, "extractor": marked.facts.get("extractor", stamp),
        "source": source, "text": marked.text, "mentions": mentions, **records, "events": events,
        "warnings": marked.facts.get("warnings", []),
    }  # fmt: skip


def _entities(spans: Mapping[str, Span], links: Iterable[Link]) -> tuple[dict[str, str], dict[str, Span]]:
    """The entity of each span, and the span that bears each entity's fields: the one with facts, else the first."""
    chain = {s.id: s.id for s in spans.values() if s.label in KINDS and s.facts.get("entity", "") is not None}
    for link in links:
        if link.name == "same" and link.source in chain and link.target in chain:
            old, new = chain[link.source], chain[link.target]
            chain = {span: new if root == old else root for span, root in chain.items()}
    members: dict[str, list[Span]] = {}
    for span in spans.values():
        if span.id in chain:
            members.setdefault(chain[span.id], []).append(span)
    taken = {s.facts["id"] for s in spans.values() if "id" in s.facts}
    entity_of: dict[str, str] = {}
    bearers: dict[str, Span] = {}
    for group in members.values():
        bearer = next((s for s in group if "id" in s.facts), group[0])
        entity = bearer.facts.get("id") or _fresh(bearer.label[0], taken)
        taken.add(entity)
        bearers[entity] = bearer
        entity_of |= dict.fromkeys((s.id for s in group), entity)
    return entity_of, bearers


def _fresh(letter: str, taken: set[str]) -> str:
    return next(f"{letter}{n}" for n in range(1, len(taken) + 2) if f"{letter}{n}" not in taken)


def _targets(marked: Marked, span: Span, name: str, entity_of: Mapping[str, str]) -> list[str]:
    """The entities that links of a name lead to."""
    return list(
        dict.fromkeys(entity_of[k.target] for k in marked.links if k.source == span.id and k.name == name and k.target in entity_of)
    )


def _record(marked: Marked, spans: Mapping[str, Span], span: Span, entity: str, entity_of: Mapping[str, str]) -> Facts | None:
    facts = {k: v for k, v in span.facts.items() if k not in ("rule", "entity")}
    words = marked.text[span.start : span.end]
    record: Facts = {"id": entity, "confidence": 1.0, **facts}
    if span.label == "institution":
        return {"name": words, "kind": "other", **record, "part_of": _one(_targets(marked, span, "part_of", entity_of))}
    if span.label == "person":
        return {"name": words, **record}
    if span.label == "date":
        value = record.get("edtf")
        start, end = covered(value) if value and is_edtf(value) else (None, None)
        return {**record, "mention": span.id, "edtf": value, "start": start and start.isoformat(), "end": end and end.isoformat()}
    person, institution = (_one(_targets(marked, span, name, entity_of)) for name in ("holder", "at"))
    if person is None and institution is None and "id" not in facts:
        return None
    ends = [span, *(spans[k.target] for k in marked.links if k.source == span.id and k.name in ("holder", "at") and k.target in spans)]
    evidence = {"start": min(s.start for s in ends), "end": max(s.end for s in ends)}
    return {
        "title": words,
        "rank": "other",
        "evidence": evidence,
        **record,
        "mention": span.id,
        "person": person,
        "institution": institution,
    }


def _one(values: list[str]) -> str | None:
    return values[0] if values else None


def _mention(marked: Marked, span: Span, entity: str | None, posts: set[str]) -> Facts:
    known = None if span.label == "role" and entity not in posts else entity
    words = marked.text[span.start : span.end]
    rule = span.facts.get("rule", "by hand")
    return {"id": span.id, "label": span.label, "start": span.start, "end": span.end, "text": words, "entity": known, "rule": rule}


def _event(marked: Marked, span: Span, spans: Mapping[str, Span], entity_of: Mapping[str, str]) -> Facts:
    slots = {slot: _targets(marked, span, slot, entity_of) for slot in SLOTS[span.label]}
    trigger = {"start": span.start, "end": span.end, "text": marked.text[span.start : span.end]}
    fresh: Facts = {
        "id": span.id,
        "action": "signed" if span.label == "agreement" else "held" if span.label in ("visit", "meeting") else "done",
    }
    fresh |= {"instrument": "other"} if span.label == "agreement" else {}
    evidence = {"start": span.start, "end": span.end}
    said = [k for k in marked.links if k.source == span.id and k.name in slots and k.target in entity_of]
    arguments = [
        {"slot": k.name, "entity": entity_of[k.target], "start": spans[k.target].start, "end": spans[k.target].end, "rule": "by hand"}
        for k in said
    ]
    return {
        "confidence": 1.0, "rule": "by hand", "evidence": evidence, **fresh, **span.facts, "type": span.label, "trigger": trigger, **slots,
        "date": _one(_targets(marked, span, "date", entity_of)), "arguments": arguments,
    }  # fmt: skip
