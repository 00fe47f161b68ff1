"""Inputs on other file systems, through fsspec's own memory."""

import gzip

import pytest

from extractor.errors import SettingsError
from extractor.io.origins import list_origins
from extractor.io.read import count_texts, read_texts
from extractor.run.job import Hands, run
from extractor.settings import Settings

fsspec = pytest.importorskip("fsspec", reason="the extra remote is not installed")
NEWS = b"The University of Jena signed an agreement with the University of Kyoto in the presence of the mayor."


@pytest.fixture
def bucket():
    system = fsspec.filesystem("memory")
    for name, content in (("a/one.txt", NEWS), ("a/b/two.txt.gz", gzip.compress(NEWS)), ("c.jsonl", b'{"text": "' + NEWS + b'"}\n' * 2)):
        system.pipe(f"/bucket/{name}", content)
    yield "memory://bucket"
    system.rm("/bucket", recursive=True)


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("", ["a/b/two.txt.gz", "a/one.txt", "c.jsonl"]),
        ("/a", ["b/two.txt.gz", "one.txt"]),
        ("/a/one.txt", ["one.txt"]),
        ("/*.jsonl", ["c.jsonl"]),
    ],
)
def test_folders_files_and_globs(bucket, address, names):
    assert [origin.name for origin in list_origins([bucket + address])] == names


def test_remote_texts_are_read(bucket):
    (origin,) = list_origins([f"{bucket}/a/b/*.gz"])
    assert count_texts(origin, 2).texts == 1
    assert [item.text for item in read_texts(origin, Settings())] == [NEWS.decode()]


def test_a_run_over_remote_texts(bucket, tmp_path):
    outcome = run([f"{bucket}/a"], tmp_path / "out", Settings(model="rules"), Hands(workers=0))
    assert (outcome.documents, outcome.failed) == (2, 0)


def test_what_is_not_there_is_reported(bucket):
    (origin,) = list_origins([f"{bucket}/no.txt"])
    (failure,) = read_texts(origin, Settings())
    assert (failure.reason, failure.path) == ("missing", "no.txt")


def test_an_unknown_kind_of_address_is_refused():
    with pytest.raises(SettingsError, match=r"Protocol not known"):
        list_origins(["nosuch://bucket/a.txt"])
