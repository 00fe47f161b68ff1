"""People of one name are one where an institution ties them, else two."""

import pytest

from extractor.corpus.gather import Human
from extractor.corpus.persons import group_people

HOUSES = {("a", "i0"): "jena", ("b", "i0"): "jena", ("c", "i0"): "kyoto", ("b", "i1"): "kyoto"}


def person(doc_id, name, *houses, local="p0"):
    return Human(doc_id, local, name, None, None, None, houses, ())


CASES = [
    ([person("a", "Jie Tian", "i0"), person("b", "TIAN Jie", "i0")], [["a", "b"]], []),
    ([person("a", "Jie Tian", "i0"), person("c", "Jie Tian", "i0")], [["a"], ["c"]], ["same name, no shared institution"]),
    ([person("a", "Jie Tian", "i0"), person("b", "Jie Tian")], [["a"], ["b"]], ["same name, no shared institution"]),
    ([person("a", "Jie Tian", "i0"), person("b", "Jia Tian", "i0")], [["a"], ["b"]], []),
    ([person("a", "Tian", "i0"), person("b", "Tian", "i0")], [["a"], ["b"]], []),
    ([person("a", "Jie Tian", "i0"), person("b", "Jie Tian", "i0", "i1"), person("c", "Jie Tian", "i0")], [["a", "b", "c"]], []),
    ([person("a", "J. Tian", "i0"), person("c", "J. Tian", "i0")], [["a"], ["c"]], ["same initials and name"]),
]


@pytest.mark.parametrize(("records", "groups", "doubts"), CASES)
def test_people(records, groups, doubts):
    found = group_people(records, (), HOUSES, {})
    assert [[doc_id for doc_id, _ in group] for group in found.groups] == groups
    assert [d.reason for d in found.doubts] == doubts


def test_copies_of_one_text_tell_one_person():
    records = [person("a", "Jie Tian"), person("d", "Jie Tian"), person("e", "Jie Tian")]
    found = group_people(records, (), {}, {"d": "a"})
    assert [[doc_id for doc_id, _ in group] for group in found.groups] == [["a", "d"], ["e"]]


def test_namesakes_within_a_text_stay_two():
    found = group_people([person("a", "Jie Tian"), person("a", "Jie Tian", local="p1")], (), {}, {})
    assert len(found.groups) == 2
