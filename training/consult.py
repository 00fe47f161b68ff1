"""Annotated texts that the relation network has not seen in, the weights by which rules and network are heard together out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from extractor.evaluate import _aligned, _parts, _values
from extractor.events.consult import Council, slots_of
from extractor.events.drafts import Draft
from extractor.events.features import Views
from extractor.events.records_of import record_of
from extractor.events.scene import Scene
from extractor.events.scorer import Scorer
from extractor.events.triggers import TYPES
from extractor.events.weigh import weigh_drafts
from extractor.model.masked import Name
from extractor.model.relations import RelationReader, Relations
from training.events import Case, Doc, Text, fit

_STRENGTH = 0.3
_ENOUGH = 0.5  # share of what an event says that must be right


def relations_of(reader: RelationReader, gold: Doc) -> Relations:
    """What the network reads in a text whose entities are known."""
    kinds = {house["id"]: house["kind"] for house in gold["institutions"]}
    marks = sorted(gold["mentions"], key=lambda m: m["start"])
    names = [Name(m["start"], m["end"], m["label"], m["entity"], kinds.get(m["entity"], "other")) for m in marks]
    parents = {house["id"]: house.get("part_of") for house in gold["institutions"]}
    return reader.read(gold["text"], names, parents=parents, publisher=gold["source"].get("publisher"))


def cases_of(text: Text, scorer: Scorer, relations: Relations) -> Iterator[tuple[str, Case]]:
    """What one text teaches: the model, and a case of it."""
    drafts = weigh_drafts(text.reading, text.tellings, text.merged, scorer)
    council = Council(Views(text.reading, text.tellings), scorer, relations, drafts)
    acts = list(text.gold["events"])
    told = [act for _, act, _ in _matched(text.gold, council.scene, drafts, acts) if act is not None]
    for draft, act, _ in _matched(text.gold, council.scene, drafts, acts):
        if act is None or not act.get("optional"):
            yield from _cases_of_draft(text.gold["doc_id"], council, draft, act)
    left = [act for act in acts if not any(act is t for t in told)]
    for draft, act, share in _matched(text.gold, council.scene, council.told, left):
        if act is None or not act.get("optional"):
            yield f"net.new.{draft.type}", Case(text.gold["doc_id"], council.new_features(draft, drafts), share >= _ENOUGH)


def _cases_of_draft(doc_id: str, council: Council, draft: Draft, act: Doc | None) -> Iterator[tuple[str, Case]]:
    second = council.second(draft)
    yield f"net.act.{draft.type}", Case(doc_id, council.act_features(draft, second), act is not None)
    if act is None:
        return
    for slot in slots_of(draft.type):
        pool = council.pool(draft, second, slot)
        for entity, features in council.slot_features(draft, second, slot, pool).items():
            yield f"net.slot.{draft.type}.{slot}", Case(doc_id, features, entity in (act.get(slot) or ()))


def _matched(gold: Doc, scene: Scene, drafts: list[Draft], acts: list[Doc]) -> Iterator[tuple[Draft, Doc | None, float]]:
    """Each draft with the act that it tells, None where it tells none, and the share of what it says that is right."""
    records: list[Mapping[str, Any]] = [record_of(scene, d, "e").model_dump(mode="json") for d in drafts]
    values = _values(gold)
    for kind in TYPES:
        truths = [a for a in acts if a["type"] == kind]
        places = [n for n, r in enumerate(records) if r["type"] == kind]
        parts, own = [_parts(a, values, None) for a in truths], [_parts(records[n], values, None) for n in places]
        act_by_place = {place: n for n, place in _aligned(parts, own).items()}
        for place, n in enumerate(places):
            act = act_by_place.get(place)
            yield drafts[n], None if act is None else truths[act], 0.0 if act is None else len(own[place] & parts[act]) / len(own[place])


Cases = Mapping[str, list[Case]]


def cases_by_model(texts: Iterable[Text], scorer_of: Callable[[str], Scorer], reader: RelationReader) -> Cases:
    """All that some texts teach; ``scorer_of`` gives the event scorer of a text."""
    found: dict[str, list[Case]] = defaultdict(list)
    for text in texts:
        for model, case in cases_of(text, scorer_of(text.gold["doc_id"]), relations_of(reader, text.gold)):
            found[model].append(case)
    return found


def fit_heard(found: Cases, is_used: Callable[[Case], bool]) -> dict[str, dict[str, float]]:
    """The weights by model from the cases that are used; a model without cases for and against is left out."""
    used = {model: [case for case in cases if is_used(case)] for model, cases in sorted(found.items())}
    return {model: fit(cases, _STRENGTH) for model, cases in used.items() if 3 < sum(c.is_so for c in cases) < len(cases) - 3}
