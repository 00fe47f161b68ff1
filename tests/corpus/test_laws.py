"""Laws for any texts: each record is part of one row, order changes nothing, no two countries or entries in one row."""

import json
import random

from corpus.conftest import deal, house, text, visit
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.corpus.world import link_corpus

NAMES = [
    "University of Jena",
    "Jena University",
    "JENA UNIVERSITY",
    "Friedrich Schiller University Jena",
    "FSU",
    "Faculty of Medicine",
    "International Office",
    "Ministry of Health",
    "Chinese Embassy",
    "Wuhan University",
    "Wuhan University of Technology",
    "東京大学",
    "=cmd|' /C calc'!A0",
    "…",
    "a",
]
KINDS = ["university", "faculty", "hospital", "government", "company", "other"]
DATES = [None, "2021-05-05", "2021-05", "2021", "2020-05-05", "2016/..", "../2019", "XXXX-04-22", "2021-05-05/2021-05-09"]
ACTIONS = ["signed", "planned", "agreed", "renewed", "in_force", "ended"]
PAPERS = ["memorandum_of_understanding", "letter_of_intent", "cooperation_agreement", "other"]

houses = st.lists(
    st.builds(
        house,
        st.sampled_from(NAMES),
        st.sampled_from([None, "DE", "CN"]),
        st.sampled_from(KINDS),
        st.lists(st.sampled_from(NAMES), max_size=2),
        st.sampled_from([None, 0, 1]),
    ),
    min_size=2,
    max_size=4,
)
events = st.lists(
    st.one_of(
        st.builds(
            lambda parties, on, action, paper: deal(*parties, on=on, action=action, instrument=paper),
            st.lists(st.integers(0, 1), max_size=3),
            st.sampled_from(DATES),
            st.sampled_from(ACTIONS),
            st.sampled_from(PAPERS),
        ),
        st.builds(visit, st.just(0), st.just(1), st.sampled_from(DATES)),
    ),
    max_size=3,
)
texts = st.lists(
    st.tuples(houses, events, st.sampled_from([None, "2021-05-06", "2022-01-01"]), st.sampled_from([None, "i0"])), min_size=1, max_size=5
)


def made(drawn):
    people = [("Jie Tian", "President", 0), ("TIAN Jie", "Dean", None)]
    return [
        text(f"t{n}", *(dict(e) for e in told), houses=held, people=people, published=day, publisher=publisher)
        for n, (held, told, day, publisher) in enumerate(drawn)
    ]


@settings(max_examples=150, deadline=None)
@given(texts)
def test_each_record_is_part_of_one_row(drawn):
    told = made(drawn)
    world = link_corpus(told)
    members = [(m["kind"], m["doc_id"], m["local_id"]) for m in world.rows["members"]]
    assert len(members) == len(set(members))
    expected = {("organization", t["doc_id"], i["id"]) for t in told for i in t["institutions"]}
    expected |= {("person", t["doc_id"], p["id"]) for t in told for p in t["people"]}
    expected |= {("agreement", t["doc_id"], e["id"]) for t in told for e in t["events"] if e["type"] == "agreement" and e["parties"]}
    assert set(members) == expected
    ids = [row["id"] for name in ("organizations", "persons", "agreements") for row in world.rows[name]]
    assert len(ids) == len(set(ids))
    assert {m["id"] for m in world.rows["members"]} == set(ids)


@settings(max_examples=80, deadline=None)
@given(texts, st.integers(0, 5))
def test_order_changes_nothing(drawn, seed):
    told = made(drawn)
    first = json.dumps(link_corpus(told).rows, default=str)
    random.Random(seed).shuffle(told)
    assert json.dumps(link_corpus(told).rows, default=str) == first


@settings(max_examples=80, deadline=None)
@given(texts)
def test_no_two_countries_in_one_row(drawn):
    told = made(drawn)
    country = {(t["doc_id"], i["id"]): i["country"] for t in told for i in t["institutions"]}
    by_row: dict[str, set[str]] = {}
    for m in link_corpus(told).rows["members"]:
        if m["kind"] == "organization" and (code := country[m["doc_id"], m["local_id"]]):
            by_row.setdefault(m["id"], set()).add(code)
    assert all(len(codes) == 1 for codes in by_row.values())
