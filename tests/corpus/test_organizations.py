"""Tables of institutions from several texts and exactly the groups that they make."""

import pytest
from corpus.conftest import record

from extractor.corpus.organizations import group_organizations

ENTRIES = {
    ("University of Jena", "DE"): "https://ror.org/05qpz1x62",
    ("Friedrich-Schiller-Universität Jena", "DE"): "https://ror.org/05qpz1x62",
    ("University of Halle", "DE"): "https://ror.org/05gqaka33",
}


class Register:
    """A registry of two entries."""

    def identify(self, name, *, country, kind):
        return ENTRIES.get((name, country))

    def country_of(self, identifier):
        return "DE"


def groups_of(*records, registry=None, publishers=None):
    grouped = group_organizations(sorted(records), publishers or {}, registry)
    return [[f"{doc}{local[1:]}" for doc, local in group] for group in grouped.groups], [d.reason for d in grouped.doubts]


TOGETHER = {
    "the same name": [record("a", "Kyoto University", "JP"), record("b", "KYOTO UNIVERSITY", "JP")],
    "a country that one text does not tell": [record("a", "Kyoto University", "JP"), record("b", "Kyoto University")],
    "order": [record("a", "University of Kyoto", "JP"), record("b", "Kyoto University", "JP")],
    "translation": [record("a", "Universität Kyoto", "JP"), record("b", "University of Kyoto", "JP")],
    "an alias that a text gives": [
        record("a", "Friedrich Schiller University Jena", "DE", aliases=["University of Jena"]),
        record("b", "University of Jena", "DE"),
    ],
    "an acronym of the same country and kind": [
        record("a", "Huazhong University of Science and Technology", "CN", aliases=["HUST"]),
        record("b", "HUST", "CN"),
    ],
    "an acronym on both and one name within the other": [
        record("a", "Graz University of Technology", "AT", aliases=["TUG"]),
        record("b", "Erzherzog Johann Graz University of Technology", "AT", aliases=["TUG"]),
    ],
    "a ministry of one country": [
        record("a", "Ministry of Health", "MY", "government"),
        record("b", "Ministry of Health", "MY", "government"),
    ],
    "a worldwide acronym": [record("a", "UNESCO", None, "association"), record("b", "UNESCO", None, "association")],
}
APART = {
    "two countries": ([record("a", "University of Georgia", "US"), record("b", "University of Georgia", "GE")], []),
    "a country untold where two bear the name": (
        [record("a", "University of Georgia", "US"), record("b", "University of Georgia", "GE"), record("c", "University of Georgia")],
        ["same name in several countries"] * 2,
    ),
    "order that tells apart": (
        [record("a", "Washington University", "US"), record("b", "University of Washington", "US")],
        ["same words in another order"],
    ),
    "one name within the other": (
        [record("a", "Heidelberg University", "DE"), record("b", "Ruprecht Karl University of Heidelberg", "DE")],
        ["one name holds the other"],
    ),
    "an acronym of two countries": (
        [record("a", "Huazhong University of Science and Technology", "CN", aliases=["HUST"]), record("b", "HUST", "VN")],
        ["acronym without its expansion"],
    ),
    "an acronym of no country": ([record("a", "Wuhan University", "CN", aliases=["WHU"]), record("b", "WHU")], []),
    "near names": ([record("a", "Wuhan University", "CN"), record("b", "Wuhan University of Technology", "CN")], []),
    "a generic hospital of two texts": (
        [record("a", "Central Hospital", "CN", "hospital"), record("b", "Central Hospital", "CN", "hospital")],
        [],
    ),
    "embassies of one country": (
        [record("a", "Chinese Embassy", "CN", "government"), record("b", "Chinese Embassy", "CN", "government")],
        [],
    ),
    "ministries of two countries": (
        [record("a", "Ministry of Health", "MY", "government"), record("b", "Ministry of Health", "MV", "government")],
        [],
    ),
    "a house and a faculty of its name": (
        [record("a", "Lund University", "SE"), record("b", "Lund University Faculty of Law", "SE", "faculty")],
        [],
    ),
}


@pytest.mark.parametrize("records", TOGETHER.values(), ids=TOGETHER)
def test_together(records):
    groups, doubts = groups_of(*records)
    assert groups == [["a0", "b0"]]
    assert doubts == []


@pytest.mark.parametrize(("records", "doubts"), APART.values(), ids=APART)
def test_apart(records, doubts):
    groups, told = groups_of(*records)
    assert groups == [[f"{r.doc_id}0"] for r in records]
    assert told == doubts


def test_units_are_their_parents():
    def unit(doc_id, parent, name="School of Medicine"):
        return [record(doc_id, parent, "CN"), record(doc_id, name, None, "faculty", parent="i0", local="i1")]

    groups, _ = groups_of(*unit("a", "Fudan University"), *unit("b", "Fudan University"), *unit("c", "Wuhan University"))
    assert groups == [["a0", "b0"], ["a1", "b1"], ["c0"], ["c1"]]


def test_a_telling_unit_without_a_parent_is_the_one_with_a_parent():
    told = [record("a", "Fudan University", "CN"), record("a", "Tongji Medical College", "CN", "faculty", parent="i0", local="i1")]
    groups, _ = groups_of(*told, record("b", "Tongji Medical College", "CN", "faculty"))
    assert groups == [["a0"], ["a1", "b0"]]
    other = [record("c", "Wuhan University", "CN"), record("c", "Tongji Medical College", "CN", "faculty", parent="i0", local="i1")]
    groups, doubts = groups_of(*told, *other, record("d", "Tongji Medical College", "CN", "faculty"))
    assert ["d0"] in groups
    assert doubts == ["unit without a parent, of several houses"] * 2


def test_a_unit_without_a_parent_is_that_of_its_publisher():
    def page(doc_id, publisher):
        return [record(doc_id, publisher, "DE"), record(doc_id, "International Office", "DE", "department", local="i1")]

    records = [*page("a", "Kassel University"), *page("b", "Kassel University"), *page("c", "Ulm University")]
    groups, _ = groups_of(*records, publishers={"a": "i0", "b": "i0", "c": "i0"})
    assert groups == [["a0", "b0"], ["a1", "b1"], ["c0"], ["c1"]]


def test_a_registry_says_what_no_text_says_and_never_joins_two_entries():
    jena = [record("a", "University of Jena", "DE"), record("b", "Friedrich-Schiller-Universität Jena", "DE")]
    assert groups_of(*jena)[0] == [["a0"], ["b0"]]
    assert groups_of(*jena, registry=Register())[0] == [["a0", "b0"]]
    misled = [record("a", "University of Jena", "DE", aliases=["University of Halle"]), record("b", "University of Halle", "DE")]
    assert groups_of(*misled, registry=Register())[0] == [["a0"], ["b0"]]


def test_an_alias_that_shares_no_word_needs_two_texts():
    def told(doc_id):
        return record(doc_id, "Charles University", "CZ", aliases=["Karolinum University"])

    other = record("z", "Karolinum University", "CZ")
    assert groups_of(told("a"), other)[0] == [["a0"], ["z0"]]
    assert groups_of(told("a"), told("b"), other)[0] == [["a0", "b0", "z0"]]
