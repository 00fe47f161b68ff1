"""One sentence of a reading in, drafts of the visits that it tells out: who went to whom."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from extractor.events.clauses import Governed
from extractor.events.drafts import Draft
from extractor.events.judge import time_of
from extractor.events.phrases import Phrase
from extractor.events.reading import Party, Reading
from extractor.events.scene import Point, Scene, Sentence
from extractor.events.supply import complete, ours
from extractor.events.triggers import Hit

_GROUP = (
    r"(?:delegations?|teams?|groups?|guests?|visitors?|representatives?|delegates?|members|students|pupils|leaders?|leadership"
    r"|academics|executives|experts|colleagues|missions?|part(?:y|ies)|people|teachers|professors|scholars|doctors|officials"
    r"|scientists|engineers|nurses|administrations?|trip|entourage|friends|staff)"
)
_TRAVELLERS = Phrase("visits.travellers")
_GROUP_BEFORE = re.compile(
    rf"\b{_GROUP}\s+(?:(?:\w+|[\ue000-\ue003]+),?\s+){{0,4}}?(?:of|from)\s+(?:the\s+)?(?:\w+\s+){{0,2}}$", re.IGNORECASE
)
_GROUP_AFTER = re.compile(rf"['\u2019]?s?\s+(?:\w+[\s-]+){{0,2}}?{_GROUP}\b", re.IGNORECASE)
_STOP = re.compile(r":\s|;\s")
_SIGNING = Phrase("visits.signing")
_WHO = Phrase("visits.who")
_GUESTS = Phrase("visits.guests")
_PASSIVE = Phrase("visits.passive")
_PARTICIPLE = Phrase("visits.participle")
_LEADING = Phrase("visits.leading")
_AT_HEAD = Phrase("visits.at_head")
_HEADING = Phrase("visits.heading")
_HEAD_WAS = Phrase("visits.head_was")
_COMPANY = Phrase("visits.company")
_AT_START = 3  # characters before a place that opens a sentence
_LEADER_REACH = 4  # sentences
_HOME = Phrase("visits.home")
_EVENT_OBJECT = Phrase("visits.event_object")
_HOST_GOVERNORS = frozenset({"object", "to", "at"})


class Sides(NamedTuple):
    """Who went and who received, as lists of parties."""

    visitors: list[Party]
    hosts: list[Party]


def read_visits(reading: Reading, sentence: Sentence) -> list[Draft]:
    """The visits of a sentence, in order."""
    hits = reading.hits_in("visit", sentence.start, sentence.end)
    zones = reading.zones(sentence, [(h.start, h.end) for h in hits])
    drafts: list[Draft] = []
    for hit, zone in zip(hits, zones, strict=True):
        drafts += _draft(reading, sentence, hit, zone, drafts)
    return drafts


def _draft(reading: Reading, sentence: Sentence, hit: Hit, zone: tuple[int, int], before: list[Draft]) -> list[Draft]:
    masked = reading.scene.masked
    time = time_of(masked, hit.start, hit.end, zone)
    if time == "denied":
        return []
    stop = _STOP.search(masked, hit.end + (40 if hit.has("way", "go") else 0), zone[1])
    stop = min((m for m in (stop, _SIGNING.search(masked, hit.end, zone[1])) if m), key=lambda m: m.start(), default=None)
    zone = (zone[0], stop.start()) if stop else zone
    governed = [g for g in reading.governed if zone[0] <= g.point.start < zone[1]]
    left = [g for g in governed if g.point.end <= hit.start]
    right = [g for g in governed if g.point.start >= hit.end]
    is_event = hit.has("way", "receive") and _EVENT_OBJECT.match(masked[hit.end : min(hit.end + 70, zone[1])]) is not None
    if is_event and not any(_is_group(masked, g.point) for g in right):
        return []
    draft = Draft(
        type="visit", rule=hit.rule, action="planned" if time in {"planned", "agreed"} else "held", start=hit.start, end=hit.end,
        sentence=sentence.index, zone=zone, time=time, is_title=sentence.part == "title", is_weak=hit.value.get("needs") is not None,
    )  # fmt: skip
    if hit.has("needs", "delegation") and not (reading.told.visitors or any(_is_group(masked, g.point) for g in left)):
        return []
    sides = _sides(reading, hit, left, right, draft)
    if sides is None:
        return []
    _fill(reading, draft, hit, sides)
    _lead(reading, draft, governed, hit)
    return _per_host(reading, draft) if complete(reading, draft, hit) else []


def _per_host(reading: Reading, draft: Draft) -> list[Draft]:
    """One visit for each host; units of one house that receive together are one."""
    scene = reading.scene
    _join_trip(reading, draft)
    tops = dict.fromkeys(scene.top(h) for h in draft.of("hosts"))
    if len(tops) < 2:
        house = draft.of("hosts")
        if len(house) > 1:
            common = scene.common(house[0], house[1])
            at = next(f for f in draft.fillers if f.slot == "hosts")
            for host in house:
                draft.drop("hosts", host)
            draft.add("hosts", common, (at.start, at.end), at.rule, at.weight)
        return [draft]
    return [replace(draft, fillers=[f for f in draft.fillers if f.slot != "hosts" or scene.top(f.entity) == top]) for top in tops]


def _join_trip(reading: Reading, draft: Draft) -> None:
    """A stop on a journey has the journey's leader, and its days where it tells none."""
    trip = reading.trip
    if trip is None or not any(reading.scene.are_kin(v, t) for v in draft.of("visitors") for t in trip.of("visitors")):
        return
    for filler in trip.fillers:
        if filler.slot in {"leaders", "delegates"} and not (filler.slot == "delegates" and filler.entity in draft.of("leaders")):
            draft.drop("delegates", filler.entity)
            draft.add(filler.slot, filler.entity, (filler.start, filler.end), filler.rule, filler.weight)


