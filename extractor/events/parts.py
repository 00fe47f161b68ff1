"""Which part each house and person of a clause plays in an agreement."""

from __future__ import annotations

import re
from dataclasses import KW_ONLY, dataclass

from extractor.events.clauses import Governed
from extractor.events.drafts import Draft
from extractor.events.pairing import Pairing, is_passive_at
from extractor.events.phrases import Phrase
from extractor.events.reading import Party, Reading
from extractor.events.scene import INSTITUTION, Point
from extractor.events.triggers import Hit

_RELATIVE = Phrase("agreements.relative")
_NEAR = 25  # characters between a verb and the house right beside it
_OF_REACH = 60
_PLAIN = {"subject", "object"}
_BY_NEXT = Phrase("agreements.by_next")
_AND_BEFORE = re.compile(r"\band\s+(?:by\s+)?(?:[\ue001\ue002]+[\s,]*)?$")  # "signed for A and P for B"
_GENITIVE = re.compile(r"['\u2019]s?\s+(?:\S+\s+){0,5}$")
_COMPOUND = re.compile(r"\)?\s*(?:\(\w+\)\s*)?(?:\w+[\s-]+){0,2}")
_HE = Phrase("agreements.he")
_OTHER_CLAUSE = Phrase("agreements.other_clause")
_REPRESENTED = Phrase("agreements.represented")
_BRACKETS = re.compile(r"\([^)]*\)")
_BREAKS = Phrase("agreements.breaks")
_ONLOOKERS = Phrase("agreements.onlookers")
_AT_HEAD = Phrase("agreements.at_head")


def fill_parties(reading: Reading, draft: Draft, pairing: Pairing, own: tuple[int, int], before: list[Draft]) -> None:
    """Enters the houses of a draft as parties or counterparts, its people as signatories or witnesses."""
    verb = pairing.verb
    is_active = _is_active(reading.scene.masked, pairing)
    groups = _groups(reading, draft, pairing, own, is_active=is_active)
    between, agent, counterpart, owner = (reading.parties(groups.get(name, [])) for name in ("between", "agent", "with", "of"))
    if not agent and not between and not owner and not is_active:
        agent = reading.parties(groups.get("venue", []))
    if between:
        agent = [a for a in agent if not a.how.startswith("reference")]
    if between and not (agent and draft.is_plural):
        counterpart = []
    if not agent and is_active and verb is not None:
        agent = _left_unsaid(reading, draft, verb, before)
    for party in between:
        _enter(draft, party, "agreement.between", is_signer=False)
    for party in agent:
        _enter(draft, party, "agreement.agent", is_signer=verb is not None and verb.value.get("act") in {"sign", "renew"})
    for party in reading.parties(groups.get("signer", [])):
        draft.add("signatories", party.person, party.at, "agreement.represented", 0.85)
    for party in owner:
        _enter(draft, party, "agreement.of", is_signer=False)
    for party in counterpart:
        draft.add("counterpart", party.institution, party.at, "agreement.with", party.weight)
        if verb is not None:
            draft.add("signatories", party.person, party.at, "agreement.with", 0.7)
    for party in reading.parties(groups.get("witness", [])):
        draft.add("witnesses", party.person, party.at, "agreement.presence", 0.9)


def _is_active(masked: str, pairing: Pairing) -> bool:
    verb = pairing.verb
    return (
        verb is not None
        and verb.value.get("form") not in {"inverted", "nominal"}
        and not is_passive_at(masked, verb)
        and _BY_NEXT.match(masked, verb.end) is None
        and not _is_reduced(masked, pairing)
    )


def _groups(reading: Reading, draft: Draft, pairing: Pairing, own: tuple[int, int], *, is_active: bool) -> dict[str, list[Governed]]:
    """The governed mentions within reach, by the part that each plays; one nested in another plays the part of that."""
    masked, zone = reading.scene.masked, draft.zone
    first = min(hit.start for hit in pairing if hit is not None)
    verb_at = pairing.verb.start if pairing.verb is not None else draft.end
    clause = Clause(masked, zone, pairing.verb, pairing.noun, verb_at, is_active=is_active)
    groups: dict[str, list[Governed]] = {}
    parts: dict[int, str] = {}
    for n, item in enumerate(reading.governed):
        at = item.point.start
        if not zone[0] <= at < zone[1] or not (at < first or own[0] <= at < own[1]):
            continue
        part = (parts.get(item.nested) if item.nested is not None else None) or clause.part_of(item)
        parts[n] = part
        groups.setdefault(part, []).append(item)
    groups["agent"] = _after_break(masked, groups.get("agent") or groups.get("object", []), verb_at)
    return groups


