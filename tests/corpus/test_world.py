"""The world as tables: fixed columns, resolved ids, lasting ids, ties that count acts, and floors on an invented world."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from corpus.conftest import deal, house, text, visit

from extractor.corpus.columns import CORPUS_TABLES
from extractor.corpus.ids import Group, assign_ids
from extractor.corpus.world import Earlier, link_corpus
from extractor.errors import ExtractorError

ROOT = Path(__file__).parents[2]
X, Y = house("Kyoto University", "JP"), house("Graz University", "AT")


def world_of_two():
    return [
        text(
            "a",
            deal(0, 1, on="2021-05-05", signatories=[0]),
            visit(0, 1, "2021-05-05"),
            houses=(X, Y, house("Faculty of Law", None, "faculty", part_of=0)),
            people=[("Mei Tanaka", "President", 0)],
            published="2021-05-06",
        ),
        text("b", visit(0, 1, "2021-05-05"), houses=(X, Y), people=[("TANAKA Mei", "President", 0)], published="2021-05-09"),
    ]


def test_rows_have_the_columns_and_refer_to_rows():
    rows = link_corpus(world_of_two()).rows
    assert rows.keys() == CORPUS_TABLES.keys()
    for name, table in CORPUS_TABLES.items():
        for row in rows[name]:
            assert set(row) <= {c.name for c in table.columns}, name
        keys = [tuple(row[k] for k in table.key) for row in rows[name]]
        assert len(set(keys)) == len(keys), name
    houses = {row["id"] for row in rows["organizations"]}
    assert {row["house"] for row in rows["organizations"]} < houses
    assert {p for row in rows["agreements"] for p in row["parties"]} <= houses
    assert {s for row in rows["agreements"] for s in row["signatories"]} == {row["id"] for row in rows["persons"]}
    assert len(rows["persons"]) == 1


def test_ties_count_acts_not_tellings():
    rows = link_corpus(world_of_two()).rows
    (tie,) = rows["ties"]
    assert (tie["year"], tie["agreement"], tie["visit"], tie["total"]) == (2021, 1, 1, 2)
    assert {tie["name_a"], tie["name_b"]} == {"Kyoto University", "Graz University"}
    (between,) = rows["country_ties"]
    assert (between["a"], between["b"], between["total"]) == ("AT", "JP", 2)


def test_the_name_is_the_most_told_and_not_shouted():
    names = ("KYOTO UNIVERSITY", "KYOTO UNIVERSITY", "University of Kyoto", "Kyoto University", "Kyoto University")
    texts = [text(f"t{n}", houses=(house(name, "JP"),)) for n, name in enumerate(names)]
    (row,) = link_corpus(texts).rows["organizations"]
    assert (row["name"], row["aliases"]) == ("Kyoto University", ["KYOTO UNIVERSITY", "University of Kyoto"])


def test_plans_are_no_ties():
    planned = text("a", deal(0, 1, action="planned"), houses=(X, Y), published="2021-05-06")
    assert link_corpus([planned]).rows["ties"] == []


def test_types_do_not_depend_on_the_data():
    empty, full = link_corpus([]), link_corpus(world_of_two())
    for name in CORPUS_TABLES:
        assert list(empty.frame(name).columns) == [c.name for c in CORPUS_TABLES[name].columns]
        for column in CORPUS_TABLES[name].columns:
            if column.type in ("date", "boolean"):
                assert (
                    empty.frame(name)[column.name].dtype == full.frame(name)[column.name].dtype
                    or full.frame(name)[column.name].isna().all()
                )


def test_more_texts_keep_ids():
    first = link_corpus(world_of_two())
    more = [*world_of_two(), text("c", deal(0, 1, on="2021-05"), houses=(house("University of Kyoto", "JP", aliases=["KU"]), Y))]
    then = link_corpus(more, earlier=Earlier(first.ids, (), 1))
    for name in ("organizations", "persons", "agreements"):
        assert {row["id"] for row in first.rows[name]} <= {row["id"] for row in then.rows[name]}
    assert then.changes == []


@pytest.mark.parametrize(
    ("groups", "earlier", "ids", "changes"),
    [
        ([Group("x", ("1", "2"))], {"1": "o_a", "2": "o_a"}, ["o_a"], []),
        ([Group("x", ("1", "2", "3"))], {"1": "o_a", "2": "o_a", "3": "o_b"}, ["o_a"], [("o_b", "merged", ("o_a",))]),
        ([Group("x", ("1",)), Group("y", ("2", "3"))], {"1": "o_a", "2": "o_a", "3": "o_a"}, [None, "o_a"], [("o_a", "split", None)]),
        ([Group("x", ("1",))], {"1": "o_a", "2": "o_b"}, ["o_a"], [("o_b", "gone", ())]),
        ([Group("x", ("1",)), Group("y", ("9",))], {"1": "o_a"}, ["o_a", None], [(None, "new", ())]),
    ],
)
def test_ids_are_inherited_and_changes_told(groups, earlier, ids, changes):
    given, told = assign_ids("organization", groups, earlier)
    assert [g if e is not None else None for g, e in zip(given, ids, strict=True)] == ids
    assert len(set(given)) == len(given)
    fresh = [g for g, e in zip(given, ids, strict=True) if e is None]
    expected = [(i or fresh[0], c, o if o is not None else (fresh[0],)) for i, c, o in changes]
    assert [(t.id, t.change, t.others) for t in told] == expected


def test_equal_anchors_still_give_two_ids():
    given, _ = assign_ids("agreement", [Group("x", ("1",)), Group("x", ("1",)), Group("x", ("2",))], {})
    assert len(set(given)) == 3


def test_a_text_of_unknown_shape_is_an_error():
    with pytest.raises((ExtractorError, KeyError)):
        link_corpus([{"doc_id": "a"}])


def test_floors_on_an_invented_world(tmp_path):
    """250 agreements in some 800 texts with name variants, wrong years and near misses."""
    command = [sys.executable, "-m", "benchmarks.corpus", "--agreements", "250", "--seed", "2", "--json", str(tmp_path / "figures.json")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    figures = json.loads((tmp_path / "figures.json").read_text())
    assert figures["agreements_pairwise"]["f1"] >= 0.95
    assert figures["organizations_pairwise"]["f1"] >= 0.95
    assert figures["conflicts"]["found"] >= 0.9
    assert figures["conflicts"]["precision"] >= 0.9
    assert figures["copies"]["found"] == figures["copies"]["real"] == figures["copies"]["listed"]
    assert figures["same_bytes_shuffled"]
    assert figures["ids_kept"]["kept_or_rightly_merged"] >= 0.999