def _sides(reading: Reading, hit: Hit, left: list[Governed], right: list[Governed], draft: Draft) -> Sides | None:
    way, masked = hit.value["way"], reading.scene.masked
    is_passive = _PASSIVE.search(masked, max(draft.zone[0], hit.start - 50), hit.start) is not None
    grouped = {g.series for g in (*left, *right) if _is_group(masked, g.point) and not hit.start <= g.cue < hit.end}
    groups = [g for g in (*left, *right) if g.series in grouped and g.point.label == "institution"]
    if not any(g.governor == "subject" or g in groups for g in left):
        left = [*[g for g in reading.governed if g.point.end <= draft.zone[0] and g.governor == "subject"], *left]
    who = [g for g in left[-3:] if g.point.label == "person" and _WHO.fullmatch(masked[g.point.end : hit.start])]
    mine = who or [g for g in left if g in groups] or [g for g in left if g.governor in {"subject", "object"}]
    came = reading.parties([g for g in left if g in mine or (g.point.label == "person" and g.governor in {"subject", "led"})])
    if way == "noun":
        return _named_visit(reading, hit, left, right)
    if way == "stop":
        return Sides(_told_visitors(reading, hit), reading.parties(right[:1] if "last" not in masked[hit.start : hit.end] else left[-1:]))
    if way == "guest":
        hosts = reading.parties([g for g in right if g.governor in {"of", "at", "subject", "object"} and g not in groups])
        if not hosts and re.search(r"\bour\b", masked[hit.start : hit.end]):
            hosts = ours(reading, hit)
        return Sides(came, hosts)
    if way == "meet":
        return _meeting_sides(reading, hit, left, right, came)
    if way == "receive":
        if is_passive or (draft.is_title and not right):
            return Sides(came, reading.parties([g for g in right if g.governor in {"by", "at"}]))
        guests = [g for g in right if g.governor in {"object", "led", "subject"} or g in groups]
        return Sides(
            reading.parties(guests), reading.parties([g for g in left if g.governor == "subject" and not _is_group(masked, g.point)])
        )
    if is_passive and hit.has("rule", "visit.visit"):
        return Sides(reading.parties([g for g in right if g.governor == "by"]), came)
    goals = [g for g in right if (g.governor in _HOST_GOVERNORS or g.cue < hit.end) and (g not in groups or g.cue < hit.end)]
    series = {goals[0].series} if goals else set()
    company = reading.parties(
        [
            g
            for g in right
            if g.point.label != "institution" and (g.governor == "with" or (hit.has("form", "send") and g.governor == "subject"))
        ]
    )
    if hit.has("form", "send"):
        came = [p for p in came if p.person is None]
    return Sides([*came, *company], reading.parties([g for g in goals if g.series in series or g.nested is not None]))


