"""Documents into tables and back: fixed columns, real days, safe CSV, a data package that describes them."""

import csv
import json
from datetime import date

import pandas as pd
import pyarrow.parquet as pq
import pytest

from extractor.errors import SettingsError
from extractor.io.columns import Column, Table, tables
from extractor.io.csvfiles import write_csv
from extractor.io.datapackage import describe
from extractor.io.jsonl import line_of, read_lines, written_whole
from extractor.io.tables import TableWriter, read_tables, rows_of, schema_of, write_table
from extractor.records import (
    Agreement,
    Argument,
    Date,
    Document,
    Extent,
    Institution,
    Mention,
    Person,
    Quote,
    Role,
    Source,
    Stamp,
)

TEXT = "Rector Ann Lee of Jena signed an MoU with Bonn on 5 May 2021."


def quote(words, kind=Quote, **more):
    start = TEXT.index(words)
    return kind(start=start, end=start + len(words), text=words, **more)


DOC = Document(
    doc_id="d1",
    extractor=Stamp(version="1", model="rules", rules="sha256:0"),
    source=Source(path="d1.txt", published=date(2021, 5, 6), published_from="option", meta={"line": 3}),
    text=TEXT,
    mentions=(
        quote("Rector", Mention, id="m1", label="role", entity="r1", rule="r"),
        quote("Ann Lee", Mention, id="m2", label="person", entity="p1", rule="r"),
        quote("Jena", Mention, id="m3", label="institution", entity="i1", rule="r"),
        quote("Bonn", Mention, id="m4", label="institution", entity="i2", rule="r"),
        quote("5 May 2021", Mention, id="m5", label="date", entity="d1", rule="r"),
    ),
    institutions=(Institution(id="i1", name="=Jena", aliases=("J", "@U"), kind="university", country="DE"), Institution(id="i2", name="Bonn", kind="other")),
    people=(Person(id="p1", name="Ann Lee"),),
    roles=(Role(id="r1", title="Rector", rank="president", person="p1", institution="i1", mention="m1", evidence=Extent(start=0, end=22)),),
    dates=(Date(id="d1", mention="m5", edtf="2021-05-05", start=date(2021, 5, 5), end=date(2021, 5, 5), grain="day"),),
    events=(
        Agreement(
            id="e1", action="signed", instrument="memorandum_of_understanding", date="d1", trigger=quote("signed an MoU"), evidence=Extent(start=0, end=61),
            rule="agreement.sign", parties=("i1", "i2"), signatories=("p1",), topics=("training",),
            arguments=(Argument(slot="parties", entity="i1", start=18, end=22, rule="of"),),
        ),
    ),
    warnings=("ambiguous: nothing",),
)  # fmt: skip
EMPTY = Document(doc_id="d0", extractor=DOC.extractor, source=Source(), text="Nothing.")


@pytest.fixture
def folder(tmp_path):
    with TableWriter(tmp_path / "tables") as writer:
        for doc in (DOC, EMPTY):
            writer.add(json.loads(line_of(doc)))
    return tmp_path


def test_every_field_of_the_contract_has_its_column():
    assert {name: [c.name for c in table.columns][:4] for name, table in tables().items()} == {
        "documents": ["doc_id", "path", "sha256", "url"],
        "mentions": ["doc_id", "start", "end", "text"],
        "institutions": ["doc_id", "id", "name", "aliases"],
        "people": ["doc_id", "id", "name", "family"],
        "roles": ["doc_id", "id", "title", "rank"],
        "dates": ["doc_id", "id", "mention", "edtf"],
        "events": ["doc_id", "id", "type", "action"],
        "arguments": ["doc_id", "event_id", "slot", "entity"],
    }
    assert all(column.description for table in tables().values() for column in table.columns)


