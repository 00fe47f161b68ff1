"""A document whose records carry raw scores in, the document with the probability that each record is right out.

A record's probability is a logistic regression over what the record itself shows: ``features_of``. Its weights, by model and kind of
record, are made by ``training/calibrate.py``; a kind without weights keeps its raw score. For an event "right" means the whole row.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import Any, NamedTuple

from extractor.records import PERSON_SLOTS, Date, Document, Event, Institution, Mention, Person, Role

KINDS = ("institutions", "people", "roles", "dates", "events")
Features = Mapping[str, float]
_LEAST, _MOST = 0.01, 0.99  # nothing is told as certain


class Setting(NamedTuple):
    """What is counted once for a document: mentions by entity, and its institutions, people and dates by id."""

    mentions: Mapping[str, list[Mention]]
    institutions: Mapping[str, Institution]
    people: Mapping[str, Person]
    dates: Mapping[str, Date]
    holders: frozenset[str]  # people and institutions that have a post
    publisher: str | None
    types: Counter[str]
    length: int


def calibrated(document: Document, weights: Mapping[str, Mapping[str, Features]] | None = None) -> Document:
    """The document with each confidence as the share of such records that are right on unseen texts, 0.01 to 0.99."""
    known = shipped_weights() if weights is None else weights
    by_kind = known.get(document.extractor.model.split("-")[0]) or known.get("accurate") or {}
    setting = setting_of(document)
    changed = {kind: tuple(_weighed(r, setting, by_kind[kind]) for r in getattr(document, kind)) for kind in KINDS if by_kind.get(kind)}
    return document.model_copy(update=changed)


def _weighed(record: Any, setting: Setting, weights: Features) -> Any:  # noqa: ANN401 - one of the five kinds of record
    return record.model_copy(update={"confidence": chance_of(features_of(record, setting), weights)})


def confident(document: Document, least: float) -> Document:
    """The document without the records whose confidence is below ``least``, but with all that a record left in points to.

    Mentions of what is left out go with it; a parent that is left out is told as unknown.
    """
    if least <= 0:
        return document
    events = tuple(e for e in document.events if e.confidence >= least)
    roles = tuple(r for r in document.roles if r.confidence >= least)
    needed = {entity for e in events for _, entity in e.fillers()} | {e.date for e in events}
    needed |= {x for r in roles for x in (r.person, r.institution)}
    kept = {kind: tuple(r for r in getattr(document, kind) if r.confidence >= least or r.id in needed) for kind in ("people", "dates")}
    houses = tuple(i for i in document.institutions if i.confidence >= least or i.id in needed)
    known = {r.id for r in (*houses, *roles, *kept["people"], *kept["dates"])}
    changed = {
        **kept,
        "events": events,
        "roles": roles,
        "institutions": tuple(i if i.part_of in known else i.model_copy(update={"part_of": None}) for i in houses),
        "mentions": tuple(_mentions(document, roles, known)),
        "source": document.source if document.source.publisher in known else document.source.model_copy(update={"publisher": None}),
    }
    return Document(**(dict(document) | changed))


def _mentions(document: Document, roles: Iterable[Role], known: Collection[str]) -> Iterator[Mention]:
    """The mentions of what is known; one that several posts share stands for the first of them that is left."""
    role_by_mention = {role.mention: role.id for role in reversed(list(roles))}
    for mention in document.mentions:
        if mention.entity is None or mention.entity in known:
            yield mention
        elif mention.id in role_by_mention:
            yield mention.model_copy(update={"entity": role_by_mention[mention.id]})


@cache
def shipped_weights() -> Mapping[str, Mapping[str, Features]]:
    """Weights by model, kind of record and feature, as the package ships them."""
    found: Mapping[str, Mapping[str, Features]] = json.loads(files("extractor").joinpath("confidence.json").read_text(encoding="utf-8"))
    return found


def chance_of(features: Features, weights: Features) -> float:
    """The probability that a record with these features is right."""
    total = sum(weights[name] * features[name] for name in sorted(features.keys() & weights.keys()))
    return round(min(_MOST, max(_LEAST, 1 / (1 + exp(-total)))), 3)


def setting_of(document: Document) -> Setting:
    """What the features of a document's records are counted from."""
    mentions: dict[str, list[Mention]] = {}
    for mention in document.mentions:
        if mention.entity is not None:
            mentions.setdefault(mention.entity, []).append(mention)
    return Setting(
        mentions,
        {i.id: i for i in document.institutions},
        {p.id: p for p in document.people},
        {d.id: d for d in document.dates},
        frozenset(x for r in document.roles for x in (r.person, r.institution) if x is not None),
        document.source.publisher,
        Counter(e.type for e in document.events),
        max(1, len(document.text)),
    )


