"""Texts as documents.jsonl holds them, told in a line each: who signs what with whom, when, published when."""

from datetime import date
from typing import Any

from extractor.corpus.gather import Organization
from extractor.edtf import covered

WORDS = [
    "meadow",
    "lantern",
    "copper",
    "violin",
    "harbour",
    "saddle",
    "pepper",
    "winter",
    "marble",
    "thunder",
    "button",
    "ladder",
    "orchard",
    "velvet",
    "carpet",
]


def house(name, country=None, kind="university", aliases=(), part_of=None, ror=None) -> dict[str, Any]:
    return {"name": name, "country": country, "kind": kind, "aliases": list(aliases), "part_of": part_of, "ror": ror}


def text(doc_id, *events, houses=(), people=(), published=None, publisher=None, words=None) -> dict[str, Any]:
    """One text. Houses are numbered i0, i1 …; people (name, title, house number) p0, p1 …; events come from ``deal`` and ``visit``."""
    body = words or " ".join(f"{word}{doc_id}" for word in WORDS * 3)
    dates, told = [], []
    for number, event in enumerate(events):
        if edtf := event.pop("edtf"):
            start, end = covered(edtf)
            dates.append({"id": f"d{number}", "edtf": edtf, "start": start, "end": end})
        extent = {"start": number, "end": len(body)}
        told.append({"id": f"e{number}", "date": f"d{number}" if edtf else None, "trigger": extent, "evidence": extent, **event})
    return {
        "doc_id": doc_id,
        "text": body,
        "source": {"published": published, "publisher": publisher, "title": None},
        "institutions": [
            {"id": f"i{n}", **h, "part_of": None if h["part_of"] is None else f"i{h['part_of']}"} for n, h in enumerate(houses)
        ],
        "mentions": [{"label": "institution", "entity": f"i{n}"} for n in range(len(houses))],
        "people": [
            {"id": f"p{n}", "name": name, "family": None, "given": None, "honorific": None} for n, (name, _, _) in enumerate(people)
        ],
        "roles": [
            {"person": f"p{n}", "title": title, "institution": None if at is None else f"i{at}"} for n, (_, title, at) in enumerate(people)
        ],
        "dates": dates,
        "events": told,
    }


def deal(*parties, on=None, action="signed", instrument="memorandum_of_understanding", signatories=(), duration=None) -> dict[str, Any]:
    """An agreement between houses (numbers)."""
    return {
        "type": "agreement",
        "action": action,
        "instrument": instrument,
        "edtf": on,
        "parties": [f"i{n}" for n in parties],
        "signatories": [f"p{n}" for n in signatories],
        "witnesses": [],
        "topics": [],
        "duration": duration,
    }


def visit(visitor, host, on=None) -> dict[str, Any]:
    return {
        "type": "visit",
        "action": "held",
        "edtf": on,
        "visitors": [f"i{visitor}"],
        "hosts": [f"i{host}"],
        "leaders": [],
        "delegates": [],
    }


def record(doc_id, name, country=None, kind="university", aliases=(), parent=None, local="i0", ror=None) -> Organization:
    return Organization(doc_id, local, name, tuple(aliases), kind, country, parent, ror, 1)


def day(value: str) -> date:
    return date.fromisoformat(value)
