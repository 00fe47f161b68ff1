"""Tables of tellings and exactly the agreements that they make: which tellings are one, which date holds, what is in conflict."""

import json
import random

import pytest
from corpus.conftest import day, deal, house, text

from extractor.corpus.world import link_corpus

X, Y, Z = house("Kyoto University", "JP"), house("Graz University", "AT"), house("Lund University", "SE")
FACULTY = house("Faculty of Law", None, "faculty", part_of=0)


def report(doc_id, on, published=None, *, houses=(X, Y), parties=(0, 1), **told):
    return text(doc_id, deal(*parties, on=on, **told), houses=houses, published=published)


def ledger(*texts):
    """Each agreement as (texts that tell it, date, action, conflicts)."""
    rows = link_corpus(texts).rows["agreements"]
    return sorted((row["doc_ids"], row["date"], row["action"], row["conflicts"]) for row in rows)


ONE = {
    "two reports of one day": ([report("a", "2021-05-05"), report("b", "2021-05-05")], "2021-05-05", "signed", []),
    "a month and a day": ([report("a", "2021-05"), report("b", "2021-05-05")], "2021-05-05", "signed", []),
    "a report without a date, soon after": (
        [report("a", "2021-05-05", "2021-05-06"), report("b", None, "2021-05-10")], "2021-05-05", "signed", [],
    ),
    "a wrong year, outvoted": (
        [report("a", "2021-05-05"), report("b", "2021-05-05"), report("c", "2020-05-05")], "2021-05-05", "signed", ["date"],
    ),
    "a wrong year, told long after": (
        [report("a", "2020-05-05", "2021-06-01"), report("b", "2021-05-05", "2021-05-06")], "2021-05-05", "signed", ["date"],
    ),
    "a loose word for the paper": (
        [report("a", "2021-05-05"), report("b", "2021-05-05", instrument="cooperation_agreement")], "2021-05-05", "signed", [],
    ),
    "another paper on the same day": (
        [report("a", "2021-05-05"), report("b", "2021-05-05", instrument="letter_of_intent")], "2021-05-05", "signed", ["instrument"],
    ),
    "a plan, kept": (
        [report("a", None, "2021-03-01", action="planned"), report("b", "2021-05-05", "2021-05-06")], "2021-05-05", "signed", [],
    ),
    "a renewal": (
        [report("a", "2021-05-05", "2021-05-06"), report("b", "2024-05-02", "2024-05-03", action="renewed")], "2021-05-05", "renewed", [],
    ),
    "an end": (
        [report("a", "2021-05-05", "2021-05-06"), report("b", "2023-01-01", "2023-01-03", action="ended")], "2021-05-05", "ended", [],
    ),
    "a party left out": (
        [report("a", "2021-05-05", houses=(X, Y, Z), parties=(0, 1, 2)), report("b", "2021-05-05")], "2021-05-05", "signed", ["parties"],
    ),
    "a faculty here, its house there": (
        [report("a", "2021-05-05", houses=(X, Y, FACULTY), parties=(2, 1)), report("b", "2021-05-05")], "2021-05-05", "signed", ["parties"],
    ),
}  # fmt: skip
SEVERAL = {
    "other parties on the same day": [report("a", "2021-05-05"), report("b", "2021-05-05", houses=(X, Z))],
    "a second signing, five years on": [report("a", "2016-05-05"), report("b", "2021-05-05")],
    "another paper, months later": [report("a", "2021-05-05"), report("b", "2021-09-09", instrument="exchange_agreement")],
    "a plan long before": [report("a", None, "2015-01-01", action="planned"), report("b", "2021-05-05", "2021-05-06")],
    "a plan after the signing": [report("a", "2021-05-05", "2021-05-06"), report("b", None, "2022-01-01", action="planned")],
    "two faculties of one house": [
        report("a", "2021-05-05", houses=(X, Y, FACULTY), parties=(2, 1)),
        report("b", "2021-05-05", houses=(X, Y, house("Faculty of Arts", None, "faculty", part_of=0)), parties=(2, 1)),
    ],
}


