"""Drafts of one sentence in, drafts whose parties are settled out: shared, inherited, defaulted, and split one per counterpart."""

from __future__ import annotations

import re
from dataclasses import replace

from extractor.events.drafts import Draft, Filler
from extractor.events.reading import Reading
from extractor.events.scene import Sentence

_ONE_HAND = re.compile(r"\bon\s+(?:the\s+)?one\s+(?:hand|side)\b", re.IGNORECASE)
_EACH = re.compile(r"\b(?:each|respectively|separate(?:ly)?|every|one\s+with|bilateral)\b", re.IGNORECASE)
_SAME_ACT = {("signed", "signed"), ("agreed", "agreed"), ("planned", "planned"), ("renewed", "renewed"), ("in_force", "in_force"), ("ended", "ended")}
_FOLLOWS = 6  # sentences after which "the agreement" no longer leans on the last one told


def settle_agreement(reading: Reading, draft: Draft, sentence: Sentence) -> list[Draft]:
    """The agreements that a draft tells: none where it only adds to an earlier one, or where a side stays unknown."""
    parties, others = draft.of("parties"), draft.of("counterpart")
    others = [o for o in others if o not in parties]
    if len(parties) + len(others) >= 2:
        return _split(reading, draft, sentence)
    last = _last_batch(reading, draft)
    if last and (draft.is_definite or draft.is_weak or draft.instrument is None) and _fits(reading, draft, last[0]):
        return _follow(draft, last)
    if draft.rule == "agreement.join-hands" or (draft.is_weak and draft.rule != "agreement.sign"):
        return []
    _default(reading, draft, parties or others)
    return _split(reading, draft, sentence) if len(draft.of("parties", "counterpart")) >= 2 else []


def _last_batch(reading: Reading, draft: Draft) -> list[Draft]:
    pacts = [d for d in reading.drafts if d.type == "agreement"]
    if not pacts or draft.sentence - pacts[-1].sentence > _FOLLOWS:
        return []
    return [d for d in pacts if d.batch == pacts[-1].batch]


def _fits(reading: Reading, draft: Draft, earlier: Draft) -> bool:
    """Whether what a draft says of itself agrees with an earlier agreement."""
    known = draft.of("parties", "counterpart")
    return all(any(reading.scene.are_kin(k, p) for p in earlier.of("parties")) for k in known)


def _follow(draft: Draft, last: list[Draft]) -> list[Draft]:
    """Add to the agreements told last, or tell a new act about them ("it expired in 2014")."""
    if (draft.action, last[0].action) in _SAME_ACT and not (draft.date and last[0].date and draft.date != last[0].date):
        for earlier in last:
            _add_to(earlier, draft)
        return []
    out = []
    for earlier in last:
        copy = replace(draft, fillers=list(draft.fillers), instrument=draft.instrument or earlier.instrument, topics=earlier.topics)
        if copy.instrument in {"cooperation_agreement", "partnership"}:
            copy.instrument = earlier.instrument
        for filler in earlier.fillers:
            if filler.slot == "parties":
                copy.add("parties", filler.entity, (filler.start, filler.end), "agreement.same-instrument", 0.8 * filler.weight)
        out.append(copy)
    return out


def _add_to(earlier: Draft, draft: Draft) -> None:
    for filler in draft.fillers:
        if filler.slot in {"signatories", "witnesses"}:
            earlier.add(filler.slot, filler.entity, (filler.start, filler.end), filler.rule, filler.weight)
    if earlier.date is None and draft.date is not None:
        earlier.date, earlier.date_at = draft.date, draft.date_at
    earlier.place = earlier.place or draft.place
    earlier.duration = earlier.duration or draft.duration


def _default(reading: Reading, draft: Draft, known: list[str]) -> None:
    """Find the missing side: who the last clause was about, the two sides of the visit, the publisher."""
    scene, told = reading.scene, reading.told
    at = (draft.start, draft.end)
    if not known:
        for entity in told.sides():
            draft.add("parties", entity, at, "agreement.sides", 0.6)
        return
    sides = told.sides()
    if any(scene.are_kin(known[0], s) for s in sides):
        missing = [s for s in sides if not scene.are_kin(known[0], s)][:1]
        rule = "agreement.sides"
    else:
        missing = [s for s in told.subject if s in scene.institutions and not scene.are_kin(known[0], s)][:1]
        rule = "agreement.last-subject"
    if not missing and scene.publisher and not scene.is_media(scene.publisher) and not scene.are_kin(known[0], scene.publisher):
        missing, rule = [scene.actor(scene.publisher)], "agreement.publisher"
    for entity in missing:
        draft.add("parties", entity, at, rule, 0.55)


def _split(reading: Reading, draft: Draft, sentence: Sentence) -> list[Draft]:
    """One agreement for each counterpart where several instruments are told; else one among all."""
    masked = reading.scene.masked
    parties, others = draft.of("parties"), [o for o in draft.of("counterpart") if o not in draft.of("parties")]
    words = masked[draft.zone[0] : draft.zone[1]]
    fillers = {f.entity: f for f in draft.fillers if f.slot in {"parties", "counterpart"}}
    if draft.is_plural and _ONE_HAND.search(words) and len(parties) > 2:
        parties, others = parties[:1], parties[1:]
    is_split = len(others) > 1 and (draft.is_plural or _EACH.search(words) is not None or draft.action == "in_force")
    groups = [[*parties, o] for o in others] if is_split and parties else [[*parties, *others]]
    out = []
    for group in groups:
        one = replace(draft, fillers=[f for f in draft.fillers if f.slot not in {"parties", "counterpart"}])
        for entity in group:
            filler = fillers[entity]
            one.fillers.append(Filler("parties", entity, filler.start, filler.end, filler.rule, filler.weight))
        _keep_own_signers(reading, one, several=len(groups) > 1)
        out.append(one)
    return out


def _keep_own_signers(reading: Reading, draft: Draft, *, several: bool) -> None:
    if not several:
        return
    scene, parties = reading.scene, draft.of("parties")
    for person in draft.of("signatories"):
        houses = scene.posts(person)
        if houses and not any(scene.are_kin(h, p) for h in houses for p in parties):
            draft.drop("signatories", person)
