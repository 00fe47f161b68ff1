"""Samples are the same for the same documents; their estimates have the intervals of the books."""

import random
from pathlib import Path
from typing import Any

import pytest
from sample_documents import signing, visit

from extractor.corrections import Correction, draw, estimate, precision_table, read_judgements, write_sample
from extractor.corrections.estimate import wilson
from extractor.corrections.sample import shares


def judgement(number: int, verdict: str, **more: Any) -> Correction:
    row = {"doc_id": f"d{number}", "kind": "person", "id": "p1", "quote": {"start": 0, "end": 1, "text": "x"}, "verdict": verdict, **more}
    return Correction.model_validate(row)


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (1, 29, 0.0061, 0.1718)],
)  # the last three: R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3
def test_wilsons_interval(right: int, of: int, low: float, high: float):
    assert wilson(right / of, of) == pytest.approx((low, high), abs=5e-5)


def test_nothing_judged_says_nothing():
    assert wilson(0, 0) == (0.0, 1.0)


def test_an_edited_record_is_not_right():
    rows = [judgement(n, v) for n, v in enumerate(["right", "right", "wrong", "edited"])]
    assert estimate("person", rows)[:4] == ("person", 4, 2, 0.5)


def test_strata_count_by_what_they_stand_for():
    high = [judgement(n, "right", stratum="person/high", weight=90) for n in range(10)]
    low = [judgement(n, "wrong", stratum="person/low", weight=10) for n in range(10, 20)]
    found = estimate("person", high + low)
    assert found.precision == pytest.approx(0.9)
    assert found.low < 0.9 < found.high


def test_the_interval_holds_the_truth_nineteen_times_of_twenty():
    chance = random.Random(7)
    held = 0
    for _ in range(400):
        rows = [judgement(n, "right" if chance.random() < 0.95 else "wrong", stratum="person/high", weight=8.0) for n in range(40)]
        rows += [judgement(n, "right" if chance.random() < 0.5 else "wrong", stratum="person/low", weight=4.0) for n in range(100, 120)]
        found = estimate("person", rows)
        held += found.low <= (0.95 * 320 + 0.5 * 80) / 400 <= found.high
    assert 370 <= held <= 396


def test_records_judged_in_passing_do_not_count_beside_a_sample():
    rows = [judgement(1, "right", stratum="person/high", weight=2), judgement(2, "wrong")]
    assert [row[:4] for row in precision_table(rows)] == [("person", 1, 1, 1.0)]


@pytest.mark.parametrize(
    ("counts", "size", "given"),
    [
        ({"a/high": 100, "a/low": 10}, 22, {"a/high": 20, "a/low": 2}),
        ({"a/high": 1000, "b/high": 3}, 10, {"a/high": 7, "b/high": 3}),
        ({"a/high": 1000, "a/low": 1}, 10, {"a/high": 9, "a/low": 1}),
        ({"a/high": 2}, 10, {"a/high": 2}),
        ({}, 10, {}),
    ],
)
def test_shares_of_tables_and_bands(counts: dict[str, int], size: int, given: dict[str, int]):
    assert shares(counts, size) == given


def test_a_sample_does_not_depend_on_the_order_and_does_on_the_seed():
    docs = [signing(f"s{n}") for n in range(30)] + [visit(f"v{n}") for n in range(30)]
    sample = draw(docs, 40)
    assert len(sample) == 40
    assert draw(docs[::-1], 40) == sample
    assert draw(docs, 40, seed="other") != sample
    assert {d.stratum.split("/")[0] for d in sample} == {"agreement", "visit", "institution", "person", "role", "date"}
    assert sum(d.weight for d in sample if d.stratum == "agreement/high") == pytest.approx(30)


def test_a_sample_filled_in_by_hand_is_read_as_judgements(tmp_path: Path):
    sample = [d.model_copy(update={"verdict": "right"}) for d in draw([signing()], 5)][:3]
    path = tmp_path / "sample.jsonl"
    write_sample(path, [*sample, sample[0].model_copy(update={"id": "p9", "verdict": None})])
    judgements = read_judgements(path)
    assert [(c.id, c.verdict, c.stratum, c.weight) for c in judgements] == [(d.id, "right", d.stratum, d.weight) for d in sample]
