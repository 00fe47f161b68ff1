"""Annotated texts in, the weights that turn raw scores into probabilities out: ``extractor/confidence.json``; or a reliability table.

usage: python -m training.calibrate GOLD [GOLD ...] [--model accurate] [--unseen K/N] [--report HELD_BACK ...]

The whole chain reads the texts; what the event scorer adds to a text is weighed with weights learned on other texts. With ``--report``
nothing is written: the table shows how often records of each confidence are right, over held-out fifths and on the held-back files.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from extractor.confidence import KINDS, Features, chance_of, features_of, setting_of
from extractor.events.scorer import Scorer
from extractor.pipeline import WITHOUT_RELATIONS, Extractor
from extractor.records import Article, Document, Source
from extractor.settings import Settings
from training.events import FOLDS, fold_of, learn_apart, learn_heard, read_gold, unseen_of
from training.truth import truth_of

OUT = Path(__file__).parents[1] / "extractor" / "confidence.json"
RELATIONS = Path(__file__).parents[1] / "extractor" / "model" / "relations"
EDGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
_STRENGTH = 0.1  # inverse regularization; best log loss over held-out fifths
_RARE = 3  # texts: a feature of fewer teaches nothing
Doc = Mapping[str, Any]


class Case(NamedTuple):
    """One record: its kind and text, what it shows, its raw score, and whether it is right."""

    kind: str
    doc_id: str
    features: Mapping[str, float]
    raw: float
    is_right: bool


def documents_of(gold: list[Doc], model: str, scorer_of: Callable[[str], Scorer] | None) -> Iterable[Document]:
    """The texts as the whole chain reads them, with raw scores; ``scorer_of`` gives the event scorer of a text, None the shipped one."""
    extractor = Extractor(Settings(model=model))
    for truth in gold:
        published = truth["source"]["published"]
        day = date.fromisoformat(published) if published else None
        source = Source(title=truth["source"]["title"], url=truth["source"]["url"], published=day, published_from="option" if day else None)
        article = Article(doc_id=truth["doc_id"], text=truth["text"], source=source)
        with patch("extractor.pipeline.calibrated", lambda document: document):
            if scorer_of is None:
                yield extractor.extract(article)
            else:
                with patch("extractor.events.weigh.shipped_scorer", lambda truth=truth: scorer_of(truth["doc_id"])):
                    yield extractor.extract(article)


def cases_of(gold: list[Doc], documents: Iterable[Document]) -> list[Case]:
    """All records whose truth the annotation tells."""
    cases = []
    for truth, document in zip(gold, documents, strict=True):
        is_right, setting = truth_of(truth, document.model_dump(mode="json")), setting_of(document)
        for kind in KINDS:
            for record in getattr(document, kind):
                known = is_right.get((kind, record.id))
                if known is not None:
                    cases.append(Case(kind, truth["doc_id"], features_of(record, setting), record.confidence, known))
    return cases


def fit(cases: Iterable[Case]) -> dict[str, Features]:
    """Weights by kind of record and feature."""
    by_kind: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_kind[case.kind].append(case)
    return {kind: _fit(rows) for kind, rows in sorted(by_kind.items())}


def _fit(cases: list[Case]) -> Features:
    texts: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        for name in case.features:
            texts[name].add(case.doc_id)
    names = sorted(name for name, docs in texts.items() if len(docs) >= _RARE)
    table = np.array([[case.features.get(name, 0.0) for name in names] for case in cases])
    model = LogisticRegression(C=_STRENGTH, solver="liblinear", fit_intercept=False, random_state=0)
    matrix = csr_matrix(table)
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    model.fit(matrix, [case.is_right for case in cases])
    return {name: round(float(w), 3) for name, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.01}


def report(name: str, cases: list[Case], chances: list[float]) -> None:
    """Print how many records lie in each band of confidence, and how many of them are right."""
    print(f"\n{name}")
    print(f"{'confidence':14}" + "".join(f"{kind:>22}" for kind in KINDS))
    rows = {kind: [(c, case.is_right) for case, c in zip(cases, chances, strict=True) if case.kind == kind] for kind in KINDS}
    for low, high in pairwise(EDGES):
        line = f"{low:.2f} to {high:.2f}  "
        for kind in KINDS:
            inside = [(c, ok) for c, ok in rows[kind] if low <= c < high]
            line += _cell(inside)
        print(line)
    print("0.90 and more " + "".join(_cell([(c, ok) for c, ok in rows[kind] if c >= 0.9]) for kind in KINDS))
    print("mean gap      " + "".join(f"{_gap(rows[kind]):>22.3f}" for kind in KINDS))
    print("Brier score   " + "".join(f"{np.mean([(c - ok) ** 2 for c, ok in rows[kind]]):>22.3f}" for kind in KINDS))


def _cell(inside: list[tuple[float, bool]]) -> str:
    if not inside:
        return f"{'-':>22}"
    return f"{np.mean([c for c, _ in inside]):>9.2f} > {np.mean([ok for _, ok in inside]):.2f} ({len(inside):4})"


def _gap(rows: list[tuple[float, bool]]) -> float:
    """The expected calibration error: how far confidence and share of right records lie apart, on average over records."""
    total = 0.0
    for low, high in pairwise(EDGES):
        inside = [(c, ok) for c, ok in rows if low <= c < high]
        total += abs(sum(c - ok for c, ok in inside))
    return total / max(1, len(rows))


def scorer_apart(gold: list[Doc], used: list[Doc], network: Path | None) -> Callable[[str], Scorer]:
    """For each text the event scorer that has not seen it."""
    by_fold, _ = learn_apart(gold)
    if network is not None:
        by_fold, _ = learn_heard(used, by_fold, network)
    return lambda doc_id: by_fold[fold_of(doc_id)]


def main() -> None:
    """Fit and write the weights, or show how reliable they are."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold", type=Path, nargs="+")
    options.add_argument("--model", default="accurate")
    options.add_argument("--unseen", default="0/5", help="part of the texts that the relation network has not seen")
    options.add_argument("--report", type=Path, nargs="*")
    chosen = options.parse_args()
    gold = read_gold(chosen.gold)
    network = None if chosen.model in WITHOUT_RELATIONS else RELATIONS
    used = gold if network is None else unseen_of(gold, chosen.unseen)
    cases = cases_of(used, documents_of(used, chosen.model, scorer_apart(gold, used, network)))
    if chosen.report is not None:
        by_fold = {fold: fit(c for c in cases if fold_of(c.doc_id) != fold) for fold in range(FOLDS)}
        report("raw scores, texts learned from", cases, [c.raw for c in cases])
        report("held-out fifths", cases, [chance_of(c.features, by_fold[fold_of(c.doc_id)][c.kind]) for c in cases])
        weights = fit(cases)
        for path in chosen.report:
            held = read_gold([path])
            own = cases_of(held, documents_of(held, chosen.model, None))
            report(f"{path.name}, held back", own, [chance_of(c.features, weights[c.kind]) for c in own])
        return
    known = json.loads(OUT.read_text(encoding="utf-8")) if OUT.exists() else {}
    known[chosen.model] = fit(cases)
    OUT.write_text(json.dumps(known, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{chosen.model}: {len(cases)} records, {sum(map(len, known[chosen.model].values()))} weights")


if __name__ == "__main__":
    main()
