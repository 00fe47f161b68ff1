"""A draft of the rules and an institution in, what speaks for and against its place in one slot out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extractor.events.drafts import Draft
from extractor.events.features import View, Views
from extractor.events.scorer import Scorer


def weighed(views: Views, scorer: Scorer, view: View, draft: Draft, slot: str, pool: Sequence[str]) -> Mapping[str, float]:
    """The probability that each of some entities belongs in one slot of a draft; weighed once for each state of the draft."""
    told = (draft.type, draft.rule, draft.action, draft.tellings, draft.is_title, view.number)
    key = (told, slot, tuple(pool), tuple(draft.fillers))
    known = views.weighed.get(key)
    if known is None:
        model = f"fix.{draft.type}.{slot}"
        known = views.weighed[key] = {e: scorer.chance(model, weighing_features(views, view, draft, slot, e)) for e in pool}
    return known


def weighing_features(views: Views, view: View, draft: Draft, slot: str, entity: str) -> frozenset[str]:
    """What speaks for and against an institution's place in one slot of a draft that the rules have filled."""
    features = views.filler_features(view, draft.type, entity)
    return features.union(_draft_features(views, draft, slot, entity, features))


def _draft_features(views: Views, draft: Draft, slot: str, entity: str, features: frozenset[str]) -> Iterator[str]:
    scene, count, is_here = views.scene, len(draft.of(slot)), "here=True" in features
    yield from (f"draft={draft.rule}", f"act={draft.action}", f"tell={min(draft.tellings, 3)}")
    yield from (f"nslot={min(count, 4)}", f"ttl={draft.is_title}")
    houses = [f for f in draft.fillers if f.entity in scene.institutions and f.entity != entity]
    kin = {f.slot for f in houses if scene.are_kin(f.entity, entity)}
    mine = [f for f in draft.fillers if f.entity == entity]
    for filler in mine:
        yield from (f"fill={filler.slot}", f"fill={filler.slot}.{filler.rule}", f"fill={filler.slot}.w{int(filler.weight * 10)}")
    if mine:
        yield from (f"filled.here={is_here}", f"filled.n={min(count, 4)}")
        yield from (f"filled.{f}" for f in features if f.startswith(("gov=", "publisher=", "kind=", "how=", "units", "parent")))
        if slot in kin:
            yield "kinfilled"
    else:
        yield from ("unfilled", f"unfilled.nslot={min(count, 3)}", f"unfilled.kin={bool(kin)}.here={is_here}")
        yield from (f"kinfill={s}" for s in kin)
