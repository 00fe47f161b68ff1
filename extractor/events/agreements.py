"""One sentence of a reading in, drafts of the agreements that it tells out."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from extractor.events.clauses import Governed
from extractor.events.drafts import Draft
from extractor.events.instruments import instrument_of
from extractor.events.judge import Time, time_of
from extractor.events.phrases import Phrase
from extractor.events.reading import Party, Reading
from extractor.events.scene import INSTITUTION, Point, Sentence
from extractor.events.triggers import Hit
from extractor.records import Action
from extractor.rules import load_lexicon

_REACH = 190  # characters between a verb and its instrument
_PASSIVE = Phrase("agreements.passive")
_RELATIVE = Phrase("agreements.relative")
_BLOCK = re.compile(r"[;\u2022\u25a0]|\.\s", re.IGNORECASE)
_DEFINITE = Phrase("agreements.definite")
_INDEFINITE = Phrase("agreements.indefinite")
_PLURAL = Phrase("agreements.plural")
_NEGATED_NOUN = re.compile(r"\bno\s+(?:\S+\s+){0,3}$", re.IGNORECASE)
_EXTENSION = Phrase("agreements.extension")
_GENITIVE = re.compile(r"['\u2019]s?\s+(?:\S+\s+){0,5}$")
_REVIVE = Phrase("agreements.revive")
_IT_BEFORE = Phrase("agreements.it_before")
_IT_AFTER = Phrase("agreements.it_after")
_HISTORY = Phrase("agreements.history")
_COUNTLESS = Phrase("agreements.countless")
_COMPOUND = re.compile(r"\)?\s*(?:\(\w+\)\s*)?(?:\w+[\s-]+){0,2}")
_HE = Phrase("agreements.he")
_CEREMONY = Phrase("agreements.ceremony")
_CELEBRATE = Phrase("agreements.celebrate")
_STANDING = Phrase("agreements.standing")
_OTHER_CLAUSE = Phrase("agreements.other_clause")
_UNDER_SIGNED = Phrase("agreements.under_signed")
_REPRESENTED = Phrase("agreements.represented")
_FAR = Phrase("agreements.far")
_CAN_BE = Phrase("agreements.can_be")
_BRACKETS = re.compile(r"\([^)]*\)")
_BREAKS = Phrase("agreements.breaks")
_TRIGGER_LONGEST = 110  # characters
_ACTS: dict[str, Action] = {"sign": "signed", "tie": "signed", "renew": "renewed", "end": "ended", "have": "in_force", "plan": "planned"}
_INTRANSITIVE = {"end", "have"}


class Pairing(NamedTuple):
    """An act and its instrument, either of which may be left unsaid."""

    verb: Hit | None
    noun: Hit | None

    @property
    def span(self) -> tuple[int, int]:
        """From the first to the last of the two."""
        hits = [hit for hit in self if hit is not None]
        return min(hit.start for hit in hits), max(hit.end for hit in hits)


def read_agreements(reading: Reading, sentence: Sentence) -> list[Draft]:
    """The agreements of a sentence, those with an instrument first; those that only add to an earlier one lack parties of their own."""
    hits = reading.hits_in("agreement", sentence.start, sentence.end)
    if not hits:
        return []
    groups = _by_verb(_pair(reading.scene.masked, hits, sentence))
    zones = reading.zones(sentence, _anchors(groups))
    drafts: list[Draft] = []
    for group, zone in zip(groups, zones, strict=True):
        drafts += _group_drafts(reading, sentence, group, zone, drafts)
    return sorted(drafts, key=lambda d: (d.is_bare, d.start))


def _by_verb(pairings: list[Pairing]) -> list[list[Pairing]]:
    """Pairings in order, those that share a verb together."""
    groups: dict[tuple[int, int], list[Pairing]] = {}
    for pairing in pairings:
        key = (0, pairing.verb.start) if pairing.verb is not None else (1, pairing.span[0])
        groups.setdefault(key, []).append(pairing)
    return sorted(groups.values(), key=_span)


def _span(group: list[Pairing]) -> tuple[int, int]:
    return min(p.span[0] for p in group), max(p.span[1] for p in group)


def _anchors(groups: list[list[Pairing]]) -> list[tuple[int, int]]:
    """The words that each act claims; a further act on an instrument already told claims its verb alone."""
    seen: set[int] = set()
    anchors = []
    for group in groups:
        nouns = {p.noun.start for p in group if p.noun is not None}
        verb = group[0].verb
        anchors.append((verb.start, verb.end) if verb is not None and nouns & seen else _span(group))
        seen |= nouns
    return anchors


def _group_drafts(reading: Reading, sentence: Sentence, group: list[Pairing], zone: tuple[int, int], before: list[Draft]) -> list[Draft]:
    """As in "Signed an MoU with A and an agreement with B": what follows each instrument is its own, what stands before the first is shared."""
    drafts: list[Draft] = []
    nouns = [p.noun for p in group if p.noun is not None]
    for n, pairing in enumerate(group):
        own = (nouns[n].start if n else zone[0], nouns[n + 1].start if n + 1 < len(nouns) else zone[1]) if len(nouns) > 1 else zone
        drafts += _draft(reading, sentence, pairing, zone, own, before + drafts)
    for draft in drafts:
        if len(drafts) > 1 and not draft.of("counterpart"):
            rest = [f for other in drafts for f in other.fillers if f.slot == "counterpart"]
            draft.fillers += rest if not _has_sides(draft) else []
    return drafts


def _has_sides(draft: Draft) -> bool:
    return len(draft.of("parties", "counterpart")) > 1


def _pair(masked: str, hits: list[Hit], sentence: Sentence) -> list[Pairing]:
    verbs = [h for h in hits if h.has("part", "verb")]
    nouns = _nouns(masked, [h for h in hits if h.has("part", "noun")])
    pairings = [Pairing(h, None) for h in hits if h.has("part", "partner")]
    used: set[int] = set()
    for noun in nouns:
        cost, verb = min(
            ((_cost(masked, verb, noun, hits), verb) for verb in verbs),
            default=(_REACH, None),
            key=lambda c: (c[0] >= _REACH, _rank(c[1]), c[0]),
        )
        if verb is not None and cost < _REACH and noun.has("instrument", "partnership") and _CELEBRATE.match(masked, verb.start):
            continue
        if verb is not None and cost < _REACH:
            used.add(verb.start)
            pairings.append(Pairing(verb, noun))
            later = _second_act(masked, verb, noun, verbs, hits)
            if later is not None:
                used.add(later.start)
                pairings.append(Pairing(later, noun))
        elif noun.value.get("weak") is None:
            pairings.append(Pairing(None, noun))
    pairings += [
        Pairing(v, None)
        for v in verbs
        if v.start not in used
        and v.value.get("form") in {None, "inverted"}
        and (v.value.get("weak") is None or _is_about_it(masked, v, sentence))
    ]
    return sorted(pairings, key=lambda p: (p.span, p.noun.start if p.noun else 0))


def _second_act(masked: str, verb: Hit, noun: Hit, verbs: list[Hit], hits: list[Hit]) -> Hit | None:
    """As in "The agreement, signed in 1995, was extended": a further act on the same instrument."""
    acts = {"sign", "renew", "end"}
    if verb.start < noun.start or verb.value.get("act") not in acts:
        return None
    for other in verbs:
        if (
            other.start > verb.start
            and other.value.get("act") in acts - {verb.value.get("act")}
            and _cost(masked, other, noun, hits) < _REACH + 60
        ):
            return other
    return None


def _rank(verb: Hit | None) -> int:
    """Which verb wins where several could govern an instrument: one that acts, before one that plans, before one that only dates."""
    return 2 if verb is None or verb.has("form", "dating") else int(verb.value.get("act") in {"plan", "tie"})


def _is_about_it(masked: str, verb: Hit, sentence: Sentence) -> bool:
    """As in "It had been made in 2011", "to revive it": a weak verb whose subject or object is a pronoun, or a renewal in a title."""
    if verb.has("act", "renew") and (
        sentence.part == "title" or _IT_BEFORE.search(masked, max(sentence.start, verb.start - 60), verb.start)
    ):
        return True
    if verb.has("act", "plan"):
        return _REVIVE.match(masked, verb.start) is not None and _IT_AFTER.match(masked, verb.end, verb.end + 20) is not None
    if _IT_BEFORE.search(masked, max(sentence.start, verb.start - 40), verb.start):
        return not verb.has("act", "have")
    return not verb.has("act", "have") and _IT_AFTER.match(masked, verb.end, min(sentence.end, verb.end + 20)) is not None


def _nouns(masked: str, nouns: list[Hit]) -> list[Hit]:
    """Instruments without their abbreviations in brackets and without the first half of "partnership agreement"."""
    kept: list[Hit] = []
    for noun in nouns:
        if kept and re.fullmatch(r"\s*[(\[]\s*|\s*/\s*", masked[kept[-1].end : noun.start]):
            continue
        if kept and re.fullmatch(r"\s+", masked[kept[-1].end : noun.start]):
            if kept[-1].value["instrument"] in {"partnership", "contract", "other", "any"} or noun.value["instrument"] == "protocol":
                kept[-1] = noun
            continue
        kept.append(noun)
    return kept


def _cost(masked: str, verb: Hit, noun: Hit, hits: list[Hit]) -> float:
    """How far a verb is from governing a noun: characters between them, more for what stands in the way."""
    first, last = (verb, noun) if verb.start < noun.start else (noun, verb)
    gap = masked[first.end : last.start]
    if len(gap) > _REACH or _BLOCK.search(gap):
        return _REACH
    cost = float(len(gap)) + (30 if verb.has("act", "plan") else 0)
    cost += 45 * sum(h.has("part", "verb") and first.end <= h.start < last.start for h in hits)
    is_passive = _is_passive(masked, verb, noun.end if noun.end <= verb.start else 0)
    if verb.start > noun.start and ":" in gap:
        return _REACH
    if verb.start < noun.start and verb.has("act", "plan") and _FAR.search(gap):
        return _REACH
    if verb.start < noun.start:
        if verb.has("form", "state") and _UNDER_SIGNED.match(masked, noun.end):
            return _REACH
        if verb.has("form", "state") and not re.fullmatch(r"(?:[^.;,]{0,60})", gap):
            return _REACH
        return cost + (70 if is_passive and not verb.has("act", "plan") else 0)
    if verb.value.get("form") == "nominal":
        return cost + 60 if re.search(r"ceremony", masked[verb.end : verb.end + 12]) else _REACH
    if (
        verb.has("act", "plan")
        and not is_passive
        and not re.match(r"under|on\s|in\s|await|pending|postpon|expect|hop", masked[verb.start : verb.end], re.IGNORECASE)
    ):
        return _REACH
    is_open = (
        is_passive
        or verb.value.get("act") in {"plan", "renew"}
        or verb.value.get("act") in _INTRANSITIVE
        or masked[verb.start : verb.end].lower().endswith("ed")
        or _RELATIVE.search(gap)
    )
    if verb.has("rule", "agreement.have") or (verb.has("act", "have") and verb.value.get("form") is None):
        return cost + 20 if _RELATIVE.search(gap) else _REACH
    is_reduced = not is_passive and verb.value.get("act") in {"sign", "renew"} and _RELATIVE.search(gap) is None
    return cost + (50 if is_reduced else 15) if is_open else _REACH


def _is_passive(masked: str, verb: Hit, low: int = 0) -> bool:
    return _PASSIVE.search(masked, max(low, verb.start - 60), verb.start) is not None


def _draft(
    reading: Reading, sentence: Sentence, pairing: Pairing, zone: tuple[int, int], own: tuple[int, int], before: list[Draft]
) -> list[Draft]:
    masked = reading.scene.masked
    verb, noun = pairing
    start, end = pairing.span
    time = _time(masked, pairing, zone)
    if time == "denied" or (
        noun is not None and (_NEGATED_NOUN.search(masked[max(zone[0], noun.start - 40) : noun.start]) or _is_foreign(masked, noun, zone))
    ):
        return []
    action = _action(masked, pairing, time, sentence)
    if action is None:
        return []
    draft = Draft(
        type="agreement", rule=(verb or noun).rule, action=action, start=start, end=end, sentence=sentence.index, zone=zone, time=time,  # type: ignore[union-attr]
        is_title=sentence.part == "title", is_bare=noun is None,
    )  # fmt: skip
    if noun is not None:
        _describe(draft, masked, noun, sentence)
    elif verb is not None and verb.has("part", "partner"):
        draft.instrument, draft.is_bare = "partnership", False
    else:
        draft.is_definite = True
    past = _history(reading, draft, pairing)
    _fill_parties(reading, draft, pairing, own, before)
    if end - start > _TRIGGER_LONGEST and verb is not None:
        draft.start, draft.end = verb.start, verb.end
    return [*past, draft]


def _describe(draft: Draft, masked: str, noun: Hit, sentence: Sentence) -> None:
    """What the instrument's noun phrase says: its kind, and whether it is one, several, or one already spoken of."""
    draft.instrument = instrument_of(masked, noun, (sentence.start, sentence.end))
    draft.is_plural = _PLURAL.match(masked, noun.start) is not None
    lead = masked[max(sentence.start, noun.start - 50) : noun.start]
    draft.is_many = draft.is_plural and _COUNTLESS.search(lead) is not None
    draft.is_definite = _DEFINITE.search(lead) is not None and _INDEFINITE.search(lead) is None
    draft.is_weak = noun.has("weak", "yes")


