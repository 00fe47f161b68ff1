"""How well texts are joined into one world: an invented world with its truth, told in thousands of texts, linked and scored.

usage: python -m benchmarks.corpus [--agreements 750] [--seed 1] [--json FILE]
"""

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.corpus_texts import Truth, write_texts
from benchmarks.corpus_world import World
from extractor.corpus.world import Earlier, link_corpus
from extractor.corpus.world import World as Linked


def pairwise(truth: Mapping[Hashable, Hashable], found: Mapping[Hashable, Hashable]) -> dict[str, float]:
    """Precision, recall and F1 over pairs of records: those put together, of those that belong together."""
    keys = [key for key in truth if key in found]
    both = _pairs(Counter((truth[k], found[k]) for k in keys))
    together, belong = _pairs(Counter(found[k] for k in keys)), _pairs(Counter(truth[k] for k in truth))
    precision, recall = both / together if together else 1.0, both / belong if belong else 1.0
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / (precision + recall or 1), 4),
    }


def _pairs(counts: Counter[Any]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def found_ids(linked: Linked, kind: str) -> dict[Hashable, Hashable]:
    """The id of the corpus row behind each record of a text."""
    return {(m["doc_id"], m["local_id"]): m["id"] for m in linked.rows["members"] if m["kind"] == kind}


def conflicts(world: World, truth: Truth, linked: Linked) -> dict[str, float]:
    """Facts told wrongly that the ledger lists, of all; and listed ones that are real, of those listed."""
    ids = found_ids(linked, "agreement")
    number_of: dict[Hashable, Counter[int]] = defaultdict(Counter)
    for key, id_ in ids.items():
        number_of[id_][truth.agreements[key]] += 1  # type: ignore[index]
    listed = {(number_of[row["id"]].most_common(1)[0][0], field) for row in linked.rows["agreements"] for field in row["conflicts"]}
    real = {(agreement.number, field) for agreement in world.agreements for field in agreement.wrong}
    return {
        "real": len(real),
        "listed": len(listed),
        "found": round(len(real & listed) / len(real), 4),
        "precision": round(len(real & listed) / max(1, len(listed)), 4),
    }


def keeps_ids(documents: list[Any], truth: Truth, seed: int) -> dict[str, float]:
    """Rows before and after a tenth more texts: the share whose id still stands, and the same without rows that truth says are one."""
    order = documents[:]
    random.Random(seed).shuffle(order)
    first = link_corpus(order[: round(len(order) / 1.1)])
    then = link_corpus(order, earlier=Earlier(first.ids, (), 1))
    old, new = (real_by_id(linked, truth) for linked in (first, then))
    merged = {row["id"]: row["others"] for row in then.changes if row["change"] == "merged"}
    rightly = {id_ for id_, others in merged.items() if any(old[id_] == new[other] for other in others)}
    return {
        "rows": len(old),
        "kept": round(len(old.keys() & new.keys()) / len(old), 5),
        "kept_or_rightly_merged": round(len(old.keys() & new.keys() | rightly) / len(old), 5),
        "same_thing_behind_id": round(sum(old[id_] == new[id_] for id_ in old.keys() & new.keys()) / len(old.keys() & new.keys()), 5),
    }


def real_by_id(linked: Linked, truth: Truth) -> dict[str, Hashable]:
    """The real thing that most records of each row are of."""
    real: dict[str, Counter[Hashable]] = defaultdict(Counter)
    for m in linked.rows["members"]:
        known: Mapping[Any, Hashable] = {"organization": truth.houses, "person": truth.people, "agreement": truth.agreements}[m["kind"]]  # type: ignore[dict-item]
        real[m["id"]][known[m["doc_id"], m["local_id"]]] += 1
    return {id_: min(counts, key=lambda v: (-counts[v], str(v))) for id_, counts in real.items()}


def measure(agreements: int, seed: int) -> dict[str, Any]:
    """All figures for one invented world."""
    world = World(agreements, seed)
    documents, truth = write_texts(world)
    start = time.perf_counter()
    linked = link_corpus(documents)
    seconds = time.perf_counter() - start
    shuffled = documents[:]
    random.Random(seed + 1).shuffle(shuffled)
    copies = {row["doc_id"]: row["copy_of"] for row in linked.rows["duplicates"]}
    return {
        "texts": len(documents),
        "agreements": len(world.agreements),
        "tellings": len(truth.agreements),
        "seconds": round(seconds, 1),
        "agreements_pairwise": pairwise(truth.agreements, found_ids(linked, "agreement")),
        "organizations_pairwise": pairwise(truth.houses, found_ids(linked, "organization")),
        "persons_pairwise": pairwise(truth.people, found_ids(linked, "person")),
        "conflicts": conflicts(world, truth, linked),
        "copies": {
            "real": len(truth.copies),
            "found": sum(copies.get(a) == b or copies.get(b) == a for a, b in truth.copies.items()),
            "listed": len(copies),
        },
        "same_bytes_shuffled": json.dumps(linked.rows, default=str) == json.dumps(link_corpus(shuffled).rows, default=str),
        "ids_kept": keeps_ids(documents, truth, seed),
    }


def main() -> None:
    """Print the figures; keep them where asked."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--agreements", type=int, default=750)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--json", type=Path)
    chosen = options.parse_args()
    figures = measure(chosen.agreements, chosen.seed)
    print(json.dumps(figures, indent=2))
    if chosen.json:
        chosen.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
