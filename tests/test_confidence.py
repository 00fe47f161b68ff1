"""Probabilities of records: what they are made of, what is left out below a limit, and that nothing then points into the void."""

import math

import pytest

import extractor
from extractor.confidence import KINDS, calibrated, chance_of, confident, features_of, setting_of, shipped_weights
from extractor.records import Agreement, Date, Document, Extent, Institution, Mention, Person, Quote, Role, Source, Stamp, problems_of
from extractor.settings import Settings

TEXT = "Rector Ana Lopez signed with Kyoto on 5 May. Rector and Chair Ken."
RAW = {"institutions": 0.9, "people": 0.8, "roles": 0.7, "dates": 0.6, "events": 0.5}


def mention(n, label, words, entity, at=0):
    start = TEXT.index(words, at)
    return Mention(id=f"m{n}", label=label, start=start, end=start + len(words), text=words, entity=entity, rule="model")


def document(model="accurate-0.1.0", **confidences):
    sure = {**RAW, **confidences}
    return Document(
        doc_id="x",
        extractor=Stamp(version="0", model=model, rules="0"),
        source=Source(publisher="i1"),
        text=TEXT,
        mentions=(
            mention(1, "role", "Rector", "r1"),
            mention(2, "person", "Ana Lopez", "p1"),
            mention(3, "institution", "Kyoto", "i1"),
            mention(4, "date", "5 May", "d1"),
            mention(5, "person", "Ken", "p2"),
        ),
        institutions=(Institution(id="i1", name="Kyoto", kind="university", confidence=sure["institutions"]),),
        people=(
            Person(id="p1", name="Ana Lopez", confidence=sure["people"]),
            Person(id="p2", name="Ken", confidence=sure["people"]),
        ),
        roles=(
            Role(id="r1", title="Rector", rank="president", person="p1", institution=None, mention="m1", evidence=Extent(start=0, end=16), confidence=0.1),
            Role(id="r2", title="Rector", rank="president", person="p1", institution="i1", mention="m1", evidence=Extent(start=0, end=16), confidence=sure["roles"]),
        ),
        dates=(Date(id="d1", mention="m4", edtf="2021-05-05", confidence=sure["dates"]),),
        events=(
            Agreement(
                id="e1", action="signed", instrument="contract", parties=("i1",), signatories=("p1",), date="d1", rule="agreement.sign",
                trigger=Quote(start=17, end=23, text="signed"), evidence=Extent(start=0, end=44), confidence=sure["events"],
            ),
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("features", "weights", "chance"),
    [
        ({"bias": 1.0}, {"bias": 0.0}, 0.5),
        ({"bias": 1.0, "raw": 2.0}, {"bias": 0.5, "raw": 0.25}, round(1 / (1 + math.exp(-1)), 3)),
        ({"bias": 1.0, "unheard of": 9.0}, {"bias": 1.0}, round(1 / (1 + math.exp(-1)), 3)),
        ({"bias": 1.0}, {"bias": 50.0}, 0.99),
        ({"bias": 1.0}, {"bias": -50.0}, 0.01),
    ],
)
def test_a_chance_is_a_logistic_sum_and_never_certain(features, weights, chance):
    assert chance_of(features, weights) == chance


def test_only_confidences_change_and_only_those_with_weights():
    raw = document()
    found = calibrated(raw, {"accurate": {"dates": {"bias": 1.0}}})
    assert [d.confidence for d in found.dates] == [0.731]
    bare = {"dates": found.dates}
    assert raw.model_copy(update=bare) == found


@pytest.mark.parametrize(
    ("model", "confidence"), [("rules", 0.269), ("accurate-0.1.0", 0.731), ("fast-0.1.0", 0.731), ("en_core_web_sm-3.8", 0.731)]
)
def test_each_model_has_its_weights_and_others_those_of_the_accurate_one(model, confidence):
    weights = {"accurate": {"dates": {"bias": 1.0}}, "rules": {"dates": {"bias": -1.0}}}
    assert calibrated(document(model), weights).dates[0].confidence == confidence


def test_what_speaks_for_an_event():
    raw = document(institutions=0.5)
    found = features_of(raw.events[0], setting_of(raw))
    assert {"type=agreement", "act=agreement.signed", "scored=False", "instrument=contract", "dated=agreement.yes"} <= set(found)
    assert found["weakest"] == 0.0  # an institution of 0.5 is the least sure of its fillers
    assert "scored=True" not in found


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_weights_trust_a_surer_record_more(kind):
    weights = shipped_weights()["accurate"][kind]
    assert weights["raw"] > 0
    assert all(math.isfinite(w) for w in weights.values())


@pytest.mark.parametrize(
    ("least", "confidences", "left"),
    [
        (0.0, {}, (1, 2, 2, 1, 1)),
        (0.5, {}, (1, 2, 1, 1, 1)),
        (0.65, {}, (1, 2, 1, 0, 0)),  # the date goes with the event that told it
        (0.65, {"institutions": 0.2, "people": 0.3}, (1, 1, 1, 0, 0)),  # a post that is left keeps its holder and house
        (0.75, {"institutions": 0.2}, (0, 2, 0, 0, 0)),
        (0.4, {"institutions": 0.2, "people": 0.2, "roles": 0.2, "dates": 0.2}, (1, 1, 0, 1, 1)),  # so does an event its fillers
        (0.95, {}, (0, 0, 0, 0, 0)),
    ],
)
def test_below_the_limit_records_go_and_nothing_points_to_them(least, confidences, left):
    found = confident(document(**confidences), least)
    assert tuple(len(getattr(found, kind)) for kind in KINDS) == left
    assert not list(problems_of(found))


def test_a_mention_of_two_posts_stands_for_the_one_that_is_left():
    assert [(m.id, m.entity) for m in confident(document(), 0.5).mentions if m.label == "role"] == [("m1", "r2")]


def test_the_setting_is_heeded():
    text = "On 5 May 2021, Aarlund University and Kyushin University signed a memorandum of understanding in Bergen."
    every = extractor.extract(text, published="2021-05-06", settings=Settings(model="rules"))
    sure = extractor.extract(text, published="2021-05-06", settings=Settings(model="rules", min_confidence=0.995))
    assert every.events
    assert (sure.events, sure.institutions, sure.mentions) == ((), (), ())
