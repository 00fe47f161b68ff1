"""One sentence of a reading in, drafts of the joint units that it tells founded out."""

from __future__ import annotations

import re

from extractor.events.clauses import Governed
from extractor.events.drafts import Draft
from extractor.events.judge import time_of
from extractor.events.phrases import Phrase
from extractor.events.reading import Reading
from extractor.events.scene import Sentence
from extractor.events.triggers import Hit

_PASSIVE = Phrase("establishments.passive")
_UNIT_KINDS = frozenset({"laboratory", "institute", "faculty", "department", "school", "association", "university", "hospital", "other"})
_IT = Phrase("establishments.it")
_BEHIND = Phrase("establishments.behind")
_BY = Phrase("establishments.by")
_APPROVES = Phrase("establishments.approves")
_FOR = Phrase("establishments.for")
_TOGETHER = Phrase("establishments.together")
_COMPRISES = Phrase("establishments.comprises")
_MEMBERS_REACH = 8  # sentences from the founding of a unit to the list of its members
_FEWEST = 2
_WHICH = Phrase("establishments.which")
_THE_TWO = Phrase("establishments.the_two")
_NO_VERB = Phrase("establishments.no_verb")
_VENTURE = Phrase("establishments.venture")
_OBJECT_REACH = 60  # characters between an active verb and the unit
_COMMA = 3  # characters
_REACH = 140  # characters between the verb and the unit
_INTRANSITIVE = Phrase("establishments.intransitive")


def read_establishments(reading: Reading, sentence: Sentence) -> list[Draft]:
    """The joint units of a sentence, in order."""
    hits = reading.hits_in("establishment", sentence.start, sentence.end)
    verbs = [h for h in hits if h.has("part", "verb")]
    nouns = [h for h in hits if h.has("part", "noun")]
    zones = reading.zones(sentence, [(h.start, h.end) for h in verbs])
    found = (_draft(reading, sentence, hit, zone, nouns) for hit, zone in zip(verbs, zones, strict=True))
    return [draft for draft in found if draft is not None]


def _draft(reading: Reading, sentence: Sentence, hit: Hit, zone: tuple[int, int], nouns: list[Hit]) -> Draft | None:
    masked = reading.scene.masked
    time = "planned" if hit.has("form", "plan") else time_of(masked, hit.start, hit.end, zone)
    if time == "denied" or _is_purpose(masked, hit):
        return None
    draft = Draft(
        type="establishment", rule=hit.rule, action="planned" if time in {"planned", "agreed"} else "done", start=hit.start, end=hit.end,
        sentence=sentence.index, zone=zone, time=time, is_title=sentence.part == "title",
    )  # fmt: skip
    governed = [g for g in reading.governed if zone[0] <= g.point.start < zone[1]]
    is_passive = _PASSIVE.search(masked, max(zone[0], hit.start - 60), hit.start) is not None or _is_reduced(masked, hit, nouns, governed)
    pronoun = None if is_passive else _pronoun_object(masked, zone, hit, governed)
    is_before = is_passive or pronoun is not None
    noun = _noun(nouns, hit, zone, is_passive=is_before or masked[hit.start : hit.end].lower().endswith("ed"), masked=masked)
    unit = _unit(reading, governed, hit, is_before=is_before, noun=noun) if pronoun is None else _unit_before(reading, governed, pronoun)
    if unit is None and noun is None and not _is_about_last(reading, hit, sentence):
        return None
    draft.what = masked[noun.start : noun.end].lower().split()[-1] if noun is not None and unit is None else ""
    if unit is not None:
        draft.add("units", unit.point.entities[0], unit.point, "establishment.unit", 0.85)
    if pronoun is not None:
        governed = [g for g in governed if g.point.start >= pronoun.end() or g is unit]
    _founders(reading, draft, governed, hit, unit, is_passive=is_passive)
    if unit is None and noun is None:
        return _add_founders(reading, draft)
    if _is_joint(draft, unit):
        return draft
    reading.unit = draft if unit is not None else reading.unit
    return None


