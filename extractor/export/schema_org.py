"""Documents in, schema.org in JSON-LD out: an article, what it mentions, and the events that it tells; one graph a line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor.export.identifiers import Names, Row, documents_of, web_address
from extractor.io.jsonl import value_line, written_whole
from extractor.records import PERSON_SLOTS

CONTEXT = {"@vocab": "https://schema.org/", "sameAs": {"@type": "@id"}, "url": {"@type": "@id"}}  # inline: readers need no network
_TYPES = {
    "university": "CollegeOrUniversity", "faculty": "EducationalOrganization", "school": "School", "hospital": "Hospital",
    "institute": "ResearchOrganization", "laboratory": "ResearchOrganization", "company": "Corporation",
    "government": "GovernmentOrganization", "media": "NewsMediaOrganization",
}  # fmt: skip
_EXPECTED = frozenset({"planned", "agreed"})


def write(_name: str, folder: Path, path: Path) -> None:
    """One graph a line, one for each text."""
    names = Names(folder)
    with written_whole(path) as stream:
        for doc in documents_of(folder):
            stream.write(value_line({"@context": CONTEXT, "@graph": list(graph_of(doc, names))}))


def graph_of(doc: Row, names: Names) -> Iterator[dict[str, Any]]:
    """The nodes of one text; properties without a value are left out."""
    source = doc["source"]
    people = [names.person(doc, p["id"]) for p in doc["people"]]
    orgs = [names.organization(doc, i["id"]) for i in doc["institutions"]]
    yield _node(
        "NewsArticle", names.text(doc), headline=source["title"], datePublished=source["published"], url=web_address(source["url"]),
        inLanguage=source["language"], publisher=_ref(names.organization(doc, source["publisher"])) if source["publisher"] else None,
        author=[_ref(names.person(doc, p["id"])) for p in doc["people"] if p["byline"]],
        mentions=[_ref(n) for n in dict.fromkeys((*orgs, *people))], about=[_ref(names.record(doc, e["id"])) for e in doc["events"]],
    )  # fmt: skip
    for name, institution in zip(orgs, doc["institutions"], strict=True):
        yield _organization(doc, names, name, institution)
    for name, person in zip(people, doc["people"], strict=True):
        yield _person(doc, names, name, person)
    for event in doc["events"]:
        yield _event(doc, names, event)


def _organization(doc: Row, names: Names, name: str, institution: Row) -> dict[str, Any]:
    parent = institution["part_of"]
    return _node(
        _TYPES.get(institution["kind"], "Organization"), name, name=institution["name"], alternateName=institution["aliases"],
        address={"@type": "PostalAddress", "addressCountry": institution["country"]} if institution["country"] else None,
        parentOrganization=_ref(names.organization(doc, parent)) if parent else None, sameAs=institution["ror"],
    )  # fmt: skip


def _person(doc: Row, names: Names, name: str, person: Row) -> dict[str, Any]:
    posts = [_post(doc, names, role) for role in doc["roles"] if role["person"] == person["id"]]
    return _node(
        "Person", name, name=person["name"], familyName=person["family"], givenName=person["given"],
        honorificPrefix=person["honorific"],
        memberOf=[p for p in posts if "memberOf" in p], hasOccupation=[p for p in posts if "memberOf" not in p],
    )  # fmt: skip


def _post(doc: Row, names: Names, role: Row) -> dict[str, Any]:
    if role["institution"] is None:
        return _node("Occupation", names.record(doc, role["id"]), name=role["title"])
    at = _ref(names.organization(doc, role["institution"]))
    return _node("OrganizationRole", names.record(doc, role["id"]), roleName=role["title"], memberOf=at)


def _event(doc: Row, names: Names, event: Row) -> dict[str, Any]:
    day = next((d for d in doc["dates"] if d["id"] == event["date"]), {"start": None, "end": None})
    actors = [_ref((names.person if slot in PERSON_SLOTS else names.organization)(doc, entity)) for slot, entity in _fillers(event)]
    return _node(
        "Event", names.record(doc, event["id"]), name=event["trigger"]["text"], startDate=day["start"], endDate=day["end"],
        additionalType=":".join(filter(None, ("urn:extractor:type", event["type"], event.get("instrument"), event["action"]))),
        eventStatus=_ref("https://schema.org/EventScheduled") if event["action"] in _EXPECTED else None,
        location=event["place"], actor=actors,
    )  # fmt: skip


def _fillers(event: Row) -> Iterator[tuple[str, str]]:
    for slot, values in event.items():
        if isinstance(values, list) and slot not in ("arguments", "topics"):
            yield from ((slot, value) for value in values)


def _node(type_: str, id_: str, **properties: Any) -> dict[str, Any]:  # noqa: ANN401 - anything that JSON can say
    return {"@type": type_, "@id": id_, **{name: value for name, value in properties.items() if value not in (None, [], ())}}


def _ref(name: str) -> dict[str, str]:
    return {"@id": name}
