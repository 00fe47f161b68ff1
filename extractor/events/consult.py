"""Weighed drafts and what the relation network reads in, drafts on which both agree out: doubtful ones gone, missed ones added."""

from __future__ import annotations

from collections.abc import Mapping
from math import log
from typing import NamedTuple, cast

from extractor.events.drafts import Draft
from extractor.events.features import Views
from extractor.events.merge import merge_drafts
from extractor.events.proposals import HOUSES, PEOPLE, is_told
from extractor.events.scorer import Scorer
from extractor.events.told import drafts_told, likeliest, place_of
from extractor.events.weighing import weighed
from extractor.model.relations import Relations, Telling
from extractor.records import Action, EventType, Instrument

_LEAST = 0.02  # a chance of which nothing is known
_LOOKS = 0.1  # from here on an entity is looked at
_FILLS = 0.5
_DROPS = 0.3  # a draft less likely to tell an act goes
_ADDS = 0.5  # one that the network alone has read comes in where it is as likely
_FEWEST = {"agreement": "parties", "meeting": "participants", "visit": "visitors", "appointment": "appointees"}


class Second(NamedTuple):
    """What the network says about a draft: at its words, and in the tellings of its own that fit it."""

    own: Telling | None
    near: list[Draft]

    def chance(self, slot: str, entity: str) -> float:
        """At the words of the draft."""
        return self.own.slots.get(slot, {}).get(entity, _LEAST) if self.own else _LEAST

    def near_chance(self, slot: str, entity: str) -> float:
        """In the fitting tellings."""
        return max((f.weight for d in self.near for f in d.fillers if f.slot == slot and f.entity == entity), default=_LEAST)


def slots_of(kind: EventType) -> tuple[str, ...]:
    """The slots of a type in which both readers are heard."""
    return (*HOUSES[kind], *PEOPLE[kind])


