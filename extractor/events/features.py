"""A read text in, features out: of each sentence as the telling of an event, of each entity and date as a part of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from extractor.events.clauses import Governed
from extractor.events.drafts import Draft
from extractor.events.judge import time_of
from extractor.events.reading import Reading
from extractor.events.scene import DATE, INSTITUTION, PERSON, ROLE, Point, Sentence
from extractor.events.triggers import TYPES, Hit
from extractor.records import EventType

_SILENT = frozenset({"menu", "footer", "contact", "byline"})
_RUN = re.compile("|".join(f"{mask}+" for mask in (INSTITUTION, PERSON, ROLE, DATE)))
_LETTER = {INSTITUTION: " I ", PERSON: " P ", ROLE: " R ", DATE: " D "}
_WORD = re.compile(r"[IPRD](?![a-z])|[A-Za-z]+|[:;(]")
_ENDING = re.compile(r"(?<=[a-z]{4})(?:ing|ed|es|s)$")
_OPENING = re.compile(r"\W*(?:on|in)?\W*", re.IGNORECASE)
_NEAR = 40  # characters around a mention whose words are read
_LONGEST = 60  # words of a sentence that are read
_REACH = 40  # sentences around a sentence whose institutions may take part
_PEOPLE_REACH = 2
_DATE_REACH = 3
_MOST = 40  # candidates for one slot


class View(NamedTuple):
    """One sentence with its mentions and references, what governs them, and its trigger hits."""

    sentence: Sentence
    points: tuple[Point, ...]
    governed: tuple[Governed, ...]
    hits: dict[EventType, list[Hit]]

    @property
    def number(self) -> int:
        """The sentence's number."""
        return self.sentence.index


def words_of(masked: str) -> list[str]:
    """The words of a masked stretch in lower case without their endings, mentions as I, P, R and D."""
    plain = _RUN.sub(lambda m: _LETTER[m[0][0]], masked)
    return [w if len(w) == 1 else _stem(w) for w in _WORD.findall(plain)]


@lru_cache(maxsize=1 << 12)
def _stem(word: str) -> str:
    return _ENDING.sub("", word.lower())