def _is_foreign(masked: str, noun: Hit, zone: tuple[int, int]) -> bool:
    """Papers between people, or between a house and its staff, are no cooperation."""
    words = masked[max(zone[0], noun.start - 60) : min(zone[1], noun.end + 60)]
    return foreign().search(words) is not None


@cache
def foreign() -> re.Pattern[str]:
    """Words beside an instrument that is none of cooperation: collective, plea, settlement, transfer fee …"""
    return re.compile(rf"\b(?:{'|'.join(load_lexicon('events_foreign'))})\b", re.IGNORECASE)


def _history(reading: Reading, draft: Draft, pairing: Pairing) -> list[Draft]:
    """As in "Renewed the MoU of 2012" tells a signing in 2012 as well."""
    verb, noun = pairing
    if noun is None or verb is None or verb.value.get("act") not in {"renew", "end", "plan"}:
        return []
    found = _HISTORY.match(reading.scene.masked, noun.end, min(draft.zone[1], noun.end + 70))
    dates = reading.scene.points_in(found.end(), found.end() + 1, "date") if found else []
    if not dates:
        return []
    point = dates[0]
    draft.not_dates = (point.entities[0],)
    return [
        replace(
            draft,
            action="signed",
            time="long_past",
            date=point.entities[0],
            date_at=(point.start, point.end),
            start=noun.start,
            end=noun.end,
            fillers=[],
            is_echo=True,
        )
    ]


