"""Our measures on hand-made documents, and figure by figure against the reference scorer where that is at hand."""

import copy
import importlib.util
import json
import random

import pytest

from extractor.evaluate import evaluate, folded
from extractor.io.jsonl import read_lines

TEXT = "Jena and Bonn signed an MoU on 5 May 2021. Ann Lee, rector of Jena, came."


def mention(words, label, entity, **more):
    start = TEXT.index(words)
    return {"id": f"m{start}", "label": label, "entity": entity, "start": start, "end": start + len(words), "text": words, **more}


def gold():
    return {
        "doc_id": "d",
        "text": TEXT,
        "mentions": [
            mention("Jena", "institution", "i1"),
            mention("Bonn", "institution", "i2"),
            mention("5 May 2021", "date", "d1"),
            mention("Ann Lee", "person", "p1"),
            mention("rector", "role", "r1"),
        ],
        "institutions": [
            {"id": "i1", "name": "Jena", "aliases": [], "kind": "university", "country": "DE", "part_of": None},
            {"id": "i2", "name": "Bonn", "aliases": [], "kind": "university", "country": "DE", "part_of": None},
        ],
        "people": [{"id": "p1", "name": "Ann Lee"}],
        "roles": [{"id": "r1", "title": "rector", "person": "p1", "institution": "i1", "status": "current"}],
        "dates": [{"id": "d1", "edtf": "2021-05-05"}],
        "events": [
            {
                "id": "e1", "type": "agreement", "action": "signed", "instrument": "memorandum_of_understanding", "date": "d1", "topics": [],
                "parties": ["i1", "i2"], "signatories": [], "witnesses": [], "trigger": {"start": 14, "end": 27, "text": "signed an MoU"},
            },
        ],
    }  # fmt: skip


def figures(found):
    return {m: (round(f.precision, 3), round(f.recall, 3)) for m, f in evaluate([gold()], [found]).scores().items()}


def test_gold_is_right_in_everything():
    assert set(figures(gold()).values()) == {(1.0, 1.0)}
    assert all(share == 1.0 for share, _ in evaluate([gold()], [gold()]).accuracies().values())
    assert evaluate([gold()], [gold()]).faults == []


def change(path, value):
    doc = gold()
    *way, last = path
    place = doc
    for step in way:
        place = place[step]
    place[last] = value
    return doc


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (["mentions", 0, "end"], 3, {"mention.institution": (0.5, 0.5), "grounding": (1.0, 0.8)}),
        (["mentions", 0, "label"], "person", {"mention.institution": (1.0, 0.5), "mention.person": (0.5, 1.0)}),
        (["dates", 0, "edtf"], "2021-05", {"dates": (0.0, 0.0), "agreement.slots": (0.8, 0.8), "agreement.rows": (0.0, 0.0)}),
        (["events", 0, "parties"], ["i1"], {"agreement.slots": (1.0, 0.8), "agreement.rows": (0.0, 0.0), "pairs": (1.0, 0.0)}),
        (["events", 0, "signatories"], ["p1"], {"agreement.slots": (0.833, 1.0), "agreement.rows": (1.0, 1.0)}),
        (["events", 0, "action"], "planned", {"agreement.slots": (0.8, 0.8), "agreement.rows": (0.0, 0.0), "pairs": (1.0, 1.0)}),
        (["events"], [], {"agreement.slots": (1.0, 0.0), "agreement.rows": (1.0, 0.0), "pairs": (1.0, 0.0)}),
        (["roles", 0, "institution"], None, {"roles": (0.0, 0.0)}),
        (["institutions", 1, "name"], "Rheinische", {"institutions": (1.0, 1.0)}),
    ],
)
def test_each_fault_counts_where_it_belongs(path, value, expected):
    got = figures(change(path, value))
    assert {measure: got[measure] for measure in expected} == expected


