"""Documents in, the rows of the report's pages out: everything but the texts, which lie packed in parts beside."""

from collections.abc import Iterable, Mapping
from typing import Any

from extractor.report.pack import Parts
from extractor.report.world import World

Row = Mapping[str, Any]
# The page reads rows as lists in this order; extractor/report/page/data.js gives them these names again.
COLUMNS: dict[str, tuple[str, ...]] = {
    "documents": ("id", "title", "published", "url", "path", "publisher", "warnings", "events", "part", "place"),
    "organizations": ("name", "kind", "country", "ror", "aliases", "parent", "documents"),
    "persons": ("name", "honorific", "documents"),
    "events": (
        "doc", "id", "type", "action", "instrument", "start", "end", "edtf", "place", "topics", "duration", "fillers",
        "confidence", "trigger",
    ),
    "roles": ("doc", "id", "title", "rank", "person", "organization", "status", "confidence"),
    "agreements": ("events", "conflicts", "action", "instrument", "edtf", "start", "end"),
    "failures": ("path", "line", "reason", "message"),
    "sample": ("doc_id", "kind", "type", "id", "stratum", "weight"),
}  # fmt: skip
_KEPT = ("doc_id", "text", "institutions", "people", "roles", "dates", "warnings")
_MENTION = ("id", "label", "start", "end", "entity", "rule")  # its words follow from the text
_EVENTLESS = frozenset({"cameo", "plover", "arguments"})  # the page shows none of them


class Index:
    """Collects the rows of documents that stream by; memory holds rows and packed texts."""

    def __init__(self, world: World) -> None:
        self.parts = Parts()
        self.stamps: dict[str, int] = {}
        self._world = world
        self._rows: dict[str, list[list[Any]]] = {name: [] for name in COLUMNS}

    def add(self, doc: Row) -> None:
        """One document, as ``documents.jsonl`` holds it."""
        number = len(self._rows["documents"])
        orgs = {i["id"]: self._world.organization(doc["doc_id"], i) for i in doc["institutions"]}
        people = {p["id"]: self._world.person(doc["doc_id"], p) for p in doc["people"]}
        for institution in doc["institutions"]:
            self._world.note_parent(orgs[institution["id"]], orgs.get(institution["part_of"]))
        for kept in (self._world.organizations[n] for n in set(orgs.values())):
            kept.documents += 1
        for held in (self._world.persons[n] for n in set(people.values())):
            held.documents += 1
        self._add_events(number, doc, orgs | people)
        self._rows["roles"] += [_role(number, role, people, orgs) for role in doc["roles"]]
        self._add_document(doc, orgs)
        stamp = " · ".join(doc["extractor"][part] for part in ("version", "model", "rules"))
        self.stamps[stamp] = self.stamps.get(stamp, 0) + 1

    def _add_document(self, doc: Row, orgs: Mapping[str, int]) -> None:
        source = doc["source"]
        part, place = self.parts.add(_shown(doc))
        title = source["title"] or next((line.strip() for line in doc["text"].splitlines() if line.strip()), doc["doc_id"])
        self._rows["documents"].append([
            doc["doc_id"], title[:200], source["published"], source["url"], source["path"], orgs.get(source["publisher"]),
            doc["warnings"], len(doc["events"]), part, place,
        ])  # fmt: skip

    def _add_events(self, number: int, doc: Row, entities: Mapping[str, int]) -> None:
        dates = {d["id"]: d for d in doc["dates"]}
        for event in doc["events"]:
            self._world.note_event(doc["doc_id"], event, len(self._rows["events"]))
            self._rows["events"].append(_event(number, event, dates.get(event["date"]), entities))

    def content(self, failures: Iterable[Row], sample: Iterable[Row]) -> dict[str, list[list[Any]]]:
        """All rows, and the last texts packed."""
        self.parts.close()
        self._rows["organizations"] = [o.row() for o in self._world.organizations]
        self._rows["persons"] = [p.row() for p in self._world.persons]
        self._rows["agreements"] = self._world.agreements()
        self._rows["failures"] = [[f.get(c) for c in COLUMNS["failures"]] for f in failures]
        self._rows["sample"] = [[s.get(c) for c in COLUMNS["sample"]] for s in sample]
        return self._rows


def _shown(doc: Row) -> Row:
    mentions = [[mention[field] for field in _MENTION] for mention in doc["mentions"]]
    events = [{field: value for field, value in event.items() if field not in _EVENTLESS} for event in doc["events"]]
    return {**{key: doc[key] for key in _KEPT}, "mentions": mentions, "events": events}


def _event(number: int, event: Row, day: Row | None, entities: Mapping[str, int]) -> list[Any]:
    fillers = [[slot, [entities[e] for e in value]] for slot, value in event.items() if _is_slot(slot, value)]
    when = [day[f] for f in ("start", "end", "edtf")] if day else [None, None, None]
    return [
        number, event["id"], event["type"], event["action"], event.get("instrument"), *when, event["place"], event.get("topics", []),
        event.get("duration"), fillers, event["confidence"], event["trigger"]["text"][:160],
    ]  # fmt: skip


def _is_slot(name: str, value: object) -> bool:
    return isinstance(value, list) and bool(value) and name not in ("arguments", "topics")


def _role(number: int, role: Row, people: Mapping[str, int], orgs: Mapping[str, int]) -> list[Any]:
    person, organization = people.get(role["person"]), orgs.get(role["institution"])
    return [number, role["id"], role["title"], role["rank"], person, organization, role["status"], role["confidence"]]
