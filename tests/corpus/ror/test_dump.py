"""Releases of both schemas, packed and plain, whole and broken."""

import json
import zipfile

import pytest
from corpus.ror.conftest import ENTRIES, GONE, schema_1, schema_2

from extractor.corpus.registry import find_release
from extractor.corpus.ror.dump import Entry, read_dump
from extractor.corpus.ror.index import load_index
from extractor.errors import SourceError

JENA = Entry(
    "05qpz1x62", ("Friedrich Schiller University Jena", "Friedrich-Schiller-Universität Jena"), ("FSU",), "DE", ("Jena",), ("Thuringia",),
    ("education",), (),
)  # fmt: skip


def lines(schema):
    return json.dumps([*map(schema, ENTRIES), schema(GONE, "withdrawn")], ensure_ascii=False, indent=1)


@pytest.mark.parametrize("schema", [schema_1, schema_2])
def test_both_schemas_say_the_same(tmp_path, schema):
    path = tmp_path / "release.json"
    path.write_text(lines(schema), encoding="utf-8")
    entries = list(read_dump(path))
    assert entries[0] == JENA
    assert [e.id for e in entries] == [e[0] for e in ENTRIES]
    assert entries[-1].parents == ("00p991c53",)


def test_a_zip_with_both_schemas_is_read_as_schema_2(tmp_path):
    path = tmp_path / "release.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("v1.45-ror-data.json", json.dumps([schema_1(GONE)]) + " " * 100_000)
        archive.writestr("v1.45-ror-data_schema_v2.json", lines(schema_2))
        archive.writestr("v1.45-ror-data.csv", "id\n")
    assert next(read_dump(path)) == JENA


def test_records_longer_than_a_part_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr("extractor.corpus.ror.dump._PART", 50)
    path = tmp_path / "release.json"
    path.write_text(lines(schema_2), encoding="utf-8")
    assert len(list(read_dump(path))) == len(ENTRIES)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is no JSON array"),
        ('{"id": 1}', "is no JSON array"),
        ("[]", "holds no active organisation"),
        ('[{"id": "x"', "breaks off or is no JSON"),
        ('[{"id": "x"}]', "has a record of unknown shape"),
    ],
)
def test_what_is_no_release_is_told(tmp_path, content, message):
    path = tmp_path / "release.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SourceError, match=message):
        list(read_dump(path))


def test_a_zip_without_json_is_told(tmp_path):
    path = tmp_path / "release.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "")
    with pytest.raises(SourceError, match="holds no JSON file"):
        list(read_dump(path))


def test_the_index_is_built_once_and_again_for_another_release(release, monkeypatch, tmp_path):
    first = load_index(release, tmp_path)
    assert len(list(tmp_path.iterdir())) == 1
    monkeypatch.setattr("extractor.corpus.ror.index.read_dump", lambda _: pytest.fail("built again"))
    again = load_index(release, tmp_path)
    assert (again.entries, again.keys, again.by_words) == (first.entries, first.keys, first.by_words)
    monkeypatch.undo()
    other = tmp_path / release.name
    other.write_text(json.dumps([schema_2(GONE)]), encoding="utf-8")
    assert len(load_index(other).entries) == 1


def test_a_damaged_index_is_told(release, tmp_path):
    load_index(release, tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"junk")
    with pytest.raises(SourceError, match="is no index"):
        load_index(release, tmp_path)


def test_the_newest_release_of_a_folder(tmp_path):
    for name in ("v1.9-2022-10-20-ror-data.zip", "v1.10-2022-10-31-ror-data.zip", ".v9.zip.part"):
        (tmp_path / name).touch()
    assert find_release(tmp_path).name == "v1.10-2022-10-31-ror-data.zip"
    assert find_release(tmp_path / "any.json") == tmp_path / "any.json"
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match="holds no release"):
        find_release(tmp_path / "empty")
