"""A draft in, how far it can be trusted out: a product of a few features that are kept apart for calibration."""

from __future__ import annotations

from typing import NamedTuple

from extractor.events.drafts import Draft
from extractor.events.scene import Scene

_MAIN = {
    "agreement": ("parties",),
    "visit": ("visitors", "hosts"),
    "meeting": ("participants", "organizers"),
    "appointment": ("appointees", "appointers"),
    "establishment": ("founders", "units"),
}
_BASE = {"agreement": 0.95, "visit": 0.85, "meeting": 0.75, "appointment": 0.85, "establishment": 0.8}
_UNSURE_ACTIONS = frozenset({"planned", "in_force", "agreed"})


class Features(NamedTuple):
    """What a draft's confidence rests on; each is 0 to 1 except ``tellings``, a count."""

    base: float
    weakest: float
    mean: float
    is_weak: bool
    is_unsure: bool
    is_dated: bool
    is_dated_by_context: bool
    tellings: int


def features_of(draft: Draft) -> Features:
    """The features of a settled draft."""
    weights = [f.weight for f in draft.fillers if f.slot in _MAIN[draft.type]] or [0.4]
    return Features(
        _BASE[draft.type], min(weights), sum(weights) / len(weights), draft.is_weak, draft.action in _UNSURE_ACTIONS,
        draft.date is not None, draft.is_dated_by_context, draft.tellings,
    )  # fmt: skip


def confidence_of(scene: Scene, draft: Draft) -> float:
    """0 to 1: the base of the type, times the weakest main slot, less for weak triggers and acts not told as done."""
    known = features_of(draft)
    value = known.base * (0.5 + 0.3 * known.weakest + 0.2 * known.mean)
    value *= (0.8 if known.is_weak else 1) * (0.9 if known.is_unsure else 1) * (0.95 if known.is_dated_by_context else 1)
    return round(min(0.99, value + 0.03 * (known.tellings - 1)), 2)
