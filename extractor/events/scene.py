"""A parsed text and its entities in, the stage on which events are read out: sentences, mentions and a masked text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import NamedTuple

from spacy.tokens import Doc

from extractor.events.phrases import Phrase
from extractor.layout import Layout
from extractor.parse import sentences_of, text_of
from extractor.records import Entities, Institution, Person

INSTITUTION, PERSON, ROLE, DATE = "\ue000", "\ue001", "\ue002", "\ue003"
MASK = {"institution": INSTITUTION, "person": PERSON, "role": ROLE, "date": DATE}
_ITEM = re.compile(
    r"[ \t]*(?:[-\u2013\u2014*\u2022\u25a0\u25cf\u25aa\u00b7\u25cb>\u00bb]+"  # a bullet
    r"|\W{0,2}\d{1,2}\W{0,2}[.):\u2013-]|\W?[a-z][.)]"  # a number or letter
    r"|[A-Z\u00c0-\u00de]{3,}(?:\s?/\s?[A-Z]{3,}|\s[A-Z]{2,}){0,3}\s[\u2013\u2014-]\s)[ \t]*"  # "PARIS / LIMA - "
)
_OFFICE = Phrase("scene.office")
_MEMBERSHIP = Phrase("scene.membership")
_LONGEST_SENTENCE = 3_000  # characters; a longer one is a table or junk, and is cut


class Point(NamedTuple):
    """A mention, or words that stand for institutions ("both universities"): ``entities`` are what it means."""

    start: int
    end: int
    label: str
    entities: tuple[str, ...]
    how: str  # "mention", or the reference rule that resolved it


class Sentence(NamedTuple):
    """Characters ``start`` to ``end`` (half-open); ``block`` counts paragraphs; ``part`` as in the layout."""

    start: int
    end: int
    index: int  # type: ignore[assignment]
    block: int
    part: str
    is_item: bool


class Scene:
    """What the readers of events look at; built once for one text."""

    def __init__(self, doc: Doc, entities: Entities, layout: Layout) -> None:
        self.text = text_of(doc)
        self.institutions: dict[str, Institution] = {i.id: i for i in entities.institutions}
        self.people: dict[str, Person] = {p.id: p for p in entities.people}
        self.publisher = entities.publisher
        self.published = entities.published
        self.edtf = {d.id: d.edtf for d in entities.dates}
        self.points = _points(entities)
        self._starts = [p.start for p in self.points]
        self.masked = _mask(self.text, self.points)
        self.layout = layout
        self.sentences = _sentences(doc, layout, self.masked)
        self._sentence_starts = [s.start for s in self.sentences]
        self.roles = entities.roles
        self.role_of = {r.mention: r for r in reversed(entities.roles)}
        self.role_at = {m.start: r for m in entities.mentions for r in (self.role_of.get(m.id),) if r is not None}
        self._posts, self._weak_posts = _posts(entities, is_weak=False), _posts(entities, is_weak=True)
        self._attached: dict[str, str] = {}
        self._above: dict[str, tuple[str, ...]] = {}
        self.reference_words: dict[int, tuple[list[re.Match[str]], ...]] = {}  # by sentence, looked up once; what they mean changes
        self.focus = self._focus()

    def _focus(self) -> str | None:
        """The house that the text is about: its publisher, unless that only reports, else the one it names most often."""
        if self.publisher is not None and not self.is_media(self.publisher):
            return self.actor(self.publisher)
        named = Counter(e for p in self.points if p.label == "institution" for e in p.entities if not self.is_media(e))
        common = named.most_common(2)
        is_clear = bool(common) and (len(common) == 1 or common[0][1] > common[1][1])
        return self.actor(common[0][0]) if is_clear else None

    def points_in(self, start: int, end: int, *labels: str) -> list[Point]:
        """Mentions that begin in a stretch of characters."""
        found = self.points[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [p for p in found if not labels or p.label in labels]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds, or last began before, a character."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def ancestors(self, institution: str) -> tuple[str, ...]:
        """An institution's parent, its parent's parent and so on."""
        known = self._above.get(institution)
        if known is None:
            known = self._above[institution] = self._ancestors(institution)
        return known

    def _ancestors(self, institution: str) -> tuple[str, ...]:
        found: list[str] = []
        at = self.institutions[institution].part_of if institution in self.institutions else None
        while at is not None and at in self.institutions and at not in found and at != institution:
            found.append(at)
            at = self.institutions[at].part_of
        return tuple(found)

    def family(self, institution: str) -> frozenset[str]:
        """An institution and all above it."""
        return frozenset((institution, *self.ancestors(institution)))

    def are_kin(self, a: str, b: str) -> bool:
        """Whether one is the other, or part of it."""
        return a == b or a in self.ancestors(b) or b in self.ancestors(a)

    def top(self, institution: str) -> str:
        """The head of an institution's family."""
        above = self.ancestors(institution)
        return above[-1] if above else institution

    def common(self, a: str, b: str) -> str:
        """The nearest house that holds both of two kin."""
        above = self.family(b)
        return next((i for i in (a, *self.ancestors(a)) if i in above), self.top(a))

    def actor(self, institution: str) -> str:
        """The institution for which an office acts: departments stand for their parents."""
        above = self.institutions[institution].part_of if institution in self.institutions else None
        if above in self.institutions and _is_office(self.institutions[institution]):
            return self.actor(above) if above != institution else institution
        return institution

    def posts(self, person: str) -> tuple[str, ...]:
        """Where a person holds posts, the one that the person acts for first."""
        near = self._attached.get(person)
        return self._posts.get(person) or ((near,) if near else self._weak_posts.get(person, ()))

    def has_firm_post(self, person: str) -> bool:
        """Whether a post, and not just an honour, tells where a person belongs."""
        return person in self._posts

    def attach(self, person: str, institution: str) -> None:
        """Remember whom a person without a post is told to come from."""
        self._attached.setdefault(person, institution)

    def house(self, person: str) -> str | None:
        """The institution that a person stands for, None where the text does not tell."""
        posts = self.posts(person)
        return self.actor(posts[0]) if posts else None

    def is_media(self, institution: str | None) -> bool:
        """Whether an institution only reports."""
        return institution in self.institutions and self.institutions[institution].kind == "media"


