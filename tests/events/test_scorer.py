"""Learned weights beside the rules: what they may add, take away and tell about a draft, shown with weights made for the test."""

import math
import random

import pytest
from events.marked import line_of, parse, read

from extractor.clean import clean_text
from extractor.events.drafts import Draft
from extractor.events.features import Views, words_of
from extractor.events.fill import fill_events, read_tellings
from extractor.events.merge import merge_drafts
from extractor.events.reading import Reading
from extractor.events.records_of import record_of
from extractor.events.scene import INSTITUTION, PERSON, Scene
from extractor.events.scorer import Scorer, shipped_scorer
from extractor.events.trust import row_features, trust
from extractor.events.weigh import weigh_drafts
from extractor.layout import read_layout
from extractor.records import Entities
from extractor.rules import load_rules

JENA, KYOTO, FIRM = "{i1:Jena University}", "{i2:Kyoto University}", "{i3 company:Optik GmbH}"
ANA, KEN, MAY = "{p1:Ana Lopez}", "{p2:Ken Sato}", "{d1=2021-05-05:5 May 2021}"
# whoever the sentence names takes part, at home the publisher
EAGER = {
    "event.agreement": {"bias": 3.0}, "slot.agreement.parties": {"here=True": 4.0, "bias": -2.0}, "action.agreement.signed": {"bias": 1.0},
    "event.visit": {"bias": 3.0}, "slot.visit.visitors": {"order=0": 3.0, "bias": -2.0}, "slot.visit.hosts": {"order=1": 3.0, "bias": -2.0},
    "event.appointment": {"bias": 3.0}, "slot.appointment.appointees": {"here=True": 3.0, "bias": -1.0},
    "slot.appointment.appointers": {"here=True": 3.0, "bias": -1.0}, "date.agreement": {"offset=0": 2.0, "bias": -1.0},
}  # fmt: skip


def stage(marked: str, publisher: str | None = None) -> tuple[Reading, list[Draft], list[Draft]]:
    text, entities = read(marked)
    clean = clean_text(text)
    scene = Scene(parse(clean), entities.model_copy(update={"publisher": publisher}), read_layout(clean, None))
    reading = Reading(scene, load_rules())
    tellings = read_tellings(reading)
    return reading, tellings, merge_drafts(scene, tellings)


def only(*kinds: str) -> dict[str, dict[str, float]]:
    return {model: weights for model, weights in EAGER.items() if model.split(".")[1] in kinds}


def weighed(marked: str, weights: dict[str, dict[str, float]], publisher: str | None = None) -> list[str]:
    reading, tellings, merged = stage(marked, publisher)
    drafts = weigh_drafts(reading, tellings, merged, Scorer(weights))
    return [line_of(record_of(reading.scene, draft, f"e{n}")) for n, draft in enumerate(drafts)]


@pytest.mark.parametrize(
    ("masked", "words"),
    [
        (f"{INSTITUTION * 5} signed agreements with {INSTITUTION * 3}: {PERSON * 4}", ["I", "sign", "agreement", "with", "I", ":", "P"]),
        ("Dates and Rights", ["date", "and", "right"]),  # capitals of words are no masks
        ("", []),
    ],
)
def test_words_without_names_and_endings(masked, words):
    assert words_of(masked) == words


@pytest.mark.parametrize(
    ("model", "features", "chance"),
    [
        ("known", ["bias"], 1 / (1 + math.exp(-1))),
        ("known", ["bias", "against", "never seen"], 0.5),
        ("unknown", ["bias"], 0.0),
    ],
)
def test_a_chance_is_a_logistic_sum(model, features, chance):
    assert Scorer({"known": {"bias": 1.0, "against": -1.0}}).chance(model, features) == pytest.approx(chance)


def test_the_order_of_features_does_not_tell():
    weights = {f"f{n}": 0.1 * (-1) ** n / (n + 1) for n in range(50)} | {"large": 1e9, "small": -1e9}
    chances = {Scorer({"m": weights}).chance("m", random.Random(seed).sample(sorted(weights), len(weights))) for seed in range(20)}
    assert len(chances) == 1


def test_chances_together_are_those_alone():
    scorer = Scorer({"a": {"bias": 1.0, "x": -0.3, "y": 2.0}, "b": {"bias": 0.5, "z": 1.0}})
    shared, own = frozenset({"bias", "x", "none"}), {"a": frozenset({"y", "x"}), "b": frozenset({"y"}), "unknown": frozenset({"z"})}
    assert scorer.chances(shared, own) == {model: scorer.chance(model, shared | features) for model, features in own.items()}


def test_numbers_are_weighed_by_their_size():
    assert Scorer({"row": {"bias": 1.0, "told": 0.5}}).odds("row", {"bias": 1.0, "told": -2.0, "other": 7.0}) == 0.5


HANDS = f"Hands were shaken between {JENA} and {KYOTO} on {MAY}."  # no trigger of ours