def _named_visit(reading: Reading, hit: Hit, left: list[Governed], right: list[Governed]) -> Sides | None:
    """As in "Visit of A to B", "A's visit to B", "delegation at B"."""
    masked = reading.scene.masked
    tail = masked[hit.start : hit.end].lower()
    own = "to" if tail.endswith("to") else "of" if tail.endswith(("of", "by")) else ""
    hosts = [g for g in right if g.governor == "to" or (own == "to" and g.cue < hit.end)]
    if re.search(r"delegation\s+(?:at|in)$", tail):
        hosts = [g for g in right if g.cue < hit.end or g.governor == "at"]
    visitors = [g for g in right if g.governor in {"of", "by"} or (own == "of" and g.cue < hit.end)]
    visitors = [g for g in visitors if g not in hosts]
    visitors = visitors or [g for g in right if _is_group(masked, g.point) and g not in hosts]
    visitors = visitors or [g for g in left if g.point.end <= hit.start and (_is_group(masked, g.point) or g.governor == "subject")]
    if re.search(r"courtesy|session", tail) and not hosts:
        guests = [
            g
            for g in right
            if _is_group(masked, g.point) and g.governor != "subject" and _GUESTS.search(masked[max(0, g.point.start - 60) : g.point.start])
        ]
        hosts = [g for g in right if g.governor == "with" and g not in guests]
        if guests:
            hosts = [g for g in right if g.governor == "of" and g not in guests and g.point.start < guests[0].point.start]
            visitors = guests
    return Sides(reading.parties(visitors), reading.parties(hosts)) if hosts or visitors else None


def _meeting_sides(reading: Reading, hit: Hit, left: list[Governed], right: list[Governed], came: list[Party]) -> Sides | None:
    """Who is at home where two sides meet: the one without a delegation, or the text's own house."""
    masked, scene = reading.scene.masked, reading.scene
    met = reading.parties([g for g in right if g.governor in {"object", "with", "subject"} or _is_group(masked, g.point)])
    start = reading.scene.sentence_at(hit.start).start
    scenery = [g for g in reading.governed if g.point.end <= hit.start and g.governor == "at" and (g in left or g.cue - start <= _AT_START)]
    there = reading.parties([g for g in scenery if g.point.label == "institution" and g.nested is None])
    if (
        there
        and came
        and met
        and any(p.institution and t.institution and scene.are_kin(p.institution, t.institution) for p in came for t in there)
    ):
        return Sides(met, [*there, *came])
    if there and came and met:
        return Sides(came, [*there, *(m._replace(institution=None) for m in met)])
    if not came or not met:
        return None
    if any(_is_travelling(masked, g.point) for g in right) or _HOME.search(masked[hit.end : hit.end + 60]):
        return Sides(met, came)
    if any(_is_travelling(masked, g.point) for g in left):
        return Sides(came, met)
    if any(
        g.governor == "at" and p.institution and g.point.entities and scene.are_kin(p.institution, g.point.entities[0])
        for g in right
        if g.point.label == "institution"
        for p in met
    ):
        return Sides(came, met)
    known = reading.told.visitors
    for mine, other in ((came, met), (met, came)):
        home = [p for p in mine if p.institution and scene.publisher and scene.are_kin(p.institution, scene.publisher)]
        if home and not any(scene.are_kin(p.institution, v) for p in home for v in known if p.institution):
            return Sides(other, mine)
    if any(p.institution and scene.are_kin(p.institution, v) for p in came for v in known):
        return Sides(came, met)
    return None


def _is_group(masked: str, point: Point) -> bool:
    """Whether words around an institution make it a delegation."""
    if point.how == "reference.guests":
        return True
    if point.label != "institution":
        return False
    return (
        _GROUP_BEFORE.search(masked[max(0, point.start - 70) : point.start]) is not None
        or _GROUP_AFTER.match(masked[point.end : point.end + 40]) is not None
    )


def _is_travelling(masked: str, point: Point) -> bool:
    """Whether the words around an institution tell of people who have come from it, not just of people there."""
    if not _is_group(masked, point):
        return False
    words = masked[max(0, point.start - 70) : point.start] + masked[point.end : point.end + 40]
    return point.how == "reference.guests" or _TRAVELLERS.search(words) is not None


def _told_visitors(reading: Reading, hit: Hit) -> list[Party]:
    at = Point(hit.start, hit.end, "institution", (), "told")
    return [Party(v, None, at, "visit.told", 0.6) for v in reading.told.visitors]


