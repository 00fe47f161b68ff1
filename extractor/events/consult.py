"""Weighed drafts and what the relation network reads in, drafts on which both agree out: doubtful ones gone, missed ones added."""

from __future__ import annotations

from collections.abc import Mapping
from math import log
from typing import NamedTuple, cast

from extractor.events.drafts import Draft, Filler
from extractor.events.features import Views
from extractor.events.merge import merge_drafts
from extractor.events.proposals import HOUSES, PEOPLE, is_told
from extractor.events.scorer import Scorer
from extractor.events.told import drafts_told, likeliest, likely_action, place_of
from extractor.events.weighing import weighed
from extractor.model.relations import Chances, Relations, Telling
from extractor.records import EventType, Instrument

_LEAST = 0.02  # a chance of which nothing is known
_LOOKS = 0.1  # from here on an entity is looked at
_FILLS, _THIRD = 0.45, 0.7  # chances from which an entity is taken, and as a third party: most agreements have two
_DROPS = 0.4  # a draft less likely to tell an act goes
# One that the network alone has read comes in where it is as likely: best over held-out fifths of texts that it had not seen, but for
# agreements and visits, of which texts of another hand tell fewer.
_ADDS: dict[EventType, float] = {"agreement": 0.5, "visit": 0.5, "meeting": 0.3, "appointment": 0.3, "establishment": 0.22}
_SURE_OF_ACTION, _SURE_OF_INSTRUMENT = 0.8, 0.9  # the network's word then counts for more than the rules'
_DATES_OPEN, _DATES_ANEW, _DOUBTS_DATE = 0.6, 0.8, 0.1
_FEWEST = {"parties": 2, "participants": 2, "visitors": 1, "appointees": 1}  # with fewer, what the rules have read stays
# Slots of which an entity can fill but one.
_APART: dict[EventType, tuple[tuple[str, ...], ...]] = {
    "agreement": (("signatories", "witnesses"),),
    "visit": (("visitors", "hosts"), ("leaders", "delegates", "receivers")),
    "establishment": (("founders", "units"),),
    "appointment": (),
    "meeting": (),
}


class Second(NamedTuple):
    """What the network says about a draft: at its words, at other words that tell the same, and in the tellings of its own that fit it."""

    own: Telling | None
    also: list[Telling]
    near: list[Draft]

    def chances(self, slot: str) -> dict[str, float]:
        """The highest chance of each entity at the words of the draft."""
        best: dict[str, float] = {}
        for telling in (self.own, *self.also):
            for entity, chance in telling.slots.get(slot, {}).items() if telling else ():
                best[entity] = max(chance, best.get(entity, 0.0))
        return best

    def chance(self, slot: str, entity: str) -> float:
        """At the words of the draft."""
        return self.chances(slot).get(entity, _LEAST)

    def near_chance(self, slot: str, entity: str) -> float:
        """In the fitting tellings."""
        return max((f.weight for d in self.near for f in d.fillers if f.slot == slot and f.entity == entity), default=_LEAST)


def slots_of(kind: EventType) -> tuple[str, ...]:
    """The slots of a type in which both readers are heard."""
    return (*HOUSES[kind], *PEOPLE[kind], *(("witnesses",) if kind == "agreement" else ()))


