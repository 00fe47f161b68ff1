"""Sentences with marked mentions in, what linking makes of them out, as short lines that a table can hold.

Marks: ``[i Jena University]``, ``[p Ana Lopez]``, ``[r Rector]``, ``[d 3 May]``.
"""

import re
from typing import Any

import spacy
from spacy.tokens import Doc

from extractor.clean import clean_text
from extractor.layout import read_layout
from extractor.link import link_names, link_posts
from extractor.model.words import sentence_starts, split_words
from extractor.records import Entities, Source
from extractor.settings import Settings
from extractor.spans import Span

MARK = re.compile(r"\[([iprd]) ([^\[\]]*)\]")
LABELS = {"i": "institution", "p": "person", "r": "role", "d": "date"}
NLP = spacy.blank("en")


def parse(text: str) -> Doc:
    words = split_words(text)
    return Doc(NLP.vocab, words=words.texts, spaces=words.spaces, sent_starts=sentence_starts(words))


def link(marked: str, *, site: str | None = None, url: str | None = None, title: str | None = None, relations: Any = None) -> Entities:
    text, spans, at = "", [], 0
    for found in MARK.finditer(marked):
        text += marked[at : found.start()]
        spans.append(Span(len(text), len(text) + len(found[2]), LABELS[found[1]], "test"))
        text += found[2]
        at = found.end()
    text = clean_text(text + marked[at:])
    layout = read_layout(text, title)
    return link_posts(
        link_names(parse(text), spans, layout, source=Source(url=url), site=site, settings=Settings(model="rules")), relations
    )


def houses(marked: str, **known) -> list[str]:
    """Each institution as "name = alias = alias"."""
    return [" = ".join((house.name, *house.aliases)) for house in link(marked, **known).institutions]


def people(marked: str) -> list[str]:
    """Each person as "name" with the texts of all mentions behind a colon where they differ."""
    entities = link(marked)
    forms = {person.id: dict.fromkeys(m.text for m in entities.mentions if m.entity == person.id) for person in entities.people}
    return [" = ".join((person.name, *(form for form in forms[person.id] if form != person.name))) for person in entities.people]


def posts(marked: str, **known) -> list[str]:
    """Each role as "title | person | institution", with the status where it is not current; a dash for nobody and nowhere."""
    entities = link(marked, **known)
    named = {record.id: record.name for record in (*entities.institutions, *entities.people)}
    return [
        " | ".join(
            (
                role.title,
                named.get(role.person, "-"),
                named.get(role.institution, "-"),
                *([role.status] if role.status != "current" else []),
            )
        )
        for role in entities.roles
    ]
