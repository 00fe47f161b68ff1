"""One sentence of a reading in, drafts of the appointments and awards that it tells out."""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.events.clauses import Governed
from extractor.events.drafts import Draft
from extractor.events.judge import Time, time_of
from extractor.events.phrases import Phrase
from extractor.events.reading import Reading
from extractor.events.scene import Point, Sentence
from extractor.events.triggers import Hit

_PASSIVE = Phrase("appointments.passive")
_ADJECTIVE = Phrase("appointments.adjective")
_BECOME = Phrase("appointments.become")
_HONOUR = Phrase("appointments.honour")
_GETS = Phrase("appointments.gets")
_ARE = Phrase("appointments.are")
_TO_LEAD = Phrase("appointments.to_lead")
_RECEIVED = Phrase("appointments.received")
_OPENS_LIST = re.compile(r":\s*$|\b(?:on|to|by)\s+\S+\s+\S+[^.;]{0,60}:\s*$")
_LIST_GOES_ON = re.compile(r"(?:;(?:\s+and)?|,?\s+and)\s+(?:[A-Z][\w.]*\s+){0,3}$")
_LIST_ITEM = re.compile(r"[,;.)]|\s\(|\s*$")
_LIST_REACH = 14  # sentences from a head to the people listed below it
_OPENING = 25  # characters of a line in which a person opens it
_NEAR = 120  # characters between a weak verb and the post or award that it needs


def read_appointments(reading: Reading, sentence: Sentence) -> list[Draft]:
    """The appointments of a sentence, one for each person, in order."""
    hits = reading.hits_in("appointment", sentence.start, sentence.end)
    verbs = [h for h in hits if h.has("part", "verb")]
    zones = reading.zones(sentence, [(h.start, h.end) for h in verbs])
    drafts: list[Draft] = []
    for hit, zone in zip(verbs, zones, strict=True):
        drafts += _drafts(reading, sentence, hit, zone)
    return drafts


def _drafts(reading: Reading, sentence: Sentence, hit: Hit, zone: tuple[int, int]) -> list[Draft]:
    masked = reading.scene.masked
    time = time_of(masked, hit.start, hit.end, zone)
    if time == "denied" or not _has_prize(reading, hit, zone):
        return []
    governed = [g for g in reading.governed if zone[0] <= g.point.start < zone[1]]
    is_passive = _PASSIVE.search(masked, max(zone[0], hit.start - 50), hit.start) is not None or _is_participle(masked, hit, zone)
    if is_passive and _RECEIVED.match(masked, hit.start):
        return []
    people = _appointees(governed, hit, is_passive=is_passive, masked=masked)
    if not people and _OPENS_LIST.search(masked, sentence.start, sentence.end):
        draft = _empty(hit, sentence, zone, time)
        _appointer(reading, draft, governed, hit, is_passive=is_passive)
        reading.award = draft
    out = []
    for point in people:
        draft = _empty(hit, sentence, zone, time)
        for person in point.entities[:1]:
            draft.add("appointees", person, point, "appointment.person", 0.9)
        _appointer(reading, draft, governed, hit, is_passive=is_passive)
        if draft.of("appointees"):
            out.append(draft)
    return out


def _empty(hit: Hit, sentence: Sentence, zone: tuple[int, int], time: Time) -> Draft:
    return Draft(
        type="appointment", rule=hit.rule, action="planned" if time in {"planned", "agreed"} else "done", start=hit.start, end=hit.end,
        sentence=sentence.index, zone=zone, time=time, is_title=sentence.part == "title", is_weak=hit.has("weak", "yes"),
    )  # fmt: skip


def read_named(reading: Reading, sentence: Sentence) -> list[Draft]:
    """A line that opens with a person, below "honorary doctorates go to:": one appointment for each."""
    head, scene = reading.award, reading.scene
    if head is None or not 0 < sentence.index - head.sentence <= _LIST_REACH:
        return []
    line = scene.layout.line_at(sentence.start)
    people = scene.points_in(sentence.start, min(sentence.end, sentence.start + _OPENING), "person")
    if line is None or line.start != sentence.start or sentence.part == "byline" or not people or not people[0].entities:
        return []
    if scene.people[people[0].entities[0]].byline:
        return []
    one = replace(head, fillers=[f for f in head.fillers if f.slot == "appointers"], sentence=sentence.index)
    one.add("appointees", people[0].entities[0], people[0], "appointment.entry", 0.8)
    return [one]


def _is_participle(masked: str, hit: Hit, zone: tuple[int, int]) -> bool:
    """As in "P, appointed by X": a participle without a subject."""
    return masked[hit.start : hit.end].lower().endswith("ed") and re.match(r"\s+by\b", masked[hit.end : hit.end + 5]) is not None