def _fill(reading: Reading, draft: Draft, hit: Hit, sides: Sides) -> None:
    for party in sides.visitors:
        draft.add("visitors", party.institution, party.at, f"visit.{hit.value['way']}", party.weight)
        draft.add("delegates", party.person, party.at, f"visit.{hit.value['way']}", 0.8)
    scene = reading.scene
    for party in sides.hosts:
        is_told_wrong = (
            party.person is not None
            and party.institution is not None
            and any(scene.are_kin(party.institution, v) for v in draft.of("visitors"))
        )
        draft.add("hosts", None if is_told_wrong else party.institution, party.at, f"visit.{hit.value['way']}", party.weight)
        draft.add("receivers", party.person, party.at, f"visit.{hit.value['way']}", 0.8)


def _lead(reading: Reading, draft: Draft, governed: list[Governed], hit: Hit) -> None:
    """The head of the delegation: "led by P", "with P at their head", "P led a delegation"."""
    masked = reading.scene.masked
    leads = hit.has("form", "lead") and _LEADING.search(masked[hit.start : hit.end]) is not None
    for item in governed:
        if item.point.label != "person":
            continue
        is_led = item.governor == "led" or (item.governor == "with" and _AT_HEAD.match(masked, item.point.end, draft.zone[1]))
        is_led = is_led or (leads and item.point.end <= hit.start and item.governor == "subject")
        is_led = is_led or (
            item.point.end <= hit.start and _HEADING.search(masked[hit.start : hit.end + 30]) is not None and item.governor == "subject"
        )
        if is_led and hit.has("way", "receive") and item.point.end <= hit.start and not draft_is_passive(masked, draft, hit):
            for person in item.point.entities:
                draft.add("receivers", person, item.point, "visit.receive", 0.8)
                draft.add("hosts", reading.scene.house(person) if not draft.of("hosts") else None, item.point, "visit.receive", 0.7)
        elif is_led:
            for person in item.point.entities:
                house = reading.scene.house(person)
                if house in draft.of("hosts") and draft.of("visitors"):
                    continue
                draft.drop("delegates", person)
                draft.add("leaders", person, item.point, "visit.led", 0.9)
                if not draft.of("visitors"):
                    draft.add("visitors", house, item.point, "visit.led", 0.8)


def read_leaders(reading: Reading, sentence: Sentence) -> None:
    """The head of a delegation told after its visit: "it was headed by P", "at its head was P"."""
    visits = [d for d in reading.drafts if d.type == "visit"]
    if not visits or sentence.index - visits[-1].sentence > _LEADER_REACH:
        return
    scene, last = reading.scene, [d for d in visits if d.sentence == visits[-1].sentence]
    for item in reading.governed:
        if item.point.label != "person" or not item.point.entities:
            continue
        if _COMPANY.search(scene.masked, sentence.start, item.point.start) and item.governor in {"presence", "with", "object"}:
            _add_company(scene, last, item)
        if not _is_head(scene.masked, sentence, item):
            continue
        person = item.point.entities[0]
        house = scene.house(person)
        for draft in last:
            if person not in draft.of("receivers") and (house is None or any(scene.are_kin(house, v) for v in draft.of("visitors"))):
                draft.drop("delegates", person)
                draft.add("leaders", person, item.point, "visit.led", 0.85)


def _add_company(scene: Scene, visits: list[Draft], item: Governed) -> None:
    """As in "Accompanied by P", "in company with P": members of the delegation, unless the host's own."""
    for person in item.point.entities:
        house = scene.house(person)
        for draft in visits:
            is_host = house is not None and any(scene.are_kin(house, h) for h in draft.of("hosts"))
            if house is None and draft.rule == "visit.tour":
                draft.add("receivers", person, item.point, "visit.company", 0.6)
            elif not is_host and person not in draft.of("leaders", "receivers") and not scene.people[person].byline:
                draft.add("delegates", person, item.point, "visit.company", 0.7)


def _is_head(masked: str, sentence: Sentence, item: Governed) -> bool:
    if item.governor == "led" or (item.governor == "with" and _AT_HEAD.match(masked, item.point.end, sentence.end)):
        return True
    return _HEAD_WAS.search(masked[sentence.start : item.point.start]) is not None


def draft_is_passive(masked: str, draft: Draft, hit: Hit) -> bool:
    """Whether the trigger is in the passive voice."""
    return _PASSIVE.search(masked, max(draft.zone[0], hit.start - 50), hit.start) is not None