def test_optional_gold_counts_neither_way():
    truth = gold()
    truth["mentions"][3]["optional"] = truth["people"][0]["optional"] = truth["roles"][0]["optional"] = True
    without = change(["people"], [])
    without["mentions"] = [m for m in without["mentions"] if m["label"] != "person"]
    for found in (gold(), without):
        scores = evaluate([truth], [found]).scores()
        assert scores["mention.person"].f1 == 1.0
        assert scores.get("people", scores["dates"]).f1 == 1.0


def test_a_text_without_a_document_is_missed():
    result = evaluate([gold()], [])
    assert result.scores()["institutions"].recall == 0.0
    assert result.faults[0].measure == "document"


def test_a_second_record_of_one_entity_is_wrong():
    found = gold()
    found["institutions"].append({**found["institutions"][0], "id": "i3"})
    assert figures(found)["institutions"] == (0.667, 1.0)


@pytest.mark.parametrize(
    ("name", "same"),
    [("The Università", "universita"), ("R&D", "r and d"), ("People's Hospital", "people hospital"), ("A. Dube", "dube"), (None, "")],
)
def test_folded_names(name, same):
    assert folded(name) == same


def perturbed(doc, chance):
    """The document with the faults that programs make: records lost, doubled, bent."""
    doc = copy.deepcopy(doc)
    for kind in ("mentions", "institutions", "people", "roles", "dates", "events"):
        records = [r for r in doc[kind] if chance.random() > 0.15]
        records += [{**r, "id": f"{r['id']}x"} for r in records if chance.random() < 0.05]
        doc[kind] = records
    for m in doc["mentions"]:
        if chance.random() < 0.1:
            m["start"] = max(0, m["start"] - chance.randint(0, 3))
            m["text"] = doc["text"][m["start"] : m["end"]]
    for kind, field, values in (("institutions", "kind", ["hospital", "other"]), ("institutions", "country", [None, "US"]), ("dates", "edtf", ["2020", None]),
                                ("roles", "status", ["former"]), ("roles", "institution", [None]), ("events", "action", ["planned", "signed"]),
                                ("events", "date", [None]), ("institutions", "part_of", [None]), ("people", "name", ["Someone Else"])):  # fmt: skip
        for record in doc[kind]:
            if chance.random() < 0.15:
                record[field] = chance.choice(values)
    for event in doc["events"]:
        for slot in ("parties", "hosts", "participants", "signatories"):
            if event.get(slot) and chance.random() < 0.3:
                event[slot] = event[slot][1:]
    return doc


@pytest.mark.parametrize("seed", range(3))
def test_every_figure_equals_the_reference_scorer(shared, seed):
    spec = importlib.util.spec_from_file_location("score", shared / "eval" / "score.py")
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    chance = random.Random(seed)
    truth = list(read_lines(shared / "eval" / "gold" / "dev.jsonl"))
    found = [perturbed(doc, chance) for doc in truth[: len(truth) - seed]]
    tally = reference.score({d["doc_id"]: d for d in truth}, {d["doc_id"]: d for d in found})
    ours = evaluate(truth, found)
    assert {m: dict(c) for m, c in ours.counts.items()} == {m: dict(c) for m, c in tally.counts.items()}
    assert {m: list(c) for m, c in ours.hits.items()} == {m: list(c) for m, c in tally.acc.items()}
    assert sorted(map(tuple, ours.faults)) == sorted(
        (d, m, k, w.replace("no such document in the output", "no such document among the results")) for d, m, k, w in tally.errors
    )


def test_every_interval_equals_the_reference_scorer(shared, tmp_path):
    import subprocess
    import sys

    chance = random.Random(5)
    truth = shared / "eval" / "gold" / "dev.jsonl"
    found = tmp_path / "found.jsonl"
    found.write_text("".join(json.dumps(perturbed(doc, chance)) + "\n" for doc in read_lines(truth)), encoding="utf-8")
    command = [sys.executable, str(shared / "eval" / "score.py"), str(truth), str(found), "--json", "--ci"]
    reference = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    command = [sys.executable, "-m", "extractor", "evaluate", str(truth), str(found), "--json", "--ci"]
    assert json.loads(subprocess.run(command, capture_output=True, check=True).stdout) == reference
