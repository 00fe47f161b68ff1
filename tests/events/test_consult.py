"""Rules and relation network heard together: who comes into a slot, who goes, and which acts the network alone adds."""

from dataclasses import replace

import pytest

from extractor.events.consult import Council
from extractor.events.features import Views
from extractor.events.merge import merge_alike
from extractor.events.people import put_on_their_sides
from extractor.events.records_of import record_of
from extractor.events.scorer import Scorer
from extractor.model.relations import ACTIONS, INSTRUMENTS, SLOTS, Telling
from tests.events.test_scorer import line_of, stage

JENA, KYOTO, BERN = "{i1:Jena University}", "{i2:Kyoto University}", "{i3:Bern University}"
# the network's word counts, the rules' own choice a little
HEEDS = {f"net.slot.{kind}.{slot}": {"own": 1.0, "in": 0.5} for kind, slots in SLOTS.items() for slot in slots}


class Read:
    """A network that says what a test tells it."""

    def __init__(self, tellings: tuple[Telling, ...] = (), own: Telling | None = None) -> None:
        self.tellings, self.own = tellings, own

    def telling(self, kind: str, start: int, end: int) -> Telling | None:
        return self.own or next((t for t in self.tellings if (t.type, t.start, t.end) == (kind, start, end)), None)


def telling(kind: str, at: tuple[int, int] = (0, 1), action: str = "signed", **slots: dict[str, float]) -> Telling:
    return Telling(
        type=kind, start=at[0], end=at[1], chance=0.95, act=0.95, several=0.05,
        actions={a: 0.9 if a == action else 0.01 for a in ACTIONS},
        instruments={i: 0.8 if i == "protocol" else 0.01 for i in INSTRUMENTS},
        slots={slot: slots.get(slot, {}) for slot in SLOTS[kind]},
    )  # fmt: skip


def heard(marked: str, read: Read, weights: dict[str, dict[str, float]] = HEEDS) -> list[str]:
    reading, tellings, merged = stage(marked)
    council = Council(Views(reading, tellings), Scorer(weights), read, merged)  # type: ignore[arg-type]
    return [line_of(record_of(reading.scene, draft, "e")) for draft in council.settle()]


def test_without_weights_the_network_changes_no_filler():
    read = Read(own=telling("agreement", parties={"i1": 0.0, "i2": 0.0, "i3": 0.99}))
    (line,) = heard(f"{JENA} and {KYOTO} signed a protocol. {BERN} was not there.", read, {})
    assert "parties=i1,i2" in line


@pytest.mark.parametrize(
    ("chances", "parties"),
    [
        ({"i1": 0.9, "i2": 0.9, "i3": 0.9}, "i1,i2,i3"),  # a party that the rules have missed
        ({"i1": 0.9, "i2": 0.9, "i3": 0.6}, "i1,i2"),  # hardly a third
        ({"i1": 0.9, "i2": 0.05, "i3": 0.9}, "i1,i3"),  # one that they took wrongly
        ({"i1": 0.9, "i2": 0.05, "i3": 0.05}, "i1,i2"),  # no agreement has one party: the rules' choice stays
    ],
)
def test_parties_are_those_on_which_both_agree(chances, parties):
    read = Read(own=telling("agreement", parties=chances))
    (line,) = heard(f"{JENA} and {KYOTO} signed a protocol. {BERN} sent two deans to the table.", read)
    assert f"parties={parties}" in line


def test_the_counterpart_of_one_agreement_has_no_part_in_the_other_told_by_the_same_words():
    read = Read(own=telling("agreement", parties={"i1": 0.9, "i2": 0.9, "i3": 0.9}))
    lines = heard(f"{JENA} signed memoranda of understanding with {KYOTO} and {BERN}.", read)
    assert [line.split("parties=")[1].split(" ")[0] for line in lines] == ["i1,i2", "i1,i3"]


