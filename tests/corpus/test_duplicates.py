"""Copies are found, texts on one matter are not."""

import subprocess
import sys
from datetime import date
from typing import NamedTuple

import pytest

from extractor.corpus.duplicates import find_copies, sign

BODY = [f"word{n % 97}x{n}" for n in range(300)]


class Text(NamedTuple):
    doc_id: str
    words: list[str]
    published: date | None = None

    @property
    def signature(self):
        return sign(self.words)


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (BODY, True),
        ([w.upper() for w in BODY], True),
        (["A", "new", "headline", *BODY[:-20]], True),
        (BODY[:150] + [f"other{n}" for n in range(150)], False),
        (BODY[::-1], False),
    ],
)
def test_copies(other, found):
    copies = find_copies([Text("b", other, date(2021, 5, 2)), Text("a", BODY, date(2021, 5, 1))])
    assert [(c.doc_id, c.copy_of) for c in copies] == ([("b", "a")] if found else [])


def test_the_first_published_is_the_source():
    texts = [Text("a", BODY), Text("b", BODY, date(2021, 5, 1)), Text("c", BODY, date(2021, 4, 1))]
    assert {(c.doc_id, c.copy_of) for c in find_copies(texts)} == {("a", "c"), ("b", "c")}


def test_short_texts_are_alike_by_chance():
    assert sign(BODY[:24]) is None
    assert find_copies([Text("a", BODY[:24]), Text("b", BODY[:24])]) == ()


def test_a_signature_does_not_depend_on_the_process():
    code = "from extractor.corpus.duplicates import sign; print(sign([f'word{n % 97}x{n}' for n in range(300)]).tolist())"
    shown = {
        subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True).stdout
        for seed in ("1", "2")
    }
    assert shown == {f"{sign(BODY).tolist()}\n"}