def _left_unsaid(reading: Reading, draft: Draft, verb: Hit, before: list[Draft]) -> list[Party]:
    """The subject of a verb that repeats none: that of the verb before it, or the person whom "he" stands for."""
    if before:
        _share_subject(draft, before[-1], reading.scene.masked)
    if not _HE.search(reading.scene.masked, max(draft.zone[0], verb.start - 30), verb.start):
        return []
    people = [x for x in reading.told.subject if x in reading.scene.people][:1]
    return [
        Party(reading.scene.house(person), person, Point(verb.start, verb.end, "person", (person,), "pronoun"), "pronoun", 0.6)
        for person in people
    ]


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


@dataclass(frozen=True, slots=True)
class Clause:
    """The clause of one act: its verb and instrument, either of which may be missing, and the voice of the verb."""

    masked: str
    zone: tuple[int, int]
    verb: Hit | None
    noun: Hit | None
    verb_at: int
    _: KW_ONLY
    is_active: bool

    def part_of(self, item: Governed) -> str:
        """Which part a governed mention plays in the act."""
        if item.governor in {"between", "presence"}:
            return {"between": "between", "presence": "witness"}[item.governor]
        if item.governor == "with":
            return self._part_of_with(item)
        if self.verb is not None and self.verb.has("form", "inverted") and item.point.start >= self.verb.end:
            return "agent"
        if item.governor == "by":
            return "agent" if self.verb is not None and item.point.start > self.verb_at and not self.is_active else "other"
        if item.governor == "behalf":
            return self._part_of_behalf(item)
        if self._is_of(item):
            return "of"
        if item.governor == "to" and self.verb is not None and self.verb.has("act", "tie"):
            return "with"
        if self._is_owner(item):
            return "agent"
        return self._part_by_verb(item)

    def _part_of_with(self, item: Governed) -> str:
        if item.point.label != "institution" and _ONLOOKERS.match(self.masked, item.point.end, self.zone[1]):
            return "witness"
        return "head" if _AT_HEAD.match(self.masked, item.point.end, self.zone[1]) else "with"

    def _part_of_behalf(self, item: Governed) -> str:
        if item.point.label == "institution":
            return "agent"
        return "signer" if _REPRESENTED.match(self.masked, item.cue) else "other"

    def _is_of(self, item: Governed) -> bool:
        """As in "The agreement of A and B"."""
        return (
            item.governor == "of"
            and self.noun is not None
            and item.nested is None
            and 0 <= item.cue - self.noun.end <= _OF_REACH
            and not _OTHER_CLAUSE.search(self.masked, self.noun.end, item.cue)
        )

    def _is_owner(self, item: Governed) -> bool:
        """As in "A's agreement", "the A–B agreement"."""
        if self.noun is None or item.point.label != "institution" or item.point.end > self.noun.start:
            return False
        words = self.masked[item.point.end : self.noun.start]
        return _GENITIVE.match(words) is not None or _COMPOUND.fullmatch(words) is not None

    def _part_by_verb(self, item: Governed) -> str:
        """For a mention that only its place before or after the verb tells of."""
        verb, at, governor = self.verb, item.point.start, item.governor
        is_house = item.point.label == "institution"
        if verb is not None:
            if governor == "object" and verb.has("act", "tie") and at > verb.start:
                return "agent"
            if governor == "about" and self.is_active and item.point.end <= verb.start <= item.point.end + _NEAR:
                return "agent"
            if governor == "at" and is_house and verb.end <= at <= verb.end + _NEAR and not self.is_active:
                return "venue"
            is_next_signer = governor == "for" and not is_house and verb.has("act", "sign") and at > verb.end
            if is_next_signer and _AND_BEFORE.search(self.masked, verb.end, at):
                return "agent"
            if governor == "for" and is_house and verb.start < at < (self.noun.start if self.noun is not None else self.zone[1]):
                return "agent"
        if governor in _PLAIN and at < self.verb_at:
            is_before_noun = self.noun is None or at < self.noun.end
            if self.is_active or ((self.noun is None or verb is None) and is_before_noun):
                return "agent" if governor == "subject" else "object"
        return "other"


def _share_subject(draft: Draft, earlier: Draft, masked: str) -> None:
    """As in "A visited B and signed an MoU": the verb shares the subject of the one before it."""
    for filler in earlier.fillers:
        if filler.rule == "agreement.agent" and filler.slot in {"parties", "signatories"}:
            draft.add(filler.slot, filler.entity, (filler.start, filler.end), "agreement.shared-subject", 0.8 * filler.weight)