@pytest.mark.parametrize(
    ("marked", "weights", "lines"),
    [
        (HANDS, only("agreement"), ["agreement signed partnership d1 parties=i1,i2"]),
        (HANDS, {}, []),
        (HANDS, {**only("agreement"), "event.agreement": {"bias": 1.0}}, []),  # 0.73 is not likely enough
        (f"Hands were shaken at {JENA} on {MAY}.", only("agreement"), []),  # one party is none
        (f"{JENA}: {KYOTO} dropped in.", only("visit"), ["visit held - visitors=i1 hosts=i2"]),
        (f"{JENA} dropped in.", only("visit"), []),
        (f"A chain of office for {ANA} from {JENA}.", only("appointment"), ["appointment done - appointees=p1 appointers=i1"]),
        # the rules' word stands: what they have read is not told twice, what they deny is not told
        (f"{JENA} and {KYOTO} signed a treaty on {MAY}.", only("agreement"), ["agreement signed treaty d1 parties=i1,i2"]),
        (f"{JENA} did not sign an agreement with {KYOTO}.", only("agreement"), []),
        (f"The collective agreement of {JENA} and {FIRM} covers wages.", only("agreement"), []),
    ],
)
def test_events_that_no_rule_reads(marked, weights, lines):
    assert weighed(marked, weights) == lines


THREE = f"{JENA}, {KYOTO} and {FIRM} signed a treaty."
NO_FIRMS = {"fix.agreement.parties": {"bias": 3.0, "kind=company": -6.0}}


@pytest.mark.parametrize(
    ("marked", "weights", "lines"),
    [
        (THREE, {}, ["agreement signed treaty - parties=i1,i2,i3"]),
        (THREE, NO_FIRMS, ["agreement signed treaty - parties=i1,i2"]),
        (f"{JENA} and {FIRM} signed a treaty.", NO_FIRMS, ["agreement signed treaty - parties=i1,i3"]),  # never fewer than two
        (
            f"{JENA} and {KYOTO} signed a treaty. {FIRM} paid.",
            {"fix.agreement.parties": {"bias": 3.0}},
            ["agreement signed treaty - parties=i1,i2,i3"],
        ),
    ],
)
def test_parties_are_weighed_again(marked, weights, lines):
    assert weighed(marked, weights) == lines


def test_added_words_lead_back_to_the_text():
    reading, tellings, merged = stage(HANDS)
    (draft,) = weigh_drafts(reading, tellings, merged, Scorer(only("agreement")))
    assert [reading.scene.text[f.start : f.end] for f in draft.fillers] == ["Jena University", "Kyoto University"]
    assert (draft.rule, draft.is_weak, {f.rule for f in draft.fillers}) == ("agreement.scored", True, {"agreement.scored"})


def test_a_row_is_trusted_as_far_as_its_parts_are():
    reading, tellings, merged = stage(THREE)
    views, scorer = Views(reading, tellings), Scorer({"row": {"told": 1.0}, "event.agreement": {"bias": 2.0}})
    view = views.by_sentence[merged[0].sentence]
    assert row_features(views, scorer, view, merged[0])["told"] == pytest.approx(2.0)
    assert trust(views, scorer, merged[0]) == pytest.approx(1 / (1 + math.exp(-2)))
    assert trust(views, Scorer({}), merged[0]) is None


def chances(marked: str) -> list[float]:
    reading, tellings, merged = stage(marked)
    return [draft.chance or 0.0 for draft in weigh_drafts(reading, tellings, merged, shipped_scorer())]


def test_the_shipped_weights_trust_plain_words_more():
    (plain,) = chances(f"{JENA} and {KYOTO} signed a memorandum of understanding on {MAY}.")
    (vague,) = chances(f"{JENA} hopes to sign an agreement with {KYOTO}.")
    assert 0 < vague < plain < 1


@pytest.mark.parametrize(
    "marked",
    [
        f"{JENA} did not sign an agreement with {KYOTO}.",
        f"{ANA} signed a two-year contract with {{i4 association:FC Lima}}. The player comes from {{i5 association:FC Jena}}.",
        f"{JENA} asked 300 students of {KYOTO} about their breakfast.",
        f"{ANA} of {JENA} and {KEN} of {KYOTO} are old friends.",
        f"{JENA} lies in a valley; {KYOTO} does not.",
    ],
)
def test_the_shipped_weights_add_nothing_to_what_only_stands_near(marked):
    assert chances(marked) == []


def test_choosing_types_changes_nothing_else():
    text, entities = read(f"A delegation of {KYOTO} visited {JENA} on {MAY}. Both universities signed a treaty.")
    given: tuple[Entities, ...] = (entities,)
    found = {}
    for kinds in ((), ("visit",), ("agreement",)):
        events = fill_events(parse(text), *given, read_layout(text, None), load_rules(), only=kinds)
        found[kinds] = [line_of(e) for e in events]
    assert found["visit",] + found["agreement",] == found[()]
    assert len(found[()]) == 2