def _is_about_last(reading: Reading, hit: Hit, sentence: Sentence) -> bool:
    """As in "It was set up by A and B": the unit told just before."""
    masked, last = reading.scene.masked, reading.unit
    return (
        last is not None
        and 0 < sentence.index - last.sentence <= 3
        and _IT.search(masked, max(sentence.start, hit.start - 40), hit.start) is not None
    )


def _add_founders(reading: Reading, draft: Draft) -> Draft | None:
    last = reading.unit
    if last is None or len(draft.of("founders")) < 2:
        return None
    for filler in draft.fillers:
        last.add(filler.slot, filler.entity, (filler.start, filler.end), filler.rule, 0.8 * filler.weight)
    reading.unit = None
    return last


def follow_establishments(reading: Reading, sentence: Sentence) -> list[Draft]:
    """As in "The alliance comprises A, B and C", "Its members are …": the founders of the unit told last."""
    masked = reading.scene.masked
    found = _COMPRISES.search(masked, sentence.start, sentence.end)
    last = _last_unit(reading, sentence)
    if found is None or last is None:
        return []
    listed = [g for g in reading.governed if g.point.label == "institution" and g.point.start >= found.end()]
    named = [g for g in listed if g.governor not in {"in", "at", "to"}]
    houses = [p for p in reading.parties(named) if p.institution and p.institution not in last.of("units")]
    if len(houses) < _FEWEST:
        return []
    for party in houses:
        last.add("founders", party.institution, party.at, "establishment.members", 0.7)
    if last is reading.unit:
        reading.unit = None
        return [last]
    return []


def _last_unit(reading: Reading, sentence: Sentence) -> Draft | None:
    told = [d for d in (reading.unit, *reading.drafts) if d is not None and d.type == "establishment"]
    near = [d for d in told if 0 <= sentence.index - d.sentence <= _MEMBERS_REACH]
    return max(near, key=lambda d: d.start) if near else None


def _is_reduced(masked: str, hit: Hit, nouns: list[Hit], governed: list[Governed]) -> bool:
    """As in "The institute (jointly) established by A and B": a participle right behind its unit."""
    words = masked[hit.start : hit.end].lower()
    if not words.endswith(("ed", "set up", "built")) or _BY.match(masked, hit.end) is None:
        return False
    ends = [n.end for n in nouns] + [g.point.end for g in governed if g.point.label == "institution"]
    return any(_BEHIND.fullmatch(masked, end, hit.start) for end in ends if end <= hit.start)


def _pronoun_object(masked: str, zone: tuple[int, int], hit: Hit, governed: list[Governed]) -> re.Match[str] | None:
    """As in "The lab which A founded with B": the pronoun that stands for the unit; None where the unit follows the verb."""
    found = None
    for found in _WHICH.finditer(masked, max(zone[0], hit.start - _REACH), hit.start):  # noqa: B007 - the last one is wanted
        pass
    if found is None:
        return None
    has_subject = any(found.end() <= g.point.start < hit.start for g in governed) or _THE_TWO.search(masked, found.end(), hit.start)
    return found if has_subject and _NO_VERB.fullmatch(masked, found.end(), hit.start) else None


def _is_purpose(masked: str, hit: Hit) -> bool:
    """As in "An agreement on establishing a centre": what a paper or an aim is for has not been founded."""
    words = masked[hit.start : hit.end].lower()
    return (
        words.endswith(("ing", "ing up"))
        and "ceremony" not in masked[hit.end : hit.end + 12]
        and _FOR.search(masked[max(0, hit.start - 30) : hit.start]) is not None
    )


def _named(reading: Reading, governed: list[Governed]) -> list[Governed]:
    """The mentions by name of what may be a unit."""
    houses = reading.scene.institutions
    return [
        g
        for g in governed
        if g.point.label == "institution" and g.point.how == "mention" and houses[g.point.entities[0]].kind in _UNIT_KINDS
    ]


def _unit_before(reading: Reading, governed: list[Governed], pronoun: re.Match[str]) -> Governed | None:
    """The named unit right before a relative pronoun."""
    near = [g for g in _named(reading, governed) if 0 <= pronoun.start() - g.point.end <= _COMMA]
    return near[-1] if near else None


