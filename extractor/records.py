"""What comes out: frozen, validated records of one text; nothing ungrounded or unresolved can be built."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, field_validator, model_validator

from extractor.edtf import is_edtf

SCHEMA_VERSION: Literal["1.0"] = "1.0"

Label = Literal["institution", "person", "role", "date"]
Kind = Literal[
    "university", "faculty", "department", "institute", "laboratory", "hospital", "school",
    "company", "government", "association", "media", "other",
]  # fmt: skip
Status = Literal["current", "former", "acting", "incoming", "honorary"]
Rank = Literal[
    "head_of_state", "minister", "ambassador", "chancellor", "president", "vice_president", "provost", "dean", "vice_dean",
    "director", "deputy_director", "chair", "head", "secretary", "representative", "manager", "coordinator", "officer",
    "professor", "lecturer", "researcher", "physician", "postdoc", "student", "other",
]  # fmt: skip
Grain = Literal["day", "week", "month", "season", "quarter", "year", "decade"]
Action = Literal["signed", "renewed", "agreed", "planned", "in_force", "ended", "held", "done"]
Instrument = Literal[
    "memorandum_of_understanding", "letter_of_intent", "cooperation_agreement", "exchange_agreement", "joint_degree_agreement",
    "research_agreement", "contract", "protocol", "declaration", "treaty", "partnership", "other",
]  # fmt: skip
Topic = Literal[
    "student_exchange", "staff_exchange", "joint_research", "joint_degree", "training", "joint_unit", "scholarship", "clinical",
    "technology", "culture", "conference", "publication", "internship", "other",
]  # fmt: skip
PublishedFrom = Literal["option", "metadata", "dateline", "url"]

Confidence = Annotated[float, Field(ge=0, le=1)]
Offset = Annotated[int, Field(ge=0, description="Unicode code points from the start of the text")]


class Record(BaseModel):
    """Base of all records: frozen, and no field that the contract does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Extent(Record):
    """Characters ``start`` to ``end`` (half-open) of the text."""

    start: Offset
    end: Offset

    @model_validator(mode="after")
    def _is_forward(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"end {self.end} lies before start {self.start}")
        return self


class Quote(Extent):
    """An extent with its words."""

    text: str


class Mention(Quote):
    """Words that name an institution, a person, a post or a date; ``entity`` is the record that they name."""

    id: str
    label: Label
    entity: str | None
    rule: str


class Institution(Record):
    """A named organisation; ``part_of`` is the id of its parent, ``country`` ISO 3166 alpha-2."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: Kind
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    part_of: str | None = None
    ror: str | None = Field(default=None, pattern=r"^https://ror\.org/0[a-z0-9]{8}$")
    confidence: Confidence = 1.0


class Person(Record):
    """A named human being; ``name`` is the fullest form without honorifics."""

    id: str
    name: str
    family: str | None = None
    given: str | None = None
    honorific: str | None = None
    byline: bool = False
    confidence: Confidence = 1.0


class Role(Record):
    """A post: who holds which title where. ``mention`` is the title's mention, ``evidence`` the words that tie the three."""

    id: str
    title: str
    rank: Rank
    person: str | None
    institution: str | None
    status: Status = "current"
    mention: str
    evidence: Extent
    confidence: Confidence = 1.0


class Date(Record):
    """The value of a date mention. ``start`` and ``end`` are the first and last day covered, null where open or unknown.

    ``why`` names the assumption behind the value ("year from publication date"), null where the words say it all.
    """

    id: str
    mention: str
    edtf: str | None
    start: date | None = None
    end: date | None = None
    grain: Grain | None = None
    why: str | None = None
    confidence: Confidence = 1.0

    @field_validator("edtf")
    @classmethod
    def _is_edtf(cls, value: str | None) -> str | None:
        if value is not None and not is_edtf(value):
            raise ValueError(f"{value!r} is not a date in EDTF level 1")
        return value


