"""The compiler of the gold texts: what it makes of marks and records, what it refuses, and that its two files are up to date."""

import runpy
from pathlib import Path

import pytest
import yaml

compiler = runpy.run_path(str(Path(__file__).with_name("compile.py")))

MARKED = "⟦R1|Dean⟧ ⟦P1|Ann Lee⟧ of ⟦I1|Bonn University⟧ signed ⟦?D1|recently⟧."
NOTES = """
published: 2024-05-17
institutions: {I1: {name: Bonn University, kind: university, country: DE}}
people: {P1: {name: Ann Lee}}
roles: [{title: R1, person: P1, institution: I1}]
dates: {D1: {edtf: null}}
events: [{type: agreement, action: signed, instrument: other, participants: {party: [I1], signatory: [P1]}, date: D1, trigger: signed}]
"""


def faults(marked: str = MARKED, old: str = "", new: str = "") -> list[str]:
    return list(compiler["faults_of"](marked, yaml.safe_load(NOTES.replace(old, new))))


def test_marks_become_mentions_of_the_raw_text():
    text, mentions = compiler["read_marks"](MARKED)
    assert text == "Dean Ann Lee of Bonn University signed recently."
    assert [text[m["start"] : m["end"]] for m in mentions] == ["Dean", "Ann Lee", "Bonn University", "recently"]
    assert [m["text"] for m in mentions if m["optional"]] == ["recently"]


def test_a_document_has_the_fields_that_are_scored():
    doc = compiler["document"]("t", MARKED, yaml.safe_load(NOTES))
    assert doc["source"]["published"] == "2024-05-17"
    assert [(r["title"], r["person"], r["institution"], r["status"], r["optional"]) for r in doc["roles"]] == [
        ("Dean", "P1", "I1", "current", False)
    ]
    assert doc["dates"] == [{"id": "D1", "text": "recently", "edtf": None, "optional": True}]
    event = doc["events"][0]
    assert (event["parties"], event["signatories"], event["witnesses"]) == (["I1"], ["P1"], [])
    assert event["trigger"] == {"start": 32, "end": 38, "text": "signed"}


def test_a_right_text_has_no_faults():
    assert faults() == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("kind: university", "kind: uni", "yaml: institutions I1: kind: 'uni'"),
        ("country: DE", "country: no", "in quotes"),
        ("edtf: null", "edtf: 2024-02-30x", "EDTF"),
        ("I1: {name", "I2: {name", "I1 is marked in the text and has no record"),
        ("I1: {name", "I2: {name", "institutions I2: marked nowhere"),
        ("person: P1, inst", "person: P2, inst", "yaml, role r1: person: 'P2'"),
        ("institution: I1}]", "institution: P1}]", "institution: 'P1' is not the ID of a mark I"),
        ("party: [I1]", "host: [I1]", "'host' is no slot here – one of party, signatory, witness"),
        ("trigger: signed", "trigger: inked", "yaml, event e1: trigger: 'inked' is not in the text"),
        ("type: agreement, action", "type: visit, action", "instrument: only an agreement has this"),
        ("instrument: other", "instrument: pact", "instrument: 'pact'"),
        ("name: Ann Lee", "nam: Ann Lee", "'nam' is no field here"),
        ("2024-05-17", "May 2024", "a day as YYYY-MM-DD"),
    ],
)
def test_a_wrong_record_is_named(old, new, words):
    assert old in NOTES
    assert any(words in fault for fault in faults(old=old, new=new)), faults(old=old, new=new)


@pytest.mark.parametrize(("old", "new"), [("|Dean⟧", "|Dean ⟧"), ("|Ann Lee⟧", "|Ann ⟦P1|Lee⟧⟧"), ("|Dean⟧", "|Dean")])
def test_a_broken_mark_is_named_with_its_line(old, new):
    assert any(fault.startswith("txt, line 1: ") for fault in faults(MARKED.replace(old, new)))


def test_the_compiled_files_are_up_to_date():
    assert compiler["main"](["--check"]) is None