def features_of(record: Any, setting: Setting) -> dict[str, float]:  # noqa: ANN401 - one of the five kinds of record
    """What tells right records from wrong ones: 0 or 1 each, but for logits."""
    found = {"bias": 1.0, "raw": _logit(record.confidence)}
    found |= dict.fromkeys(_features(record, setting), 1.0)
    if not isinstance(record, Institution | Person | Role | Date):
        parts = [_raw(entity, setting) for _, entity in record.fillers()]
        found["weakest"] = _logit(min(parts, default=0.5))
    return found


def _features(record: Any, setting: Setting) -> Iterator[str]:  # noqa: ANN401
    if isinstance(record, Institution):
        yield from _of_institution(record, setting)
    elif isinstance(record, Person):
        yield from _of_name(record.id, record.name, setting)
        yield f"given={record.given is not None}"
    elif isinstance(record, Role):
        yield from (f"rank={record.rank}", f"status={record.status}", f"who={record.person is not None}.{record.institution is not None}")
        yield f"reach={_bucket((record.evidence.end - record.evidence.start) // 40)}"
    elif isinstance(record, Date):
        yield from (f"why={' '.join((record.why or 'words').split()[:3])}", f"grain={record.grain}", f"open={'..' in (record.edtf or '')}")
        yield from (f"rule={m.rule}" for m in setting.mentions.get(record.id, ())[:1])
        yield f"known={record.edtf is not None and 'X' not in record.edtf}"
    else:
        yield from _of_event(record, setting)


def _of_name(entity: str, name: str, setting: Setting) -> Iterator[str]:
    mentions = setting.mentions.get(entity, [])
    yield from (f"count={_bucket(len(mentions))}", f"words={_bucket(len(name.split()))}", f"post={entity in setting.holders}")
    yield f"capitals={name.isupper()}"
    yield from {f"rule={m.rule}" for m in mentions if m.rule != "model"}
    if mentions:
        yield f"where={int(4 * mentions[0].start / setting.length)}"


def _of_institution(record: Institution, setting: Setting) -> Iterator[str]:
    yield from _of_name(record.id, record.name, setting)
    yield from (f"kind={record.kind}", f"part={record.part_of is not None}", f"country={record.country is not None}")
    yield f"aliases={_bucket(len(record.aliases))}"
    if record.id == setting.publisher:
        yield "publisher"


def _of_event(record: Event, setting: Setting) -> Iterator[str]:
    kind = record.type
    is_scored = record.rule.endswith((".scored", ".read"))
    yield from (f"type={kind}", f"act={kind}.{record.action}", f"scored={is_scored}", f"scored={kind}.{is_scored}")
    main = [a for a in record.arguments if a.entity is not None and a.slot not in PERSON_SLOTS | {"date"}]
    yield f"main={kind}.{min(len(main), 4)}"
    yield from {f"by={a.rule}" for a in main} | {f"by={a.rule}" for a in record.arguments if a.slot == "date"}
    yield f"dated={kind}.{'no' if record.date is None else 'open' if _is_open(record, setting) else 'yes'}"
    yield f"others={kind}.{min(setting.types[kind], 4)}"
    if record.type == "agreement":
        yield f"instrument={record.instrument}"
    houses = [found for a in main if (found := setting.institutions.get(a.entity or ""))]
    yield from {f"house={kind}.{h.kind}" for h in houses}
    yield f"units={kind}.{any(h.part_of is not None for h in houses)}"
    yield f"publisher={any(h.id == setting.publisher for h in houses)}"
    yield f"place={int(4 * record.trigger.start / setting.length)}"
    yield f"far={any(not record.evidence.start <= a.start < record.evidence.end for a in main)}"


def _is_open(record: Event, setting: Setting) -> bool:
    found = setting.dates.get(record.date or "")
    return found is None or found.edtf is None or ".." in found.edtf or "X" in found.edtf


def _raw(entity: str, setting: Setting) -> float:
    record = setting.institutions.get(entity) or setting.people.get(entity)
    return record.confidence if record is not None else 0.5


def _logit(chance: float) -> float:
    kept = min(max(chance, 0.005), 0.995)
    return round(log(kept / (1 - kept)), 4)


def _bucket(count: int) -> str:
    return str(count) if count < 4 else "4-7" if count < 8 else "8+"
