"""Documents in, the few facts of each that linking over texts needs out; texts themselves are not kept."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from extractor.corpus.duplicates import Signature, sign
from extractor.records import EVENT_TYPES, Document, entity_kind

Row = Mapping[str, Any]
Key = tuple[str, str]
_SENTENCE_LIMIT = 600  # characters of a sentence that are quoted
_SLOTS = frozenset(slot for event in EVENT_TYPES for slot in event.slots)
_SPACE = re.compile(r"\s+")


class Text(NamedTuple):
    """A text: when and by whom it was published, and the signature that finds its copies."""

    doc_id: str
    published: date | None
    publisher: str | None
    title: str | None
    words: int
    signature: Signature


class Organization(NamedTuple):
    """An institution as one text tells it; ``parent`` is an id within the text."""

    doc_id: str
    id: str
    name: str
    aliases: tuple[str, ...]
    kind: str
    country: str | None
    parent: str | None
    ror: str | None
    mentions: int


class Human(NamedTuple):
    """A person as one text tells them; ``houses`` are the institutions (ids within the text) of their posts and acts."""

    doc_id: str
    id: str
    name: str
    family: str | None
    given: str | None
    honorific: str | None
    houses: tuple[str, ...]
    titles: tuple[str, ...]


class Telling(NamedTuple):
    """An event as one text tells it; ids are within the text, days are those that its date covers."""

    doc_id: str
    id: str
    type: str
    action: str
    instrument: str | None
    edtf: str | None
    start: date | None
    end: date | None
    houses: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    topics: tuple[str, ...]
    duration: str | None
    at: int
    sentence: str

    @property
    def key(self) -> Key:
        return self.doc_id, self.id


class Gathered(NamedTuple):
    """All that was gathered, each kind sorted by text and place, so that the order of the texts does not matter."""

    texts: tuple[Text, ...]
    organizations: tuple[Organization, ...]
    people: tuple[Human, ...]
    tellings: tuple[Telling, ...]


def gather(documents: Iterable[Document | Row]) -> Gathered:
    """The facts of documents, given as records or as lines of ``documents.jsonl`` hold them; memory grows by some kilobytes a text."""
    texts: list[Text] = []
    organizations: list[Organization] = []
    people: list[Human] = []
    tellings: list[Telling] = []
    for document in documents:
        doc = document.model_dump(mode="json") if isinstance(document, Document) else document
        texts.append(_text(doc))
        organizations += _organizations(doc)
        people += _people(doc)
        tellings += _tellings(doc)
    texts.sort(key=lambda text: text.doc_id)
    organizations.sort(key=lambda o: (o.doc_id, o.id))
    people.sort(key=lambda p: (p.doc_id, p.id))
    tellings.sort(key=lambda t: (t.doc_id, t.at, t.id))
    return Gathered(tuple(texts), tuple(organizations), tuple(people), tuple(tellings))


def _text(doc: Row) -> Text:
    source = doc["source"]
    words = doc["text"].split()
    return Text(doc["doc_id"], _day(source["published"]), source["publisher"], source["title"], len(words), sign(words))


def _organizations(doc: Row) -> Iterator[Organization]:
    mentions = Counter(m["entity"] for m in doc["mentions"] if m["label"] == "institution")
    for i in doc["institutions"]:
        yield Organization(
            doc["doc_id"], i["id"], i["name"], tuple(i["aliases"]), i["kind"], i["country"], i["part_of"], i.get("ror"), mentions[i["id"]]
        )


def _people(doc: Row) -> Iterator[Human]:
    houses: dict[str, dict[str, None]] = {p["id"]: {} for p in doc["people"]}
    titles: dict[str, dict[str, None]] = {p["id"]: {} for p in doc["people"]}
    for role in doc["roles"]:
        if role["person"]:
            titles[role["person"]][role["title"]] = None
            if role["institution"]:
                houses[role["person"]][role["institution"]] = None
    for event in doc["events"]:
        if event["type"] == "appointment":
            for person in event["appointees"]:
                houses[person] |= dict.fromkeys(event["appointers"])
    for p in doc["people"]:
        known = p.get("family"), p.get("given"), p["honorific"]
        yield Human(doc["doc_id"], p["id"], p["name"], *known, tuple(houses[p["id"]]), tuple(titles[p["id"]]))


def _tellings(doc: Row) -> Iterator[Telling]:
    dates = {d["id"]: d for d in doc["dates"]}
    for event in doc["events"]:
        told = dates.get(event["date"] or "", {})
        slots = [(slot, e) for slot, value in event.items() if isinstance(value, list | tuple) and slot in _SLOTS for e in value]
        start, end = event["evidence"]["start"], event["evidence"]["end"]
        yield Telling(
            doc["doc_id"], event["id"], event["type"], event["action"], event.get("instrument"),
            told.get("edtf"), _day(told.get("start")), _day(told.get("end")),
            tuple(s for s in slots if entity_kind(s[0]) == "institution"), tuple(s for s in slots if entity_kind(s[0]) == "person"),
            tuple(event.get("topics", ())), event.get("duration"), event["trigger"]["start"],
            _SPACE.sub(" ", doc["text"][start:end]).strip()[:_SENTENCE_LIMIT],
        )  # fmt: skip


def _day(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