class Views:
    """A text's sentences as the scorer sees them; ``drafts`` are the tellings that the rules have read."""

    def __init__(self, reading: Reading, drafts: list[Draft]) -> None:
        self.scene = reading.scene
        self.drafts = sorted(drafts, key=lambda d: (d.start, d.end))
        self.views = [view for view in _views(reading, self.drafts) if view.sentence.part not in _SILENT]
        self.by_sentence = {view.number: view for view in self.views}
        self.title = frozenset(e for v in self.views if v.sentence.part == "title" for p in v.points for e in p.entities)
        self.counts = Counter(e for p in self.scene.points for e in p.entities)
        named = [e for e, _ in self.counts.most_common() if e in self.scene.institutions]
        self.ranks = {entity: rank for rank, entity in enumerate(named)}
        self._leading = named[:4]
        self._words: dict[int, frozenset[str]] = {}
        self._tellings: dict[tuple[int, EventType], frozenset[str]] = {}
        self._events: dict[tuple[int, EventType], frozenset[str]] = {}
        self._dates: dict[tuple[int, EventType, Point], frozenset[str]] = {}
        self._fillers: dict[tuple[int, EventType, str], frozenset[str]] = {}
        self.weighed: dict[Hashable, dict[str, float]] = {}
        self._houses: dict[int, list[str]] = {}
        self._own: dict[tuple[int, str], frozenset[str]] = {}

    @cached_property
    def spoken(self) -> dict[str, list[int]]:
        """The sentences that name, or refer to, each entity."""
        found: dict[str, list[int]] = {}
        for view in self.views:
            for point in view.points:
                for entity in point.entities:
                    found.setdefault(entity, []).append(view.number)
        return found

    @cached_property
    def drafts_by_sentence(self) -> dict[int, list[Draft]]:
        """The tellings of each sentence."""
        found: dict[int, list[Draft]] = {}
        for draft in sorted(self.drafts, key=lambda d: d.sentence):
            found.setdefault(draft.sentence, []).append(draft)
        return found

    @cached_property
    def _told(self) -> list[int]:
        """The sentences that tell something, in order."""
        return list(self.drafts_by_sentence)

    def _near(self, view: View, label: str, reach: int) -> list[str]:
        """Entities by how many sentences lie between, the nearest first; of equals the one named first."""
        gaps: dict[str, int] = {}
        for number in range(view.number - reach, view.number + reach + 1):
            for point in self.by_sentence[number].points if number in self.by_sentence else ():
                if point.label == label:
                    for entity in point.entities:
                        gaps[entity] = min(gaps.get(entity, reach), abs(number - view.number))
        return sorted(gaps, key=lambda e: gaps[e])

    def institutions(self, view: View) -> list[str]:
        """The institutions that may take part in what a sentence tells, the nearest first; media do not."""
        if view.number not in self._houses:
            scene = self.scene
            known = [*self._near(view, "institution", _REACH), scene.publisher, *self._leading]
            self._houses[view.number] = [i for i in dict.fromkeys(known) if i in scene.institutions and not scene.is_media(i)][:_MOST]
        return self._houses[view.number]

    def people(self, view: View) -> list[str]:
        """The people named beside a sentence."""
        return [p for p in self._near(view, "person", _PEOPLE_REACH) if p in self.scene.people][:_MOST]

    def dates(self, view: View) -> list[Point]:
        """The date mentions beside a sentence, and those of the page's head."""
        sentences = self.scene.sentences
        low, high = sentences[max(0, view.number - _DATE_REACH)].start, sentences[min(len(sentences) - 1, view.number + _DATE_REACH)].end
        head = [p for p in self.scene.points_in(0, low, "date")[:3] if self.scene.sentence_at(p.start).part in {"title", "date_line"}]
        return [p for p in (*head, *self.scene.points_in(low, high, "date")) if p.entities]

    def event_features(self, view: View, kind: EventType) -> frozenset[str]:
        """What speaks for and against a sentence's telling an event of a type."""
        key = (view.number, kind)
        if key not in self._events:
            self._events[key] = self.sentence_features(view) | self.telling_features(view, kind)
        return self._events[key]

    def sentence_features(self, view: View) -> frozenset[str]:
        """What a sentence says, whatever type of event is asked for."""
        if view.number not in self._words:
            self._words[view.number] = frozenset(self._sentence_features(view))
        return self._words[view.number]

    def telling_features(self, view: View, kind: EventType) -> frozenset[str]:
        """What else speaks for and against its telling an event of a type: when, and what was told before and beside."""
        key = (view.number, kind)
        if key not in self._tellings:
            self._tellings[key] = frozenset(self._telling_features(view, kind))
        return self._tellings[key]

    def _telling_features(self, view: View, kind: EventType) -> set[str]:
        found: set[str] = set()
        mine = view.hits[kind]
        if mine:
            found.add(f"time={time_of(self.scene.masked, mine[0].start, mine[0].end, (view.sentence.start, view.sentence.end))}")
        found |= {f"before={d.type}" for d in self.drafts_by_sentence.get(view.number - 1, [])}
        found |= {f"here={d.type}" for d in self.drafts_by_sentence.get(view.number, []) if d.type != kind}
        return found

    def _sentence_features(self, view: View) -> Iterator[str]:
        sentence = view.sentence
        words = words_of(self.scene.masked[sentence.start : sentence.end])[:_LONGEST]
        yield from ("bias", f"part={sentence.part}", f"first={min(sentence.index, 3)}")
        yield from (f"w={w}" for w in words)
        yield from (f"b={a}_{b}" for a, b in pairwise(words))
        for label in ("institution", "person", "date"):
            count = len({e for p in view.points if p.label == label for e in p.entities})
            yield f"n.{label}={min(count, 3)}"
        for kind, hits in view.hits.items():
            yield from (f"hit={h.rule}" for h in hits)
            yield from (f"{kind}.has={h.value.get('part', h.value.get('way', ''))}" for h in hits)
        yield from (f"ref={p.how}" for p in view.points if p.how != "mention")

    def filler_features(self, view: View, kind: EventType, entity: str) -> frozenset[str]:
        """What speaks for and against an institution's or a person's part in the event that a sentence tells."""
        key = (view.number, kind, entity)
        if key not in self._fillers:
            parts = (self._place_features(view, kind, entity), self._draft_features(view, kind, entity))
            self._fillers[key] = self._own_features(view, entity).union(*parts)
        return self._fillers[key]

    def _own_features(self, view: View, entity: str) -> frozenset[str]:
        """What it is, whatever it may take part in."""
        key = (view.number, entity)
        if key not in self._own:
            own = self._institution_features if entity in self.scene.institutions else self._person_features
            self._own[key] = frozenset(own(view, entity)) | {"bias"}
        return self._own[key]

    def _place_features(self, view: View, kind: EventType, entity: str) -> Iterator[str]:
        here = [g for g in view.governed if entity in g.point.entities]
        hits = view.hits[kind]
        at = hits[0].start if hits else view.sentence.start
        for item in here[:2]:
            side = "before" if item.point.start < at else "after"
            order = [g.point for g in view.governed if g.point.label == item.point.label].index(item.point)
            yield from (f"gov={item.governor}", f"gov={item.governor}.{side}", f"how={item.point.how}", f"nested={item.nested is not None}")
            yield from (f"order={min(order, 3)}", f"side={side}")
            yield from (f"{h.rule}.{item.governor}.{side}" for h in hits[:2])
            yield from self._near_words(view, item.point)
        yield f"here={len(here) > 0}"
        if not here:
            known = self.spoken.get(entity, [])
            yield f"back={_bucket([view.number - s for s in known if s < view.number])}"
            yield f"ahead={_bucket([s - view.number for s in known if s > view.number])}"

    def _near_words(self, view: View, point: Point) -> Iterator[str]:
        masked = self.scene.masked
        before = words_of(masked[max(view.sentence.start, point.start - _NEAR) : point.start])
        after = words_of(masked[point.end : min(view.sentence.end, point.end + _NEAR)])
        yield from (f"l1={''.join(before[-1:])}", f"l2={'_'.join(before[-2:])}", f"r1={''.join(after[:1])}", f"r2={'_'.join(after[:2])}")
        yield from (f"l={w}" for w in before[-4:])
        yield from (f"r={w}" for w in after[:4])

    def _institution_features(self, view: View, entity: str) -> Iterator[str]:
        scene = self.scene
        institution, here = scene.institutions[entity], named_in(view)
        yield from (f"kind={institution.kind}", f"rank={min(self.ranks.get(entity, 9), 4)}", f"count={min(self.counts[entity], 4)}")
        yield f"title={entity in self.title}"
        if scene.publisher is not None:
            relation = "self" if entity == scene.publisher else "kin" if scene.are_kin(entity, scene.publisher) else "none"
            yield from (f"publisher={relation}", f"publisher={relation}.here={entity in here}")
            yield f"publisher={relation}.n={min(len(here), 3)}"
            own = scene.institutions[scene.publisher].country if scene.publisher in scene.institutions else None
            yield f"home={own == institution.country if own and institution.country else 'unknown'}"
        yield f"units.here={any(entity in scene.ancestors(o) for o in here)}"
        yield f"parent.here={any(o in scene.ancestors(entity) for o in here)}"
        yield f"n={min(len(here), 4)}.here={entity in here}"
        for item in view.governed:
            if item.point.label == "person" and any(scene.house(p) == entity for p in item.point.entities):
                yield from (f"staff={item.governor}", "staff")

    def _person_features(self, view: View, entity: str) -> Iterator[str]:
        scene, house = self.scene, self.scene.house(entity)
        yield from (f"byline={scene.people[entity].byline}", f"honorific={scene.people[entity].honorific is not None}")
        yield from (f"post={r.rank}" for r in scene.roles if r.person == entity)
        yield f"house={'none' if house is None else 'here' if house in named_in(view) else 'away'}"
        if house is not None and scene.publisher is not None:
            yield f"home={scene.are_kin(house, scene.publisher)}"
        yield f"people={min(len({e for g in view.governed if g.point.label == 'person' for e in g.point.entities}), 4)}"

    def _draft_features(self, view: View, kind: EventType, entity: str) -> Iterator[str]:
        """Which parts the entity has in the other drafts around the sentence."""
        before: list[Draft] = []
        for index in self._told[bisect_left(self._told, view.number - _REACH) : bisect_left(self._told, view.number + _REACH)]:
            for draft in self.drafts_by_sentence[index]:
                near = "here" if index == view.number else "near" if 0 < view.number - index <= 3 else "far"
                if near != "here" or draft.type != kind:
                    yield from (f"in={draft.type}.{f.slot}.{near}" for f in draft.fillers if f.entity == entity)
                before = [draft] if index < view.number else before
        yield from (f"last={d.type}.{f.slot}" for d in before for f in d.fillers if f.entity == entity)

    def date_features(self, view: View, kind: EventType, point: Point) -> frozenset[str]:
        """What speaks for and against a date's being the day of the act that a sentence tells."""
        key = (view.number, kind, point)
        if key not in self._dates:
            self._dates[key] = frozenset(self._date_features(view, kind, point))
        return self._dates[key]

    def _date_features(self, view: View, kind: EventType, point: Point) -> set[str]:
        masked, sentence, hits = self.scene.masked, view.sentence, view.hits[kind]
        at = hits[0].start if hits else sentence.start
        offset = max(-3, min(self.scene.sentence_at(point.start).index - sentence.index, 3))
        before, after = words_of(masked[max(0, point.start - _NEAR) : point.start]), words_of(masked[point.end : point.end + _NEAR])
        found = {"bias", f"offset={offset}", f"l1={''.join(before[-1:])}", f"r1={''.join(after[:1])}", *(f"l={w}" for w in before[-3:])}
        found |= set(self._value_features(point))
        found.add(f"dates={min(sum(p.label == 'date' for p in view.points), 3)}.offset={max(-2, min(offset, 2))}")
        if offset == 0:
            found |= {f"here.l1={''.join(before[-1:])}", f"side={'before' if point.start < at else 'after'}"}
            found |= {f"gap={_bucket([abs(point.start - at) // 20])}", *(f"{h.rule}.date" for h in hits[:2])}
            found |= {"opens"} if _OPENING.fullmatch(masked, sentence.start, point.start) else set()
        else:
            found.add(f"part={self.scene.sentence_at(point.start).part}")
        return found

    def _value_features(self, point: Point) -> Iterator[str]:
        edtf = self.scene.edtf.get(point.entities[0]) or ""
        yield from (f"grain={'stretch' if '/' in edtf else len(edtf)}", f"X={'X' in edtf}", f"open={'..' in edtf}")
        if self.scene.published is not None:
            day = self.scene.published.isoformat()
            yield f"age={'after' if edtf[:10] > day else 'same' if edtf[:7] == day[:7] else 'year' if edtf[:4] == day[:4] else 'old'}"


