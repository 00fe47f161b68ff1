"""Laws of the event stage: texts of the words that it knows are read without fault, twice alike, and point only into themselves."""

import time

import pytest
from events.marked import records_of
from hypothesis import given, settings
from hypothesis import strategies as st

WORDS = [
    "{i1:Jena University}", "{i2:Kyoto University}", "{i3<i1 faculty:Faculty of Law}", "{p1:Ana Lopez}", "{p2:Ken Sato}", "{r p1 i1:Rector}",
    "{d1=2021-05-05:5 May 2021}", "{d2=2030:2030}", "signed", "a memorandum of understanding", "MoUs", "with", "between", "and", ",", ".", ":",
    ";", "\n", "visited", "a delegation from", "led by", "welcomed", "held a seminar", "was appointed", "has appointed", "founded",
    "a joint laboratory", "which", "was renewed", "expired", "will", "hope to", "did not", "both universities", "the two sides", "it", "for",
    "on behalf of", "in the presence of", "by", "for five years", "under discussion", "another for student exchange", "1)", "The members:",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(
    lambda words: "{i1:Jena University} . {p1:Ana Lopez} . " + " ".join(words)
)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_records_point_into_the_text_and_come_twice_alike(marked):
    text, events = records_of(marked, publisher="i1")
    assert events == records_of(marked, publisher="i1")[1]
    assert [event.id for event in events] == [f"e{n}" for n in range(1, len(events) + 1)]
    for event in events:
        for extent in (event.trigger, event.evidence, *event.arguments):
            assert 0 <= extent.start <= extent.end <= len(text)


LONG_NAME = "{i1:" + "Very Long University Name " * 12 + "}"


@pytest.mark.parametrize(
    "marked",
    [
        f"{LONG_NAME} signed a memorandum of understanding with {LONG_NAME} and {LONG_NAME} " * 30,
        "the signed agreement of " * 800,
        f"{LONG_NAME} , " * 60 + "signed an agreement with {i2:Kyoto University}",
        "was the first new " * 800 + "signed an MoU",
    ],
    ids=["long names", "one sentence without end", "a long list", "a long way to the verb"],
)
def test_no_text_takes_long(marked):
    start = time.process_time()
    records_of(marked)
    assert time.process_time() - start < 5
