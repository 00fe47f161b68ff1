"""Documents in, FollowTheMoney entities out: articles, organizations, people, posts and events, one a line, each once."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor.export.identifiers import Names, Row, documents_of, web_address
from extractor.io.jsonl import value_line, written_whole

_SCHEMATA = {"company": "Company", "government": "PublicBody"}
_LED = frozenset(
    {"chancellor", "president", "vice_president", "provost", "dean", "vice_dean", "director", "deputy_director", "chair", "head"}
)
_OF_STATE = frozenset({"head_of_state", "minister", "ambassador"})


def write(_name: str, folder: Path, path: Path) -> None:
    """One entity a line, as ``ftm`` reads them; an organization told by many texts comes once, with all that they say."""
    names = Names(folder)
    shared: dict[str, dict[str, Any]] = {}
    with written_whole(path) as stream:
        for doc in documents_of(folder):
            for entity in entities_of(doc, names):
                if entity["schema"] in ("Organization", "Company", "PublicBody", "Person"):
                    _merge(shared, entity)
                else:
                    stream.write(value_line(entity))
        for _, entity in sorted(shared.items()):
            stream.write(value_line(entity))


def _merge(shared: dict[str, dict[str, Any]], entity: dict[str, Any]) -> None:
    known = shared.setdefault(entity["id"], entity)
    for name, values in entity["properties"].items():
        held = known["properties"].setdefault(name, [])
        held += [v for v in values if v not in held]


def entities_of(doc: Row, names: Names) -> Iterator[dict[str, Any]]:
    """The entities of one text."""
    source, article = doc["source"], _id(names.text(doc))
    yield _entity(article, "Article", title=source["title"], publishedAt=source["published"], sourceUrl=web_address(source["url"]),
                  fileName=source["path"], language=source["language"], bodyText=doc["text"])  # fmt: skip
    orgs = {i["id"]: _id(names.organization(doc, i["id"])) for i in doc["institutions"]}
    people = {p["id"]: _id(names.person(doc, p["id"])) for p in doc["people"]}
    for i in doc["institutions"]:
        yield _entity(orgs[i["id"]], _SCHEMATA.get(i["kind"], "Organization"), name=i["name"], alias=i["aliases"],
                      country=i["country"] and i["country"].lower(), classification=i["kind"], parent=orgs.get(i["part_of"]),
                      sourceUrl=i["ror"], proof=article)  # fmt: skip
    for p in doc["people"]:
        yield _entity(
            people[p["id"]], "Person", name=p["name"], firstName=p["given"], lastName=p["family"], title=p["honorific"], proof=article
        )
    for role in doc["roles"]:
        yield from _post(doc, names, role, orgs.get(role["institution"]), people.get(role["person"]))
    for event in doc["events"]:
        yield _event(doc, names, event, orgs | people)
    for number, mention in enumerate(doc["mentions"]):
        if found := (orgs | people).get(mention["entity"]):
            schema = "Person" if mention["label"] == "person" else "Organization"
            yield _entity(
                _id(names.record(doc, f"mention{number}")),
                "Mention",
                document=article,
                resolved=found,
                name=mention["text"],
                detectedSchema=schema,
            )


def _post(doc: Row, names: Names, role: Row, organization: str | None, person: str | None) -> Iterator[dict[str, Any]]:
    """A post of nobody named is no relation."""
    id_, proof = _id(names.record(doc, role["id"])), _id(names.text(doc))
    if person is None:
        return
    if role["rank"] in _OF_STATE or organization is None:
        post = _id("position", role["title"], organization or "")
        yield _entity(post, "Position", name=role["title"], organization=organization, proof=proof)
        yield _entity(id_, "Occupancy", holder=person, post=post, status=_status(role), proof=proof)
    elif role["rank"] in _LED:
        yield _entity(
            id_, "Directorship", director=person, organization=organization, role=role["title"], status=role["status"], proof=proof
        )
    else:
        yield _entity(id_, "Employment", employee=person, employer=organization, role=role["title"], status=role["status"], proof=proof)


def _status(role: Row) -> str:
    return {"former": "ended", "current": "current"}.get(role["status"], "unknown")


def _event(doc: Row, names: Names, event: Row, entities: dict[str, str]) -> dict[str, Any]:
    day = next((d for d in doc["dates"] if d["id"] == event["date"]), {"start": None, "end": None})
    slots = {s: v for s, v in event.items() if isinstance(v, list) and s not in ("arguments", "topics")}
    what = (event.get("instrument") or event["type"]).replace("_", " ")
    return _entity(
        _id(names.record(doc, event["id"])), "Event", name=f"{what} ({event['action'].replace('_', ' ')})",
        summary=event["trigger"]["text"],
        startDate=day["start"], endDate=day["end"], location=event["place"], keywords=[event["type"], *event.get("topics", [])],
        involved=[entities[v] for s, values in slots.items() if s != "organizers" for v in values],
        organizer=[entities[v] for v in slots.get("organizers", ())], proof=_id(names.text(doc)),
    )  # fmt: skip


def _entity(id_: str, schema: str, **properties: Any) -> dict[str, Any]:  # noqa: ANN401 - strings or lists of them
    listed = {name: value if isinstance(value, list) else [value] for name, value in properties.items() if value not in (None, [], "")}
    return {"id": id_, "schema": schema, "properties": {name: list(dict.fromkeys(values)) for name, values in listed.items()}}


def _id(*parts: str) -> str:
    """Ids of entities may hold letters, digits, dots and hyphens only."""
    return "extractor-" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]