class Council:
    """Rules and network over one text; ``drafts`` are those that the rules have read."""

    def __init__(self, views: Views, scorer: Scorer, relations: Relations, drafts: list[Draft]) -> None:
        self.views, self.scene, self.scorer, self.relations, self.drafts = views, views.scene, scorer, relations, drafts
        self.told = merge_drafts(self.scene, drafts_told(self.scene, relations))

    def second(self, draft: Draft) -> Second:
        """What the network says about a draft of the rules."""
        near = [d for d in self.told if d.type == draft.type and (d.sentence == draft.sentence or is_told(self.scene, d, draft))]
        read = [self.relations.telling(draft.type, start, end) for start, end in draft.also]
        return Second(self.relations.telling(draft.type, draft.start, draft.end), [telling for telling in read if telling], near)

    def pool(self, draft: Draft, second: Second, slot: str) -> list[str]:
        """The entities that may fill a slot."""
        own = second.chances(slot)
        near = [f.entity for d in second.near for f in d.fillers if f.slot == slot]
        filled = draft.of(slot)
        apart = {f.entity for d in self.drafts if _are_told_together(d, draft) for f in d.fillers if f.slot == slot} - set(filled)
        found = dict.fromkeys((*filled, *(e for e, chance in own.items() if chance >= _LOOKS), *near))
        return [e for e in found if e not in apart and (e in filled or not self._is_of_another_story(draft, e))]

    def _is_of_another_story(self, draft: Draft, person: str) -> bool:
        """Whether a person whom the sentence of a draft does not name has a part in an act of the same type among other houses."""
        scene, zone = self.scene, self.scene.sentences[draft.sentence]
        if person not in scene.people or any(person in p.entities for p in scene.points_in(zone.start, zone.end, "person")):
            return False
        houses = draft.of(*HOUSES[draft.type])
        others = [d for d in self.drafts if d.type == draft.type and d is not draft and person in d.of(*PEOPLE[d.type])]
        return any(not any(self._are_kin(a, b) for a in houses for b in d.of(*HOUSES[d.type])) for d in others)

    def slot_features(self, draft: Draft, second: Second, slot: str, pool: list[str]) -> dict[str, dict[str, float]]:
        """For each entity what speaks for its place in a slot, as log odds."""
        first = self._first(draft, slot, pool)
        act = logit(second.own.act) if second.own else 0.0
        out = {}
        for entity in pool:
            filler = next((f for f in draft.fillers if f.slot == slot and f.entity == entity), None)
            own, near = logit(second.chance(slot, entity)), logit(second.near_chance(slot, entity))
            elsewhere = any(f.entity == entity and f.slot != slot for f in draft.fillers)
            kin = any(e != entity and self._are_kin(e, entity) for e in draft.of(slot))
            features = {"bias": 1.0, "first": logit(first[entity]) if entity in first else 0.0, "own": own, "near": near, "act": act}
            side = "in" if filler else "out"
            features |= {f"{side}": 1.0, f"{side}.own": own, f"{side}.near": near}
            features |= {f"{side}.elsewhere": float(elsewhere), f"{side}.kin": float(kin), "heard": float(bool(second.near))}
            if filler:
                features |= {"in.weight": filler.weight, f"in.many={min(len(draft.of(slot)), 4)}": 1.0}
            else:
                features |= {f"out.many={min(len(draft.of(slot)), 3)}": 1.0}
            out[entity] = features
        return out

    def _first(self, draft: Draft, slot: str, pool: list[str]) -> Mapping[str, float]:
        view = self.views.by_sentence.get(draft.sentence)
        if view is None or not self.scorer.knows(f"fix.{draft.type}.{slot}"):
            return {}
        return weighed(self.views, self.scorer, view, draft, slot, pool)

    def _told(self, draft: Draft) -> float:
        """What the older weights think of a draft's sentence telling such an act, as log odds."""
        view = self.views.by_sentence.get(draft.sentence)
        return logit(self.scorer.chance(f"event.{draft.type}", self.views.event_features(view, draft.type))) if view else 0.0

    def act_features(self, draft: Draft, second: Second) -> dict[str, float]:
        """What speaks for a draft of the rules telling an act, as log odds and facts."""
        main = [f.entity for f in draft.fillers if f.slot in HOUSES[draft.type]]
        own = [logit(max(second.chance(s, e) for s in HOUSES[draft.type])) for e in main]
        return {
            "bias": 1.0,
            "told": self._told(draft),
            "act": logit(second.own.act) if second.own else 0.0,
            "trigger": logit(second.own.chance) if second.own else logit(_LEAST),
            "heard": float(bool(second.near)),
            "main": sum(own) / len(own) if own else 0.0,
            "weak": float(draft.is_weak),
            "scored": float(draft.rule.endswith(".scored")),
            "title": float(draft.is_title),
            "tellings": float(min(draft.tellings, 3)),
            f"action={draft.action}": 1.0,
        }

    def new_features(self, draft: Draft, others: list[Draft]) -> dict[str, float]:
        """What speaks for an act that the network alone has read."""
        view = self.views.by_sentence.get(draft.sentence)
        telling = self.relations.telling(draft.type, draft.start, draft.end)
        main = [f.weight for f in draft.fillers if f.slot in HOUSES[draft.type] or f.slot == "appointees"]
        here = [d for d in others if d.type == draft.type and d.sentence == draft.sentence]
        return {
            "bias": 1.0,
            "told": self._told(draft),
            "act": logit(telling.act) if telling else 0.0,
            "trigger": logit(telling.chance) if telling else 0.0,
            "weakest": logit(min(main, default=_LEAST)),
            "strongest": logit(max(main, default=_LEAST)),
            "here": float(bool(here)),
            "same": float(any(is_told(self.scene, draft, o) for o in others)),
            "hits": float(bool(view and view.hits[draft.type])),
            "title": float(draft.is_title),
            "tellings": float(min(draft.tellings, 3)),
            f"action={draft.action}": 1.0,
        }

    def row_features(self, draft: Draft) -> dict[str, float]:
        """What the network thinks of each part of a settled draft, as log odds."""
        second = self.second(draft)
        if second.own is None:
            return {"unheard": 1.0}
        filled, left = [], []
        for slot in HOUSES[draft.type] if draft.type != "appointment" else ("appointees", "appointers"):
            own, named = second.chances(slot), draft.of(slot)
            filled += [own.get(entity, _LEAST) for entity in named]
            left += [chance for entity, chance in own.items() if entity not in named]
        dates = second.chances("date")
        dated = dates.get(draft.date, _LEAST) if draft.date else 1 - sum(dates.values())
        return {
            "own.act": logit(second.own.act),
            "own.trigger": logit(second.own.chance),
            "own.weakest": logit(min(filled, default=_LEAST)),
            "own.missed": logit(max(left, default=_LEAST)),
            "own.date": logit(dated),
            "own.action": logit(second.own.actions.get(draft.action, _LEAST)),
            "own.instrument": logit(second.own.instruments.get(draft.instrument, _LEAST)) if draft.instrument else 0.0,
            "own.near": float(bool(second.near)),
        }

    def settle(self) -> list[Draft]:
        """The drafts of a text after both were heard."""
        seconds = [(draft, self.second(draft)) for draft in self.drafts]
        heard = [(d, s) for d, s in seconds if self._chance(f"net.act.{d.type}", self.act_features(d, s), 1.0) >= _DROPS]
        for draft, fillers in [(draft, self._settled(draft, second)) for draft, second in heard]:
            draft.fillers = fillers
        for draft, second in heard:
            self._terms(draft, second)
        kept = [draft for draft, _ in heard]
        new = [d for d in self.told if self._chance(f"net.new.{d.type}", self.new_features(d, kept), 0.0) >= _ADDS[d.type]]
        return [*kept, *(d for d in new if not any(self._is_one_stay(d, other) for other in kept))]

    def _is_one_stay(self, new: Draft, known: Draft) -> bool:
        """Whether two visits have a host and a guest in common: nobody visits a house twice in one breath."""
        guests = ("leaders", "delegates")
        return (
            new.type == known.type == "visit"
            and new.action == known.action
            and any(self._are_kin(a, b) for a in new.of("hosts") for b in known.of("hosts"))
            and bool(set(new.of(*guests)) & set(known.of(*guests)))
        )

    def _chance(self, model: str, features: Mapping[str, float], otherwise: float) -> float:
        return self.scorer.odds(model, features) if self.scorer.knows(model) else otherwise

    def _settled(self, draft: Draft, second: Second) -> list[Filler]:
        """The fillers of a draft after both were heard; each slot is looked at as the rules have left the others."""
        chances: dict[str, dict[str, float]] = {}
        for slot in slots_of(draft.type):
            model = f"net.slot.{draft.type}.{slot}"
            if self.scorer.knows(model):
                features = self.slot_features(draft, second, slot, self.pool(draft, second, slot))
                chances[slot] = {entity: self.scorer.odds(model, features[entity]) for entity in features}
        fillers = [f for f in draft.fillers if f.slot not in chances]
        for slot, found in chances.items():
            rivals = [chances[other] for group in _APART.get(draft.type, ()) if slot in group for other in group if other in chances]
            best = {entity: c for entity, c in found.items() if all(c >= rival.get(entity, 0.0) for rival in rivals)}
            fillers += self._filled(draft, slot, best)
        return fillers

    def _filled(self, draft: Draft, slot: str, chances: Mapping[str, float]) -> list[Filler]:
        chosen: list[str] = []
        filled = {f.entity: f for f in draft.fillers if f.slot == slot}
        is_pair = slot == "parties" and len(filled) >= _FEWEST[slot]
        for entity in sorted(chances, key=lambda e: (-chances[e], e)):
            least = _THIRD if is_pair and entity not in filled else _FILLS
            if chances[entity] >= least and not any(self._are_kin(entity, other) for other in chosen):
                chosen.append(entity)
        if len(chosen) < min(_FEWEST.get(slot, 0), len(filled)):
            return list(filled.values())
        kept = [f for entity, f in filled.items() if entity in chosen]
        new = [entity for entity in chosen if entity not in filled]
        rule = f"{draft.type}.read"
        return kept + [Filler(slot, e, *place_of(self.scene, draft, e), rule, round(chances[e], 3)) for e in new]

    def _are_kin(self, a: str, b: str) -> bool:
        return a in self.scene.institutions and b in self.scene.institutions and self.scene.are_kin(a, b)

    def _terms(self, draft: Draft, second: Second) -> None:
        """Date, action and instrument, where the network is sure of others."""
        if second.own is None:
            return
        dates = second.chances("date")
        best = likeliest(dates)
        if best is not None and self._is_better_date(dates, best, draft.date):
            draft.date, draft.date_at = best, place_of(self.scene, draft, best)
            sentence = self.scene.sentences[draft.sentence]
            draft.is_dated_by_context = not sentence.start <= draft.date_at[0] < sentence.end
        action = likely_action(second.own, draft.type)
        if second.own.actions[action] >= _SURE_OF_ACTION:
            draft.action = action
        if draft.type == "agreement":
            instrument = cast("Instrument", likeliest(second.own.instruments))
            if draft.instrument is None or second.own.instruments[instrument] >= _SURE_OF_INSTRUMENT:
                draft.instrument = instrument

    @staticmethod
    def _is_better_date(dates: Chances, best: str, known: str | None) -> bool:
        if known is None:
            return dates[best] >= _DATES_OPEN
        return dates[best] >= _DATES_ANEW and dates.get(known, 0.0) < _DOUBTS_DATE


def _are_told_together(a: Draft, b: Draft) -> bool:
    """Whether the same words tell two acts, as in "MoUs with A and B": the counterpart of the one has no part in the other."""
    return a is not b and a.type == b.type and a.start < b.end and b.start < a.end and a.action == b.action


def logit(chance: float) -> float:
    """Log odds, bounded."""
    kept = min(max(chance, 0.01), 0.99)
    return round(log(kept / (1 - kept)), 4)