def _is_office(institution: Institution) -> bool:
    return institution.kind == "department" and _OFFICE.search(institution.name) is not None


def _points(entities: Entities) -> list[Point]:
    return [
        Point(m.start, m.end, m.label, (m.entity,) if m.entity is not None else (), "mention")
        for m in sorted(entities.mentions, key=lambda m: m.start)
    ]


def _mask(text: str, points: list[Point]) -> str:
    """The text with every mention blotted out, so that no trigger is found inside a name."""
    pieces, at = [], 0
    for point in points:
        if point.start < at:
            continue
        pieces += [text[at : point.start], MASK[point.label] * (point.end - point.start)]
        at = point.end
    return "".join([*pieces, text[at:]])


def _sentences(doc: Doc, layout: Layout, masked: str) -> list[Sentence]:
    found: list[Sentence] = []
    block, last_end = 0, 0
    for start, end in _stretches(doc, masked):
        if "\n\n" in masked[last_end:start].replace(" ", "").replace("\r", ""):
            block += 1
        line = layout.line_at(start)
        is_item = line is not None and (line.part == "item" or _ITEM.match(masked, line.start, line.end) is not None)
        found.append(Sentence(start, end, len(found), block, layout.part_at(start), is_item))
        last_end = end
    return found


def _stretches(doc: Doc, masked: str) -> list[tuple[int, int]]:
    found = []
    for start, end in sentences_of(doc):
        for line in masked[start:end].split("\n"):
            words = line.strip()
            if words:
                first = start + line.index(words)
                found += [
                    (at, min(at + _LONGEST_SENTENCE, first + len(words))) for at in range(first, first + len(words), _LONGEST_SENTENCE)
                ]
            start += len(line) + 1
    return found


def _posts(entities: Entities, *, is_weak: bool) -> dict[str, tuple[str, ...]]:
    """Person -> institutions, present posts before past ones; weak are memberships, honours, and posts still to come."""
    at = {m.id: m.start for m in entities.mentions}
    ranked: dict[str, list[tuple[bool, int, str]]] = {}
    for role in entities.roles:
        if role.person is None or role.institution is None:
            continue
        if is_weak == (bool(_MEMBERSHIP.search(role.title)) or role.status in {"honorary", "incoming"}):
            ranked.setdefault(role.person, []).append((role.status == "former", at.get(role.mention, 0), role.institution))
    return {person: tuple(dict.fromkeys(i for _, _, i in sorted(posts))) for person, posts in ranked.items()}
