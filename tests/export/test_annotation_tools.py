"""What goes to brat and Label Studio comes back, and with it what a person changed there."""

import json
from pathlib import Path
from typing import Any

import pytest
from sample_documents import SIGNING, quote

from extractor.errors import RecordError
from extractor.export import export_folder, import_annotations

Docs = list[dict[str, Any]]


def comparable(doc: dict[str, Any]) -> dict[str, Any]:
    """A document whose records come in the order of their ids; who filled a slot is not carried over."""
    rows = {
        k: sorted(v, key=lambda r: str(r["id"])) for k, v in doc.items() if k in ("mentions", "institutions", "people", "roles", "dates")
    }
    return {**doc, **rows, "events": [{**e, "arguments": None} for e in sorted(doc["events"], key=lambda e: str(e["id"]))]}


def back(name: str, path: Path, tmp_path: Path) -> Docs:
    out = tmp_path / "back.jsonl"
    count = import_annotations(name, path, out)
    docs = [json.loads(line) for line in out.read_text(encoding="utf-8").split("\n") if line]
    assert len(docs) == count
    return docs


@pytest.mark.parametrize("name", ["brat", "labelstudio"])
def test_nothing_is_lost_there_and_back(name: str, folder: Path, docs: Docs, tmp_path: Path):
    path = export_folder(name, folder, tmp_path / "x.json")
    assert list(map(comparable, back(name, path, tmp_path))) == list(map(comparable, docs))


def brat(folder: Path, tmp_path: Path, change: Any) -> dict[str, Any]:
    path = export_folder("brat", folder, tmp_path / "brat")
    first = path / "000001.ann"
    first.write_text(change(first.read_text(encoding="utf-8")), encoding="utf-8")
    return back("brat", path, tmp_path)[0]


def test_brats_lines_are_standoff(folder: Path, tmp_path: Path):
    lines = (export_folder("brat", folder, tmp_path / "brat") / "000001.ann").read_text(encoding="utf-8").split("\n")
    at = quote(SIGNING, "University of Jena")
    assert f"T2\tinstitution {at['start']} {at['end']}\tUniversity of Jena" in lines
    assert "E10\tagreement:T10 parties:T2 parties2:T4 signatories:T5 witnesses:T9 date:T1" in lines
    assert "R1\tsame Arg1:T3 Arg2:T2" in lines


def test_brats_a_removed_argument_is_gone(folder: Path, tmp_path: Path):
    doc = brat(folder, tmp_path, lambda ann: ann.replace(" witnesses:T9", ""))
    assert doc["events"][0]["witnesses"] == []
    assert doc["events"][0]["signatories"] == ["p1"]


def test_brats_new_span_and_relation_become_records(folder: Path, tmp_path: Path):
    at = quote(SIGNING, "Weimar")
    doc = brat(folder, tmp_path, lambda ann: ann + f"T90\tinstitution {at['start']} {at['end']}\tWeimar\nR9\tpart_of Arg1:T2 Arg2:T90\n")
    new = next(i for i in doc["institutions"] if i["name"] == "Weimar")
    assert (new["id"], new["kind"], new["country"]) == ("i3", "other", None)
    assert next(i for i in doc["institutions"] if i["id"] == "i1")["part_of"] == "i3"


def test_brats_moved_edges_change_the_mention(folder: Path, tmp_path: Path):
    at = quote(SIGNING, "Mei Tanaka")
    old, new = f"T9\tperson {at['start']} {at['end']}\tMei Tanaka", f"T9\tperson {at['start'] + 4} {at['end']}\tTanaka"
    doc = brat(folder, tmp_path, lambda ann: ann.replace(old, new))
    assert [m["text"] for m in doc["mentions"] if m["entity"] == "p2"] == ["Tanaka"]


