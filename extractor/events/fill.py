"""Entities of a text in, the events that it tells out: sentence by sentence, then merged into one record for each act."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from spacy.tokens import Doc

from extractor.events.agreements import read_agreements
from extractor.events.appointments import read_appointments, read_named
from extractor.events.drafts import Draft
from extractor.events.establishments import follow_establishments, read_establishments
from extractor.events.lists import note_head, read_entry, read_members
from extractor.events.meetings import follow_meetings, joins_houses, read_meetings
from extractor.events.merge import merge_drafts
from extractor.events.people import add_members, add_witnesses
from extractor.events.reading import Reading
from extractor.events.records_of import record_of
from extractor.events.scene import Scene, Sentence
from extractor.events.settle import settle_agreement
from extractor.events.terms import add_terms
from extractor.events.visits import read_leaders, read_visits
from extractor.events.weigh import weigh_drafts
from extractor.events.when import date_of, judge_by_date, lend_back, lend_dates
from extractor.events.where import add_places
from extractor.layout import Layout
from extractor.model.relations import Relations
from extractor.records import Entities, Event, EventType
from extractor.rules import Rules

_VISIT_REACH = 15  # sentences over which a visit stays the story


def fill_events(
    doc: Doc,
    entities: Entities,
    layout: Layout,
    rules: Rules,
    *,
    only: Collection[EventType] = (),
    relations: Relations | None = None,
) -> tuple[Event, ...]:
    """Agreements, visits, meetings, appointments and joint establishments, in text order."""
    scene = Scene(doc, entities, layout)
    reading = Reading(scene, rules)
    if not any(reading.hits.values()):
        return ()
    tellings = read_tellings(reading)
    merged = weigh_drafts(reading, tellings, merge_drafts(scene, tellings), relations=relations)
    merged = [d for d in merged if not only or d.type in only]
    for draft in merged:
        if draft.type == "establishment" and len(draft.of("founders")) > 1:
            for unit in draft.of("units"):
                draft.drop("founders", unit)
    add_members(scene, merged)
    add_terms(scene, merged)
    add_places(scene, merged)
    return tuple(record_of(scene, draft, f"e{n}") for n, draft in enumerate(merged, 1))


def read_tellings(reading: Reading) -> list[Draft]:
    """The drafts of a text as its sentences tell them, one act perhaps more than once."""
    for sentence in reading.scene.sentences:
        read_sentence(reading, sentence)
    lend_dates(reading.drafts, reading)
    lend_back(reading.drafts, reading)
    return [d for d in reading.drafts if d.type != "meeting" or joins_houses(reading.scene, d)]


def read_sentence(reading: Reading, sentence: Sentence) -> None:
    """Read one sentence into drafts, and take note of whom it speaks of."""
    if sentence.part not in {"menu", "footer", "contact"}:
        reading.turn_to(sentence)
        told = len(reading.drafts)
        _read_visits(reading, sentence)
        _read_agreements(reading, sentence)
        for draft in (
            *read_meetings(reading, sentence),
            *read_appointments(reading, sentence),
            *read_named(reading, sentence),
            *read_establishments(reading, sentence),
            *follow_establishments(reading, sentence),
        ):
            _date(reading, draft, sentence)
            judge_by_date(reading, draft)
            _keep(reading, [] if draft.type == "meeting" and draft.action == "planned" and draft.date is None else [draft])
        follow_meetings(reading, sentence)
        add_witnesses(reading, sentence)
        note_head(reading, sentence, reading.drafts[told:])
        _note_subject(reading)
    reading.told.hear(sentence)


def _read_visits(reading: Reading, sentence: Sentence) -> None:
    visits = read_visits(reading, sentence)
    trip = reading.trip
    if trip is not None and trip.sentence == sentence.index:
        _date(reading, trip, sentence)
    for draft in visits:
        _date(reading, draft, sentence)
        _date_trip(reading, draft)
        judge_by_date(reading, draft)
        _keep(reading, [draft])
    if reading.drafts and reading.drafts[-1].sentence == sentence.index:
        reading.turn_to(sentence)  # "both" now means the two sides of the visit
    read_leaders(reading, sentence)


def _read_agreements(reading: Reading, sentence: Sentence) -> None:
    told = len(reading.drafts)
    for draft in read_agreements(reading, sentence):
        _date(reading, draft, sentence)
        _keep(reading, settle_agreement(reading, draft, sentence))
    own = [d for d in reading.drafts[told:] if d.type == "agreement"]
    _keep(reading, read_entry(reading, sentence, own))
    _keep(reading, read_members(reading, sentence))


def _date(reading: Reading, draft: Draft, sentence: Sentence) -> None:
    point = date_of(reading, draft, sentence)
    if point is not None:
        draft.date, draft.date_at = point.entities[0], (point.start, point.end)


def _date_trip(reading: Reading, draft: Draft) -> None:
    """A journey's days are those of its stops, where these tell none."""
    trip = reading.trip
    if trip is not None and draft.date is None and set(draft.of("visitors")) & set(trip.of("visitors")):
        draft.date, draft.date_at, draft.is_dated_by_context = trip.date, trip.date_at, trip.date is not None


def _keep(reading: Reading, drafts: list[Draft]) -> None:
    batch = len(reading.drafts) + 1
    for draft in drafts:
        draft.batch = batch
        reading.drafts.append(draft)
        if draft.type == "agreement":
            _pay_echoes(reading, draft)
            if draft.action in {"signed", "renewed", "agreed"} and draft.time != "long_past" and not _is_aside(reading, draft):
                reading.told.pair = tuple(draft.of("parties"))
        if draft.type == "visit" and draft.time != "long_past":
            reading.told.visitors, reading.told.hosts = tuple(draft.of("visitors")), tuple(draft.of("hosts"))
            reading.told.pair = (*reading.told.hosts, *reading.told.visitors)


def _is_aside(reading: Reading, draft: Draft) -> bool:
    """Within the story of a visit, an agreement of one side with a third house does not change who "both sides" are."""
    visit = next((d for d in reversed(reading.drafts) if d.type == "visit"), None)
    if visit is None or draft.sentence - visit.sentence > _VISIT_REACH:
        return False
    scene, sides = reading.scene, [visit.of("visitors"), visit.of("hosts")]
    named = [any(scene.are_kin(p, s) for p in draft.of("parties") for s in side) for side in sides]
    return named.count(True) == 1 and not draft.is_title


def _pay_echoes(reading: Reading, draft: Draft) -> None:
    """An older act told by the way has the parties of the one that it is told with."""
    for echo in reading.echoes:
        if echo.sentence == draft.sentence:
            own = replace(echo, fillers=[f for f in draft.fillers if f.slot == "parties"], batch=-echo.start)
            reading.drafts.append(own)
    reading.echoes.clear()


def _note_subject(reading: Reading) -> None:
    subjects = [g for g in reading.governed if g.governor == "subject" and g.series == 0]
    parties = reading.parties(subjects)
    if parties:
        reading.told.subject = tuple(dict.fromkeys(x for p in parties for x in (p.institution, p.person) if x))