def _time(masked: str, pairing: Pairing, zone: tuple[int, int]) -> Time:
    verb, noun = pairing
    if verb is not None and verb.has("act", "plan"):
        if noun is not None and verb.start < noun.start and time_of(masked, verb.start, verb.end, zone) == "denied":
            return "denied"
        return "agreed" if _is_agreeing(masked, verb, noun) else "planned"
    if verb is not None:
        return time_of(masked, verb.start, verb.end, zone)
    assert noun is not None
    return time_of(masked, noun.start, noun.end, zone)


def _is_agreeing(masked: str, verb: Hit, noun: Hit | None) -> bool:
    return masked[verb.start : verb.start + 5].lower() == "agree" and noun is not None and verb.start < noun.start


def _action(masked: str, pairing: Pairing, time: Time, sentence: Sentence) -> Action | None:
    verb, noun = pairing
    act = verb.value.get("act", "sign") if verb is not None else "noun"
    if noun is not None and act == "sign" and _EXTENSION.search(masked[max(sentence.start, noun.start - 60) : noun.start]):
        act = "renew"
    if act == "end":
        return "ended" if time in {"past", "long_past"} else None
    if act == "have":
        return "in_force" if time in {"past", "long_past", "purpose"} else "planned" if time in {"planned", "agreed"} else None
    if act == "noun" and noun is not None and _STANDING.search(masked[max(sentence.start, noun.start - 40) : noun.start]):
        return "in_force"
    if act == "noun":
        return {"planned": "planned", "agreed": "agreed"}.get(time, "signed")  # type: ignore[return-value]
    if time == "agreed":
        return "agreed"
    if time == "planned":
        return (
            None
            if act == "renew" and verb is not None and _CAN_BE.search(masked[max(sentence.start, verb.start - 20) : verb.start])
            else "planned"
        )
    if act == "renew" and time == "purpose":
        return "renewed" if verb is not None and _CEREMONY.search(masked, sentence.start, verb.start) else "planned"
    if noun is not None and act == "renew" and noun.has("instrument", "partnership") and time != "past":
        return None
    return _ACTS[act]