def test_brats_equivalences_join_mentions(folder: Path, tmp_path: Path):
    doc = brat(folder, tmp_path, lambda ann: ann.replace("R1\tsame Arg1:T3 Arg2:T2", "*\tEquiv T3 T2"))
    assert [m["entity"] for m in doc["mentions"] if m["text"] == "FSU"] == ["i1", "i1"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("T91\tplanet 0 4\tJena", r"000001\.ann:\d+: is no standoff annotation \('planet' is none of"),
        ("R77\tsame", "is no standoff"),
        ("T92\tdate 0 x\tJ", "is no standoff"),
    ],
)
def test_brats_broken_line_is_refused_with_its_place(folder: Path, tmp_path: Path, line: str, message: str):
    with pytest.raises(RecordError, match=message):
        brat(folder, tmp_path, lambda ann: ann + line + "\n")


def test_brats_folder_without_texts_is_refused(tmp_path: Path):
    with pytest.raises(RecordError, match="holds no"):
        import_annotations("brat", tmp_path, tmp_path / "x")


def label_studio(folder: Path, tmp_path: Path, change: Any) -> dict[str, Any]:
    """What Label Studio exports after a person changed the prediction of the first task."""
    path = export_folder("labelstudio", folder, tmp_path / "tasks.json")
    tasks = json.loads(path.read_text(encoding="utf-8"))
    result = json.loads(json.dumps(tasks[0]["predictions"][0]["result"]))
    tasks[0]["annotations"] = [
        {"id": 1, "updated_at": "2026-01-01", "result": []},
        {"id": 2, "updated_at": "2026-01-02", "result": change(result)},
    ]
    path.write_text(json.dumps(tasks), encoding="utf-8")
    return back("labelstudio", path, tmp_path)[0]


def test_label_studios_newest_annotation_counts(folder: Path, tmp_path: Path):
    doc = label_studio(folder, tmp_path, lambda result: [r for r in result if r.get("id") != "e1"])
    assert doc["events"] == []
    assert len(doc["mentions"]) == 9


def test_label_studios_new_region_becomes_a_record(folder: Path, tmp_path: Path):
    at = quote(SIGNING, "Weimar")
    region = {"id": "abc", "from_name": "label", "to_name": "text", "type": "labels", "value": {**at, "labels": ["institution"]}}
    relation = {"type": "relation", "from_id": "e1", "to_id": "abc", "direction": "right", "labels": ["parties"]}
    doc = label_studio(folder, tmp_path, lambda result: [*result, region, relation])
    assert doc["events"][0]["parties"] == ["i1", "i2", "i3"]


def test_label_studios_utf16_offsets_are_recognised(folder: Path, tmp_path: Path):
    def count_units(result: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for region in (r for r in result if r["type"] == "labels"):
            for edge in ("start", "end"):
                region["value"][edge] = len(SIGNING[: region["value"][edge]].encode("utf-16-le")) // 2
        return result

    assert quote(SIGNING, "Weimar")["start"] > SIGNING.index("🤝")
    assert [m["text"] for m in label_studio(folder, tmp_path, count_units)["mentions"]][:2] == ["5 May 2021", "University of Jena"]


def test_label_studios_configuration_names_every_label(folder: Path, tmp_path: Path):
    from xml.etree import ElementTree as ET

    export_folder("labelstudio", folder, tmp_path / "tasks.json")
    view = ET.parse(tmp_path / "tasks.xml").getroot()
    assert [e.get("value") for e in view.iter("Label")][:5] == ["institution", "person", "role", "date", "agreement"]


@pytest.mark.parametrize(("content", "message"), [("{", "is no JSON"), ("{}", "task 1: cannot be read"), ('[{"data": {}}]', "task 1")])
def test_label_studios_broken_export_is_refused(tmp_path: Path, content: str, message: str):
    path = tmp_path / "x.json"
    path.write_text(content)
    with pytest.raises(RecordError, match=message):
        import_annotations("labelstudio", path, tmp_path / "y")
