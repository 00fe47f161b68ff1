"""A read text in, features out: of each sentence as the telling of an event, of each entity as a filler of its slots."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from extractor.events.clauses import Governed
from extractor.events.drafts import Draft
from extractor.events.judge import time_of
from extractor.events.reading import Reading
from extractor.events.scene import DATE, INSTITUTION, PERSON, ROLE, Point, Sentence
from extractor.events.triggers import TYPES, Hit
from extractor.records import EventType

MAIN: dict[EventType, tuple[str, ...]] = {
    "agreement": ("parties",),
    "visit": ("visitors", "hosts"),
    "meeting": ("participants", "organizers"),
    "appointment": ("appointees", "appointers"),
    "establishment": ("founders", "units"),
}
PEOPLE: dict[EventType, tuple[str, ...]] = {
    "agreement": ("signatories",),
    "visit": ("leaders", "delegates", "receivers"),
    "meeting": ("attendees",),
    "appointment": ("appointees",),
    "establishment": (),
}
SILENT = frozenset({"menu", "footer", "contact", "byline"})
_RUN = re.compile("|".join(f"{mask}+" for mask in (INSTITUTION, PERSON, ROLE, DATE)))
_LETTER = {INSTITUTION: " I ", PERSON: " P ", ROLE: " R ", DATE: " D "}
_WORD = re.compile(r"[IPRD](?![a-z])|[A-Za-z]+|[:;(]")
_ENDING = re.compile(r"(?<=[a-z]{4})(?:ing|ed|es|s)$")
_NEAR = 40  # characters around a mention whose words are read
_LONGEST = 60  # words of a sentence that are read


class View(NamedTuple):
    """One sentence with its mentions and references, what governs them, and its trigger hits."""

    sentence: Sentence
    points: tuple[Point, ...]
    governed: tuple[Governed, ...]
    hits: dict[EventType, list[Hit]]


def words_of(masked: str) -> list[str]:
    """The words of a masked stretch in lower case without their endings, mentions as I, P, R and D."""
    plain = _RUN.sub(lambda m: _LETTER[m[0][0]], masked)
    return [w if len(w) == 1 else _ENDING.sub("", w.lower()) for w in _WORD.findall(plain)]


class Views:
    """A text's sentences as the scorer sees them; ``drafts`` are the tellings that the rules have read."""

    def __init__(self, reading: Reading, drafts: list[Draft]) -> None:
        self.scene = reading.scene
        self.drafts = sorted(drafts, key=lambda d: (d.start, d.end))
        self.views = [view for view in _views(reading, self.drafts) if view.sentence.part not in SILENT]
        self.by_sentence = {view.sentence.index: view for view in self.views}
        self.title = frozenset(e for v in self.views if v.sentence.part == "title" for p in v.points for e in p.entities)

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each entity is named."""
        return Counter(e for p in self.scene.points for e in p.entities)

    @cached_property
    def ranks(self) -> dict[str, int]:
        """Institutions by how often they are named, from 0."""
        known = [i for i, _ in self.counts.most_common() if i in self.scene.institutions]
        return {entity: n for n, entity in enumerate(known)}

    @cached_property
    def spoken(self) -> dict[str, list[int]]:
        """The sentences that name, or refer to, each entity."""
        found: dict[str, list[int]] = {}
        for view in self.views:
            for point in view.points:
                for entity in point.entities:
                    found.setdefault(entity, []).append(view.sentence.index)
        return found

    def event_features(self, view: View, kind: EventType) -> list[str]:
        """What speaks for and against a sentence's telling an event of a type."""
        sentence, masked = view.sentence, self.scene.masked
        words = words_of(masked[sentence.start : sentence.end])[:_LONGEST]
        found = {"bias", f"part={sentence.part}", *(f"w={w}" for w in words), *(f"b={a}_{b}" for a, b in pairwise(words))}
        for label in ("institution", "person", "date"):
            count = len({e for p in view.points if p.label == label for e in p.entities})
            found.add(f"n.{label}={min(count, 3)}")
        for of, hits in view.hits.items():
            found |= {f"hit={h.rule}" for h in hits}
            found |= {f"{of}.has={h.value.get('part', h.value.get('way', ''))}" for h in hits}
        mine = view.hits[kind]
        if mine:
            found.add(f"time={time_of(masked, mine[0].start, mine[0].end, (sentence.start, sentence.end))}")
        found |= {f"ref={p.how}" for p in view.points if p.how != "mention"}
        found.add(f"first={min(sentence.index, 3)}")
        found |= {f"before={d.type}" for d in self.drafts if d.sentence == sentence.index - 1}
        found |= {f"here={d.type}" for d in self.drafts if d.sentence == sentence.index and d.type != kind}
        return sorted(found)

    def filler_features(self, view: View, kind: EventType, entity: str) -> list[str]:
        """What speaks for and against an institution's or a person's part in the event that a sentence tells."""
        found = {"bias", *self._place_features(view, kind, entity), *self._draft_features(view, kind, entity)}
        if entity in self.scene.institutions:
            found |= self._institution_features(view, entity)
        else:
            found |= self._person_features(view, entity)
        return sorted(found)

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
            yield from self._distance(view, entity)

    def _near_words(self, view: View, point: Point) -> Iterator[str]:
        masked = self.scene.masked
        before = words_of(masked[max(view.sentence.start, point.start - _NEAR) : point.start])
        after = words_of(masked[point.end : min(view.sentence.end, point.end + _NEAR)])
        yield from (f"l1={''.join(before[-1:])}", f"l2={'_'.join(before[-2:])}", f"r1={''.join(after[:1])}", f"r2={'_'.join(after[:2])}")
        yield from (f"l={w}" for w in before[-4:])
        yield from (f"r={w}" for w in after[:4])

    def _distance(self, view: View, entity: str) -> Iterator[str]:
        known = self.spoken.get(entity, [])
        back = [view.sentence.index - s for s in known if s < view.sentence.index]
        ahead = [s - view.sentence.index for s in known if s > view.sentence.index]
        yield f"back={_bucket(min(back)) if back else 'none'}"
        yield f"ahead={_bucket(min(ahead)) if ahead else 'none'}"

    def _institution_features(self, view: View, entity: str) -> set[str]:
        scene = self.scene
        institution, here = scene.institutions[entity], _named(view)
        found = {f"kind={institution.kind}", f"rank={min(self.ranks.get(entity, 9), 4)}", f"count={min(self.counts[entity], 4)}"}
        found.add(f"title={entity in self.title}")
        if scene.publisher is not None:
            relation = "self" if entity == scene.publisher else "kin" if scene.are_kin(entity, scene.publisher) else "none"
            found |= {f"publisher={relation}", f"publisher={relation}.here={entity in here}", f"publisher={relation}.n={min(len(here), 3)}"}
            own = scene.institutions[scene.publisher].country
            found.add(f"home={own == institution.country if own and institution.country else 'unknown'}")
        found.add(f"units.here={any(entity in scene.ancestors(o) for o in here)}")
        found.add(f"parent.here={any(o in scene.ancestors(entity) for o in here)}")
        found.add(f"n={min(len(here), 4)}.here={entity in here}")
        for item in view.governed:
            if item.point.label == "person" and any(scene.house(p) == entity for p in item.point.entities):
                found |= {f"staff={item.governor}", "staff"}
        return found

    def _person_features(self, view: View, entity: str) -> set[str]:
        scene = self.scene
        found = {f"byline={scene.people[entity].byline}", f"honorific={scene.people[entity].honorific is not None}"}
        found |= {f"post={r.rank}" for r in scene.roles if r.person == entity}
        house = scene.house(entity)
        found.add(f"house={'none' if house is None else 'here' if house in _named(view) else 'away'}")
        if house is not None and scene.publisher is not None:
            found.add(f"home={scene.are_kin(house, scene.publisher)}")
        found.add(f"people={min(len({e for g in view.governed if g.point.label == 'person' for e in g.point.entities}), 4)}")
        return found

    def _draft_features(self, view: View, kind: EventType, entity: str) -> Iterator[str]:
        """Which parts the entity has in the other drafts around the sentence."""
        index = view.sentence.index
        for draft in self.drafts:
            if draft.sentence == index and draft.type == kind:
                continue
            near = "here" if draft.sentence == index else "near" if 0 < index - draft.sentence <= 3 else "far"
            yield from (f"in={draft.type}.{f.slot}.{near}" for f in draft.fillers if f.entity == entity)
        before = [d for d in self.drafts if d.sentence < index][-1:]
        yield from (f"last={d.type}.{f.slot}" for d in before for f in d.fillers if f.entity == entity)

    def date_features(self, view: View, kind: EventType, point: Point) -> list[str]:
        """What speaks for and against a date's being the day of the act that a sentence tells."""
        masked, sentence, hits = self.scene.masked, view.sentence, view.hits[kind]
        at = hits[0].start if hits else sentence.start
        offset = self.scene.sentence_at(point.start).index - sentence.index
        edtf = self.scene.edtf.get(point.entities[0]) or ""
        found = {"bias", f"offset={max(-3, min(offset, 3))}", f"grain={len(edtf) if '/' not in edtf else 'stretch'}", f"X={'X' in edtf}"}
        found.add(f"open={'..' in edtf}")
        if self.scene.published is not None:
            day = self.scene.published.isoformat()
            found.add(f"age={'after' if edtf[:10] > day else 'same' if edtf[:7] == day[:7] else 'year' if edtf[:4] == day[:4] else 'old'}")
        low = max(0, point.start - _NEAR)
        before, after = words_of(masked[low : point.start]), words_of(masked[point.end : point.end + _NEAR])
        found |= {f"l1={''.join(before[-1:])}", f"r1={''.join(after[:1])}", *(f"l={w}" for w in before[-3:])}
        found |= {f"here.l1={''.join(before[-1:])}"} if offset == 0 else {f"part={self.scene.sentence_at(point.start).part}"}
        if offset == 0:
            found |= {f"side={'before' if point.start < at else 'after'}", f"gap={_bucket(abs(point.start - at) // 20)}"}
            found |= {f"{h.rule}.date" for h in hits[:2]}
        dates = [p for p in view.points if p.label == "date"]
        found |= {f"dates={min(len(dates), 3)}.offset={max(-2, min(offset, 2))}"}
        found |= {"opens"} if re.fullmatch(r"\W*(?:on|in)?\W*", masked[sentence.start : point.start], re.IGNORECASE) else set()
        return sorted(found)