def _fill_parties(reading: Reading, draft: Draft, pairing: Pairing, own: tuple[int, int], before: list[Draft]) -> None:
    verb, noun = pairing
    masked, zone = reading.scene.masked, draft.zone
    first = min((h.start for h in pairing if h is not None), default=zone[0])
    inside = [
        g for g in reading.governed if zone[0] <= g.point.start < zone[1] and (g.point.start < first or own[0] <= g.point.start < own[1])
    ]
    verb_at = verb.start if verb is not None else draft.end
    is_active = (
        verb is not None
        and not verb.has("form", "inverted")
        and not verb.has("form", "nominal")
        and not _is_passive(masked, verb)
        and not _is_reduced(masked, pairing)
    )
    groups: dict[str, list[Governed]] = {}
    slots: dict[int, str] = {}
    for item in inside:
        head = slots.get(item.nested) if item.nested is not None else None
        slot = head or _slot_of(item, draft, pairing, masked, verb_at=verb_at, is_active=is_active)
        slots[reading.governed.index(item)] = slot
        groups.setdefault(slot, []).append(item)
    groups["agent"] = _after_break(masked, groups.get("agent") or groups.get("object", []), verb_at)
    between, agent, counterpart = (reading.parties(groups.get(name, [])) for name in ("between", "agent", "with"))
    owner = reading.parties(groups.get("of", []))
    if not agent and not between and not owner and not is_active:
        agent = reading.parties(groups.get("venue", []))
    if between:
        agent = [a for a in agent if not a.how.startswith("reference")]
    for party in between:
        _enter(draft, party, "agreement.between", is_signer=False)
    if between and not (agent and draft.is_plural):
        counterpart = []
    if not agent and is_active and verb is not None and before:
        _share_subject(draft, before[-1], masked)
    if not agent and is_active and verb is not None and _HE.search(masked, max(zone[0], verb.start - 30), verb.start):
        for person in [x for x in reading.told.subject if x in reading.scene.people][:1]:
            agent = [
                Party(reading.scene.house(person), person, Point(verb.start, verb.end, "person", (person,), "pronoun"), "pronoun", 0.6)
            ]
    for party in agent:
        _enter(draft, party, "agreement.agent", is_signer=verb is not None and verb.value.get("act") in {"sign", "renew"})
    for party in reading.parties(groups.get("signer", [])):
        draft.add("signatories", party.person, party.at, "agreement.represented", 0.85)
    for party in owner:
        _enter(draft, party, "agreement.of", is_signer=False)
    for party in counterpart:
        draft.add("counterpart", party.institution, party.at, "agreement.with", party.weight)
        if party.person is not None and verb is not None:
            draft.add("signatories", party.person, party.at, "agreement.with", 0.7)
    for party in reading.parties(groups.get("witness", [])):
        draft.add("witnesses", party.person, party.at, "agreement.presence", 0.9)


