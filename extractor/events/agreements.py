"""One sentence of a reading in, drafts of the agreements that it tells out."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.events.clauses import Governed
from extractor.events.drafts import Draft
from extractor.events.instruments import instrument_of
from extractor.events.judge import Time, time_of
from extractor.events.reading import Party, Reading
from extractor.events.scene import DATE, INSTITUTION, Sentence
from extractor.events.triggers import Hit
from extractor.records import Action

_REACH = 190  # characters between a verb and its instrument
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|got|gets|get)\b(?:\s+(?!to\b)\S+){0,5}?\s*$", re.IGNORECASE)
_RELATIVE = re.compile(r"\b(?:which|that|whom)\b", re.IGNORECASE)
_BLOCK = re.compile(r"[;\u2022\u25a0]|\.\s", re.IGNORECASE)
_DEFINITE = re.compile(
    r"\b(?:the|this|that|said|its|their|such|same|these|those|aforementioned|it|both)\s+(?:(?!first|new|second|third)\S+\s+){0,2}$", re.IGNORECASE
)
_INDEFINITE = re.compile(r"\b(?:an?|two|three|four|five|six|several|another|new|many|\d+|some|various)\s+(?:\S+\s+){0,6}$", re.IGNORECASE)
_PLURAL = re.compile(r"(?:s|memoranda)\b\W*$", re.IGNORECASE)
_NEGATED_NOUN = re.compile(r"\bno\s+(?:\S+\s+){0,3}$", re.IGNORECASE)
_EXTENSION = re.compile(r"\b(?:extension|renewal|prolongation)\b(?:\s+\S+){0,5}\s*$", re.IGNORECASE)
_GENITIVE = re.compile(r"['\u2019]s?\s+(?:\S+\s+){0,5}$")
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
    """The agreements of a sentence, in order; those that only add to an earlier one lack parties of their own."""
    hits = reading.hits_in("agreement", sentence.start, sentence.end)
    if not hits:
        return []
    pairings = _pair(reading.scene.masked, hits, sentence)
    zones = reading.zones(sentence, [p.span for p in pairings])
    drafts: list[Draft] = []
    for pairing, zone in zip(pairings, zones, strict=True):
        drafts += _draft(reading, sentence, pairing, zone, drafts)
    return drafts


def _pair(masked: str, hits: list[Hit], sentence: Sentence) -> list[Pairing]:
    verbs = [h for h in hits if h.has("part", "verb")]
    nouns = _nouns(masked, [h for h in hits if h.has("part", "noun")])
    pairings = [Pairing(h, None) for h in hits if h.has("part", "partner")]
    used: set[int] = set()
    for noun in nouns:
        cost, verb = min(((_cost(masked, verb, noun, hits), verb) for verb in verbs), default=(_REACH, None), key=lambda c: c[0])
        if verb is not None and cost < _REACH:
            used.add(verb.start)
            pairings.append(Pairing(verb, noun))
        elif noun.value.get("weak") is None:
            pairings.append(Pairing(None, noun))
    pairings += [
        Pairing(v, None)
        for v in verbs
        if v.start not in used and (v.value.get("weak") is None or v.has("act", "renew")) and v.value.get("form") is None
    ]
    return sorted(pairings, key=lambda p: (p.span, p.noun.start if p.noun else 0))


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
    is_passive = _is_passive(masked, verb)
    if verb.start < noun.start:
        if verb.has("form", "state") and not re.fullmatch(r"(?:[^.;,]{0,60})", gap):
            return _REACH
        return cost + (70 if is_passive and not verb.has("act", "plan") else 0)
    if verb.value.get("form") == "nominal":
        return cost + 60 if re.search(r"ceremony", masked[verb.end : verb.end + 12]) else _REACH
    is_open = is_passive or verb.value.get("act") in {"plan", "renew"} or verb.value.get("act") in _INTRANSITIVE or masked[verb.start : verb.end].lower().endswith("ed") or _RELATIVE.search(gap)
    if verb.has("rule", "agreement.have") or (verb.has("act", "have") and verb.value.get("form") is None):
        return cost + 20 if _RELATIVE.search(gap) else _REACH
    return cost + 15 if is_open else _REACH


def _is_passive(masked: str, verb: Hit) -> bool:
    return _PASSIVE.search(masked, max(0, verb.start - 60), verb.start) is not None


def _draft(reading: Reading, sentence: Sentence, pairing: Pairing, zone: tuple[int, int], before: list[Draft]) -> list[Draft]:
    masked = reading.scene.masked
    verb, noun = pairing
    start, end = pairing.span
    time = _time(masked, pairing, zone)
    if time == "denied" or (noun is not None and _NEGATED_NOUN.search(masked[max(zone[0], noun.start - 40) : noun.start])):
        return []
    action = _action(masked, pairing, time, sentence)
    if action is None:
        return []
    draft = Draft(
        type="agreement", rule=(verb or noun).rule, action=action, start=start, end=end, sentence=sentence.index, zone=zone, time=time,  # type: ignore[union-attr]
        is_title=sentence.part == "title",
    )  # fmt: skip
    if noun is not None:
        draft.instrument = instrument_of(masked, noun, zone)
        draft.is_plural = _PLURAL.search(masked[noun.start : noun.end]) is not None or "memoranda" in masked[noun.start : noun.end].lower()
        lead = masked[max(sentence.start, noun.start - 50) : noun.start]
        draft.is_definite = _DEFINITE.search(lead) is not None and _INDEFINITE.search(lead) is None
        draft.is_weak = noun.has("weak", "yes")
    elif verb is not None and verb.has("part", "partner"):
        draft.instrument = "partnership"
    else:
        draft.is_definite = True
    _fill_parties(reading, draft, pairing, before)
    if end - start > _TRIGGER_LONGEST and verb is not None:
        draft.start, draft.end = verb.start, verb.end
    return [draft]


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
    if act == "noun":
        return {"planned": "planned", "agreed": "agreed"}.get(time, "signed")  # type: ignore[return-value]
    if time == "agreed":
        return "agreed"
    if time == "planned":
        return "planned"
    if time == "purpose" and act == "renew":
        return "planned"
    return _ACTS[act]


def _fill_parties(reading: Reading, draft: Draft, pairing: Pairing, before: list[Draft]) -> None:
    verb, noun = pairing
    masked, zone = reading.scene.masked, draft.zone
    inside = [g for g in reading.governed if zone[0] <= g.point.start < zone[1]]
    verb_at = verb.start if verb is not None else draft.end
    is_active = verb is not None and not verb.has("form", "nominal") and not _is_passive(masked, verb) and not _is_reduced(masked, pairing)
    groups: dict[str, list[Governed]] = {}
    for item in inside:
        groups.setdefault(_slot_of(item, draft, pairing, masked, verb_at=verb_at, is_active=is_active), []).append(item)
    between, agent, counterpart = (reading.parties(groups.get(name, [])) for name in ("between", "agent", "with"))
    owner = reading.parties(groups.get("of", []))
    for party in between:
        _enter(draft, party, "agreement.between", is_signer=False)
    if between and not (agent and draft.is_plural):
        counterpart = []
    if not agent and is_active and verb is not None and before:
        _share_subject(draft, before[-1], masked)
    for party in agent:
        _enter(draft, party, "agreement.agent", is_signer=verb is not None and verb.value.get("act") in {"sign", "renew"} and not between)
    for party in owner:
        _enter(draft, party, "agreement.of", is_signer=False)
    for party in counterpart:
        draft.add("counterpart", party.institution, party.at, "agreement.with", party.weight)
        if party.person is not None and verb is not None:
            draft.add("signatories", party.person, party.at, "agreement.with", 0.7)
    for party in reading.parties(groups.get("witness", [])):
        draft.add("witnesses", party.person, party.at, "agreement.presence", 0.9)


def _enter(draft: Draft, party: Party, rule: str, *, is_signer: bool) -> None:
    draft.add("parties", party.institution, party.at, rule, party.weight)
    if is_signer:
        draft.add("signatories", party.person, party.at, rule, 0.9)


def _is_reduced(masked: str, pairing: Pairing) -> bool:
    """"An agreement signed in Pisa": the participle follows its noun and has no subject of its own."""
    verb, noun = pairing
    if verb is None or noun is None or verb.start < noun.start:
        return False
    gap = masked[noun.end : verb.start]
    return _RELATIVE.search(gap) is None or INSTITUTION not in gap


_ONLOOKERS = re.compile(r"[^;.]{0,140}?\b(?:looking\s+on|look(?:ed|s)?\s+on|present|in\s+attendance|watching|as\s+(?:a\s+)?witness(?:es)?|standing\s+by)\b", re.IGNORECASE)
_AT_HEAD = re.compile(r"[^;.]{0,90}?\b(?:at\s+(?:the(?:ir)?|its)\s+head|in\s+the\s+lead)\b", re.IGNORECASE)


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
    if governor == "by":
        return "agent" if at > verb_at and not is_active else "other"
    if governor == "behalf":
        return "agent" if item.point.label == "institution" else "other"
    if governor == "of" and noun is not None and item.nested is None and item.cue >= noun.end and item.cue - noun.end <= 60:
        return "of"
    if governor == "to" and verb is not None and verb.has("act", "tie"):
        return "with"
    if noun is not None and item.point.end <= noun.start and _GENITIVE.match(masked[item.point.end : noun.start]) and item.point.label == "institution":
        return "agent"
    if governor == "object" and verb is not None and verb.has("act", "tie") and at > verb.start:
        return "agent"
    if governor in {"subject", "object"} and at < verb_at and (is_active or noun is None or verb is None):
        return "agent" if not after_noun or is_active else "other"
    if governor == "for" and verb is not None and at > verb.start and item.point.label == "institution" and noun is None:
        return "agent"
    return "other"


def _share_subject(draft: Draft, earlier: Draft, masked: str) -> None:
    """"A visited B and signed an MoU": the verb shares the subject of the one before it."""
    for filler in earlier.fillers:
        if filler.rule == "agreement.agent" and filler.slot in {"parties", "signatories"}:
            draft.add(filler.slot, filler.entity, (filler.start, filler.end), "agreement.shared-subject", 0.8 * filler.weight)


DATE_MARK = DATE
