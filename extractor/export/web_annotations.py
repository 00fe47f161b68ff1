"""Documents in, W3C Web Annotations out: one for each mention and each event, with quote and position of its words."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor.export.identifiers import Names, Row, documents_of
from extractor.io.jsonl import value_line, written_whole

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters of prefix and suffix, enough to find a quote again in a changed page


def write(_name: str, folder: Path, path: Path) -> None:
    """One annotation a line."""
    names = Names(folder)
    with written_whole(path) as stream:
        for doc in documents_of(folder):
            for annotation in annotations_of(doc, names):
                stream.write(value_line(annotation))


def annotations_of(doc: Row, names: Names) -> Iterator[dict[str, Any]]:
    """The annotations of one text."""
    for mention in doc["mentions"]:
        bodies = [_tag(mention["label"])]
        if mention["entity"] and mention["label"] in ("institution", "person"):
            named = names.organization if mention["label"] == "institution" else names.person
            bodies.append({"type": "SpecificResource", "purpose": "identifying", "source": named(doc, mention["entity"])})
        yield _annotation(doc, names, mention["id"], "identifying", bodies, mention)
    for event in doc["events"]:
        bodies = [_tag(event["type"]), _tag(event["action"]), {"type": "TextualBody", "purpose": "describing", "value": _told(doc, event)}]
        yield _annotation(doc, names, event["id"], "describing", bodies, event["trigger"])


def selectors(text: str, start: int, end: int) -> list[dict[str, Any]]:
    """Quote and position; characters are Unicode code points, half-open."""
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[start:end],
        "prefix": text[max(0, start - _AROUND) : start],
        "suffix": text[end : end + _AROUND],
    }
    return [quote, {"type": "TextPositionSelector", "start": start, "end": end}]


def _annotation(doc: Row, names: Names, id_: str, motivation: str, bodies: list[dict[str, Any]], words: Row) -> dict[str, Any]:
    stamp = doc["extractor"]
    return {
        "@context": CONTEXT,
        "id": names.record(doc, id_),
        "type": "Annotation",
        "motivation": motivation,
        "generator": {"id": f"urn:extractor:version:{stamp['version']}", "type": "Software", "name": f"extractor {stamp['version']}"},
        "body": bodies,
        "target": {"source": names.text(doc), "selector": selectors(doc["text"], words["start"], words["end"])},
    }


def _tag(value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": "tagging", "value": value}


def _told(doc: Row, event: Row) -> str:
    """An event in one line: what, who, when."""
    named = {e["id"]: e["name"] for e in (*doc["institutions"], *doc["people"])}
    edtf = {d["id"]: d["edtf"] for d in doc["dates"]}
    slots = [(s, v) for s, v in event.items() if isinstance(v, list) and v and s not in ("arguments", "topics")]
    parts = [(event.get("instrument") or event["type"]).replace("_", " ") + " " + event["action"].replace("_", " ")]
    parts += [f"{slot}: {', '.join(named[v] for v in values)}" for slot, values in slots]
    return "; ".join([*parts, *([f"date: {edtf[event['date']]}"] if edtf.get(event["date"]) else [])])