def named_in(view: View) -> frozenset[str]:
    """The institutions that a sentence names or refers to."""
    return frozenset(e for p in view.points if p.label == "institution" for e in p.entities)


def _bucket(counts: list[int]) -> str:
    least = min(counts, default=None)
    return "none" if least is None else str(least) if least < 4 else "4-6" if least < 7 else "7+"


def _views(reading: Reading, drafts: list[Draft]) -> Iterator[View]:
    """Each sentence read once more, with what the drafts told before it to lean on."""
    scene = reading.scene
    reading.told = type(reading.told)(scene)
    left = list(drafts)
    for sentence in scene.sentences:
        reading.turn_to(sentence)
        hits = {kind: reading.hits_in(kind, sentence.start, sentence.end) for kind in TYPES}
        yield View(sentence, tuple(reading.points), tuple(reading.governed), hits)
        reading.told.hear(sentence)
        while left and left[0].start < sentence.end:
            _tell(reading, left.pop(0))


def _tell(reading: Reading, draft: Draft) -> None:
    """Note the sides of a draft, for "both sides" and "the guests" of the sentences after it."""
    if draft.type == "visit":
        reading.told.visitors, reading.told.hosts = tuple(draft.of("visitors")), tuple(draft.of("hosts"))
        reading.told.pair = (*reading.told.hosts, *reading.told.visitors)
    elif draft.type == "agreement":
        reading.told.pair = tuple(draft.of("parties"))
