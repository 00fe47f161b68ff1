"""How well affiliations are linked to the registry, on public gold; or the weights of the evidence made anew from its training parts.

usage: python -m benchmarks.corpus_ror [--release FILE] [--json FILE]        figures on the test parts
       python -m benchmarks.corpus_ror --fit WEIGHTS.yaml                    weights from the training parts
"""

import argparse
import json
import random
import resource
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.corpus_ror_data import rows_of, successors, write_release
from extractor.corpus.ror.evidence import weigh_runs
from extractor.corpus.ror.index import Index, load_index
from extractor.corpus.ror.match import SURE, match_affiliation
from extractor.corpus.ror.runs import find_runs, words_in

# name, parts, most rows, weight of a row: the last two sets tell one organisation even where a string names more
TRAINING = (
    ("s2aff", ("train", "val"), 9999, 1.0),
    ("springer_full", ("train",), 4500, 1.0),
    ("crossref_publisher_asserted", ("train",), 3500, 0.5),
    ("aps", ("train",), 1500, 0.5),
)
TESTS = ("s2aff", "crossref_2024", "springer_2023", "ror_functional_affiliations", "ror_functional_names", "ror_match_logs")
RELATED = 0.3  # weight of a parent or a unit of the gold, which is no plain mistake
THRESHOLDS = (0.5, SURE, 0.93)


def gold_rows(name: str, parts: Iterable[str], limit: int = 100_000) -> list[dict[str, Any]]:
    """Rows of some parts of a set, drawn evenly where there are more than ``limit``."""
    rows = [row for row in rows_of(f"affiliation_gold/{name}") if row["split"] in set(parts)]
    return rows if len(rows) <= limit else random.Random(3).sample(rows, limit)


def accepted(gold: Iterable[str], followed: dict[str, set[str]]) -> set[str]:
    """Gold ids and those that they went over to."""
    ids = set(gold)
    return ids.union(*(followed.get(id_, set()) for id_ in ids))


def measure(index: Index, sure: float) -> Iterator[dict[str, Any]]:
    """Precision and recall for each test set, over (string, id) pairs; ``recall_held`` counts only ids that the release holds."""
    followed = successors()
    total = {"strings": 0, "given": 0, "right": 0, "gold": 0, "held": 0}
    for name in TESTS:
        rows = gold_rows(name, ("test",))
        counts = {**dict.fromkeys(total, 0), "strings": len(rows)}
        start = time.process_time()
        given = [{match.id for match in match_affiliation(row["affiliation"], index, sure=sure)} for row in rows]
        seconds = time.process_time() - start
        for row, ids in zip(rows, given, strict=True):
            counts["given"] += len(ids)
            counts["right"] += len(ids & accepted(row["ror"], followed))
            counts["gold"] += len(set(row["ror"]))
            counts["held"] += sum(row["in_ror_subset"])
        total = {key: total[key] + counts[key] for key in total}
        yield {"set": name, **counts, **_rates(counts), "strings_per_cpu_second": round(len(rows) / seconds)}
    yield {"set": "all", **total, **_rates(total)}


def _rates(counts: dict[str, int]) -> dict[str, float]:
    return {
        "precision": round(counts["right"] / max(1, counts["given"]), 4),
        "recall": round(counts["right"] / counts["gold"], 4),
        "recall_held": round(counts["right"] / counts["held"], 4),
    }


def fit(index: Index) -> dict[str, float]:
    """Weights of a logistic regression over the candidates of the training sets, by Newton's method with a ridge of 1."""
    names, features, labels, weights = _examples(index)
    scale = features.std(axis=0) + 1e-9
    rows = np.column_stack([(features - features.mean(axis=0)) / scale, np.ones(len(features))])
    ridge = np.ones(rows.shape[1])
    ridge[-1] = 0
    found = np.zeros(rows.shape[1])
    for _ in range(30):
        chances = 1 / (1 + np.exp(-rows @ found))
        gradient = rows.T @ (weights * (chances - labels)) + ridge * found
        curvature = (rows * (weights * chances * (1 - chances))[:, None]).T @ rows + np.diag(ridge + 1e-6)
        found -= np.linalg.solve(curvature, gradient)
    raw = found[:-1] / scale
    return {
        "bias": round(float(found[-1] - raw @ features.mean(axis=0)), 3),
        **{n: round(float(w), 3) for n, w in zip(names, raw, strict=True)},
    }


def _examples(index: Index) -> tuple[list[str], Any, Any, Any]:
    followed = successors()
    names: list[str] = []
    features, labels, weights = [], [], []
    for name, parts, limit, weight in TRAINING:
        for row in gold_rows(name, parts, limit):
            words = words_in(row["affiliation"])
            gold = accepted(row["ror"], followed)
            for candidate in weigh_runs(words, find_runs(words, index), index):
                names = names or sorted(candidate.features)
                is_gold = index.entries[candidate.at].id in gold
                features.append([candidate.features[n] for n in names])
                labels.append(float(is_gold))
                weights.append(weight * (RELATED if not is_gold and _is_related(candidate.at, gold, index) else 1.0))
    return names, np.array(features), np.array(labels), np.array(weights)


def _is_related(at: int, gold: set[str], index: Index) -> bool:
    entry = index.entries[at]
    return bool(set(entry.parents) & gold) or any(entry.id in index.entries[index.by_id[g]].parents for g in gold if g in index.by_id)


def main() -> None:
    """Print a table of figures, or write weights."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--release", type=Path, help="a release of the registry; default: the shared copy, written to the cache folder")
    options.add_argument("--cache", type=Path, default=Path("~/.cache/extractor").expanduser(), help="folder of the index")
    options.add_argument("--fit", type=Path)
    options.add_argument("--json", type=Path)
    chosen = options.parse_args()
    release = chosen.release or chosen.cache / "ror-shared.json"
    if not release.exists():
        release.parent.mkdir(parents=True, exist_ok=True)
        write_release(release)
    start = time.perf_counter()
    index = load_index(release, chosen.cache)
    print(f"{len(index.entries)} entries, {len(index.by_words)} names, ready in {time.perf_counter() - start:.1f} s")
    if chosen.fit:
        lines = [f"{name}: {weight}\n" for name, weight in fit(index).items()]
        chosen.fit.write_text(
            "# Evidence -> weight in the chance that words name an entry of the registry. Made by: python -m benchmarks.corpus_ror --fit\n"
            + "".join(lines)
        )
        return
    match_affiliation("Department of Physics, University of Jena, Germany", index)
    figures = [{"sure": sure, **row} for sure in THRESHOLDS for row in measure(index, sure)]
    for row in figures:
        print(
            "{sure:.2f} {set:28s} {strings:6d} strings  precision {precision:.3f} "
            "recall {recall:.3f} (of ids held {recall_held:.3f})".format(**row),
            row.get("strings_per_cpu_second", ""),
            "strings per CPU second" if "strings_per_cpu_second" in row else "",
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MiB")
    if chosen.json:
        chosen.json.write_text(json.dumps({"peak_mib": round(peak), "figures": figures}, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