def _has_prize(reading: Reading, hit: Hit, zone: tuple[int, int]) -> bool:
    """A weak verb appoints only with a post or an award in reach."""
    if not hit.has("weak", "yes"):
        return True
    low, high = max(zone[0], hit.start - _NEAR), min(zone[1], hit.end + _NEAR)
    if any(h.has("part", "noun") for h in reading.hits_in("appointment", low, high)):
        return True
    if any(
        _HONOUR.search(reading.scene.text[g.point.start : g.point.end])
        for g in reading.governed
        if g.point.label == "role" and low <= g.point.start < high
    ):
        return True
    if hit.has("form", "award"):
        return False
    if _TO_LEAD.search(reading.scene.masked, hit.end, high):
        return True
    return any(g.point.label == "role" and 0 <= g.point.start - hit.end <= 60 for g in reading.governed)


def _appointees(governed: list[Governed], hit: Hit, *, is_passive: bool, masked: str) -> list[Point]:
    people = [g for g in governed if g.point.label == "person"]
    left = [g.point for g in people if g.point.end <= hit.start]
    right = [g for g in people if g.point.start >= hit.end]
    if hit.has("form", "nominal"):
        return [g.point for g in right if g.governor in {"of", "subject", "object"}][:1]
    if is_passive or hit.has("form", "take") or _BECOME.match(masked, hit.start) or _GETS.match(masked, hit.start):
        named = [g.point for g in right if g.governor in {"to", "object", "subject"}]
        last = [g for g in people if g.point.end <= hit.start]
        both = [
            g.point
            for g in last
            if g.series == last[-1].series and g.governor == "subject" and _ARE.search(masked, max(0, hit.start - 40), hit.start)
        ]
        return both or [g.point for g in last if g.governor == "subject"][-1:] or left[-1:] or named[:1]
    series = right[0].series if right else 0
    found = [g.point for g in right if g.series == series and g.governor not in {"by", "of", "presence", "from"}]
    return _listed(found, [g.point for g in right], masked) or left[-1:]


def _listed(found: list[Point], people: list[Point], masked: str) -> list[Point]:
    """The people found with those who follow in the same list: "degrees to Ann Roe, the painter; Bo Dahl, the poet; and Cy Ek"."""
    out = list(found)
    for point in people:
        if (
            out
            and point.start > out[-1].end
            and _LIST_GOES_ON.search(masked, out[-1].end, point.start)
            and _LIST_ITEM.match(masked, point.end)
        ):
            out.append(point)
    return out


def _appointer(reading: Reading, draft: Draft, governed: list[Governed], hit: Hit, *, is_passive: bool) -> None:
    scene, masked = reading.scene, reading.scene.masked
    left = [g for g in governed if g.point.end <= hit.start and g.governor == "subject"]
    gets = _GETS.match(masked, hit.start) is not None
    named = [g for g in governed if g.governor == ("from" if gets else "by") and g.point.start >= hit.end] if is_passive or gets else left
    if _BECOME.match(masked, hit.start) or hit.value.get("form") in {"take", "nominal"}:
        named = []
    for party in reading.parties(named)[:1]:
        if party.institution is not None and party.person not in draft.of("appointees"):
            draft.add("appointers", scene.actor(party.institution), party.at, "appointment.by", 0.9)
    if draft.of("appointers"):
        return
    person = draft.of("appointees")[:1]
    for item in governed:
        role = scene.role_at.get(item.point.start) if item.point.label == "role" else None
        if role is not None and [role.person] == person and role.institution and item.point.start >= hit.start:
            draft.add("appointers", scene.actor(role.institution), item.point, "appointment.post", 0.75)
            return
    for item in governed:
        if (
            (is_passive or hit.has("form", "take"))
            and item.point.label == "institution"
            and item.point.start >= hit.end
            and item.governor in {"of", "at"}
            and item.point.entities
        ):
            draft.add("appointers", scene.actor(item.point.entities[0]), item.point, "appointment.of", 0.6)
            return
    own = scene.posts(person[0]) if person else ()
    others = [] if gets else [p.institution for p in reading.parties(left) if p.institution and p.person not in person]
    spoken = [s for s in reading.told.subject if s in scene.institutions and s not in own] if gets or is_passive else []
    for entity in (*others, *spoken, scene.publisher):
        if entity is not None and not scene.is_media(entity):
            draft.add("appointers", scene.actor(entity), (hit.start, hit.end), "appointment.publisher", 0.5)
            return