class Argument(Record):
    """Why a slot of an event is filled: the words that say it and the rule that read them."""

    slot: str
    entity: str | None
    start: Offset
    end: Offset
    rule: str


class _Event(Record):
    slots: ClassVar[tuple[str, ...]]

    id: str
    action: Action
    date: str | None = None
    place: str | None = None
    trigger: Quote
    evidence: Extent
    rule: str
    arguments: tuple[Argument, ...] = ()
    cameo: str | None = None
    plover: str | None = None
    confidence: Confidence = 1.0

    def fillers(self) -> Iterator[tuple[str, str]]:
        """(slot, entity id) for every filled slot, in slot order."""
        for slot in self.slots:
            for entity in getattr(self, slot):
                yield slot, entity


class Agreement(_Event):
    """An instrument of cooperation is signed, renewed, agreed, planned, in force or ended."""

    slots = ("parties", "signatories", "witnesses")

    type: Literal["agreement"] = "agreement"
    instrument: Instrument
    topics: tuple[Topic, ...] = ()
    duration: str | None = Field(default=None, pattern=r"^P\d+[YMWD]$")
    parties: tuple[str, ...] = ()
    signatories: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()


class Visit(_Event):
    """People of one institution go to, or are received by, another."""

    slots = ("visitors", "hosts", "leaders", "delegates", "receivers")

    type: Literal["visit"] = "visit"
    visitors: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    delegates: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()


class Meeting(_Event):
    """A meeting, seminar, forum, course or ceremony that joins institutions."""

    slots = ("participants", "organizers", "attendees")

    type: Literal["meeting"] = "meeting"
    participants: tuple[str, ...] = ()
    organizers: tuple[str, ...] = ()
    attendees: tuple[str, ...] = ()


class Appointment(_Event):
    """A person receives a post, a title, an award or a degree."""

    slots = ("appointees", "appointers")

    type: Literal["appointment"] = "appointment"
    appointees: tuple[str, ...] = ()
    appointers: tuple[str, ...] = ()


class Establishment(_Event):
    """A joint unit, programme, alliance or campus is founded, unveiled, launched, approved or accredited."""

    slots = ("founders", "units")

    type: Literal["establishment"] = "establishment"
    founders: tuple[str, ...] = ()
    units: tuple[str, ...] = ()


Event = Annotated[Agreement | Visit | Meeting | Appointment | Establishment, Field(discriminator="type")]
EVENT_TYPES: tuple[type[_Event], ...] = (Agreement, Visit, Meeting, Appointment, Establishment)
EventType = Literal["agreement", "visit", "meeting", "appointment", "establishment"]


class Source(Record):
    """Where a text came from. ``published_from`` tells how the day of publication is known; ``publisher`` is an institution's id."""

    path: str | None = None
    sha256: str | None = None
    url: str | None = None
    media_type: str = "text/plain"
    title: str | None = None
    published: date | None = None
    published_from: PublishedFrom | None = None
    publisher: str | None = None
    language: str | None = None
    meta: Mapping[str, JsonValue] = Field(default_factory=dict)


class Article(Record):
    """A text on its way in: decoded, not yet read. ``site`` is the publisher's name as the page's metadata give it.

    ``warnings`` tell what reading could not make out; the document carries them on.
    """

    doc_id: str
    text: str
    source: Source = Source()
    site: str | None = None
    warnings: tuple[str, ...] = ()


class Stamp(Record):
    """Which version of the program, the model and the rules made a document."""

    version: str
    model: str
    rules: str


class Entities(Record):
    """What linking gives: the mentions of a text and the entities that they share. ``publisher`` is an institution's id."""

    mentions: tuple[Mention, ...] = ()
    institutions: tuple[Institution, ...] = ()
    people: tuple[Person, ...] = ()
    roles: tuple[Role, ...] = ()
    dates: tuple[Date, ...] = ()
    publisher: str | None = None
    published: date | None = None
    published_from: PublishedFrom | None = None
    warnings: tuple[str, ...] = ()


