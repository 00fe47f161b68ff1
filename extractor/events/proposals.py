"""Views of a text and its drafts in, drafts of the events that no rule has read out: sentence by sentence, by learned weights."""

from __future__ import annotations

from typing import NamedTuple

from extractor.events.agreements import foreign
from extractor.events.clauses import cues
from extractor.events.drafts import Draft
from extractor.events.features import View, Views
from extractor.events.instruments import instrument_of
from extractor.events.judge import time_of
from extractor.events.scene import Scene
from extractor.events.scorer import Scorer
from extractor.events.triggers import TYPES
from extractor.records import Action, EventType, Instrument

# Best on held-out texts of our own and of others, see docs/explanation/confidence.md; lower ones find more events and more wrong ones.
_LIKELY: dict[EventType, float] = {"agreement": 0.75, "visit": 0.5, "meeting": 0.3, "appointment": 0.6, "establishment": 0.4}
_FILLS = 0.35  # a slot's filler counts for more than it costs from here on
_LEAST = 0.15  # for a filler without which there is no event
_LONGEST_TRIGGER = 90
HOUSES: dict[EventType, tuple[str, ...]] = {
    "agreement": ("parties",), "visit": ("visitors", "hosts"), "meeting": ("participants", "organizers"), "appointment": ("appointers",),
    "establishment": ("founders", "units"),
}  # fmt: skip
PEOPLE: dict[EventType, tuple[str, ...]] = {
    "agreement": ("signatories",), "visit": ("leaders", "delegates", "receivers"), "meeting": ("attendees",),
    "appointment": ("appointees",), "establishment": (),
}  # fmt: skip
ACTIONS: dict[EventType, tuple[Action, ...]] = {
    "agreement": ("signed", "renewed", "agreed", "planned", "in_force", "ended"), "visit": ("planned",), "meeting": ("planned",),
    "appointment": ("planned",), "establishment": ("planned",),
}  # fmt: skip
DONE: dict[EventType, tuple[Action, ...]] = {
    "agreement": (), "visit": ("held",), "meeting": ("held",), "appointment": ("done",), "establishment": ("done",),
}  # fmt: skip


class Choice(NamedTuple):
    """An entity and the probability that it fills a slot."""

    chance: float
    entity: str


def propose(views: Views, scorer: Scorer, merged: list[Draft]) -> list[Draft]:
    """Drafts of events, the likeliest first, that none of ``merged`` tells."""
    found = []
    for view in views.views:
        told = {d.type for d in views.drafts_by_sentence.get(view.number, [])}
        asked = {f"event.{kind}": views.telling_features(view, kind) for kind in TYPES}
        chances = scorer.chances(views.sentence_features(view), asked)
        for kind in TYPES:
            chance = chances[f"event.{kind}"]
            if chance >= _LIKELY[kind] and kind not in told and not _is_denied(views.scene, view, kind):
                found.append((chance, view, kind))
    kept: list[Draft] = []
    for chance, view, kind in sorted(found, key=lambda item: (-item[0], item[1].number)):
        draft = _draft(views, scorer, view, kind, chance)
        if draft is not None and not any(is_told(views.scene, draft, other) for other in (*merged, *kept)):
            kept.append(draft)
    return kept


def _is_denied(scene: Scene, view: View, kind: EventType) -> bool:
    """What did not happen, and papers that are none of cooperation, are not proposed, whatever the weights say."""
    start, end = view.sentence.start, view.sentence.end
    if kind == "agreement" and foreign().search(scene.masked, start, end) is not None:
        return True
    return any(time_of(scene.masked, hit.start, hit.end, (start, end)) == "denied" for hit in view.hits[kind])


def _draft(views: Views, scorer: Scorer, view: View, kind: EventType, chance: float) -> Draft | None:
    slots = _fillers(views, scorer, view, kind)
    if not is_whole(kind, slots):
        return None
    sentence = view.sentence
    start, end = _trigger(views.scene, view, kind)
    action = _action(views, scorer, view, kind)
    draft = Draft(
        type=kind, rule=f"{kind}.scored", action=action, start=start, end=end, sentence=view.number, zone=(sentence.start, sentence.end),
        time="planned" if action in {"planned", "agreed"} else "past", is_title=sentence.part == "title", is_weak=True,
    )  # fmt: skip
    for slot, choices in slots.items():
        for choice in choices:
            draft.add(slot, choice.entity, _place(view, choice.entity) or (start, end), draft.rule, round(chance * choice.chance, 3))
    _date(views, scorer, view, draft)
    if kind == "agreement":
        draft.instrument = _instrument(views, view)
    return draft


def _fillers(views: Views, scorer: Scorer, view: View, kind: EventType) -> dict[str, list[Choice]]:
    """Who fills which slot, the likeliest first."""
    ranked: dict[str, list[Choice]] = {}
    for slots, pool in ((HOUSES[kind], views.institutions(view)), (PEOPLE[kind], views.people(view))):
        features = {entity: views.filler_features(view, kind, entity) for entity in pool} if slots else {}
        for slot in slots:
            choices = [Choice(scorer.chance(f"slot.{kind}.{slot}", features[entity]), entity) for entity in pool]
            ranked[slot] = sorted(choices, key=lambda c: (-c.chance, c.entity))
    return settled(views.scene, kind, ranked)


