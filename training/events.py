"""Annotated texts in, the weights of the event scorer out: ``extractor/events/weights.json``.

usage: python -m training.events GOLD.jsonl [GOLD.jsonl ...] [--check]

Each GOLD file holds annotated documents in the pipeline's own output format (``tests/gold/compile.py`` tells it). With ``--check``
nothing is written: each fifth of the texts is read with weights learned on the others, and the figures without and with them are printed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from benchmarks.stages import gold_entities
from extractor.clean import clean_text
from extractor.evaluate import _aligned, _parts, _values, evaluate
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
from extractor.events.weigh import SLOTS, weigh_drafts, weighing_features
from extractor.layout import read_layout
from extractor.parse import Parser
from extractor.rules import Rules, load_rules

OUT = Path(__file__).parents[1] / "extractor" / "events" / "weights.json"
FOLDS = 5
_RARE = 3  # texts: a feature of fewer teaches nothing
_LEAST = 0.02  # a smaller weight is left out of the file
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
    """The annotated documents of some files."""
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]


def fold_of(doc_id: str) -> int:
    """The fifth to which a text belongs, the same in every run."""
    return int(hashlib.sha256(doc_id.encode()).hexdigest(), 16) % FOLDS


class Text(NamedTuple):
    """An annotated text as the rules read it."""

    gold: Doc
    reading: Reading
    tellings: list[Draft]
    merged: list[Draft]


def read_text(gold: Doc, parser: Parser, rules: Rules) -> Text:
    """Read the events of a text whose entities are known."""
    text = clean_text(gold["text"])
    scene = Scene(parser.parse(text), gold_entities(dict(gold)), read_layout(text, gold["source"]["title"]))
    reading = Reading(scene, rules)
    tellings = read_tellings(reading)
    return Text(gold, reading, tellings, merge_drafts(scene, tellings))


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
                yield _row(text, f"event.{kind}", views.event_features(view, kind), bool(here))
            if here:
                yield from _rows_of_act(text, views, view, kind, here)
    yield from _rows_of_drafts(text, views)


def _row(text: Text, model: str, features: list[str], is_so: bool) -> Row:
    return Row(model, text.gold["doc_id"], features, is_so)


def _rows_of_act(text: Text, views: Views, view: View, kind: Any, here: list[Doc]) -> Iterator[Row]:  # noqa: ANN401 - one of TYPES
    for slots, pool in ((HOUSES[kind], views.institutions(view)), (PEOPLE[kind], views.people(view))):
        for entity in pool if slots else []:
            features = views.filler_features(view, kind, entity)
            for slot in slots:
                yield _row(text, f"slot.{kind}.{slot}", features, any(entity in (e.get(slot) or ()) for e in here))
    value_by_id = _values(text.gold)
    days = {value_by_id.get(e["date"]) for e in here if e.get("date")}
    for point in views.dates(view):
        yield _row(text, f"date.{kind}", views.date_features(view, kind, point), views.scene.edtf.get(point.entities[0]) in days)
    actions = {e["action"] for e in here}
    if len(actions) == 1:
        features = views.event_features(view, kind)
        yield from (_row(text, f"action.{kind}.{action}", features, action in actions) for action in ACTIONS[kind])


def _rows_of_drafts(text: Text, views: Views) -> Iterator[Row]:
    for draft, truth in _truth_by_draft(text):
        view = views.by_sentence.get(draft.sentence)
        for slot in SLOTS.get(draft.type, ()) if view is not None else ():
            for entity in dict.fromkeys((*draft.of(slot), *views.institutions(view))):  # type: ignore[arg-type]  # None is ruled out above
                features = weighing_features(views, view, draft, slot, entity)  # type: ignore[arg-type]
                yield _row(text, f"fix.{draft.type}.{slot}", features, entity in (truth.get(slot) or ()))


def _truth_by_draft(text: Text) -> Iterator[tuple[Draft, Doc]]:
    """The drafts that tell an annotated act, with it; doubtful acts teach nothing."""
    records = [record_of(text.reading.scene, d, "e").model_dump(mode="json") for d in text.merged]
    values = _values(text.gold)
    for kind in TYPES:
        acts = [e for e in text.gold["events"] if e["type"] == kind]
        places = [n for n, r in enumerate(records) if r["type"] == kind]
        pairs = _aligned([_parts(a, values, None) for a in acts], [_parts(records[n], values, None) for n in places])
        for act, place in pairs.items():
            if not acts[act].get("optional"):
                yield text.merged[places[place]], acts[act]


def learn(rows: Iterable[Row]) -> Weights:
    """The weights of each model, by feature; models with hardly a positive case are left out."""
    by_model: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_model[row.model].append(row)
    return {model: _fit(model, cases) for model, cases in sorted(by_model.items()) if sum(c.is_so for c in cases) > FOLDS}


def _fit(model: str, rows: list[Row]) -> dict[str, float]:
    texts: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for feature in row.features:
            texts[feature].add(row.doc_id)
    names = sorted(f for f, docs in texts.items() if len(docs) >= _RARE)
    place = {f: n for n, f in enumerate(names)}
    columns = [[place[f] for f in row.features if f in place] for row in rows]
    ends = np.cumsum([0, *(len(c) for c in columns)], dtype="int32")
    flat = np.array([n for c in columns for n in c], dtype="int32")
    cases = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(names)))
    fit = LogisticRegression(C=_STRENGTH.get(model.split(".")[0], 0.3), solver="liblinear", fit_intercept=False, random_state=0)
    fit.fit(cases, [row.is_so for row in rows])
    return {f: round(float(w), 3) for f, w in zip(names, fit.coef_[0], strict=True) if abs(w) >= _LEAST}


def events_of(text: Text, scorer: Scorer | None) -> list[Doc]:
    """The events of a text as records; with None as the rules alone read them."""
    fresh = read_text(text.gold, Parser("rules"), load_rules())
    scene = fresh.reading.scene
    drafts = fresh.merged if scorer is None else weigh_drafts(fresh.reading, fresh.tellings, fresh.merged, scorer)
    add_members(scene, drafts)
    return [record_of(scene, d, f"e{n}").model_dump(mode="json") for n, d in enumerate(drafts, 1)]


def check(texts: list[Text], rows: Collection[Row]) -> None:
    """Print the figures of events over held-out fifths, as the rules read them and as they are weighed."""
    scorers = {fold: Scorer(learn(r for r in rows if fold_of(r.doc_id) != fold)) for fold in range(FOLDS)}
    for name, weighs in (("rules alone", False), ("weighed", True)):
        found = [{**t.gold, "events": events_of(t, scorers[fold_of(t.gold["doc_id"])] if weighs else None)} for t in texts]
        print(name)
        for measure, f in sorted(evaluate([t.gold for t in texts], found).scores().items()):
            if measure == "pairs" or measure.endswith((".slots", ".rows")):
                print(f"  {measure:22} P {f.precision:.3f}  R {f.recall:.3f}  F1 {f.f1:.3f}  (gold {f.gold})")


def main() -> None:
    """Learn and write the weights, or check how well they would do."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold", type=Path, nargs="+")
    options.add_argument("--check", action="store_true")
    chosen = options.parse_args()
    parser, rules = Parser("rules"), load_rules()
    texts = [read_text(gold, parser, rules) for gold in read_gold(chosen.gold)]
    rows = [row for text in texts for row in rows_of(text)]
    if chosen.check:
        check(texts, rows)
        return
    weights = learn(rows)
    OUT.write_text(json.dumps(weights, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(weights)} models, {sum(map(len, weights.values()))} weights, {OUT.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
