"""One sentence of a reading in, drafts of the agreements that it tells out."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from extractor.events.couples import couples_in, draft_of_couple
from extractor.events.drafts import Draft
from extractor.events.instruments import instrument_of
from extractor.events.judge import Time, time_of
from extractor.events.pairing import Pairing, anchors_of, by_verb, pairings_of
from extractor.events.parts import fill_parties
from extractor.events.phrases import Phrase
from extractor.events.reading import Reading
from extractor.events.scene import Sentence
from extractor.events.triggers import Hit
from extractor.records import Action
from extractor.rules import load_lexicon

_DEFINITE = Phrase("agreements.definite")
_INDEFINITE = Phrase("agreements.indefinite")
_PLURAL = Phrase("agreements.plural")
_NEGATED_NOUN = re.compile(r"\bno\s+(?:\S+\s+){0,3}$", re.IGNORECASE)
_EXTENSION = Phrase("agreements.extension")
_HISTORY = Phrase("agreements.history")
_COUNTLESS = Phrase("agreements.countless")
_CEREMONY = Phrase("agreements.ceremony")
_STANDING = Phrase("agreements.standing")
_CAN_BE = Phrase("agreements.can_be")
_TRIGGER_LONGEST = 110  # characters
_ACTS: dict[str, Action] = {"sign": "signed", "tie": "signed", "renew": "renewed", "end": "ended", "have": "in_force", "plan": "planned"}


def read_agreements(reading: Reading, sentence: Sentence) -> list[Draft]:
    """The agreements of a sentence, those with an instrument first; those that only add to an earlier one lack parties of their own."""
    hits = reading.hits_in("agreement", sentence.start, sentence.end)
    if not hits:
        return []
    groups = by_verb(pairings_of(reading.scene.masked, hits, sentence))
    zones = reading.zones(sentence, anchors_of(groups))
    drafts: list[Draft] = []
    for group, zone in zip(groups, zones, strict=True):
        drafts += _group_drafts(reading, sentence, group, zone, drafts)
    return sorted(drafts, key=lambda d: (d.is_bare, d.start))


def _group_drafts(reading: Reading, sentence: Sentence, group: list[Pairing], zone: tuple[int, int], before: list[Draft]) -> list[Draft]:
    """As in "Signed an MoU with A and an agreement with B": what follows each instrument is its own, the rest is shared."""
    drafts: list[Draft] = []
    nouns = [p.noun for p in group if p.noun is not None]
    for n, pairing in enumerate(group):
        own = (nouns[n].start if n else zone[0], nouns[n + 1].start if n + 1 < len(nouns) else zone[1]) if len(nouns) > 1 else zone
        drafts += _draft(reading, sentence, pairing, zone, own, before + drafts)
    for draft in drafts:
        if len(drafts) > 1 and not draft.of("counterpart"):
            rest = [f for other in drafts for f in other.fillers if f.slot == "counterpart"]
            draft.fillers += rest if not _has_sides(draft) else []
    couples = couples_in(reading, zone) if len(drafts) == 1 else []
    return [draft_of_couple(reading, drafts[0], couple) for couple in couples] or drafts


def _has_sides(draft: Draft) -> bool:
    return len(draft.of("parties", "counterpart")) > 1


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
    if own[0] > zone[0]:
        _date_own(reading, draft, own)
    past = _history(reading, draft, pairing)
    fill_parties(reading, draft, pairing, own, before)
    if end - start > _TRIGGER_LONGEST and verb is not None:
        draft.start, draft.end = verb.start, verb.end
    return [*past, draft]


def _date_own(reading: Reading, draft: Draft, own: tuple[int, int]) -> None:
    """As in "An MoU in 2012 and another in 2017": of several instruments of one verb, a later one has the date that follows it."""
    dates = [p for p in reading.scene.points_in(own[0], own[1], "date") if p.entities]
    if len(dates) == 1 and reading.scene.points_in(draft.zone[0], own[0], "date"):
        draft.date, draft.date_at = dates[0].entities[0], (dates[0].start, dates[0].end)


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