def settled(scene: Scene, kind: EventType, ranked: dict[str, list[Choice]], fills: float = _FILLS) -> dict[str, list[Choice]]:
    """Likely fillers, each in one slot, kin only once, and at least the fewest that an event needs."""
    likely = {slot: [c for c in choices if c.chance >= fills] for slot, choices in ranked.items()}
    if kind == "agreement":
        parties = _apart(scene, likely["parties"])
        likely["parties"] = parties if len(parties) > 1 else _apart(scene, [c for c in ranked["parties"] if c.chance >= _LEAST])[:2]
    elif kind == "visit":
        likely = _visit(scene, ranked, likely)
    elif kind == "meeting":
        likely["participants"] = _apart(scene, likely["participants"])
    elif kind == "appointment":
        likely["appointees"] = likely["appointees"] or [c for c in ranked["appointees"][:1] if c.chance >= _LEAST]
        likely["appointers"] = likely["appointers"][:1]
    else:
        units = {c.entity for c in likely["units"]}
        likely["founders"] = _apart(scene, [c for c in likely["founders"] if c.entity not in units])
    return likely


def _visit(scene: Scene, ranked: dict[str, list[Choice]], likely: dict[str, list[Choice]]) -> dict[str, list[Choice]]:
    """Nobody visits himself; one host; each person has one part."""
    needed = {slot: likely[slot] or [c for c in ranked[slot][:1] if c.chance >= _LEAST] for slot in ("visitors", "hosts")}
    hosting = {c.entity: c.chance for c in needed["hosts"]}
    visiting = {c.entity: c.chance for c in needed["visitors"]}
    hosts = [c for c in needed["hosts"] if c.chance >= visiting.get(c.entity, 0)][:1]
    visitors = _apart(scene, [c for c in needed["visitors"] if c.chance > hosting.get(c.entity, 0)])
    visitors = [v for v in visitors if not any(scene.are_kin(v.entity, h.entity) for h in hosts)]
    best: dict[str, tuple[float, str]] = {}
    for slot in PEOPLE["visit"]:
        for choice in likely[slot]:
            best[choice.entity] = max(best.get(choice.entity, (0.0, "")), (choice.chance, slot))
    people = {slot: [c for c in likely[slot] if best[c.entity][1] == slot] for slot in PEOPLE["visit"]}
    return {"visitors": visitors, "hosts": hosts, **people}


def _apart(scene: Scene, choices: list[Choice]) -> list[Choice]:
    kept: list[Choice] = []
    for choice in choices:
        if not any(scene.are_kin(choice.entity, k.entity) for k in kept):
            kept.append(choice)
    return kept


def is_whole(kind: EventType, slots: dict[str, list[Choice]]) -> bool:
    """Whether the sides without which there is no event are told."""
    if kind == "visit":
        return bool(slots["visitors"] and slots["hosts"])
    if kind == "appointment":
        return bool(slots["appointees"])
    if kind == "establishment":
        return len(slots["founders"]) > 1 or bool(slots["founders"] and slots["units"])
    return len(slots["parties" if kind == "agreement" else "participants"]) > 1


def _trigger(scene: Scene, view: View, kind: EventType) -> tuple[int, int]:
    """The words that tell the act: its hits where they lie together, else a verb, else the sentence."""
    hits, sentence = view.hits[kind], view.sentence
    if hits:
        near = [h.end for h in hits if h.end - hits[0].start <= _LONGEST_TRIGGER]
        return hits[0].start, max(near, default=hits[0].end)
    verb = cues().verb.search(scene.masked, sentence.start, sentence.end)
    return (verb.start(), verb.end()) if verb else (sentence.start, sentence.end)


def _place(view: View, entity: str) -> tuple[int, int] | None:
    return next(((p.start, p.end) for p in view.points if entity in p.entities), None)


def _action(views: Views, scorer: Scorer, view: View, kind: EventType) -> Action:
    features = views.event_features(view, kind)
    chances = [(scorer.chance(f"action.{kind}.{action}", features), action) for action in ACTIONS[kind]]
    if kind == "agreement":
        return max(chances, key=lambda c: c[0])[1]
    return "planned" if chances[0][0] > 0.5 else DONE[kind][0]


def _date(views: Views, scorer: Scorer, view: View, draft: Draft) -> None:
    chances = [(scorer.chance(f"date.{draft.type}", views.date_features(view, draft.type, p)), -p.start, p) for p in views.dates(view)]
    best = max(chances, default=None)
    if best is not None and best[0] >= _FILLS:
        point = best[2]
        draft.date, draft.date_at = point.entities[0], (point.start, point.end)
        draft.is_dated_by_context = not view.sentence.start <= point.start < view.sentence.end


def _instrument(views: Views, view: View) -> Instrument:
    """The instrument that the sentence names, else the one told last, else a general one."""
    nouns = [h for h in view.hits["agreement"] if h.has("part", "noun")]
    zone = (view.sentence.start, view.sentence.end)
    named = [found for h in nouns if (found := instrument_of(views.scene.masked, h, zone)) is not None]
    told = [d.instrument for d in views.drafts if d.type == "agreement" and d.instrument is not None and d.sentence < view.number]
    if named:
        return named[0]
    return "cooperation_agreement" if nouns else told[-1] if told else "partnership"


def is_told(scene: Scene, draft: Draft, other: Draft) -> bool:
    """Whether two drafts of a type have one group of main entities within the other, kin counting as the same."""
    if draft.type != other.type:
        return False
    main = ("appointees",) if draft.type == "appointment" else HOUSES[draft.type]
    small, large = sorted((draft.of(*main), other.of(*main)), key=len)
    return bool(small) and all(any(scene.are_kin(a, b) if a in scene.institutions else a == b for b in large) for a in small)
