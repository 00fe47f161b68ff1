"""A scene and the trigger rules in, one reading of the text: its hits, what was told so far, and each sentence's governed mentions."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

from extractor.events.clauses import Governed, govern
from extractor.events.drafts import Draft
from extractor.events.phrases import Phrase
from extractor.events.references import Discourse, references
from extractor.events.scene import Point, Scene, Sentence
from extractor.events.triggers import Hit, find_all_triggers
from extractor.records import EventType
from extractor.rules import Rules

_AND_THE = Phrase("reading.and_the")
_FROM = Phrase("reading.from")
_SEPARATORS = (
    re.compile(r";|\s[\u2013\u2014-]{1,2}\s|\.\s"),
    re.compile(r",?\s+(?:while|whereas|but|whilst|when|after\s+which|where)\b|:\s", re.IGNORECASE),
    re.compile(r",\s*(?:and|then)\b|\bwhich\b|\bwho\b", re.IGNORECASE),
    re.compile(r",|\(|\)|\band\b(?=\s+(?:\w+\s+){0,3}$)", re.IGNORECASE),
)


class Party(NamedTuple):
    """An institution in a governed list, the person who stands for it (None where it is named itself), and the words."""

    institution: str | None
    person: str | None
    at: Point
    how: str
    weight: float


class Reading:
    """What the readers of each event type share; built once for one text."""

    def __init__(self, scene: Scene, rules: Rules) -> None:
        self.scene = scene
        self.hits: dict[EventType, list[Hit]] = find_all_triggers(scene.masked, rules)
        self._hit_starts = {label: [hit.start for hit in hits] for label, hits in self.hits.items()}
        self.told = Discourse(scene)
        self.drafts: list[Draft] = []
        self.governed: list[Governed] = []
        self.points: list[Point] = []
        self.echoes: list[Draft] = []
        self._governed: dict[tuple[int, tuple[Point, ...]], list[Governed]] = {}
        self.unit: Draft | None = None  # a unit told as opened, before its founders
        self.award: Draft | None = None  # honours told before the people who get them
        self.head: Draft | None = None  # the act that a list's first line tells
        self.entries = 0
        self.list_day: tuple[Point, int] | None = None  # the day in a list's first line, and the sentence
        self.trip: Draft | None = None  # a journey told as such, before its stops
        self.pending: Draft | None = None  # an instrument told without its parties, which later sentences may name

    def turn_to(self, sentence: Sentence) -> None:
        """Read the mentions and references of the next sentence."""
        named = self.scene.points_in(sentence.start, sentence.end)
        self.points = sorted([*named, *references(self.scene, self.told, sentence)])
        self._attach_people()
        key = (sentence.start, tuple(self.points))
        known = self._governed.get(key)
        if known is None:
            known = self._governed[key] = govern(self.scene.masked, sentence.start, self.points)
        self.governed = known

    def _attach_people(self) -> None:
        """As in "P from X", "P (X)", "P, a colleague from X": where people without a post come from."""
        for person, house in pairwise(self.points):
            if (
                person.label == "person"
                and house.label == "institution"
                and person.entities
                and house.entities
                and not self.scene.has_firm_post(person.entities[0])
                and _FROM.fullmatch(self.scene.masked, person.end, house.start)
            ):
                self.scene.attach(person.entities[0], house.entities[0])

    def hits_in(self, label: EventType, start: int, end: int) -> list[Hit]:
        """The hits of one type that begin in a stretch of characters."""
        starts = self._hit_starts[label]
        return self.hits[label][bisect_left(starts, start) : bisect_left(starts, end)]

    def zones(self, sentence: Sentence, anchors: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The stretch of a sentence that belongs to each of its anchors (character pairs, in order)."""
        if not anchors:
            return []
        cuts = [sentence.start]
        for (_, end), (start, _) in pairwise(anchors):
            cuts.append(self._cut(end, max(end, start)))
        cuts.append(sentence.end)
        return list(pairwise(cuts))

    def _cut(self, end: int, start: int) -> int:
        for pattern in _SEPARATORS:
            last = None
            for found in pattern.finditer(self.scene.masked, end, start):
                last = found
            if last is not None:
                return last.start()
        return start

    def parties(self, governed: list[Governed]) -> list[Party]:
        """Who a list of governed mentions means: named institutions, people with their houses, posts with theirs."""
        found: list[Party] = []
        within = {id(item): n for n, item in enumerate(self.governed)}
        before_post = self._before_posts(governed)
        chosen = {within[id(item)] for item in governed}
        for item in governed:
            point = item.point
            if item.nested is not None and (item.nested in chosen or self.governed[item.nested].nested is not None):
                found += self._nested(item)
            elif point.label == "institution" and point in before_post:
                continue
            elif point.label == "institution":
                weight = 1.0 if point.how == "mention" else 0.7
                found += [Party(e, None, point, point.how, weight) for e in point.entities if not self._only_reports(e)]
            elif point.label == "person":
                found += [
                    Party(before_post_of(before_post, p) or self._house(p, governed), p, point, "person.house", 0.85)
                    for p in point.entities
                ]
            elif point.label == "role" and not self._is_apposed(item, governed):
                found += self._role(point, {e for g in governed if g.point.label == "person" for e in g.point.entities})
        return _without_parents(found, self.scene)

    def _house(self, person: str, governed: list[Governed]) -> str | None:
        """The house of the post told beside a person, else that of the person's first post."""
        for item in governed:
            role = self.scene.role_at.get(item.point.start) if item.point.label == "role" else None
            if role is not None and role.person == person and role.institution in self.scene.posts(person) and role.status != "former":
                return self.scene.actor(role.institution) if role.institution else None
        return self.scene.house(person)

    def _only_reports(self, institution: str) -> bool:
        return self.scene.is_media(institution)

    def _before_posts(self, governed: list[Governed]) -> dict[Point, tuple[str, str]]:
        """As in "HUST President P": the house printed right before a post, with the post's holder."""
        found = {}
        for house, post in pairwise(governed):
            role = self.scene.role_at.get(post.point.start) if post.point.label == "role" and house.point.label == "institution" else None
            is_close = role is not None and self.scene.masked[house.point.end : post.point.start].strip("'s\u2019 ") == ""
            if is_close and role is not None and role.person is not None and house.point.how == "mention" and house.point.entities:
                found[house.point] = (role.person, self.scene.actor(house.point.entities[0]))
        held = {e for g in governed if g.point.label == "person" for e in g.point.entities}
        return {point: (person, house) for point, (person, house) in found.items() if person in held}

    def _is_apposed(self, item: Governed, governed: list[Governed]) -> bool:
        """As in "P, chairman of X and chairman of Y": a post behind a person in one list is that person's, unless "and the" parts them."""
        earlier = [g for g in governed if g.series == item.series and g.point.end <= item.point.start and g.point.label == "person"]
        return bool(earlier) and _AND_THE.search(self.scene.masked, earlier[-1].point.end, item.point.start) is None

    def _nested(self, item: Governed) -> list[Party]:
        """An institution that narrows a post without a holder acts itself; one that narrows a unit or a person does not."""
        head = self.governed[item.nested or 0].point
        if head.label == "person" and head.entities and not self.scene.has_firm_post(head.entities[0]) and item.point.entities:
            self.scene.attach(head.entities[0], item.point.entities[0])
        return []

    def _role(self, point: Point, people: set[str]) -> list[Party]:
        """A post whose holder is named beside it adds nothing: the holder stands for one house."""
        role = self.scene.role_at.get(point.start)
        if role is None or role.institution is None or role.person in people:
            return []
        return [Party(self.scene.actor(role.institution), role.person, point, "role.institution", 0.85)]


def before_post_of(before_post: dict[Point, tuple[str, str]], person: str) -> str | None:
    """The house printed before a person's post."""
    return next((house for holder, house in before_post.values() if holder == person), None)


def _without_parents(found: list[Party], scene: Scene) -> list[Party]:
    """As in "SJTU School of Medicine": the parent that stands beside its own unit is no second member."""
    kept = []
    for n, party in enumerate(found):
        beside = [other for other in (*found[max(0, n - 1) : n], *found[n + 1 : n + 2]) if other.person is None]
        is_parent = party.person is None and any(
            other.institution is not None
            and party.institution in scene.ancestors(other.institution)
            and _touch(scene.masked, party.at, other.at)
            for other in beside
        )
        if not is_parent:
            kept.append(party)
    return kept


def _touch(masked: str, a: Point, b: Point) -> bool:
    first, last = sorted((a, b))
    gap = masked[first.end : last.start]
    return len(gap) <= 40 and re.search(r"\b(?:and|or|with)\b|&|;", gap, re.IGNORECASE) is None