def test_values_come_back_as_what_they_are(folder):
    frames = read_tables(folder)
    assert frames.names == tuple(sorted(tables()))
    assert frames.dates.loc[0, "start"] == pd.Timestamp(2021, 5, 5)
    assert list(frames.institutions.loc[0, "aliases"]) == ["J", "@U"]
    assert frames.events.loc[0, ["instrument", "trigger_text", "evidence_end"]].tolist() == [
        "memorandum_of_understanding",
        "signed an MoU",
        61,
    ]
    assert frames["arguments"][["slot", "entity", "rule"]].fillna("").values.tolist() == [
        ["parties", "i1", "of"], ["parties", "i2", ""], ["signatories", "p1", ""],
    ]  # fmt: skip
    assert frames.documents.published.tolist() == [pd.Timestamp(2021, 5, 6), pd.NaT]
    assert json.loads(frames.documents.meta[0]) == {"line": 3}


def test_types_never_depend_on_the_data(tmp_path, folder):
    with TableWriter(tmp_path / "none"):
        pass
    for name, table in tables().items():
        assert (
            pq.read_schema(tmp_path / "none" / f"{name}.parquet")
            == pq.read_schema(folder / "tables" / f"{name}.parquet")
            == schema_of(table)
        )


def test_what_is_not_there_is_said(tmp_path, folder):
    with pytest.raises(SettingsError, match="holds no tables"):
        read_tables(tmp_path / "no")
    with pytest.raises(AttributeError, match="holds no table 'ties'"):
        _ = read_tables(folder).ties


def test_csv_opens_safely_in_a_spreadsheet(folder, tmp_path):
    write_csv(folder / "tables" / "institutions.parquet", tmp_path / "i.csv")
    with (tmp_path / "i.csv").open(encoding="utf-8", newline="") as lines:
        first, second = csv.DictReader(lines)
    assert (first["name"], first["aliases"], first["confidence"], second["country"]) == ("'=Jena", "J; @U", "1.0", "")


def test_tables_of_others_are_written_too(tmp_path):
    table = Table("ties", "x", (Column("a", "string", "x"), Column("day", "date", "x"), Column("n", "integer", "x")), ("a",))
    assert write_table(tmp_path / "ties.parquet", table, [{"a": "x", "day": date(2021, 1, 1), "n": 1}, {"a": "y", "day": None}]) == 2
    assert pq.read_table(tmp_path / "ties.parquet").to_pylist() == [
        {"a": "x", "day": date(2021, 1, 1), "n": 1},
        {"a": "y", "day": None, "n": None},
    ]
    assert write_table(tmp_path / "none.parquet", table, []) == 0
    assert pq.read_schema(tmp_path / "none.parquet") == schema_of(table)


def test_the_data_package_describes_what_is_there(folder):
    for name in ("documents.jsonl", "failures.jsonl"):
        (folder / name).write_bytes(line_of(DOC))
    package = describe(folder, tables())
    resources = {r["name"]: r for r in package["resources"]}
    assert set(resources) == {"documents-jsonl", "failures-jsonl", *(f"{name}-parquet" for name in tables())}
    events = resources["events-parquet"]
    assert (events["schema"]["primaryKey"], events["path"], len(events["hash"])) == (["doc_id", "id"], "tables/events.parquet", 71)
    assert {"fields": ["doc_id", "date"], "reference": {"resource": "dates-parquet", "fields": ["doc_id", "id"]}} in events["schema"][
        "foreignKeys"
    ]
    known = {(r["name"], f["name"]) for r in resources.values() for f in r.get("schema", {"fields": []})["fields"]}
    for resource in resources.values():
        for key in resource.get("schema", {"foreignKeys": []})["foreignKeys"]:
            assert all((key["reference"]["resource"], field) in known for field in key["reference"]["fields"])


def test_a_document_comes_back_from_its_line(tmp_path):
    (tmp_path / "d.jsonl").write_bytes(line_of(DOC))
    (back,) = read_lines(tmp_path / "d.jsonl")
    assert Document.model_validate(back) == DOC
    assert rows_of(back)["mentions"][0]["doc_id"] == "d1"


def test_a_file_is_there_whole_or_not_at_all(tmp_path):
    path = tmp_path / "x"
    with pytest.raises(RuntimeError), written_whole(path) as stream:
        stream.write(b"half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
