"""Corrections are kept, fit the record that they were made for, and say so when they do not."""

import json
from pathlib import Path
from typing import Any

import pytest
from sample_documents import quote, signing, visit

from extractor.corrections import Correction, apply_to, correct_folder, read_corrections
from extractor.errors import RecordError
from extractor.io.tables import read_tables


def correction(doc: dict[str, Any], kind: str, id_: str, words: str, verdict: str = "edited", **more: Any) -> Correction:
    type_ = next((e["type"] for e in doc["events"] if e["id"] == id_), None) if kind == "event" else None
    row = {"doc_id": doc["doc_id"], "kind": kind, "id": id_, "type": type_, "quote": quote(doc["text"], words), "verdict": verdict, **more}
    return Correction.model_validate(row)


SIGNED = "signed a memorandum of understanding"


def test_a_record_marked_right_stays():
    doc = signing()
    result, [applied] = apply_to(doc, [correction(doc, "event", "e1", SIGNED, "right")])
    assert applied.outcome == "kept"
    assert result.model_dump(mode="json") == doc


def test_an_edited_field_changes_and_nothing_else():
    doc = signing()
    edit = correction(
        doc, "event", "e1", SIGNED, changes={"action": "renewed", "signatories": []}, was={"action": "signed", "signatories": ["p1"]}
    )
    result, [applied] = apply_to(doc, [edit])
    assert applied.outcome == "edited"
    doc["events"][0] |= {"action": "renewed", "signatories": []}
    assert result.model_dump(mode="json") == doc


def test_an_edit_is_the_same_the_second_time():
    doc = signing()
    edit = correction(doc, "institution", "i2", "Kyoto University", changes={"country": None}, was={"country": "JP"})
    once, _ = apply_to(doc, [edit])
    twice, [applied] = apply_to(once.model_dump(mode="json"), [edit])
    assert applied.outcome == "edited"
    assert twice == once


@pytest.mark.parametrize(
    ("kind", "id_", "words", "left"),
    [
        ("event", "e1", SIGNED, {"mentions": 9, "events": 0, "roles": 1}),
        ("institution", "i1", "University of Jena", {"mentions": 5, "institutions": 1, "roles": 1, "events": 1}),
        ("person", "p1", "Walter Rosenthal", {"mentions": 8, "people": 1, "roles": 1}),
        ("role", "r1", "President", {"mentions": 9, "roles": 0}),
        ("date", "d1", "5 May 2021", {"mentions": 8, "dates": 0}),
    ],
)
def test_a_wrong_record_goes_with_all_that_says_it(kind: str, id_: str, words: str, left: dict[str, int]):
    doc = signing()
    result, [applied] = apply_to(doc, [correction(doc, kind, id_, words, "wrong")])
    assert applied.outcome == "removed"
    assert {name: len(getattr(result, name)) for name in left} == left
    assert id_ not in json.dumps([e.model_dump(mode="json", exclude={"id"}) for e in result.events])


def test_a_post_of_nobody_nowhere_goes_with_its_person():
    doc = visit()
    result, _ = apply_to(doc, [correction(doc, "person", "p1", "Jana Nováková", "wrong")])
    assert result.roles == ()
    assert [m.entity for m in result.mentions if m.label == "role"] == [None]


def test_a_record_whose_id_moved_is_found_by_its_words():
    doc = signing()
    edit = correction(doc, "institution", "i2", "Kyoto University", changes={"country": "KR"}, was={"country": "JP"})
    moved = json.loads(json.dumps(doc).replace('"i2"', '"i7"'))
    result, [applied] = apply_to(moved, [edit])
    assert applied.outcome == "edited"
    assert [i.country for i in result.institutions] == ["DE", "KR"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"changes": {"country": "KR"}, "was": {"country": "CN"}}, "country is now 'JP', not 'CN'"),
        ({"changes": {"colour": "red"}}, "records of this kind have no field 'colour'"),
        ({"changes": {"country": "Japan"}, "was": {"country": "JP"}}, "String should match pattern '^[A-Z]{2}$'"),
        (
            {"changes": {"part_of": "i9"}, "was": {"part_of": None}},
            "Value error, institution i2 points to 'i9', which is no institution of this document",
        ),
        ({"quote": {"start": 0, "end": 5, "text": "Osaka"}, "verdict": "wrong"}, "no institution rests on 'Osaka' any more"),
    ],
)
def test_a_correction_that_does_not_fit_is_told_and_changes_nothing(change: dict[str, Any], why: str):
    doc = signing()
    unfit = Correction.model_validate(correction(doc, "institution", "i2", "Kyoto University").model_dump() | change)
    result, [applied] = apply_to(doc, [unfit])
    assert (applied.outcome, applied.why) == ("unfit", why)
    assert result.model_dump(mode="json") == doc


def test_corrections_are_kept_over_runs(tmp_path: Path):
    docs = [signing(), visit()]
    output = "".join(json.dumps(d) + "\n" for d in docs)
    (tmp_path / "documents.jsonl").write_text(output)
    new = tmp_path / "saved.jsonl"
    edit = correction(docs[0], "event", "e1", SIGNED, changes={"action": "agreed"}, was={"action": "signed"})
    gone = correction(docs[1], "event", "e1", "visited", "wrong").model_copy(update={"doc_id": "vanished"})
    new.write_text(edit.model_dump_json() + "\n" + gone.model_dump_json() + "\n")
    assert [a.outcome for a in correct_folder(tmp_path, new)] == ["edited", "unfit"]
    assert list(read_tables(tmp_path / "corrected").events.action) == ["agreed", "held"]
    assert (tmp_path / "documents.jsonl").read_text() == output

    (tmp_path / "documents.jsonl").write_text(output.replace("Weimar", "Berlin"))  # a later run
    assert [a.outcome for a in correct_folder(tmp_path)] == ["edited", "unfit"]
    assert json.loads((tmp_path / "corrected" / "documents.jsonl").read_text().splitlines()[0])["events"][0]["action"] == "agreed"


def test_the_last_judgement_of_a_record_holds(tmp_path: Path):
    doc = signing()
    lines = [correction(doc, "event", "e1", SIGNED, verdict) for verdict in ("wrong", "right")]
    path = tmp_path / "corrections.jsonl"
    path.write_text("".join(c.model_dump_json() + "\n" for c in lines))
    assert [c.verdict for c in read_corrections(path)] == ["right"]


@pytest.mark.parametrize(
    ("line", "message"),
    [("{", "is no JSON"), ('{"doc_id": "x"}', "correction 1, kind: Field required"), ("[]", "is JSON but no object")],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, line: str, message: str):
    path = tmp_path / "corrections.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(RecordError, match=message):
        read_corrections(path)


def test_a_folder_without_documents_or_corrections_is_refused(tmp_path: Path):
    with pytest.raises(RecordError, match=r"holds no documents\.jsonl"):
        correct_folder(tmp_path)
    (tmp_path / "documents.jsonl").write_text("")
    with pytest.raises(RecordError, match="there are no corrections"):
        correct_folder(tmp_path)
