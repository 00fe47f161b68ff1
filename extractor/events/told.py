"""What the relation network reads in a text in, drafts of the acts that it tells out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from extractor.events.drafts import Draft
from extractor.events.proposals import ACTIONS, DONE, Choice, is_whole, settled
from extractor.events.scene import Scene, Sentence
from extractor.model.relations import Relations, Telling
from extractor.records import Action, EventType, Instrument

_LIKELY = 0.7
_FILLS = 0.4
_DATES = 0.35
_SEVERAL = 0.5
_NO_PARTS = frozenset({"menu", "footer", "contact"})


def drafts_told(scene: Scene, relations: Relations) -> list[Draft]:
    """Drafts in text order, one for each telling, and of one telling of several agreements one for each counterpart."""
    out: list[Draft] = []
    for telling in relations.tellings:
        kind = cast("EventType", telling.type)
        sentence = scene.sentence_at(telling.start)
        if telling.chance * telling.act >= _LIKELY and sentence.part not in _NO_PARTS:
            out += read_telling(scene, telling, kind, sentence)
    return out


def read_telling(scene: Scene, telling: Telling, kind: EventType, sentence: Sentence) -> list[Draft]:
    """The drafts of one telling, none where it lacks a side."""
    action = likely_action(telling, kind)
    draft = Draft(
        type=kind, rule=f"{kind}.read", action=action, start=telling.start, end=telling.end, sentence=sentence.index,
        zone=(sentence.start, sentence.end), is_title=sentence.part == "title",
        time="planned" if action in {"planned", "agreed"} else "past",
    )  # fmt: skip
    ranked = {
        slot: sorted((Choice(chance, entity) for entity, chance in chances.items()), key=lambda c: (-c.chance, c.entity))
        for slot, chances in telling.slots.items()
        if slot not in ("date", "hub")
    }
    chosen = settled(scene, kind, ranked, fills=_FILLS)
    if not is_whole(kind, chosen):
        return []
    for slot, choices in chosen.items():
        for choice in choices:
            draft.add(slot, choice.entity, place_of(scene, draft, choice.entity), draft.rule, round(choice.chance, 3))
    _date(scene, telling, draft)
    if kind == "agreement":
        draft.instrument = cast("Instrument", likeliest(telling.instruments))
    return _apart(draft, telling)


def _apart(draft: Draft, telling: Telling) -> list[Draft]:
    """One draft for each counterpart, where several agreements are told in one."""
    parties = draft.of("parties")
    hub = [p for p in parties if telling.slots.get("hub", {}).get(p, 0.0) > 0.5]
    others = [p for p in parties if p not in hub]
    if draft.type != "agreement" or telling.several < _SEVERAL or not hub or len(others) < 2:
        return [draft]
    return [
        replace(draft, fillers=[f for f in draft.fillers if f.slot != "parties" or f.entity in (*hub, other)], is_plural=True)
        for other in others
    ]


def likely_action(telling: Telling, kind: EventType) -> Action:
    """The likeliest action of those that a type knows."""
    known = {action: telling.actions[action] for action in (*ACTIONS[kind], *DONE[kind])}
    return max(known, key=lambda action: known[action])


def likeliest(chances: Mapping[str, float]) -> str | None:
    """The key of the highest chance, the first of equals."""
    return max(chances, key=lambda key: chances[key], default=None)


def place_of(scene: Scene, draft: Draft, entity: str) -> tuple[int, int]:
    """The mention of an entity nearest to the sentence of a draft, those within it first."""
    sentence = scene.sentences[draft.sentence]
    mentions = [(p.start, p.end) for p in scene.points if entity in p.entities]
    return min(mentions, key=lambda m: max(sentence.start - m[0], m[1] - sentence.end, 0), default=(sentence.start, sentence.end))


def _date(scene: Scene, telling: Telling, draft: Draft) -> None:
    dates = telling.slots.get("date", {})
    best = likeliest(dates)
    if best is not None and dates[best] >= _DATES:
        sentence = scene.sentences[draft.sentence]
        draft.date, draft.date_at = best, place_of(scene, draft, best)
        draft.is_dated_by_context = not sentence.start <= draft.date_at[0] < sentence.end
