"""What an agreement runs for, what it is about, and where it was signed."""

import pytest
from events.marked import records_of

SIGNED = "{i1:Jena University} and {i2:Kyoto University} signed"


@pytest.mark.parametrize(
    ("marked", "duration"),
    [
        (f"{SIGNED} a five-year agreement.", "P5Y"),
        (f"{SIGNED} an agreement valid for 18 months.", "P18M"),
        (f"{SIGNED} an agreement. It runs for a period of three years.", "P3Y"),
        (f"{SIGNED} an agreement after three years of talks.", None),
        (f"{SIGNED} an agreement on a two-week course.", None),
    ],
)
def test_duration(marked, duration):
    assert records_of(marked)[1][0].duration == duration


@pytest.mark.parametrize(
    ("marked", "topics"),
    [
        (f"{SIGNED} an agreement on student exchange.", {"student_exchange"}),
        (f"{SIGNED} an agreement on joint research and the exchange of staff.", {"joint_research", "staff_exchange"}),
        (f"{SIGNED} an agreement.", set()),
    ],
)
def test_topics(marked, topics):
    assert set(records_of(marked)[1][0].topics) == topics


@pytest.mark.parametrize(
    ("marked", "place"),
    [
        (f"{SIGNED} an agreement in Budapest.", "Budapest"),
        (f"{SIGNED} an agreement.", None),
        (f"{SIGNED} an agreement in English.", None),
    ],
)
def test_place(marked, place):
    found = records_of(marked)[1][0].place
    assert (found.text if hasattr(found, "text") else found) == place
