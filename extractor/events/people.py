"""Settled drafts in, people added out: members of the visiting and the receiving house, witnesses of a signing, guests of a meeting."""

from __future__ import annotations

import re

from extractor.events.drafts import Draft
from extractor.events.phrases import Phrase
from extractor.events.reading import Reading
from extractor.events.scene import Scene, Sentence

_PRESENT = Phrase("people.present")
_ENTRY = re.compile(r"\W*(?:\ue003|\[|[A-Z\u00c0-\u00de]{4,})")
_LISTS = Phrase("people.lists")
_MISSION = Phrase("people.mission")
_REACH = 14  # sentences over which the people of a visit are looked for
_BREAK = Phrase("people.break")


def add_witnesses(reading: Reading, sentence: Sentence) -> None:
    """People told as present, to the agreements told last."""
    scene = reading.scene
    pacts = [d for d in reading.drafts if d.type == "agreement"]
    if not pacts or sentence.index - pacts[-1].sentence > 6 or _PRESENT.search(scene.masked, sentence.start, sentence.end) is None:
        return
    main = [d for d in pacts if not d.is_echo and not _is_older(scene, d, pacts)] or pacts
    last = [d for d in pacts if d.batch == main[-1].batch and d.action in {"signed", "renewed", "agreed"} and d.time != "long_past"]
    if not last or _is_apart(scene, last[-1], sentence):
        return
    for point in scene.points_in(sentence.start, sentence.end, "person"):
        for draft in last:
            for person in point.entities:
                if person not in draft.of("signatories") and not scene.people[person].byline:
                    draft.add("witnesses", person, point, "agreement.present", 0.7)


def _is_apart(scene: Scene, draft: Draft, sentence: Sentence) -> bool:
    """Whether a new entry of a digest begins between an agreement and a sentence."""
    first = scene.sentences[draft.sentence]
    line = scene.layout.line_at(first.start)
    between = scene.sentences[draft.sentence + 1 : sentence.index + 1]
    starts = [s for s in between if s.is_item and line is not None and s.start >= line.end and _opens_entry(scene, s)]
    return bool(starts)


def _opens_entry(scene: Scene, sentence: Sentence) -> bool:
    """An entry that dates itself or begins in capitals tells another story; other entries go on with this one."""
    return _ENTRY.match(scene.masked, sentence.start, sentence.end) is not None


def _is_older(scene: Scene, draft: Draft, pacts: list[Draft]) -> bool:
    """Whether a draft tells an earlier year or month than the act before it: background, not the ceremony."""
    day = scene.edtf.get(draft.date) if draft.date else None
    days = [d for p in pacts if p.date and (d := scene.edtf.get(p.date))]
    return day is not None and any(day[:7] < other[:7] for other in days)


def add_members(scene: Scene, drafts: list[Draft]) -> None:
    """The people of each house that a visit's story names: of the visitors delegates, of the hosts receivers."""
    visits = [d for d in drafts if d.type == "visit" and d.action in {"held", "planned"}]
    for draft in visits:
        put_on_their_sides(scene, draft)
    latest = max((day for d in drafts if d.date and (day := scene.edtf.get(d.date)) and d.action != "planned"), default=None)
    for n, draft in enumerate(visits):
        day = scene.edtf.get(draft.date) if draft.date else None
        is_past = draft.time == "long_past" or (day is not None and latest is not None and day[:4] < latest[:4])
        end = scene.sentences[draft.sentence].end if is_past else _story_end(scene, draft, visits[n + 1 :])
        for point in scene.points_in(scene.sentences[draft.sentence].start, end, "person"):
            for person in point.entities:
                _place(scene, draft, person, (point.start, point.end))
        _listed(scene, draft)
    complete_visitors(scene, drafts)
    share_members(scene, drafts)
    for draft in visits:
        for person in draft.of("leaders"):
            draft.drop("delegates", person)
            draft.drop("receivers", person)
        for person in set(draft.of("delegates")) & set(draft.of("receivers")):
            weights = {f.slot: f.weight for f in draft.fillers if f.entity == person}
            draft.drop("receivers" if weights["receivers"] <= weights["delegates"] else "delegates", person)