@pytest.mark.parametrize(("texts", "date", "action", "conflicts"), ONE.values(), ids=ONE)
def test_one_agreement(texts, date, action, conflicts):
    assert ledger(*texts) == [([t["doc_id"] for t in texts], date, action, conflicts)]


@pytest.mark.parametrize("texts", SEVERAL.values(), ids=SEVERAL)
def test_two_agreements(texts):
    assert [docs for docs, *_ in ledger(*texts)] == [["a"], ["b"]]


def test_what_one_text_tells_as_two_is_two():
    both = text("a", deal(0, 1, on="2021-05-05"), deal(0, 1, on="2021-05-05", instrument="exchange_agreement"), houses=(X, Y))
    other = report("b", "2021-05-05", instrument="exchange_agreement")
    assert [docs for docs, *_ in ledger(both, other)] == [["a"], ["a", "b"]]


def test_two_acts_of_one_text_are_two_even_with_one_date_and_paper():
    both = text("a", deal(0, 1, on="2021-05-05"), deal(0, 1, on="2021-05-05"), houses=(X, Y))
    assert [docs for docs, *_ in ledger(both)] == [["a"], ["a"]]


def test_deals_with_two_partners_are_not_one_of_three():
    two = [report("a", "2021-05-05"), report("b", "2021-05-05", houses=(X, Z))]
    three = report("c", "2021-05-05", houses=(X, Y, Z), parties=(0, 1, 2))
    assert [docs for docs, *_ in ledger(*two, three)] == [["a"], ["b"], ["c"]]


def test_the_timeline_and_the_term():
    texts = [
        report("a", None, "2021-03-01", action="planned"),
        report("b", "2021-05-05", "2021-05-06", duration="P3Y"),
        report("c", "2024-05-05", "2024-05-06", action="renewed"),
    ]
    world = link_corpus(texts)
    assert [(t["step"], t["doc_id"]) for t in world.rows["timeline"]] == [("planned", "a"), ("signed", "b"), ("renewed", "c")]
    (row,) = world.rows["agreements"]
    assert (row["date_start"], row["until"], row["duration"]) == (day("2021-05-05"), day("2027-05-05"), "P3Y")


def test_each_value_in_conflict_names_its_texts():
    texts = [report("a", "2021-05-05"), report("b", "2021-05-05"), report("c", "2020-05-05")]
    rows = link_corpus(texts).rows["conflicts"]
    assert [(r["field"], r["value"], r["is_chosen"], r["doc_ids"]) for r in rows] == [
        ("date", "2020-05-05", False, ["c"]),
        ("date", "2021-05-05", True, ["a", "b"]),
    ]


def test_copies_are_not_sources():
    words = " ".join(f"word{n}" for n in range(200))
    texts = [
        report("a", "2021-05-05", "2021-05-06") | {"text": words},
        report("b", "2021-05-05", "2021-05-07") | {"text": words + " again"},
        report("c", "2020-05-05", "2021-05-08"),
    ]
    world = link_corpus(texts)
    (row,) = world.rows["agreements"]
    assert (row["n_texts"], row["n_sources"], row["date"]) == (3, 2, "2021-05-05")
    assert [(d["doc_id"], d["copy_of"]) for d in world.rows["duplicates"]] == [("b", "a")]
    assert [t["is_copy"] for t in world.rows["timeline"]] == [False, False, True] or [
        t["doc_id"] for t in world.rows["timeline"] if t["is_copy"]
    ] == ["b"]


def test_the_order_of_texts_changes_nothing():
    texts = [t for texts, *_ in ONE.values() for t in texts] + [t for texts in SEVERAL.values() for t in texts]
    texts = [t | {"doc_id": f"{t['doc_id']}{n}"} for n, t in enumerate(texts)]
    first = json.dumps(link_corpus(texts).rows, default=str)
    for seed in range(3):
        random.Random(seed).shuffle(texts)
        assert json.dumps(link_corpus(texts).rows, default=str) == first