def _after_break(masked: str, agents: list[Governed], verb_at: int) -> list[Governed]:
    """Of the mentions before a verb, those after the last colon, semicolon or dash."""
    if not agents:
        return agents
    start = agents[0].point.end
    words = _BRACKETS.sub(lambda m: " " * len(m[0]), masked[start:verb_at])
    at = max((start + m.end() for m in _BREAKS.finditer(words)), default=0)
    after = [a for a in agents if a.point.start >= at or a.point.start > verb_at]
    return after or agents


def _enter(draft: Draft, party: Party, rule: str, *, is_signer: bool) -> None:
    draft.add("parties", party.institution, party.at, rule, party.weight)
    if is_signer:
        draft.add("signatories", party.person, party.at, rule, 0.9)


def _is_reduced(masked: str, pairing: Pairing) -> bool:
    """As in "An agreement signed in Pisa": the participle follows its noun and has no subject of its own."""
    verb, noun = pairing
    if verb is None or noun is None or verb.start < noun.start:
        return False
    gap = masked[noun.end : verb.start]
    return _RELATIVE.search(gap) is None or INSTITUTION not in gap


_ONLOOKERS = Phrase("agreements.onlookers")
_AT_HEAD = Phrase("agreements.at_head")


def _slot_of(item: Governed, draft: Draft, pairing: Pairing, masked: str, *, verb_at: int, is_active: bool) -> str:
    """Which part a governed mention plays in the act."""
    verb, noun = pairing
    at, governor = item.point.start, item.governor
    after_noun = noun is not None and at >= noun.end
    if governor == "between":
        return "between"
    if governor == "presence":
        return "witness"
    if governor == "with":
        if item.point.label != "institution" and _ONLOOKERS.match(masked, item.point.end, draft.zone[1]):
            return "witness"
        return "head" if _AT_HEAD.match(masked, item.point.end, draft.zone[1]) else "with"
    if verb is not None and verb.has("form", "inverted") and at >= verb.end and governor not in {"presence", "with"}:
        return "agent"
    if governor == "by":
        return "agent" if verb is not None and at > verb_at and not is_active else "other"
    if governor == "behalf":
        return "agent" if item.point.label == "institution" else "signer" if _REPRESENTED.match(masked, item.cue) else "other"
    if (
        governor == "of"
        and noun is not None
        and item.nested is None
        and item.cue >= noun.end
        and item.cue - noun.end <= 60
        and not _OTHER_CLAUSE.search(masked, noun.end, item.cue)
    ):
        return "of"
    if governor == "to" and verb is not None and verb.has("act", "tie"):
        return "with"
    if (
        noun is not None
        and item.point.end <= noun.start
        and _GENITIVE.match(masked[item.point.end : noun.start])
        and item.point.label == "institution"
    ):
        return "agent"
    if governor == "object" and verb is not None and verb.has("act", "tie") and at > verb.start:
        return "agent"
    if governor == "about" and is_active and verb is not None and item.point.end <= verb.start <= item.point.end + 25:
        return "agent"
    if governor in {"subject", "object"} and at < verb_at and (is_active or noun is None or verb is None) and (not after_noun or is_active):
        return "agent" if governor == "subject" else "object"
    if (
        governor == "at"
        and verb is not None
        and item.point.label == "institution"
        and verb.end <= item.point.start <= verb.end + 25
        and not is_active
    ):
        return "venue"
    if (
        governor == "for"
        and verb is not None
        and item.point.label == "institution"
        and verb.start < at < (noun.start if noun is not None else draft.zone[1])
    ):
        return "agent"
    if (
        noun is not None
        and item.point.label == "institution"
        and item.point.end <= noun.start
        and _COMPOUND.fullmatch(masked[item.point.end : noun.start])
    ):
        return "agent"
    return "other"


def _share_subject(draft: Draft, earlier: Draft, masked: str) -> None:
    """As in "A visited B and signed an MoU": the verb shares the subject of the one before it."""
    for filler in earlier.fillers:
        if filler.rule == "agreement.agent" and filler.slot in {"parties", "signatories"}:
            draft.add(filler.slot, filler.entity, (filler.start, filler.end), "agreement.shared-subject", 0.8 * filler.weight)