def _listed(scene: Scene, draft: Draft) -> None:
    """Names without a post in a list right below "four academics of X came:" are the guests."""
    if scene.masked[scene.sentences[draft.sentence].end - 1] != ":":
        return
    for sentence in scene.sentences[draft.sentence + 1 :]:
        if not sentence.is_item:
            return
        for point in scene.points_in(sentence.start, sentence.end, "person"):
            for person in point.entities:
                if not scene.posts(person) and person not in draft.of("leaders", "receivers"):
                    draft.add("delegates", person, (point.start, point.end), "visit.listed", 0.7)


def put_on_their_sides(scene: Scene, draft: Draft) -> None:
    """Who has a post in the receiving house alone is no guest, and who has one in a visiting house alone does not receive."""
    hosts, visitors = draft.of("hosts"), draft.of("visitors")
    for filler in list(draft.fillers):
        houses = scene.posts(filler.entity) if filler.entity in scene.people else ()
        receives, visits = (any(scene.are_kin(h, s) for h in houses for s in side) for side in (hosts, visitors))
        if filler.slot in {"leaders", "delegates"} and receives and not visits:
            draft.drop(filler.slot, filler.entity)
            draft.add("receivers", filler.entity, (filler.start, filler.end), filler.rule, filler.weight)
        elif filler.slot == "receivers" and visits and not receives:
            draft.drop(filler.slot, filler.entity)
            draft.add("delegates", filler.entity, (filler.start, filler.end), filler.rule, filler.weight)


def complete_visitors(scene: Scene, drafts: list[Draft]) -> None:
    """Where nobody told whom the guests stand for: a companion's house, or the embassy of an envoy."""
    for draft in drafts:
        if draft.type != "visit" or draft.of("visitors"):
            continue
        low, high = scene.sentences[draft.sentence].start, _story_end(scene, draft, [])
        for point in scene.points_in(low, high, "institution"):
            if _MISSION.search(scene.institutions[point.entities[0]].name):
                draft.add("visitors", point.entities[0], (point.start, point.end), "visit.mission", 0.6)
                break


def share_members(scene: Scene, drafts: list[Draft]) -> None:
    """Members of one journey are members of each of its visits."""
    visits = [d for d in drafts if d.type == "visit" and d.action == "held"]
    receiving = {person for d in visits for person in d.of("receivers")}
    for a in visits:
        for b in visits:
            if a is not b and _is_one_trip(scene, a, b):
                for filler in list(a.fillers):
                    if filler.slot in {"leaders", "delegates"} and filler.entity not in {*b.of("leaders", "delegates"), *receiving}:
                        b.add(filler.slot, filler.entity, (filler.start, filler.end), filler.rule, 0.8 * filler.weight)


def _is_one_trip(scene: Scene, a: Draft, b: Draft) -> bool:
    days = [scene.edtf.get(d.date) if d.date else None for d in (a, b)]
    near = days[0] is None or days[1] is None or days[0][:7] == days[1][:7]
    return near and abs(a.sentence - b.sentence) <= _REACH and bool(set(a.of("visitors")) & set(b.of("visitors")))


def _story_end(scene: Scene, draft: Draft, later: list[Draft]) -> int:
    stop = draft.sentence + _REACH
    for other in later:
        if other.sentence > draft.sentence and not _is_same_pair(scene, draft, other):
            stop = min(stop, other.sentence)
    sentences = scene.sentences[draft.sentence + 1 : stop]
    for sentence in sentences:
        is_break = sentence.part in {"footer", "contact", "byline"} or (
            sentence.part == "heading" and not _LISTS.search(scene.masked, sentence.start, sentence.end)
        )
        if is_break or _BREAK.match(scene.masked, sentence.start, sentence.end):
            return sentence.start
    return sentences[-1].end if sentences else scene.sentences[draft.sentence].end


def _is_same_pair(scene: Scene, a: Draft, b: Draft) -> bool:
    return all(any(scene.are_kin(x, y) for x in a.of(slot) for y in b.of(slot)) for slot in ("visitors", "hosts"))


def _place(scene: Scene, draft: Draft, person: str, at: tuple[int, int]) -> None:
    if scene.people[person].byline or person in draft.of("leaders", "delegates", "receivers"):
        return
    houses = scene.posts(person)[:1]
    if any(scene.are_kin(h, v) for h in houses for v in draft.of("visitors")):
        draft.add("delegates", person, at, "visit.member", 0.7)
    elif any(scene.are_kin(h, v) for h in houses for v in draft.of("hosts")):
        draft.add("receivers", person, at, "visit.member", 0.7)
