"""Documents and gold in, precision, recall and F1 out: for mentions, entities, roles, dates, events and the ties between institutions.

What counts, micro-averaged over texts:

- ``mention.LABEL``: same span and label; ``mention~.LABEL``: an overlap suffices.
- ``institutions``, ``people``: one record per entity, matched through any name they share; a second record of one entity is wrong.
- ``roles``: person, title and institution all right. ``dates``: a date mention with the right EDTF value.
- ``TYPE.slots``: events aligned one to one; action, instrument, date and each filled slot count. ``TYPE.rows``: all main parts right.
- ``pairs``: two institutions and a year, as a map of ties would draw them from agreements. ``grounding``: a mention's words are the text's.

Gold records marked ``optional`` count neither way.
"""

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from extractor.records import EVENT_TYPES, Label, values_of

Doc = Mapping[str, Any]
Match = Mapping[str, str]

_SLOTS: dict[str, tuple[str, ...]] = {event.model_fields["type"].default: event.slots for event in EVENT_TYPES}
_AROUND = frozenset(
    {"signatories", "witnesses", "leaders", "delegates", "receivers", "attendees"}
)  # people around an act: no part of its row
_RESAMPLES = 1000
_EMPTY: Doc = {"mentions": [], "institutions": [], "people": [], "roles": [], "dates": [], "events": []}


class Figures(NamedTuple):
    """Precision, recall and F1, of ``gold`` records; ``interval`` is the 95 % bootstrap interval of F1 over texts."""

    precision: float
    recall: float
    f1: float
    gold: int
    interval: tuple[float, float] | None = None


class Fault(NamedTuple):
    """One thing that is wrong: in which text, by which measure, missed or extra, and its words."""

    doc_id: str
    measure: str
    kind: str
    words: str


class Evaluation:
    """Counts of right, extra and missed by measure and text; hits by accuracy; the faults in words."""

    def __init__(self) -> None:
        self.counts: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 0]))
        self.hits: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        self.faults: list[Fault] = []

    def scores(self, *, intervals: bool = False) -> dict[str, Figures]:
        """The figures of each measure; ``intervals`` resamples the texts a thousand times, the same way each time."""
        chance = random.Random(7)  # noqa: S311 - for resampling
        return {measure: _figures(by_doc, chance if intervals else None) for measure, by_doc in self.counts.items()}

    def accuracies(self) -> dict[str, tuple[float, int]]:
        """The share of matched records whose field is right, and of how many."""
        return {measure: (right / total, total) for measure, (right, total) in self.hits.items()}

    def add(self, measure: str, doc_id: str, *, right: int = 0, extra: int = 0, missed: int = 0) -> None:
        """Count towards a measure."""
        for place, count in enumerate((right, extra, missed)):
            self.counts[measure][doc_id][place] += count

    def check(self, measure: str, is_right: bool) -> None:
        """Count towards an accuracy."""
        self.hits[measure][0] += is_right
        self.hits[measure][1] += 1

    def fault(self, doc_id: str, measure: str, kind: str, words: str) -> None:
        """Note a fault."""
        self.faults.append(Fault(doc_id, measure, kind, words))


def evaluate(gold: Iterable[Doc], found: Iterable[Doc]) -> Evaluation:
    """Measure ``found`` documents against ``gold`` ones of the same ids; a gold text without a document counts as missed."""
    by_id, result = {doc["doc_id"]: doc for doc in found}, Evaluation()
    for truth in {doc["doc_id"]: doc for doc in gold}.values():
        doc = by_id.get(truth["doc_id"])
        if doc is None:
            result.fault(truth["doc_id"], "document", "missed", "no such document among the results")
        elif doc.get("text") is not None and doc["text"] != truth["text"]:
            result.fault(truth["doc_id"], "document", "text", "its text is not the gold text: offsets cannot match")
        _evaluate_text(truth, {**_EMPTY, **(doc or {})}, result)
    return result


def _evaluate_text(gold: Doc, doc: Doc, result: Evaluation) -> None:
    _check_grounding(gold, doc, result)
    for label in values_of(Label):
        _evaluate_mentions(gold, doc, label, result)
    match = {**_match_entities(gold, doc, "institutions", result), **_match_entities(gold, doc, "people", result)}
    _evaluate_roles(gold, doc, match, result)
    _evaluate_dates(gold, doc, result)
    for kind in _SLOTS:
        _evaluate_events(gold, doc, kind, match, result)
    _evaluate_pairs(gold, doc, match, result)


