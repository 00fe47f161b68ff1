"""Records refuse what contradicts their text or points to nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from extractor.records import (
    EVENT_TYPES,
    Agreement,
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
    json_schema,
)

TEXT = "Rector Ana Li of UO signed a pact with KU on 5 May 2021."
STAMP = Stamp(version="0", model="rules", rules="sha256:0")


def mention(id_, label, words, entity):
    start = TEXT.index(words)
    return Mention(id=id_, label=label, start=start, end=start + len(words), text=words, entity=entity, rule="gold")


def parts(**changes):
    evidence = Extent(start=0, end=len(TEXT))
    start = TEXT.index("signed")
    whole = {
        "mentions": (
            mention("m1", "role", "Rector", "r1"),
            mention("m2", "person", "Ana Li", "p1"),
            mention("m3", "institution", "UO", "i1"),
            mention("m4", "institution", "KU", "i2"),
            mention("m5", "date", "5 May 2021", "d1"),
        ),
        "institutions": (Institution(id="i1", name="UO", kind="university"), Institution(id="i2", name="KU", kind="university")),
        "people": (Person(id="p1", name="Ana Li"),),
        "roles": (Role(id="r1", title="Rector", rank="president", person="p1", institution="i1", mention="m1", evidence=evidence),),
        "dates": (Date(id="d1", mention="m5", edtf="2021-05-05"),),
        "events": (
            Agreement(
                id="e1",
                instrument="cooperation_agreement",
                action="signed",
                date="d1",
                parties=("i1", "i2"),
                signatories=("p1",),
                trigger=Quote(start=start, end=start + 13, text="signed a pact"),
                evidence=evidence,
                rule="agreement.sign",
            ),
        ),
    }
    return {"doc_id": "x", "extractor": STAMP, "source": Source(publisher="i1"), "text": TEXT, **whole, **changes}


def test_a_consistent_document_survives_its_own_json():
    doc = Document(**parts())
    assert Document.model_validate_json(doc.model_dump_json()) == doc


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        (
            {"mentions": (*parts()["mentions"][:4], mention("m5", "date", "5 May 2021", "d1").model_copy(update={"start": 3}))},
            "are not '5 May 2021'",
        ),
        ({"people": ()}, "'p1', which is no person"),
        ({"institutions": parts()["institutions"][:1]}, "'i2', which is no institution"),
        ({"dates": ()}, "'d1', which is no date"),
        ({"roles": ()}, "'r1', which is no role"),
        ({"source": Source(publisher="i9")}, "source.publisher points to 'i9'"),
        ({"people": (Person(id="p1", name="Ana Li"), Person(id="p2", name="Bo"))}, "entity p2 has no mention"),
        ({"people": (Person(id="i1", name="Ana Li"),)}, "used twice|no person"),
        ({"colour": "red"}, "Extra inputs"),
        ({"schema_version": "9"}, "Input should be"),
    ],
)
def test_a_document_that_contradicts_itself_is_refused(changes, complaint):
    with pytest.raises(ValidationError, match=complaint):
        Document(**parts(**changes))


@pytest.mark.parametrize("edtf", ["2023-02-30", "16.01.2019", "2023/2022", ""])
def test_a_date_outside_the_calendar_is_refused(edtf):
    with pytest.raises(ValidationError, match="EDTF"):
        Date(id="d1", mention="m1", edtf=edtf)


def test_values_outside_the_closed_lists_are_refused():
    with pytest.raises(ValidationError):
        Institution(id="i1", name="X", kind="club")
    with pytest.raises(ValidationError):
        Institution(id="i1", name="X", kind="university", country="Germany")
    with pytest.raises(ValidationError):
        Institution(id="i1", name="X", kind="university", ror="https://ror.org/123")


def test_records_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        Person(id="p1", name="Ana Li").name = "Bo"


@given(st.integers(0, 99), st.integers(0, 99))
def test_an_extent_never_runs_backwards(start, end):
    if start <= end:
        assert Extent(start=start, end=end).end == end
    else:
        with pytest.raises(ValidationError, match="before"):
            Extent(start=start, end=end)


def test_every_event_type_and_slot_stands_in_the_schema():
    definitions = json_schema()["$defs"]
    for event in EVENT_TYPES:
        assert set(event.slots) <= set(definitions[event.__name__]["properties"])