class Council:
    """Rules and network over one text."""

    def __init__(self, views: Views, scorer: Scorer, relations: Relations) -> None:
        self.views, self.scene, self.scorer, self.relations = views, views.scene, scorer, relations
        self.told = merge_drafts(self.scene, drafts_told(self.scene, relations))

    def second(self, draft: Draft) -> Second:
        """What the network says about a draft of the rules."""
        near = [d for d in self.told if d.type == draft.type and (d.sentence == draft.sentence or is_told(self.scene, d, draft))]
        return Second(self.relations.telling(draft.type, draft.start, draft.end), near)

    def pool(self, draft: Draft, second: Second, slot: str) -> list[str]:
        """The entities that may fill a slot."""
        own = second.own.slots.get(slot, {}) if second.own else {}
        near = [f.entity for d in second.near for f in d.fillers if f.slot == slot]
        return list(dict.fromkeys((*draft.of(slot), *(e for e, chance in own.items() if chance >= _LOOKS), *near)))

    def slot_features(self, draft: Draft, second: Second, slot: str, pool: list[str]) -> dict[str, dict[str, float]]:
        """For each entity what speaks for its place in a slot, as log odds."""
        first = self._first(draft, slot, pool)
        act = logit(second.own.act) if second.own else 0.0
        out = {}
        for entity in pool:
            filler = next((f for f in draft.fillers if f.slot == slot and f.entity == entity), None)
            own, near = logit(second.chance(slot, entity)), logit(second.near_chance(slot, entity))
            elsewhere = any(f.entity == entity and f.slot != slot for f in draft.fillers)
            kin = entity in self.scene.institutions and any(
                e != entity and e in self.scene.institutions and self.scene.are_kin(e, entity) for e in draft.of(slot)
            )
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

    def act_features(self, draft: Draft, second: Second) -> dict[str, float]:
        """What speaks for a draft of the rules telling an act, as log odds and facts."""
        view = self.views.by_sentence.get(draft.sentence)
        told = logit(self.scorer.chance(f"event.{draft.type}", self.views.event_features(view, draft.type))) if view else 0.0
        main = [f.entity for f in draft.fillers if f.slot in HOUSES[draft.type]]
        own = [logit(max(second.chance(s, e) for s in HOUSES[draft.type])) for e in main]
        return {
            "bias": 1.0,
            "told": told,
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
        told = logit(self.scorer.chance(f"event.{draft.type}", self.views.event_features(view, draft.type))) if view else 0.0
        telling = self.relations.telling(draft.type, draft.start, draft.end)
        main = [f.weight for f in draft.fillers if f.slot in HOUSES[draft.type] or f.slot == "appointees"]
        here = [d for d in others if d.type == draft.type and d.sentence == draft.sentence]
        return {
            "bias": 1.0,
            "told": told,
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

    def settle(self, drafts: list[Draft]) -> list[Draft]:
        """The drafts of a text after both were heard."""
        kept = []
        for draft in drafts:
            second = self.second(draft)
            if self._chance(f"net.act.{draft.type}", self.act_features(draft, second), 1.0) >= _DROPS:
                self._settle(draft, second)
                kept.append(draft)
        new = [d for d in self.told if self._chance(f"net.new.{d.type}", self.new_features(d, kept), 0.0) >= _ADDS]
        return [*kept, *new]

    def _chance(self, model: str, features: Mapping[str, float], otherwise: float) -> float:
        return self.scorer.odds(model, features) if self.scorer.knows(model) else otherwise

    def _settle(self, draft: Draft, second: Second) -> None:
        for slot in slots_of(draft.type):
            model = f"net.slot.{draft.type}.{slot}"
            if self.scorer.knows(model):
                self._fill(draft, second, slot, model)
        self._terms(draft, second)

    def _fill(self, draft: Draft, second: Second, slot: str, model: str) -> None:
        pool = self.pool(draft, second, slot)
        features = self.slot_features(draft, second, slot, pool)
        ranked = sorted(((self.scorer.odds(model, features[e]), e) for e in pool), key=lambda c: (-c[0], c[1]))
        chosen: list[tuple[float, str]] = []
        for chance, entity in ranked:
            if chance >= _FILLS and not any(self._are_kin(entity, other) for _, other in chosen):
                chosen.append((chance, entity))
        fewest = min(2 if slot in ("parties", "participants") else 1 if slot in _FEWEST.values() else 0, len(draft.of(slot)))
        if len(chosen) < fewest:
            return
        names = [entity for _, entity in chosen]
        for entity in [e for e in draft.of(slot) if e not in names]:
            draft.drop(slot, entity)
        for chance, entity in chosen:
            draft.add(slot, entity, place_of(self.scene, draft, entity), f"{draft.type}.read", round(chance, 3))

    def _are_kin(self, a: str, b: str) -> bool:
        return a in self.scene.institutions and b in self.scene.institutions and self.scene.are_kin(a, b)

    def _terms(self, draft: Draft, second: Second) -> None:
        """Date, action and instrument, where the network is sure of others."""
        if second.own is None:
            return
        dates = second.own.slots.get("date", {})
        best = likeliest(dates)
        if best is not None and (dates[best] >= 0.6 if draft.date is None else dates[best] >= 0.8 and dates.get(draft.date, 0.0) < 0.1):
            draft.date, draft.date_at = best, place_of(self.scene, draft, best)
            sentence = self.scene.sentences[draft.sentence]
            draft.is_dated_by_context = not sentence.start <= draft.date_at[0] < sentence.end
        action = cast("Action", likeliest(second.own.actions))
        if action != draft.action and second.own.actions[action] >= 0.8:
            draft.action = action
        if draft.type == "agreement":
            instrument = cast("Instrument", likeliest(second.own.instruments))
            if draft.instrument is None or second.own.instruments[instrument] >= 0.9:
                draft.instrument = instrument


def logit(chance: float) -> float:
    """Log odds, bounded."""
    kept = min(max(chance, 0.01), 0.99)
    return round(log(kept / (1 - kept)), 4)
