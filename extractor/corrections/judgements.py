"""Lines of ``corrections.jsonl`` in, validated judgements of records out, and back."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import Field, JsonValue, ValidationError

from extractor.errors import RecordError
from extractor.io.jsonl import line_of, read_lines, written_whole
from extractor.records import Quote, Record

Kind = Literal["event", "institution", "person", "role", "date"]
Verdict = Literal["right", "wrong", "edited"]
KINDS: dict[Kind, str] = {"event": "events", "institution": "institutions", "person": "people", "role": "roles", "date": "dates"}
Row = Mapping[str, Any]
_NAMED: tuple[Kind, ...] = ("institution", "person")
_MENTIONED: tuple[Kind, ...] = ("role", "date")


class Correction(Record):
    """One judgement of one record. ``quote`` are the words that the record rests on: they find it again when its id has moved.

    ``changes`` are the fields as they should be (``edited`` only), ``was`` the same fields as the reader saw them.
    ``stratum`` and ``weight`` (records that this one stands for) are set where a sample chose the record.
    """

    doc_id: str
    kind: Kind
    id: str
    type: str | None = Field(default=None, description="type of an event, null for other kinds")
    quote: Quote
    verdict: Verdict
    changes: Mapping[str, JsonValue] = Field(default_factory=dict)
    was: Mapping[str, JsonValue] = Field(default_factory=dict)
    stratum: str | None = None
    weight: float | None = Field(default=None, gt=0)
    note: str | None = None

    @property
    def key(self) -> tuple[str, str, int, str, str]:
        """What tells one judged record from another; a later judgement of the same key replaces the earlier."""
        return self.doc_id, self.kind, self.quote.start, self.quote.text, self.id


class Grounded(NamedTuple):
    """A record of a document with its kind and the words that it rests on."""

    kind: Kind
    record: dict[str, Any]
    quote: Row


def records_of(doc: Row) -> Iterator[Grounded]:
    """Every record of a document that can be judged, in the document's order."""
    by_id = {m["id"]: m for m in doc["mentions"]}
    first = {m["entity"]: m for m in reversed(doc["mentions"])}
    for event in doc["events"]:
        yield Grounded("event", event, event["trigger"])
    for kind in _NAMED:
        for entity in doc[KINDS[kind]]:
            yield Grounded(kind, entity, first[entity["id"]])
    for kind in _MENTIONED:
        for record in doc[KINDS[kind]]:
            yield Grounded(kind, record, by_id[record["mention"]])


def read_corrections(path: Path) -> list[Correction]:
    """The judgements of a file, the last one of each record. Raises RecordError with the line that is none."""
    latest: dict[tuple[Any, ...], Correction] = {}
    for number, line in enumerate(read_lines(path), 1):
        try:
            correction = Correction.model_validate(line)
        except ValidationError as error:
            first = error.errors()[0]
            field = ".".join(map(str, first["loc"])) or "line"
            raise RecordError(
                f"{path}, correction {number}, {field}", first["msg"], "save the corrections again from the report"
            ) from error
        latest.pop(correction.key, None)
        latest[correction.key] = correction
    return list(latest.values())


def write_corrections(path: Path, corrections: Iterable[Correction]) -> int:
    """A file of judgements, one line each; how many."""
    count = 0
    with written_whole(path) as stream:
        for correction in corrections:
            stream.write(line_of(correction))
            count += 1
    return count
