"""A text's drafts in, the same weighed by learned weights out: doubtful parties gone, missed parties and missed events added."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extractor.events.consult import Council
from extractor.events.drafts import Draft
from extractor.events.features import View, Views
from extractor.events.merge import merge_alike
from extractor.events.proposals import propose
from extractor.events.reading import Reading
from extractor.events.scorer import Scorer, shipped_scorer
from extractor.events.trust import trust
from extractor.events.weighing import weighed
from extractor.model.relations import Relations
from extractor.records import EventType

# Where looking again helps on texts of every kind; the sides of a visit and of an appointment are best left as the rules read them.
SLOTS: dict[EventType, tuple[str, ...]] = {
    "agreement": ("parties",),
    "meeting": ("participants", "organizers"),
    "establishment": ("founders", "units"),
}
_FEWEST = {"parties": 2, "participants": 2}
_KEEPS = 0.2  # a filler of the rules that is less likely goes; a higher limit undoes whole lists of agreements where it errs
_JOINS = 0.8  # an institution that is as likely comes in


class Change(NamedTuple):
    """What to do with one slot of a draft: who goes, and who comes with which probability."""

    draft: Draft
    slot: str
    gone: list[str]
    new: list[tuple[str, float]]


def weigh_drafts(
    reading: Reading, tellings: list[Draft], merged: list[Draft], scorer: Scorer | None = None, relations: Relations | None = None
) -> list[Draft]:
    """The drafts of a text in text order; ``tellings`` are those from which ``merged`` was made; ``relations`` are heard where given."""
    views, known = Views(reading, tellings), scorer or shipped_scorer()
    found = propose(views, known, merged)
    for change in list(_changes(views, known, merged)):
        _apply(views, change)
    drafts = [*merged, *found]
    council = Council(views, known, relations, drafts) if relations is not None else None
    if council is not None:
        drafts = merge_alike(views.scene, council.settle())
    drafts = sorted(drafts, key=lambda d: (d.start, d.end))
    for draft in drafts:
        draft.chance = trust(views, known, draft, council)
    return drafts


def _changes(views: Views, scorer: Scorer, drafts: list[Draft]) -> Iterator[Change]:
    for draft in drafts:
        view = views.by_sentence.get(draft.sentence)
        for slot in SLOTS.get(draft.type, ()):
            if view is not None and scorer.knows(f"fix.{draft.type}.{slot}"):
                yield _change(views, scorer, view, draft, slot)


def _change(views: Views, scorer: Scorer, view: View, draft: Draft, slot: str) -> Change:
    before = draft.of(slot)
    pool = list(dict.fromkeys((*before, *views.institutions(view))))
    chances = weighed(views, scorer, view, draft, slot, pool)
    gone = [entity for entity in before if chances[entity] < _KEEPS]
    new = [(entity, chances[entity]) for entity in pool if entity not in before and chances[entity] >= _JOINS]
    is_short = len(before) - len(gone) + len(new) < min(_FEWEST.get(slot, 0), len(before))
    return Change(draft, slot, [], []) if is_short else Change(draft, slot, gone, new)


def _apply(views: Views, change: Change) -> None:
    draft = change.draft
    for entity in change.gone:
        draft.drop(change.slot, entity)
    for entity, chance in change.new:
        points = views.by_sentence[draft.sentence].points
        at = next(((p.start, p.end) for p in points if entity in p.entities), (draft.start, draft.end))
        draft.add(change.slot, entity, at, f"{draft.type}.scored", round(chance, 3))
