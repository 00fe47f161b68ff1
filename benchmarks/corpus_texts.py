"""An invented world in, documents as the pipeline would read them out, with the truth behind every record.

Names vary from text to text (order, translation, acronym, country told or not, a slip of spelling), some texts tell two agreements, some
are copies.
"""

import random
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from benchmarks.corpus_world import Fact, House, Human, World
from extractor.edtf import covered
from extractor.records import Document

SPEECH = (
    "students",
    "library",
    "harvest",
    "laboratory",
    "semester",
    "bridge",
    "garden",
    "workshop",
    "language",
    "clinic",
    "harbour",
    "winter",
    "concert",
    "network",
    "archive",
    "lecture",
    "visitor",
    "railway",
    "forest",
    "museum",
    "kitchen",
    "journal",
    "festival",
    "weather",
    "mountain",
    "teacher",
    "nurse",
    "printer",
)
PAPERS = {
    "memorandum_of_understanding": "memorandum of understanding",
    "letter_of_intent": "letter of intent",
    "exchange_agreement": "exchange agreement",
    "research_agreement": "research agreement",
    "joint_degree_agreement": "joint degree agreement",
    "protocol": "protocol",
    "cooperation_agreement": "cooperation agreement",
}
VERBS = {"signed": "signed a", "planned": "plan to sign a", "agreed": "agreed on a", "in_force": "have had a", "renewed": "renewed their"}


class Truth(NamedTuple):
    """Which house, person and agreement stands behind each record, by (text, id within it)."""

    houses: dict[tuple[str, str], str]
    people: dict[tuple[str, str], str]
    agreements: dict[tuple[str, str], int]
    copies: dict[str, str]


class Page:
    """A text that grows; words that name something are marked as they are written."""

    def __init__(self, doc_id: str, draw: random.Random) -> None:
        self.doc_id, self.draw, self.text = doc_id, draw, ""
        self.records: dict[str, list[dict[str, Any]]] = {
            name: [] for name in ("mentions", "institutions", "people", "roles", "dates", "events")
        }
        self.local: dict[tuple[str, str | None], str] = {}

    def say(self, words: str) -> None:
        self.text += words

    def fill(self, sentences: int) -> None:
        for _ in range(sentences):
            words = self.draw.choices(SPEECH, k=self.draw.randint(8, 16))
            self.say(" ".join(words).capitalize() + f" {self.draw.randint(1, 999)}. ")

    def mark(self, label: str, words: str, entity: str) -> tuple[int, int]:
        start = len(self.text)
        self.say(words)
        id_ = f"m{len(self.records['mentions']) + 1}"
        extent = {"start": start, "end": len(self.text)}
        self.records["mentions"].append({"id": id_, "label": label, **extent, "text": words, "entity": entity, "rule": "gold"})
        return start, len(self.text)


def write_texts(world: World, *, copies: float = 0.08, seed: int = 7) -> tuple[list[Document], Truth]:
    """A text for every telling, now and then one for two of the same first party; some texts twice."""
    draw = random.Random(seed)
    truth = Truth({}, {}, {}, {})
    documents = []
    for number, facts in enumerate(_bundle([f for a in world.agreements for f in a.facts], draw)):
        doc_id = f"t{number:05d}"
        documents.append(_write(doc_id, facts, truth, draw))
        if draw.random() < copies:
            documents.append(_copy(documents[-1], f"{doc_id}-copy", truth, draw))
    return documents, truth


def _bundle(facts: list[Fact], draw: random.Random) -> Iterator[list[Fact]]:
    """Facts of one text each; one in twelve takes in the next one of the same house told within the year."""
    held: list[Fact] = []
    for fact in facts:
        if (
            held
            and held[0].parties[0] == fact.parties[0]
            and held[0].agreement != fact.agreement
            and abs((held[0].published - fact.published).days) < 40
        ):
            yield [held.pop(), fact]
            continue
        if held:
            yield [held.pop()]
        if draw.random() < 0.4:
            held = [fact]
        else:
            yield [fact]
    if held:
        yield held


def _write(doc_id: str, facts: list[Fact], truth: Truth, draw: random.Random) -> Document:
    page = Page(doc_id, draw)
    page.fill(draw.randint(2, 4))
    for fact in facts:
        _tell(page, fact, truth)
        page.fill(draw.randint(1, 4))
    return _document(page, max(f.published for f in facts))


