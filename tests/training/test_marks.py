"""Inline marks, shares of other conventions, the generator, and that nothing of the measuring texts is learnt from."""

import json
import os
import random
import re
from pathlib import Path

import pytest

from extractor.model.pieces import Pieces
from extractor.model.tags import TAGS
from training.corpora import sample_of
from training.generate import Recombiner, date, person
from training.marks import read_blocks, read_marked, write_marked
from training.reshape import Part, initials, parts_of, reshaped, sample_of_parts
from training.samples import Sample, examples

TRAINING = Path(__file__).parents[2] / "training"
GOLD = Path(os.environ.get("EXTRACTOR_SHARED", Path(__file__).parents[3] / "shared")) / "eval" / "gold" / "dev.jsonl"
PIECES = Pieces(["[UNK]", "[CLS]", "[SEP]", "kyoto", "uni", "##versity", "met", "ann", "##a", ",", "of", "in", "the"])


def test_marks_give_text_and_offsets():
    sample = read_marked("Prof. ⟦P|Ann Lee⟧, ⟦R|Dean⟧ at ⟦I|Kyoto⟧, came ⟦D|today⟧ with ⟦?I|XU Lab⟧.")
    assert sample.text == "Prof. Ann Lee, Dean at Kyoto, came today with XU Lab."
    assert [(sample.text[s:e], label) for s, e, label in sample.spans] == [
        ("Ann Lee", "person"),
        ("Dean", "role"),
        ("Kyoto", "institution"),
        ("today", "date"),
    ]
    assert [sample.text[s:e] for s, e in sample.doubtful] == ["XU Lab"]
    assert write_marked(sample) == "Prof. ⟦P|Ann Lee⟧, ⟦R|Dean⟧ at ⟦I|Kyoto⟧, came ⟦D|today⟧ with ⟦?I|XU Lab⟧."


@pytest.mark.parametrize("broken", ["⟦I|Kyoto", "⟦X|Kyoto⟧", "⟦I|⟦I|Kyoto⟧⟧", "⟦I|⟧", "Kyoto⟧"])
def test_a_broken_mark_is_refused(broken):
    with pytest.raises(ValueError, match="a mark is broken"):
        read_marked(broken)


def test_all_sentences_can_be_read():
    blocks = list(read_blocks(TRAINING / "sentences"))
    assert sum(len(block) for block in blocks) >= 2000


def allowed(sample):
    (example,) = examples(sample, PIECES)
    return [{TAGS[i] for i in row.nonzero()[0]} for row in example.allowed]


def test_a_span_fixes_its_words_and_doubt_opens_them():
    tags = allowed(read_marked("⟦I|Kyoto University⟧ met ⟦P|Anna⟧ ⟦?I|of⟧ in"))
    assert tags == [{"B-institution"}, {"E-institution"}, {"O"}, {"S-person"}, set(TAGS), {"O"}]


def test_another_convention_leaves_open_what_it_does_not_mark():
    row = {
        "text": "the Department of Kyoto , Kyoto met Anna",
        "ents": [[4, 31, "ORG", "ORG"], [36, 40, "PERSON", "PER"], [0, 3, "GPE", "LOC"]],
    }
    tags = allowed(sample_of(row))
    assert "O" in tags[0]
    assert "B-role" in tags[0]
    assert "B-person" not in tags[0]
    assert tags[1] == {"B-institution", "S-institution"}
    assert tags[2] >= {"O", "I-institution", "E-institution"}
    assert tags[7] == {"S-person"}


def test_windows_keep_whole_sentences():
    text = ". ".join(["Kyoto University met Anna"] * 30)
    found = list(examples(Sample(text, ()), PIECES, 40))
    assert all(len(e.ids) <= 40 for e in found)
    assert sum(len(e.firsts) for e in found) == 30 * 5 - 1
    assert {int(e.ids[1]) for e in found} == {3}


def test_recombined_sentences_keep_frame_and_labels():
    block = [
        read_marked("⟦I|Kyoto University⟧ (⟦I|KU⟧) met Dr. ⟦P|Ann Lee⟧, ⟦R|Dean⟧, on ⟦D|May 5, 2021⟧."),
        read_marked("⟦P|Lee⟧ thanked ⟦I|KU⟧."),
    ]
    for seed in range(20):
        first, second = Recombiner(random.Random(seed), None, share=1.0, reshape=False).block(block)
        assert [label for *_, label in first.spans] == ["institution", "institution", "person", "role", "date"]
        assert re.sub(r"⟦[^⟧]+⟧", "X", write_marked(first)) == "X (X) met Dr. X, X, on X."
        name = first.text[first.spans[2][0] : first.spans[2][1]]
        assert second.text[second.spans[0][0] : second.spans[0][1]].casefold() in name.casefold()


def test_parts_join_to_the_same_sample():
    sample = read_marked("⟦I|Faculty of Law⟧ of ⟦I|Kyoto University⟧ met ⟦?I|XU Lab⟧.")
    assert sample_of_parts(parts_of(sample)) == sample


def test_units_parents_and_acronyms_are_told_in_other_ways():
    parts = parts_of(read_marked("The ⟦I|Faculty of Law⟧ of ⟦I|Kyoto City University⟧ met ⟦P|Ann Lee⟧, of Rome."))
    told = {write_marked(sample_of_parts(reshaped(parts, random.Random(seed)))) for seed in range(300)}
    assert any("⟦I|Kyoto City University⟧'s ⟦I|Faculty of Law⟧ met ⟦P|Ann Lee⟧" in text for text in told)
    assert any("⟦I|Kyoto City University⟧ (⟦I|KCU⟧) met" in text for text in told)
    assert any("of ⟦I|KCU⟧ met ⟦P|Ann Lee⟧" in text for text in told)
    assert any("⟦P|Ann Lee⟧,of Rome." in text for text in told)
    assert reshaped([Part("No name here.", None)], random.Random(0)) == [Part("No name here.", None)]


def test_recombining_is_the_same_for_the_same_seed():
    block = [read_marked("⟦P|Ann Lee⟧ of ⟦I|Kyoto University⟧ came ⟦D|2021⟧.")]
    assert Recombiner(random.Random(5), None).block(block) == Recombiner(random.Random(5), None).block(block)


def test_names_and_dates_are_made():
    rng = random.Random(1)
    assert all(re.fullmatch(r"[^{}]+", person(rng)) for _ in range(200))
    assert date(rng, "in a fortnight") == "in a fortnight"
    assert date(rng, "2021") != "2021"
    assert initials("Kyoto University of Technology") == "KUT"


def shingles(text):
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}


@pytest.mark.skipif(not GOLD.exists(), reason="the measuring texts are not at hand")
def test_no_measuring_text_is_learnt_from():
    gold = set().union(*(shingles(json.loads(line)["text"]) for line in GOLD.read_text(encoding="utf-8").splitlines()))
    files = [p for p in TRAINING.rglob("*") if p.suffix in {".txt", ".yaml", ".jsonl"}]
    common = {" ".join(s) for p in files for s in shingles(re.sub(r"⟦\??[IPRD]\|([^⟧]*)⟧", r"\1", p.read_text(encoding="utf-8"))) & gold}
    assert not common
