"""Which records of a document count as right, wrong, or as left open by the annotation."""

import pytest

from training.truth import truth_of

TEXT = "Jena and Kyoto signed a treaty on 5 May. Ana Lopez, Rector, smiled at Kyotto. Perhaps Bonn joins later."


def mention(n, label, words, entity, optional=False):
    start = TEXT.index(words)
    return {"id": f"m{n}", "label": label, "start": start, "end": start + len(words), "text": words, "entity": entity, "optional": optional}


def institution(ident, name, **more):
    return {"id": ident, "name": name, "aliases": [], "kind": "university", "country": None, "part_of": None, **more}


def act(parties, **more):
    told = {"id": "e1", "type": "agreement", "action": "signed", "instrument": "treaty", "date": "D1", "parties": parties}
    return {**told, "signatories": [], "witnesses": [], "topics": [], "trigger": {"text": "signed"}, **more}


GOLD = {
    "doc_id": "x",
    "text": TEXT,
    "mentions": [
        mention(1, "institution", "Jena", "I1"),
        mention(2, "institution", "Kyoto", "I2"),
        mention(3, "date", "5 May", "D1"),
        mention(4, "person", "Ana Lopez", "P1"),
        mention(5, "role", "Rector", "R1"),
        mention(6, "institution", "Bonn", "I3", optional=True),
    ],
    "institutions": [institution("I1", "Jena"), institution("I2", "Kyoto"), institution("I3", "Bonn", optional=True)],
    "people": [{"id": "P1", "name": "Ana Lopez", "aliases": []}],
    "roles": [{"id": "r1", "title": "Rector", "person": "P1", "institution": "I1", "status": "current", "mention": "R1"}],
    "dates": [{"id": "D1", "edtf": "2021-05-05"}],
    "events": [act(["I1", "I2"])],
}


def found(*, day="2021-05-05", post="a", parties=("a", "b"), **more):
    return {
        **GOLD,
        "mentions": [
            mention(1, "institution", "Jena", "a"),
            mention(2, "institution", "Kyoto", "b"),
            mention(3, "date", "5 May", "d"),
            mention(4, "person", "Ana Lopez", "p"),
            mention(5, "role", "Rector", "r"),
            mention(6, "institution", "Bonn", "c"),
            mention(7, "institution", "Kyotto", "k"),
        ],
        "institutions": [institution("a", "Jena"), institution("b", "Kyoto"), institution("c", "Bonn"), institution("k", "Kyotto")],
        "people": [{"id": "p", "name": "Ana Lopez", "aliases": []}],
        "roles": [{"id": "r", "title": "Rector", "person": "p", "institution": post, "status": "current", "mention": "m5"}],
        "dates": [{"id": "d", "edtf": day}],
        "events": [act(list(parties), date="d", **more)],
    }


@pytest.mark.parametrize(
    ("doc", "kind", "ident", "is_right"),
    [
        (found(), "institutions", "a", True),
        (found(), "institutions", "k", False),
        (found(), "institutions", "c", None),  # doubtful in the annotation
        (found(), "people", "p", True),
        (found(), "roles", "r", True),
        (found(post="b"), "roles", "r", False),
        (found(), "dates", "d", True),
        (found(day="2020-05-05"), "dates", "d", False),
        (found(), "events", "e1", True),
        (found(parties=("a", "k")), "events", "e1", False),  # one wrong party makes a row wrong
        (found(day="2020-05-05"), "events", "e1", False),
        (found(action="planned"), "events", "e1", False),
        (found(signatories=["p"]), "events", "e1", True),  # who signs is no part of the row
    ],
)
def test_what_is_right(doc, kind, ident, is_right):
    assert truth_of(GOLD, doc)[kind, ident] is is_right


def test_a_doubtful_act_tells_nothing():
    assert truth_of({**GOLD, "events": [act(["I1", "I2"], optional=True)]}, found())["events", "e1"] is None