def _unit(reading: Reading, governed: list[Governed], hit: Hit, *, is_before: bool, noun: Hit | None) -> Governed | None:
    """The named unit: object of an active verb, subject of a passive or intransitive one."""
    scene = reading.scene
    named = _named(reading, governed)
    after = [
        g
        for g in named
        if 0 <= g.point.start - hit.end <= _OBJECT_REACH
        and (g.governor in {"object", "subject"} or (g.governor == "of" and g.cue <= hit.end + 1))
    ]
    if after and not is_before:
        return after[0]
    if is_before or (noun is None and _INTRANSITIVE.match(scene.masked, hit.start)):
        before = [
            g
            for g in named
            if g.point.end <= hit.start and hit.start - g.point.end <= _REACH and g.nested is None and g.governor in {"subject", "object"}
        ]
        return before[-1] if before else None
    return None


def _noun(nouns: list[Hit], hit: Hit, zone: tuple[int, int], *, is_passive: bool, masked: str) -> Hit | None:
    """The unit's common noun: after an active verb, before a passive one."""
    for noun in nouns:
        if not zone[0] <= noun.start < zone[1]:
            continue
        gap = masked[hit.end : noun.start] if noun.start >= hit.end else masked[noun.end : hit.start]
        is_right_side = noun.start >= hit.end or is_passive or "open" in masked[hit.start : hit.end]
        if is_right_side and len(gap) <= _REACH // 2 and ";" not in gap and re.search(r"\b(?:at|in)\s+the\s*$", gap) is None:
            return noun
    return None


def _founders(reading: Reading, draft: Draft, governed: list[Governed], hit: Hit, unit: Governed | None, *, is_passive: bool) -> None:
    others = [g for g in governed if g is not unit]
    chosen = [
        g
        for g in others
        if g.governor in {"between", "with"}
        or (g.governor == "by" and g.point.start >= hit.end)
        or (
            not is_passive
            and g.governor == "subject"
            and g.point.end <= hit.start
            and _APPROVES.match(reading.scene.masked, hit.start) is None
        )
        or (unit is not None and g.nested is not None and reading.governed[g.nested] is unit and _is_shared(reading, g))
        or (
            unit is not None
            and g.series == unit.series
            and g.point.start > unit.point.end
            and g.point.label == "institution"
            and g.nested is None
        )
        or (g.governor == "of" and g.point.how == "reference.both")
        or (g.governor == "of" and _VENTURE.search(reading.scene.masked, hit.end, g.cue + 2))
    ]
    for party in reading.parties(chosen):
        if party.institution is not None and party.institution not in draft.of("units"):
            draft.add("founders", party.institution, party.at, "establishment.founder", party.weight)
    words = reading.scene.masked[draft.zone[0] : draft.zone[1]]
    joins = (unit is None or _is_common(reading, unit)) and (not draft.of("founders") or _TOGETHER.search(words) is not None)
    if len(draft.of("founders")) < 2 and not draft.is_title and joins:
        sides = reading.told.sides()
        if not draft.of("founders") or any(reading.scene.are_kin(f, s) for f in draft.of("founders") for s in sides):
            for entity in sides:
                if entity not in draft.of("units") and not any(reading.scene.are_kin(entity, f) for f in draft.of("founders")):
                    draft.add("founders", entity, (hit.start, hit.end), "establishment.sides", 0.5)


def _is_shared(reading: Reading, owner: Governed) -> bool:
    """As in "The institute of A and B": an owner that another follows in the same list."""
    behind = [g for g in reading.governed if g.series == owner.series and g.point.start > owner.point.end and g.nested is None]
    return bool(behind)


def _is_common(reading: Reading, unit: Governed) -> bool:
    """Whether a named unit may belong to several houses: it is part of none, and no house itself."""
    found = reading.scene.institutions[unit.point.entities[0]]
    return found.part_of is None and found.kind in {"laboratory", "institute", "association", "department"}


def _is_joint(draft: Draft, unit: Governed | None) -> bool:
    return len(draft.of("founders")) >= 2 or (unit is not None and bool(draft.of("founders")))