def _named(view: View) -> frozenset[str]:
    return frozenset(e for p in view.points if p.label == "institution" for e in p.entities)


def _bucket(count: int) -> str:
    return str(count) if count < 4 else "4-6" if count < 7 else "7+"


def _views(reading: Reading, drafts: list[Draft]) -> Iterator[View]:
    """Each sentence read once more, with what the drafts told before it to lean on."""
    scene = reading.scene
    reading.told = type(reading.told)(scene)
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.sentence, []).append(draft)
    for sentence in scene.sentences:
        reading.turn_to(sentence)
        hits = {kind: reading.hits_in(kind, sentence.start, sentence.end) for kind in TYPES}
        yield View(sentence, tuple(reading.points), tuple(reading.governed), hits)
        reading.told.hear(sentence)
        for draft in by_sentence.get(sentence.index, []):
            _tell(reading, draft)


def _tell(reading: Reading, draft: Draft) -> None:
    """Note the sides of a draft, for "both sides" and "the guests" of the sentences after it."""
    if draft.type == "visit":
        reading.told.visitors, reading.told.hosts = tuple(draft.of("visitors")), tuple(draft.of("hosts"))
        reading.told.pair = (*reading.told.hosts, *reading.told.visitors)
    elif draft.type == "agreement":
        reading.told.pair = tuple(draft.of("parties"))