class Document(Record):
    """All records of one text. Building one checks that every offset is grounded and every id resolves."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    doc_id: str
    extractor: Stamp
    source: Source
    text: str
    mentions: tuple[Mention, ...] = ()
    institutions: tuple[Institution, ...] = ()
    people: tuple[Person, ...] = ()
    roles: tuple[Role, ...] = ()
    dates: tuple[Date, ...] = ()
    events: tuple[Event, ...] = ()
    warnings: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        for problem in problems_of(self):
            raise ValueError(problem)
        return self


def problems_of(doc: Document) -> Iterator[str]:
    """Each way in which a document contradicts its text or itself, in words."""
    yield from _ungrounded(doc)
    yield from _unresolved(doc)


def _ungrounded(doc: Document) -> Iterator[str]:
    quotes: list[Quote] = [*doc.mentions, *(event.trigger for event in doc.events)]
    for quote in quotes:
        if doc.text[quote.start : quote.end] != quote.text:
            yield f"characters {quote.start}:{quote.end} are not {quote.text!r}"
    ends = [x.end for role in doc.roles for x in (role.evidence,)]
    ends += [event.evidence.end for event in doc.events]
    ends += [argument.end for event in doc.events for argument in event.arguments]
    for end in ends:
        if end > len(doc.text):
            yield f"an extent ends at {end}, beyond the text's {len(doc.text)} characters"


def _unresolved(doc: Document) -> Iterator[str]:
    ids: dict[str, set[str]] = {
        "mention": {m.id for m in doc.mentions},
        "institution": {i.id for i in doc.institutions},
        "person": {p.id for p in doc.people},
        "role": {r.id for r in doc.roles},
        "date": {d.id for d in doc.dates},
    }
    counted = len(doc.mentions) + len(doc.institutions) + len(doc.people) + len(doc.roles) + len(doc.dates)
    if sum(map(len, ids.values())) != counted or len({e.id for e in doc.events}) != len(doc.events):
        yield "an id is used twice"
    for what, kind, value in _references(doc):
        if value is not None and value not in ids[kind]:
            yield f"{what} points to {value!r}, which is no {kind} of this document"
    named = {m.entity for m in doc.mentions}
    for entity in [*(i.id for i in doc.institutions), *(p.id for p in doc.people), *(d.id for d in doc.dates)]:
        if entity not in named:
            yield f"entity {entity} has no mention"


def _references(doc: Document) -> Iterator[tuple[str, str, str | None]]:
    yield "source.publisher", "institution", doc.source.publisher
    for mention in doc.mentions:
        yield f"mention {mention.id}", mention.label, mention.entity
    for institution in doc.institutions:
        yield f"institution {institution.id}", "institution", institution.part_of
    for role in doc.roles:
        yield f"role {role.id}", "person", role.person
        yield f"role {role.id}", "institution", role.institution
        yield f"role {role.id}", "mention", role.mention
    for dated in doc.dates:
        yield f"date {dated.id}", "mention", dated.mention
    for event in doc.events:
        yield f"event {event.id}", "date", event.date
        for slot, entity in event.fillers():
            yield f"event {event.id}, {slot}", entity_kind(slot), entity


PERSON_SLOTS = frozenset({"signatories", "witnesses", "leaders", "delegates", "receivers", "attendees", "appointees"})


def entity_kind(slot: str) -> Literal["institution", "person"]:
    """What fills a slot: an institution or a person."""
    return "person" if slot in PERSON_SLOTS else "institution"


def json_schema() -> dict[str, Any]:
    """The JSON Schema of one line of ``documents.jsonl``."""
    return TypeAdapter(Document).json_schema(mode="serialization")


def values_of(literal: Any) -> tuple[str, ...]:  # noqa: ANN401 - a Literal has no type of its own
    """The values that a closed vocabulary such as ``Kind`` allows."""
    return get_args(literal)
