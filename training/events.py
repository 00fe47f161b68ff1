"""Annotated texts in, the weights of the event scorer out: ``extractor/events/weights.json``.

usage: python -m training.events GOLD [GOLD ...] [--check] [--relations FOLDER --unseen K/N]

GOLD is a folder of marked texts with their records, or a JSONL file of annotated documents. With ``--check`` nothing is written: each
fifth of the texts is read with weights learned on the others, and the figures without and with them are printed.
The relation network in FOLDER is heard on the texts of part K of N, which it has not seen.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.stages import gold_entities
from extractor.clean import clean_text
from extractor.evaluate import _aligned, _parts, _row, _values, evaluate
from extractor.events.consult import Council
from extractor.events.drafts import Draft
from extractor.events.features import View, Views
from extractor.events.fill import read_tellings
from extractor.events.merge import merge_drafts
from extractor.events.people import add_members
from extractor.events.proposals import ACTIONS, HOUSES, PEOPLE
from extractor.events.reading import Reading
from extractor.events.records_of import record_of
from extractor.events.scene import Scene
from extractor.events.scorer import Scorer
from extractor.events.triggers import TYPES
from extractor.events.trust import HEARD, row_features
from extractor.events.trust import MODEL as ROW
from extractor.events.weigh import weigh_drafts
from extractor.events.weighing import weighing_features
from extractor.layout import read_layout
from extractor.model.relations import RelationReader, Relations
from extractor.parse import Parser
from extractor.rules import load_rules

OUT = Path(__file__).parents[1] / "extractor" / "events" / "weights.json"
FOLDS = 5
_RARE = 3  # texts: a feature of fewer teaches nothing
_LEAST = 0.02  # a smaller weight is left out of the file
_ROW_STRENGTH = 0.1
_STRENGTH = {"action": 1.0}  # inverse regularization; 0.3 is best for all other models, by average precision over held-out fifths
Doc = Mapping[str, Any]
Weights = dict[str, dict[str, float]]


class Row(NamedTuple):
    """One case of one model: which features it has, and whether it is so."""

    model: str
    doc_id: str
    features: list[str]
    is_so: bool


def read_gold(paths: Iterable[Path]) -> list[Doc]:
    """The annotated documents of some JSONL files and folders of marked texts with their records."""
    found: list[Doc] = []
    for path in paths:
        found += _compiled(path) if path.is_dir() else [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return found


def _compiled(folder: Path) -> list[Doc]:
    spec = spec_from_file_location("compile_gold", Path(__file__).parents[1] / "tests" / "gold" / "compile.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    documents, faults = module.read_folder(folder)
    if faults:
        raise SystemExit("\n".join(faults))
    return list(documents)


def part_of(doc_id: str, parts: int) -> int:
    """The part to which a text belongs when texts are kept from the relation network, the same in every run."""
    return int(hashlib.sha256(f"relations {doc_id}".encode()).hexdigest(), 16) % parts


def fold_of(doc_id: str) -> int:
    """The fifth to which a text belongs, the same in every run."""
    return int(hashlib.sha256(doc_id.encode()).hexdigest(), 16) % FOLDS


class Text(NamedTuple):
    """An annotated text as the rules read it."""

    gold: Doc
    reading: Reading
    tellings: list[Draft]
    merged: list[Draft]


def read_text(gold: Doc) -> Text:
    """Read the events of a text whose entities are known."""
    text = clean_text(gold["text"])
    scene = Scene(_parser().parse(text), gold_entities(dict(gold)), read_layout(text, gold["source"]["title"]))
    reading = Reading(scene, load_rules())
    tellings = read_tellings(reading)
    return Text(gold, reading, tellings, merge_drafts(scene, tellings))


@cache
def _parser() -> Parser:
    return Parser("rules")


def rows_of(text: Text) -> Iterator[Row]:
    """All that a text teaches."""
    views = Views(text.reading, text.tellings)
    for kind in TYPES:
        by_sentence: dict[int, list[Doc]] = defaultdict(list)
        for event in text.gold["events"]:
            if event["type"] == kind:
                by_sentence[views.scene.sentence_at(event["trigger"]["start"]).index].append(event)
        for view in views.views:
            here = by_sentence.get(view.number, [])
            if not here or not all(e.get("optional") for e in here):
                yield _case(text, f"event.{kind}", views.event_features(view, kind), bool(here))
            if here:
                yield from _rows_of_act(text, views, view, kind, here)
    yield from _rows_of_drafts(text, views)


def _case(text: Text, model: str, features: Iterable[str], is_so: bool) -> Row:
    return Row(model, text.gold["doc_id"], sorted(features), is_so)


def _rows_of_act(text: Text, views: Views, view: View, kind: Any, here: list[Doc]) -> Iterator[Row]:  # noqa: ANN401 - one of TYPES
    for slots, pool in ((HOUSES[kind], views.institutions(view)), (PEOPLE[kind], views.people(view))):
        for entity in pool if slots else []:
            features = views.filler_features(view, kind, entity)
            for slot in slots:
                yield _case(text, f"slot.{kind}.{slot}", features, any(entity in (e.get(slot) or ()) for e in here))
    value_by_id = _values(text.gold)
    days = {value_by_id.get(e["date"]) for e in here if e.get("date")}
    for point in views.dates(view):
        yield _case(text, f"date.{kind}", views.date_features(view, kind, point), views.scene.edtf.get(point.entities[0]) in days)
    actions = {e["action"] for e in here}
    if len(actions) == 1:
        features = views.event_features(view, kind)
        yield from (_case(text, f"action.{kind}.{action}", features, action in actions) for action in ACTIONS[kind])


def _rows_of_drafts(text: Text, views: Views) -> Iterator[Row]:
    for draft, truth in _acts_by_draft(text.gold, text.reading.scene, text.merged):
        view = views.by_sentence.get(draft.sentence)
        if truth is None or truth.get("optional") or view is None:
            continue
        people = PEOPLE[draft.type] if draft.type == "appointment" else ()
        for slots, pool in ((HOUSES[draft.type], views.institutions(view)), (people, views.people(view))):
            for slot in slots:
                for entity in dict.fromkeys((*draft.of(slot), *pool)):
                    features = weighing_features(views, view, draft, slot, entity)
                    yield _case(text, f"fix.{draft.type}.{slot}", features, entity in (truth.get(slot) or ()))


def _acts_by_draft(gold: Doc, scene: Scene, drafts: list[Draft]) -> Iterator[tuple[Draft, Doc | None]]:
    """Each draft with the annotated act that it tells, None where it tells none."""
    records = [record_of(scene, d, "e").model_dump(mode="json") for d in drafts]
    values = _values(gold)
    for kind in TYPES:
        acts = [e for e in gold["events"] if e["type"] == kind]
        places = [n for n, r in enumerate(records) if r["type"] == kind]
        pairs = _aligned([_parts(a, values, None) for a in acts], [_parts(records[n], values, None) for n in places])
        act_by_place = {place: acts[act] for act, place in pairs.items()}
        yield from ((drafts[n], act_by_place.get(place)) for place, n in enumerate(places))


def learn(rows: Iterable[Row]) -> Weights:
    """The weights of each model, by feature; models with hardly a positive case are left out."""
    by_model: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_model[row.model].append(row)
    return {
        model: fit([Case(c.doc_id, dict.fromkeys(c.features, 1.0), c.is_so) for c in cases], _STRENGTH.get(model.split(".")[0], 0.3))
        for model, cases in sorted(by_model.items())
        if sum(c.is_so for c in cases) > FOLDS
    }


class Case(NamedTuple):
    """One case of a regression."""

    doc_id: str
    features: Mapping[str, float]
    is_so: bool


def fit(cases: list[Case], strength: float) -> dict[str, float]:
    """The weights of a logistic regression, by feature; ``strength`` is the inverse of its regularization."""
    texts: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        for feature in case.features:
            texts[feature].add(case.doc_id)
    names = sorted(f for f, docs in texts.items() if len(docs) >= _RARE)
    place = {f: n for n, f in enumerate(names)}
    filled = [[(place[f], v) for f, v in case.features.items() if f in place] for case in cases]
    ends = np.cumsum([0, *(len(row) for row in filled)], dtype="int32")
    columns = np.array([n for row in filled for n, _ in row], dtype="int32")
    table = csr_matrix((np.array([v for row in filled for _, v in row]), columns, ends), shape=(len(cases), len(names)))
    model = LogisticRegression(C=strength, solver="liblinear", fit_intercept=False, random_state=0)
    model.fit(table, [case.is_so for case in cases])
    return {f: round(float(w), 3) for f, w in zip(names, model.coef_[0], strict=True) if abs(w) >= _LEAST}


def weighed(gold: Doc, scorer: Scorer, relations: Relations | None = None) -> tuple[Views, list[Draft]]:
    """A text read and weighed: its views and drafts."""
    text = read_text(gold)
    drafts = weigh_drafts(text.reading, text.tellings, text.merged, scorer, relations)
    return Views(text.reading, text.tellings), drafts


def whole_rows(gold: Doc, scorer: Scorer, relations: Relations | None = None) -> Iterator[Case]:
    """For each draft of a text whether its whole row is right."""
    views, drafts = weighed(gold, scorer, relations)
    council = Council(views, scorer, relations, drafts) if relations is not None else None
    values = _values(gold)
    for draft, act in _acts_by_draft(gold, views.scene, drafts):
        view = views.by_sentence.get(draft.sentence)
        if view is not None and not (act is not None and act.get("optional")):
            own = _parts(record_of(views.scene, draft, "e").model_dump(mode="json"), values, None)
            is_right = act is not None and _row(own) == _row(_parts(act, values, None))
            yield Case(gold["doc_id"], row_features(views, scorer, view, draft, council), is_right)


def learn_apart(gold: list[Doc]) -> tuple[dict[int, Scorer], Weights]:
    """For each fifth a scorer that has not seen it, and the weights that all texts give."""
    rows = [row for truth in gold for row in rows_of(read_text(truth))]
    apart = {fold: learn(r for r in rows if fold_of(r.doc_id) != fold) for fold in range(FOLDS)}
    cases = [case for truth in gold for case in whole_rows(truth, Scorer(apart[fold_of(truth["doc_id"])]))]
    trusts = {fold: fit([c for c in cases if fold_of(c.doc_id) != fold], _ROW_STRENGTH) for fold in apart}
    scorers = {fold: Scorer({**weights, ROW: trusts[fold]}) for fold, weights in apart.items()}
    return scorers, {**learn(rows), ROW: fit(cases, _ROW_STRENGTH)}


def learn_heard(gold: list[Doc], scorers: Mapping[int, Scorer], network: Path) -> tuple[dict[int, Scorer], Weights]:
    """The same with the weights by which the network is heard beside the rules, from texts that it has not seen."""
    from training.consult import cases_by_model, fit_heard, relations_of

    reader = RelationReader(network)
    found = cases_by_model(map(read_text, gold), lambda doc_id: scorers[fold_of(doc_id)], reader)
    apart = {fold: scorers[fold].extended(fit_heard(found, lambda c, fold=fold: fold_of(c.doc_id) != fold)) for fold in range(FOLDS)}
    cases = [case for t in gold for case in whole_rows(t, apart[fold_of(t["doc_id"])], relations_of(reader, t))]
    trusts = {fold: fit([c for c in cases if fold_of(c.doc_id) != fold], _ROW_STRENGTH) for fold in range(FOLDS)}
    weights = {**fit_heard(found, lambda _: True), HEARD: fit(cases, _ROW_STRENGTH)}
    return {fold: apart[fold].extended({HEARD: trusts[fold]}) for fold in range(FOLDS)}, weights


def unseen_of(gold: list[Doc], unseen: str) -> list[Doc]:
    """The texts of part K of N ("K/N"), from which the relation network has not learned."""
    part, parts = map(int, unseen.split("/"))
    return [truth for truth in gold if part_of(truth["doc_id"], parts) == part]


def check(gold: list[Doc], scorers: Mapping[int, Scorer], network: RelationReader | None) -> None:
    """Print the figures of events over held-out fifths: as the rules read them, weighed, and with the network heard."""
    ways: list[tuple[str, Mapping[int, Scorer], RelationReader | None]] = [
        ("rules alone", dict.fromkeys(range(FOLDS), Scorer({})), None),
        ("weighed", scorers, None),
    ]
    for name, scorer_by_fold, reader in [*ways, ("network heard", scorers, network)][: 3 if network else 2]:
        found = [{**truth, "events": _events(truth, scorer_by_fold[fold_of(truth["doc_id"])], reader)} for truth in gold]
        print(name)
        for measure, f in sorted(evaluate(gold, found).scores().items()):
            if measure == "pairs" or measure.endswith((".slots", ".rows")):
                print(f"  {measure:22} P {f.precision:.3f}  R {f.recall:.3f}  F1 {f.f1:.3f}  (gold {f.gold})")


def _events(gold: Doc, scorer: Scorer, reader: RelationReader | None) -> list[Doc]:
    from training.consult import relations_of

    views, drafts = weighed(gold, scorer, relations_of(reader, gold) if reader else None)
    add_members(views.scene, drafts)
    return [record_of(views.scene, d, f"e{n}").model_dump(mode="json") for n, d in enumerate(drafts, 1)]


def main() -> None:
    """Learn and write the weights, or check how well they would do."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold", type=Path, nargs="+")
    options.add_argument("--check", action="store_true")
    options.add_argument("--relations", type=Path, help="folder of the packaged relation network")
    options.add_argument("--unseen", default="0/5", help="the part of the texts that it has not seen")
    chosen = options.parse_args()
    gold = read_gold(chosen.gold)
    scorers, weights = learn_apart(gold)
    network: RelationReader | None = None
    if chosen.relations:
        gold, network = unseen_of(gold, chosen.unseen), RelationReader(chosen.relations)
        scorers, heard = learn_heard(gold, scorers, chosen.relations)
        weights |= heard
    if chosen.check:
        check(gold, scorers, network)
        return
    OUT.write_text(json.dumps(weights, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(weights)} models, {sum(map(len, weights.values()))} weights, {OUT.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
