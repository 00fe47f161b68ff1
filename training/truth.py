"""A document and its annotated text in, for each record whether it is right out: None where the annotation leaves it open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extractor.evaluate import (
    Evaluation,
    _aligned,
    _in_gold,
    _is_doubtful,
    _match_entities,
    _overlap,
    _parts,
    _row,
    _values,
    folded,
)
from extractor.records import EVENT_TYPES

Doc = Mapping[str, Any]
Truth = dict[tuple[str, str], bool | None]  # by kind of record and id


def truth_of(gold: Doc, doc: Doc) -> Truth:
    """Which records count as right, by the rules of ``extractor evaluate``."""
    found: Truth = {}
    match: dict[str, str] = {}
    for kind in ("institutions", "people"):
        own = _match_entities(gold, doc, kind, Evaluation())
        found |= _entities(gold, doc, kind, own)
        match |= own
    return found | _roles(gold, doc, match) | _dates(gold, doc) | _events(gold, doc, match)


def _entities(gold: Doc, doc: Doc, kind: str, match: Mapping[str, str]) -> Truth:
    truth_by_id = {record["id"]: record for record in gold[kind]}
    found: Truth = {}
    for record in doc[kind]:
        truth = truth_by_id.get(match.get(record["id"], ""))
        if truth is None:
            found[kind, record["id"]] = None if _is_doubtful(record["id"], gold, doc) else False
        else:
            found[kind, record["id"]] = None if truth.get("optional") else True
    return found


def _roles(gold: Doc, doc: Doc, match: Mapping[str, str]) -> Truth:
    left = list(doc["roles"])
    found: Truth = {("roles", role["id"]): False for role in left}
    for truth in gold["roles"]:
        key = (truth.get("person"), folded(truth.get("title")), truth.get("institution"))
        hit = next((r for r in left if (_in_gold(r["person"], match), folded(r["title"]), _in_gold(r["institution"], match)) == key), None)
        if hit is not None:
            left.remove(hit)
            found["roles", hit["id"]] = None if truth.get("optional") else True
    return found


def _dates(gold: Doc, doc: Doc) -> Truth:
    truth_by_id, value_by_id = _values(gold), _values(doc)
    marks = [m for m in gold["mentions"] if m["label"] == "date"]
    found: Truth = {}
    for own in (m for m in doc["mentions"] if m["label"] == "date" and m["entity"] is not None):
        near = [m for m in marks if _overlap(own, m)]
        is_right = any(truth_by_id.get(m["entity"]) == value_by_id.get(own["entity"]) and not m.get("optional") for m in near)
        is_open = not is_right and any(m.get("optional") for m in near)
        found["dates", own["entity"]] = None if is_open else is_right
    return found


def _events(gold: Doc, doc: Doc, match: Mapping[str, str]) -> Truth:
    found: Truth = {}
    for kind in (event.model_fields["type"].default for event in EVENT_TYPES):
        acts = [e for e in gold["events"] if e["type"] == kind]
        own = [e for e in doc["events"] if e["type"] == kind]
        truth = [_parts(e, _values(gold), None) for e in acts]
        told = [_parts(e, _values(doc), match) for e in own]
        found |= {("events", e["id"]): False for e in own}
        for act, place in _aligned(truth, told).items():
            is_right = _row(truth[act]) == _row(told[place])
            found["events", own[place]["id"]] = None if acts[act].get("optional") else is_right
    return found
