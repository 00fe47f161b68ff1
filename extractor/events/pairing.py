"""Which verb governs which instrument in a sentence, told apart by distance, voice and what stands between."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractor.events.phrases import Phrase
from extractor.events.scene import Sentence
from extractor.events.triggers import Hit

_STATE_REACH = 60  # characters between "there is" and its instrument
_REACH = 190  # characters between a verb and its instrument
_PASSIVE = Phrase("agreements.passive")
_RELATIVE = Phrase("agreements.relative")
_BLOCK = re.compile(r"[;\u2022\u25a0]|\.\s", re.IGNORECASE)
_REVIVE = Phrase("agreements.revive")
_IT_BEFORE = Phrase("agreements.it_before")
_IT_AFTER = Phrase("agreements.it_after")
_CELEBRATE = Phrase("agreements.celebrate")
_UNDER_SIGNED = Phrase("agreements.under_signed")
_STATE_ENDS = re.compile(r"[.;,]")
_CEREMONY_NEXT = Phrase("agreements.ceremony_next")
_PLANS_AFTER = Phrase("agreements.plans_after")
_FAR = Phrase("agreements.far")
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


def by_verb(pairings: list[Pairing]) -> list[list[Pairing]]:
    """Pairings in order, those that share a verb together."""
    groups: dict[tuple[int, int], list[Pairing]] = {}
    for pairing in pairings:
        key = (0, pairing.verb.start) if pairing.verb is not None else (1, pairing.span[0])
        groups.setdefault(key, []).append(pairing)
    return sorted(groups.values(), key=_span)


def _span(group: list[Pairing]) -> tuple[int, int]:
    return min(p.span[0] for p in group), max(p.span[1] for p in group)


def anchors_of(groups: list[list[Pairing]]) -> list[tuple[int, int]]:
    """The words that each act claims; a further act on an instrument already told claims its verb alone."""
    seen: set[int] = set()
    anchors = []
    for group in groups:
        nouns = {p.noun.start for p in group if p.noun is not None}
        verb = group[0].verb
        anchors.append((verb.start, verb.end) if verb is not None and nouns & seen else _span(group))
        seen |= nouns
    return anchors


def pairings_of(masked: str, hits: list[Hit], sentence: Sentence) -> list[Pairing]:
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
    return cost + (_cost_before(masked, verb, noun, gap) if verb.start < noun.start else _cost_after(masked, verb, noun, gap))


def _cost_before(masked: str, verb: Hit, noun: Hit, gap: str) -> float:
    """For a verb that stands before the noun, as its object would."""
    if verb.has("act", "plan"):
        return _REACH if _FAR.search(gap) else 0
    if verb.has("form", "state") and (_UNDER_SIGNED.match(masked, noun.end) or _STATE_ENDS.search(gap) or len(gap) > _STATE_REACH):
        return _REACH
    return 70 if is_passive_at(masked, verb) else 0


def _cost_after(masked: str, verb: Hit, noun: Hit, gap: str) -> float:
    """For a verb that stands after the noun, which is then its subject or the noun of its relative clause."""
    if ":" in gap:
        return _REACH
    if verb.has("form", "nominal"):
        return 60 if _CEREMONY_NEXT.match(masked, verb.end) else _REACH
    is_passive = is_passive_at(masked, verb, noun.end)
    is_relative = _RELATIVE.search(gap) is not None
    act = verb.value.get("act")
    if act == "plan" and not is_passive and not _PLANS_AFTER.match(masked, verb.start, verb.end):
        return _REACH
    if verb.has("rule", "agreement.have") or (act == "have" and verb.value.get("form") is None):
        return 20 if is_relative else _REACH
    is_participle = masked[verb.start : verb.end].lower().endswith("ed")
    if not (is_passive or is_relative or is_participle or act in {"plan", "renew", "tie"} or act in _INTRANSITIVE):
        return _REACH
    return 50 if not is_passive and not is_relative and act in {"sign", "renew"} else 15


def is_passive_at(masked: str, verb: Hit, low: int = 0) -> bool:
    """Whether a form of "be" or "get" stands before a verb, no further back than `low`."""
    return _PASSIVE.search(masked, max(low, verb.start - 60), verb.start) is not None