@pytest.mark.parametrize(("chance", "witnesses"), [(0.9, True), (0.2, False)])
def test_who_stands_by_is_heard_too(chance, witnesses):
    read = Read(own=telling("agreement", parties={"i1": 0.9, "i2": 0.9}, witnesses={"p1": chance}))
    (line,) = heard(f"{JENA} and {KYOTO} signed a protocol. Next to the table stood {{p1:Ana Lopez}}.", read)
    assert ("witnesses=p1" in line) == witnesses


def test_the_network_is_asked_at_all_words_that_tell_an_act():
    marked = f"{JENA} and {KYOTO} signed a protocol.\n\n{JENA} and {KYOTO} signed the protocol on a rainy day before {{p1:Ana Lopez}}."
    _, _, (draft,) = stage(marked)
    own = {"parties": {"i1": 0.9, "i2": 0.9}}
    second = telling("agreement", draft.also[0], **own, signatories={"p1": 0.95})
    first = telling("agreement", (draft.start, draft.end), **own)
    assert "signatories=p1" in heard(marked, Read((first, second)))[0]
    assert "signatories=p1" not in heard(marked, Read((first,)))[0]


@pytest.mark.parametrize(
    ("marked", "dropped", "left"),
    [
        (f"{JENA} visited {KYOTO}.", None, 1),
        (f"{JENA} visited {KYOTO}.", "hosts", 2),
        (f"{JENA} and {KYOTO} signed a protocol.", None, 2),
    ],
    ids=["the same", "another host", "two protocols"],
)
def test_two_visits_of_the_same_sides_and_day_are_one_and_two_agreements_are_two(marked, dropped, left):
    reading, _, (draft,) = stage(marked)
    twin = replace(draft, fillers=[f for f in draft.fillers if f.slot != dropped])
    assert len(merge_alike(reading.scene, [draft, twin])) == left


def test_nobody_is_host_and_guest_at_once():
    read = Read(own=telling("visit", action="held", visitors={"i1": 0.9, "i2": 0.7}, hosts={"i2": 0.95, "i1": 0.6}))
    (line,) = heard(f"{JENA} visited {KYOTO}.", read)
    assert "visitors=i1" in line
    assert "hosts=i2" in line


def test_a_draft_that_tells_no_act_goes():
    marked, read = f"{JENA} and {KYOTO} signed a protocol.", Read(own=telling("agreement"))
    assert heard(marked, read, {"net.act.agreement": {"bias": -3.0}}) == []
    assert len(heard(marked, read, {"net.act.agreement": {"bias": 3.0}})) == 1


def test_an_act_that_the_network_alone_reads_comes_in_where_it_is_likely():
    marked = f"{JENA} and {KYOTO} now share a path."
    start = "Jena University and Kyoto University now share a path.".index("share")
    read = Read(tellings=(telling("agreement", (start, start + 5), parties={"i1": 0.9, "i2": 0.9}),))
    assert heard(marked, read, {"net.new.agreement": {"bias": -3.0}}) == []
    (line,) = heard(marked, read, {"net.new.agreement": {"bias": 3.0}})
    assert line.startswith("agreement signed protocol")
    assert "parties=i1,i2" in line


def test_people_stand_with_their_own_house():
    reading, _, _ = stage(
        "A delegation of {i1:Jena University} led by {r p1 i1:Rector} {p1:Ana Lopez} visited {i2:Kyoto University} and met {r p2 i2:Dean} {p2:Ken Sato}."
    )
    (draft,) = [d for d in reading.drafts if d.type == "visit"]
    for slot, person in (("delegates", "p2"), ("receivers", "p1")):
        for other in ("leaders", "delegates", "receivers"):
            draft.drop(other, person)
        draft.add(slot, person, (0, 1), "test", 0.5)
    put_on_their_sides(reading.scene, draft)
    assert "p2" in draft.of("receivers")
    assert "p1" in draft.of("delegates")
    assert not {"p2"} & set(draft.of("delegates"))
