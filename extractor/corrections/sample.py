"""Documents in, a stratified sample of their records out: the same records for the same documents and seed, whatever their order."""

import hashlib
import heapq
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field, ValidationError

from extractor.corrections.judgements import Correction, Grounded, Row, read_corrections, records_of
from extractor.errors import RecordError
from extractor.io.jsonl import line_of, read_lines, written_whole
from extractor.records import Record

BANDS = ((0.9, "high"), (0.7, "middle"), (0.0, "low"))
_LEAST = 2  # records of each stratum, so that its variance can be known


class Drawn(Record):
    """A record chosen to be checked. ``weight`` is the number of records that it stands for."""

    doc_id: str
    kind: str
    type: str | None
    id: str
    stratum: str = Field(description="table / band of confidence: agreement/high, roles/low …")
    weight: float
    start: int
    end: int
    text: str
    verdict: Literal["right", "wrong"] | None = Field(default=None, description="to be filled in: right or wrong")


class _Ticket(NamedTuple):
    """A record in the draw; the greatest tickets of a heap leave first."""

    rank: int
    doc_id: str
    kind: str
    type: str | None
    id: str
    start: int
    end: int
    text: str


class Sampler:
    """Draws ``size`` records from documents that stream by; memory holds ``size`` tickets for each stratum."""

    def __init__(self, size: int, seed: str = "") -> None:
        self._size, self._seed = size, seed
        self._heaps: dict[str, list[_Ticket]] = {}
        self.counts: dict[str, int] = {}

    def add(self, doc: Row) -> None:
        """Let the records of one document take part."""
        for grounded in records_of(doc):
            stratum = stratum_of(grounded)
            self.counts[stratum] = self.counts.get(stratum, 0) + 1
            heap, ticket = self._heaps.setdefault(stratum, []), self._ticket(doc["doc_id"], grounded)
            if len(heap) < self._size:
                heapq.heappush(heap, ticket)
            else:
                heapq.heappushpop(heap, ticket)

    def drawn(self) -> list[Drawn]:
        """The sample: each table has the same share, in it each band its own by its number of records."""
        chosen: list[Drawn] = []
        for stratum, share in sorted(shares(self.counts, self._size).items()):
            weight = round(self.counts[stratum] / share, 4)
            tickets = heapq.nlargest(share, self._heaps[stratum])
            chosen += [Drawn(stratum=stratum, weight=weight, **{f: getattr(t, f) for f in _Ticket._fields[1:]}) for t in tickets]
        return sorted(chosen, key=lambda d: (d.doc_id, d.start, d.kind, d.id))

    def _ticket(self, doc_id: str, grounded: Grounded) -> _Ticket:
        record, quote = grounded.record, grounded.quote
        name = "\x1f".join((self._seed, doc_id, grounded.kind, record["id"], str(quote["start"])))
        rank = -int.from_bytes(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest())
        return _Ticket(rank, doc_id, grounded.kind, record.get("type"), record["id"], quote["start"], quote["end"], quote["text"])


def stratum_of(grounded: Grounded) -> str:
    """Table and band of confidence: ``agreement/high``."""
    confidence = grounded.record["confidence"]
    band = next(name for least, name in BANDS if confidence >= least)
    return f"{grounded.record.get('type') or grounded.kind}/{band}"


def shares(counts: dict[str, int], size: int) -> dict[str, int]:
    """How many records of each stratum are drawn: ``size`` in all where there are as many, at least two of each where that allows."""
    tables: dict[str, dict[str, int]] = {}
    for stratum, count in counts.items():
        tables.setdefault(stratum.split("/")[0], {})[stratum] = count
    given: dict[str, int] = {}
    left, waiting = size, sorted(tables.items(), key=lambda table: (sum(table[1].values()), table[0]))
    for number, (_, strata) in enumerate(waiting):
        total = min(left // (len(waiting) - number), sum(strata.values()))
        given |= _within(strata, total)
        left -= total
    return {stratum: share for stratum, share in given.items() if share}


def _within(strata: dict[str, int], total: int) -> dict[str, int]:
    given = dict.fromkeys(sorted(strata, key=lambda s: (-strata[s], s)), 0)
    whole = sum(strata.values())
    for _ in range(total):
        wanting = [s for s in given if given[s] < min(_LEAST, strata[s])]
        if wanting:
            chosen = min(wanting, key=given.__getitem__)
        else:
            chosen = min((s for s in given if given[s] < strata[s]), key=lambda s: given[s] - strata[s] * total / whole)
        given[chosen] += 1
    return given


def draw(documents: Iterable[Row], size: int, seed: str = "") -> list[Drawn]:
    """A sample of the records of all documents."""
    sampler = Sampler(size, seed)
    for doc in documents:
        sampler.add(doc)
    return sampler.drawn()


def write_sample(path: Path, sample: Iterable[Drawn]) -> None:
    """A sample as JSON lines, to be checked in the report or by hand."""
    with written_whole(path) as stream:
        for drawn in sample:
            stream.write(line_of(drawn))


def read_sample(path: Path) -> list[Drawn]:
    """A sample as it was written, with the verdicts filled in by hand. Raises RecordError with the line that is none."""
    sample = []
    for number, line in enumerate(read_lines(path), 1):
        try:
            sample.append(Drawn.model_validate(line))
        except ValidationError as error:
            first = error.errors()[0]
            where = f"{path}:{number}, {'.'.join(map(str, first['loc'])) or 'line'}"
            raise RecordError(where, first["msg"], "make the sample with `extractor sample`") from error
    return sample


def read_judgements(path: Path) -> list[Correction]:
    """The judgements of a file: corrections from the report, or a sample whose verdicts were filled in by hand."""
    head = next(read_lines(path), {})
    return [_correction(d) for d in read_sample(path) if d.verdict] if "text" in head else read_corrections(path)


def _correction(drawn: Drawn) -> Correction:
    row = drawn.model_dump(exclude={"start", "end", "text"})
    return Correction.model_validate({**row, "quote": {"start": drawn.start, "end": drawn.end, "text": drawn.text}})
