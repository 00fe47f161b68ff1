"""A weighed draft in, the probability that its whole row is right out."""

from __future__ import annotations

from math import log

from extractor.events.consult import Council, logit
from extractor.events.drafts import Draft
from extractor.events.features import View, Views
from extractor.events.proposals import ACTIONS, HOUSES, PEOPLE
from extractor.events.scorer import Scorer
from extractor.events.weighing import weighed

MODEL, HEARD = "row", "row.heard"  # without and with the relation network


def trust(views: Views, scorer: Scorer, draft: Draft, council: Council | None = None) -> float | None:
    """0 to 1, None where the draft's sentence is of a part of the page that tells no acts."""
    view, model = views.by_sentence.get(draft.sentence), HEARD if council else MODEL
    return scorer.odds(model, row_features(views, scorer, view, draft, council)) if view is not None and scorer.knows(model) else None


def row_features(views: Views, scorer: Scorer, view: View, draft: Draft, council: Council | None = None) -> dict[str, float]:
    """What the learned models think of each part of a draft, as log odds, beside a few facts of its telling."""
    kind = draft.type
    told = views.event_features(view, kind)
    parts = {
        "told": logit(scorer.chance(f"event.{kind}", told)),
        "date": _date_odds(views, scorer, view, draft),
        "action": _action_odds(scorer, told, draft),
        **_filler_odds(views, scorer, view, draft),
        **(council.row_features(draft) if council else {}),
    }
    facts = [
        f"scored={draft.rule.endswith('.scored')}",
        f"read={draft.rule.endswith('.read')}",
        f"weak={draft.is_weak}",
        f"title={draft.is_title}",
        f"tellings={min(draft.tellings, 3)}",
        f"dated={draft.date is not None}.{draft.is_dated_by_context}",
        f"plural={draft.is_plural}",
        f"definite={draft.is_definite}",
        f"bare={draft.is_bare}",
        f"echo={draft.is_echo}",
        f"main={min(len(draft.of(*HOUSES[kind])), 4)}",
        f"action={draft.action}",
        f"instrument={draft.instrument}",
    ]
    numbers = {**parts, **{f"{kind}.{name}": value for name, value in parts.items()}}
    return {"bias": 1.0, f"type={kind}": 1.0, **dict.fromkeys(facts, 1.0), **dict.fromkeys([f"{kind}.{f}" for f in facts], 1.0), **numbers}


def _filler_odds(views: Views, scorer: Scorer, view: View, draft: Draft) -> dict[str, float]:
    """The least likely filler of the main slots, all of them together, and the likeliest institution or person left out."""
    weakest, together, missed = 1.0, 0.0, 0.0
    for slots, pool in ((HOUSES[draft.type], views.institutions(view)), (_main_people(draft), views.people(view))):
        for slot in slots:
            filled = draft.of(slot)
            for entity, chance in weighed(views, scorer, view, draft, slot, list(dict.fromkeys((*filled, *pool)))).items():
                if entity in filled:
                    weakest, together = min(weakest, chance), together + log(max(chance, 0.01))
                else:
                    missed = max(missed, chance)
    return {"weakest": logit(weakest), "together": together, "missed": logit(missed)}


def _main_people(draft: Draft) -> tuple[str, ...]:
    return PEOPLE[draft.type] if draft.type == "appointment" else ()


def _date_odds(views: Views, scorer: Scorer, view: View, draft: Draft) -> float:
    """Of the date chosen; with none, of there being none."""
    chances = {p.entities[0]: scorer.chance(f"date.{draft.type}", views.date_features(view, draft.type, p)) for p in views.dates(view)}
    if draft.date is None:
        return -logit(max(chances.values(), default=0.02))
    own = logit(chances.get(draft.date, 0.3))
    return own - max(0.0, logit(max(chances.values(), default=0.3)) - own)


def _action_odds(scorer: Scorer, told: frozenset[str], draft: Draft) -> float:
    chances = {action: scorer.chance(f"action.{draft.type}.{action}", told) for action in ACTIONS[draft.type]}
    if draft.action in chances:
        return logit(chances[draft.action])
    return -logit(chances.get("planned", 0.1))
