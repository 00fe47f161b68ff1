"""Copies are found, texts on one matter are not."""

import itertools
import random
import subprocess
import sys
from datetime import date
from typing import NamedTuple

import pytest

from extractor.corpus.duplicates import find_copies, sign

BODY = [f"word{n % 97}x{n}" for n in range(300)]
FIRST_VALUES = [24278473, 21925348, 8906532, 2866913]


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


def test_signatures_are_those_of_datasketch_2():
    assert sign(BODY)[:4].tolist() == FIRST_VALUES


@pytest.mark.parametrize("seed", range(4))
def test_groups_are_those_of_all_pairs(seed):
    """Chains of copies, equal texts and strangers: the same groups as from looking at every pair that shares a band."""
    chance = random.Random(seed)
    bodies = [[f"w{chance.randrange(4000)}" for _ in range(90)] for _ in range(6)]
    texts = []
    for number in range(60):
        words = list(chance.choice(bodies))
        for _ in range(chance.choice((0, 0, 2, 5, 9))):
            words[chance.randrange(len(words))] = f"x{chance.randrange(10**6)}"
        texts.append(Text(f"t{number:02}", words))
    assert {frozenset({c.doc_id, c.copy_of}) for c in find_copies(texts)} == _pairs_with_first(texts)


def _pairs_with_first(texts):
    count, rows = 21, 6
    signatures = {text.doc_id: text.signature for text in texts}
    group = {doc_id: {doc_id} for doc_id in signatures}
    for a, b in itertools.combinations(signatures, 2):
        x, y = signatures[a], signatures[b]
        shares_band = any((x[at * rows : at * rows + rows] == y[at * rows : at * rows + rows]).all() for at in range(count))
        if shares_band and (x == y).mean() >= 0.7 and group[a] is not group[b]:
            group[a] |= group[b]
            for doc_id in group[b]:
                group[doc_id] = group[a]
    return {frozenset({doc_id, min(members)}) for doc_id, members in group.items() if doc_id != min(members)}
