"""Marked sentences in, the events that `fill_events` reads from them out, as short lines that a table can hold.

Marks: ``{i1:Jena University}``, ``{i2<i1 hospital:Jena Hospital}`` (part of i1, of a kind), ``{p1:Ana Lopez}``, ``{r p1 i1:Rector}``
(a post of p1 at i1), ``{d1=2024-05-03:3 May}``. A line reads ``agreement signed memorandum_of_understanding d1 parties=i1,i2``.
"""

import re
from datetime import date
from typing import Any
from unittest.mock import patch

import spacy

from extractor.clean import clean_text
from extractor.events import fill_events
from extractor.layout import read_layout
from extractor.model.words import sentence_starts, split_words
from extractor.records import Date, Entities, Extent, Institution, Mention, Person, Role
from extractor.rules import load_rules

MARK = re.compile(r"\{([^{}:]+):([^{}]*)\}")
NLP = spacy.blank("en")


def parse(text: str) -> Any:
    words = split_words(text)
    doc = spacy.tokens.Doc(NLP.vocab, words=words.texts, spaces=words.spaces)
    for token, starts in zip(doc, sentence_starts(words), strict=True):
        token.is_sent_start = starts
    return doc


def read(marked: str) -> tuple[str, Entities]:
    text, at, book = "", 0, {"institutions": {}, "people": {}, "dates": {}}
    mentions, roles = [], []
    for found in MARK.finditer(marked):
        text += marked[at : found.start()]
        start, head = len(text), found[1].split()
        text += found[2]
        at = found.end()
        ident, _, extra = head[0].partition("=" if head[0][0] == "d" else "<")
        mention = f"m{len(mentions) + 1}"
        label = {"i": "institution", "p": "person", "r": "role", "d": "date"}[ident[0]]
        entity = ident
        if label == "institution":
            kind = head[1] if len(head) > 1 else "university"
            book["institutions"].setdefault(ident, Institution(id=ident, name=found[2], kind=kind, part_of=extra or None))
        elif label == "person":
            book["people"].setdefault(ident, Person(id=ident, name=found[2]))
        elif label == "date":
            book["dates"].setdefault(ident, Date(id=ident, mention=mention, edtf=extra or None))
        else:
            entity = f"r{len(roles) + 1}"
            person, house = (None if x == "-" else x for x in head[1:3])
            roles.append(
                Role(
                    id=entity,
                    title=found[2],
                    rank="other",
                    person=person,
                    institution=house,
                    mention=mention,
                    evidence=Extent(start=start, end=len(text)),
                )
            )
        mentions.append(Mention(id=mention, label=label, start=start, end=len(text), text=found[2], entity=entity, rule="test"))
    text += marked[at:]
    kept = {name: tuple(records.values()) for name, records in book.items()}
    return text, Entities(mentions=tuple(mentions), roles=tuple(roles), **kept)


def records_of(marked: str, publisher: str | None = None, published: str | None = None) -> tuple[str, list[Any]]:
    text, entities = read(marked)
    entities = entities.model_copy(update={"publisher": publisher, "published": date.fromisoformat(published) if published else None})
    clean = clean_text(text)
    with patch(
        "extractor.events.fill.weigh_drafts", lambda _reading, _tellings, merged, **_: merged
    ):  # what the rules read, before the weights
        found = fill_events(parse(clean), entities, read_layout(clean, None if "\n" not in text else text.split("\n")[0]), load_rules())
    return text, list(found)


def events_of(marked: str, publisher: str | None = None, published: str | None = None) -> list[str]:
    return [line_of(event) for event in records_of(marked, publisher, published)[1]]


def line_of(event: Any) -> str:
    words = [event.type, event.action]
    if event.type == "agreement":
        words.append(event.instrument)
    words.append(event.date or "-")
    words += [f"{slot}={','.join(getattr(event, slot))}" for slot in event.slots if getattr(event, slot)]
    return " ".join(words)