def _tell(page: Page, fact: Fact, truth: Truth) -> None:
    start = len(page.text)
    date_id = None
    if fact.edtf:
        date_id = f"d{len(page.records['dates']) + 1}"
        page.say("On ")
        page.mark("date", fact.edtf, date_id)
        first, last = covered(fact.edtf)
        page.records["dates"].append(
            {"id": date_id, "mention": page.records["mentions"][-1]["id"], "edtf": fact.edtf, "start": first, "end": last}
        )
        page.say(" ")
    parties = []
    for at, house in enumerate(fact.parties):
        page.say(" and " if at else "")
        parties.append(_name_house(page, house, truth))
    trigger = len(page.text) + 1
    page.say(f" {VERBS[fact.action]} {PAPERS[fact.instrument]}")
    end = len(page.text)
    signers = [_name_person(page, human, truth) for human in fact.signers]
    page.say(". ")
    id_ = f"e{len(page.records['events']) + 1}"
    page.records["events"].append(
        {
            "id": id_,
            "type": "agreement",
            "action": fact.action,
            "instrument": fact.instrument,
            "date": date_id,
            "parties": parties,
            "signatories": signers,
            "trigger": {"start": trigger, "end": end, "text": page.text[trigger:end]},
            "evidence": {"start": start, "end": len(page.text)},
            "rule": "gold",
        }
    )
    truth.agreements[page.doc_id, id_] = fact.agreement


def _name_house(page: Page, house: House, truth: Truth) -> str:
    parent = None
    known = page.local.get((house.names[0], None))
    if house.unit:
        if (house.names[0], house.unit) in page.local:
            unit = page.local[house.names[0], house.unit]
            page.mark("institution", house.unit, unit)
            return unit
        unit = f"i{len(page.records['institutions']) + 1}"
        page.local[house.names[0], house.unit] = unit
        page.records["institutions"].append(
            {"id": unit, "name": house.unit, "kind": _unit_kind(house.unit), "country": None, "part_of": None}
        )
        truth.houses[page.doc_id, unit] = f"{house.names[0]} / {house.unit}"
        page.mark("institution", house.unit, unit)
        page.say(" of ")
        parent = unit
    id_ = known or _new_house(page, house, truth)
    page.mark("institution", next(i["name"] for i in page.records["institutions"] if i["id"] == id_), id_)
    if not known and (aliases := next(i["aliases"] for i in page.records["institutions"] if i["id"] == id_)):
        page.say(" (")
        page.mark("institution", aliases[0], id_)
        page.say(")")
    if parent:
        next(i for i in page.records["institutions"] if i["id"] == parent)["part_of"] = id_
        return parent
    return id_


def _new_house(page: Page, house: House, truth: Truth) -> str:
    draw = page.draw
    id_ = f"i{len(page.records['institutions']) + 1}"
    page.local[house.names[0], None] = id_
    name = draw.choice(house.names)
    chance = draw.random()
    aliases: tuple[str, ...] = (house.acronym,) if house.acronym and chance < 0.5 else ()
    if house.acronym and chance > 0.93:
        name = house.acronym
    elif chance > 0.99:
        name = name.replace("University", "Universty")
    elif 0.5 < chance < 0.56:
        name = name.upper()
    country = house.country if draw.random() < 0.85 else None
    page.records["institutions"].append(
        {"id": id_, "name": name, "aliases": aliases, "kind": house.kind, "country": country, "part_of": None}
    )
    truth.houses[page.doc_id, id_] = house.names[0]
    return id_


def _unit_kind(unit: str) -> str:
    return "department" if unit.startswith("Department") else "faculty"


def _name_person(page: Page, human: Human, truth: Truth) -> str:
    draw = page.draw
    name = draw.choice((f"{human.given} {human.family}", f"{human.given} {human.family}", f"{human.family.upper()} {human.given}"))
    id_ = f"p{len(page.records['people']) + 1}"
    page.records["people"].append({"id": id_, "name": name, "family": human.family, "given": human.given})
    page.say(", ")
    page.mark("person", name, id_)
    page.say(", ")
    role = f"r{len(page.records['roles']) + 1}"
    start, end = page.mark("role", human.title, role)
    house = page.local.get((human.house.names[0], None))
    page.records["roles"].append(
        {
            "id": role,
            "title": human.title,
            "rank": "other",
            "person": id_,
            "institution": house,
            "mention": page.records["mentions"][-1]["id"],
            "evidence": {"start": start, "end": end},
        }
    )
    truth.people[page.doc_id, id_] = f"{human.given} {human.family} of {human.house.names[0]}"
    return id_


def _document(page: Page, published: date) -> Document:
    return Document.model_validate(
        {
            "doc_id": page.doc_id,
            "extractor": {"version": "0", "model": "none", "rules": "none"},
            "source": {"published": published},
            "text": page.text,
            **page.records,
        }
    )


def _copy(document: Document, doc_id: str, truth: Truth, draw: random.Random) -> Document:
    """The same text elsewhere, with a closing line of its own."""
    tail = f" Copied by desk {draw.randint(1, 99)}."
    for found in (truth.houses, truth.people, truth.agreements):
        found |= {(doc_id, local): value for (of, local), value in list(found.items()) if of == document.doc_id}  # type: ignore[operator]
    truth.copies[doc_id] = document.doc_id
    return document.model_copy(update={"doc_id": doc_id, "text": document.text + tail})