def folded(name: str | None) -> str:
    """A name as names are compared: no accents, case, punctuation, possessive or leading article; ``&`` is "and"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name or "") if not unicodedata.combining(c))
    plain = re.sub(r"['’`]s\b", "", plain.casefold().replace("&", " and "))
    return re.sub(r"^(the|a|an) ", "", re.sub(r"[^\w]+", " ", plain).strip())


def _figures(by_doc: Mapping[str, Sequence[int]], chance: random.Random | None) -> Figures:
    rows = list(by_doc.values())
    right, extra, missed = _sums(rows)
    interval = None
    if chance and rows:
        f1s = sorted(_ratios(*_sums([chance.choice(rows) for _ in rows]))[2] for _ in range(_RESAMPLES))
        interval = (f1s[_RESAMPLES // 40], f1s[_RESAMPLES - _RESAMPLES // 40 - 1])
    return Figures(*_ratios(right, extra, missed), right + missed, interval)


def _sums(rows: Iterable[Sequence[int]]) -> tuple[int, int, int]:
    right = extra = missed = 0
    for row in rows:
        right, extra, missed = right + row[0], extra + row[1], missed + row[2]
    return right, extra, missed


def _ratios(right: int, extra: int, missed: int) -> tuple[float, float, float]:
    precision = right / (right + extra) if right + extra else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _check_grounding(gold: Doc, doc: Doc, result: Evaluation) -> None:
    for m in doc["mentions"]:
        is_right = gold["text"][m["start"] : m["end"]] == m["text"]
        result.add("grounding", gold["doc_id"], right=is_right, missed=not is_right)
        if not is_right:
            result.fault(gold["doc_id"], "grounding", "broken", f"{m['start']}:{m['end']} is not {m['text']!r}")


def _overlap(a: Doc, b: Doc) -> bool:
    return bool(a["start"] < b["end"] and b["start"] < a["end"])


def _same_span(a: Doc, b: Doc) -> bool:
    return bool(a["start"] == b["start"] and a["end"] == b["end"])


def _evaluate_mentions(gold: Doc, doc: Doc, label: str, result: Evaluation) -> None:
    truth = [m for m in gold["mentions"] if m["label"] == label]
    doubtful = [m for m in truth if m.get("optional")]
    for measure, fits, is_strict in ((f"mention.{label}", _same_span, True), (f"mention~.{label}", _overlap, False)):
        left = [m for m in doc["mentions"] if m["label"] == label]
        missed = [m for m in truth if not m.get("optional") and not _takes(left, m, fits)]
        extra = [m for m in left if not any(_overlap(d, m) for d in doubtful)]
        sure = len(truth) - len(doubtful)
        result.add(measure, gold["doc_id"], right=sure - len(missed), extra=len(extra), missed=len(missed))
        if is_strict:
            for kind, mentions in (("missed", missed), ("extra", extra)):
                for m in mentions:
                    result.fault(gold["doc_id"], measure, kind, m["text"])


def _takes(left: list[Doc], mention: Doc, fits: Callable[[Doc, Doc], bool]) -> bool:
    """Take the first that fits out of ``left``."""
    for place, other in enumerate(left):
        if fits(mention, other):
            del left[place]
            return True
    return False


class _Faces(NamedTuple):
    """What an entity is known by: its names and the places of its mentions."""

    names: frozenset[str]
    spans: frozenset[tuple[int, int]]


def _faces(doc: Doc, kind: str) -> dict[str, _Faces]:
    mentions: dict[str | None, list[Doc]] = defaultdict(list)
    for m in doc["mentions"]:
        mentions[m.get("entity")].append(m)
    faces = {}
    for record in doc[kind]:
        own = mentions[record["id"]]
        names = {folded(n) for n in (record["name"], *(record.get("aliases") or ()), *(m["text"] for m in own))}
        faces[record["id"]] = _Faces(frozenset(names - {""}), frozenset((m["start"], m["end"]) for m in own))
    return faces


def _match_entities(gold: Doc, doc: Doc, kind: str, result: Evaluation) -> dict[str, str]:
    """Ids of found entities with the gold ids that they stand for."""
    truth, found = _faces(gold, kind), _faces(doc, kind)
    shared = [
        (-len(t.spans & f.spans) - len(t.names & f.names), gold_id, own_id)
        for gold_id, t in truth.items()
        for own_id, f in found.items()
        if t.names & f.names
    ]
    match: dict[str, str] = {}
    for _, gold_id, own_id in sorted(shared):
        if own_id not in match and gold_id not in match.values():
            match[own_id] = gold_id
    _count_entities(gold, doc, kind, match, result)
    return match


def _count_entities(gold: Doc, doc: Doc, kind: str, match: Match, result: Evaluation) -> None:
    record_by_id = {record["id"]: record for record in gold[kind]}
    for record in doc[kind]:
        truth = record_by_id.get(match.get(record["id"], ""))
        if truth is None:
            if not _is_doubtful(record["id"], gold, doc):
                result.add(kind, gold["doc_id"], extra=1)
                result.fault(gold["doc_id"], kind, "extra", record["name"])
        elif not truth.get("optional"):
            result.add(kind, gold["doc_id"], right=1)
            _check_fields(record, truth, kind, result)
    for gold_id, truth in record_by_id.items():
        if gold_id not in match.values() and not truth.get("optional"):
            result.add(kind, gold["doc_id"], missed=1)
            result.fault(gold["doc_id"], kind, "missed", truth["name"])
    if kind == "institutions":
        _check_parents(doc, record_by_id, match, result)


def _is_doubtful(own_id: str, gold: Doc, doc: Doc) -> bool:
    doubtful = [m for m in gold["mentions"] if m.get("optional")]
    return any(_overlap(d, m) for m in doc["mentions"] if m.get("entity") == own_id for d in doubtful)


def _check_fields(record: Doc, truth: Doc, kind: str, result: Evaluation) -> None:
    result.check(f"{kind}.name", folded(record["name"]) == folded(truth["name"]))
    if kind == "institutions":
        result.check("institutions.kind", record.get("kind") == truth.get("kind"))
        if truth.get("country"):
            result.check("institutions.country", record.get("country") == truth["country"])


def _check_parents(doc: Doc, record_by_id: Mapping[str, Doc], match: Match, result: Evaluation) -> None:
    parents = {record["id"]: record.get("part_of") for record in doc["institutions"]}
    for own_id, gold_id in match.items():
        truth = record_by_id[gold_id]
        if truth.get("part_of") and not truth.get("optional"):
            result.check("institutions.part_of", match.get(parents.get(own_id) or "") == truth["part_of"])


def _in_gold(own_id: Any, match: Match) -> Any:  # noqa: ANN401 - ids of foreign files
    """The gold id that a found id stands for; a found id without one stays a stranger."""
    return None if own_id is None else match.get(own_id, f"?{own_id}")


def _evaluate_roles(gold: Doc, doc: Doc, match: Match, result: Evaluation) -> None:
    def key(role: Doc, truth_of: Match | None) -> tuple[Any, ...]:
        who, where = role.get("person"), role.get("institution")
        if truth_of is not None:
            who, where = _in_gold(who, truth_of), _in_gold(where, truth_of)
        return who, folded(role.get("title")), where

    left = [(key(role, match), role) for role in doc["roles"]]
    for truth in gold["roles"]:
        place = next((i for i, (own, _) in enumerate(left) if own == key(truth, None)), None)
        hit = None if place is None else left.pop(place)[1]
        if truth.get("optional"):
            continue
        result.add("roles", gold["doc_id"], right=hit is not None, missed=hit is None)
        if hit is None:
            result.fault(gold["doc_id"], "roles", "missed", str(key(truth, None)))
        else:
            result.check("roles.status", hit.get("status", "current") == truth["status"])
    result.add("roles", gold["doc_id"], extra=len(left))
    for own, _ in left:
        result.fault(gold["doc_id"], "roles", "extra", str(own))


def _evaluate_dates(gold: Doc, doc: Doc, result: Evaluation) -> None:
    truth_by_id, value_by_id = _values(gold), _values(doc)
    left = [m for m in doc["mentions"] if m["label"] == "date"]
    for m in (m for m in gold["mentions"] if m["label"] == "date"):
        near = [own for own in left if _overlap(own, m)]
        right = [own for own in near if value_by_id.get(own.get("entity")) == truth_by_id.get(m["entity"])]
        if right or (near and m.get("optional")):
            left.remove((right or near)[0])
        if m.get("optional"):
            continue
        result.add("dates", gold["doc_id"], right=bool(right), missed=not right)
        if not right:
            got = value_by_id.get(near[0].get("entity")) if near else "nothing"
            result.fault(gold["doc_id"], "dates", "missed", f"{m['text']} = {truth_by_id.get(m['entity'])}, got {got}")
    result.add("dates", gold["doc_id"], extra=len(left))


def _values(doc: Doc) -> dict[Any, Any]:
    return {record["id"]: record.get("edtf") for record in doc["dates"]}


Part = tuple[Any, ...]


def _parts(event: Doc, values: Mapping[Any, Any], match: Match | None) -> set[Part]:
    """What an event says: ("action", …), ("instrument", …), ("date", …) and ("who", slot, entity)."""
    parts: set[Part] = {("action", event.get("action"))}
    if event.get("instrument"):
        parts.add(("instrument", event["instrument"]))
    if event.get("date") and values.get(event["date"]):
        parts.add(("date", values[event["date"]]))
    for slot in _SLOTS[event["type"]]:
        parts |= {("who", slot, who if match is None else _in_gold(who, match)) for who in event.get(slot) or ()}
    return parts


def _aligned(truth: Sequence[set[Part]], found: Sequence[set[Part]]) -> dict[int, int]:
    """Places of gold events with those of the found ones that tell the same act: they must share a filler or the date."""
    candidates = []
    for i, gold_parts in enumerate(truth):
        for j, own_parts in enumerate(found):
            strong = sum(part[0] in ("who", "date") for part in gold_parts & own_parts)
            if strong:
                candidates.append((-len(gold_parts & own_parts) - strong, i, j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(candidates):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _evaluate_events(gold: Doc, doc: Doc, kind: str, match: Match, result: Evaluation) -> None:
    events = [e for e in gold["events"] if e["type"] == kind]
    own = [e for e in doc["events"] if e["type"] == kind]
    truth, found = [_parts(e, _values(gold), None) for e in events], [_parts(e, _values(doc), match) for e in own]
    pairs = _aligned(truth, found)
    for i, event in enumerate(events):
        if not event.get("optional"):
            _count_event(gold["doc_id"], event, truth[i], found[pairs[i]] if i in pairs else None, result)
            if kind == "agreement" and i in pairs:
                result.check("agreement.topics", set(event.get("topics") or ()) == set(own[pairs[i]].get("topics") or ()))
    for j, event in enumerate(own):
        if j not in pairs.values():
            result.add(f"{kind}.slots", gold["doc_id"], extra=len(found[j]))
            result.add(f"{kind}.rows", gold["doc_id"], extra=1)
            result.fault(gold["doc_id"], f"{kind}.rows", "extra", (event.get("trigger") or {}).get("text", ""))


def _count_event(doc_id: str, event: Doc, truth: set[Part], found: set[Part] | None, result: Evaluation) -> None:
    own, kind = found or set(), event["type"]
    result.add(f"{kind}.slots", doc_id, right=len(truth & own), extra=len(own - truth), missed=len(truth - own))
    row, own_row = _row(truth), _row(own)
    is_right = found is not None and row == own_row
    result.add(f"{kind}.rows", doc_id, right=is_right, extra=found is not None and not is_right, missed=not is_right)
    if not is_right:
        lacks, has = sorted(map(str, row - own_row)), sorted(map(str, own_row - row))
        result.fault(doc_id, f"{kind}.rows", "missed", f"{event['trigger']['text']}: lacks {lacks}, has {has}")


def _row(parts: Collection[Part]) -> set[Part]:
    """The main parts: without the people around the act; who organizes a meeting takes part in it."""
    main = (part for part in parts if part[1] not in _AROUND)
    return {("who", "participants", part[2]) if part[1] == "organizers" else part for part in main}


def _evaluate_pairs(gold: Doc, doc: Doc, match: Match, result: Evaluation) -> None:
    sure = set(_pairs(gold["events"], _values(gold), None))
    doubtful = set(_pairs(gold["events"], _values(gold), None, optional=True))
    found = set(_pairs(doc["events"], _values(doc), match)) - (doubtful - sure)
    result.add("pairs", gold["doc_id"], right=len(sure & found), extra=len(found - sure), missed=len(sure - found))


def _pairs(
    events: Iterable[Doc], values: Mapping[Any, Any], match: Match | None, *, optional: bool = False
) -> Iterator[tuple[str, str, str]]:
    for event in events:
        if event["type"] == "agreement" and bool(event.get("optional")) is optional:
            year = (values.get(event.get("date")) or "")[:4]
            parties = {str(who if match is None else _in_gold(who, match)) for who in event.get("parties") or ()}
            yield from ((a, b, year) for a, b in combinations(sorted(parties), 2))
