"""Drafts in, each with the date and the place that its own words tell, or that its story lends it."""

from __future__ import annotations

import re

from extractor.edtf import covered
from extractor.events.drafts import Draft
from extractor.events.phrases import Phrase
from extractor.events.reading import Reading
from extractor.events.scene import Point, Sentence

_DATELINE = re.compile(r"[^\n]{0,110}?\ue003+[\s\])]*(?:\([^)]{0,60}\)\s*)?(?:[\u2013\u2014:-]|--)[\s\w\ue000-\ue003\"']")
_PROSE = Phrase("when.prose")
_TERM_WORDS = Phrase("when.term_words")
_TERM_BEFORE = Phrase("when.term_before")
_REPORTED = Phrase("when.reported")
_AGREED = Phrase("when.agreed")
_PAST_FORM = Phrase("when.past_form")
_OCCASION = Phrase("when.occasion")
_DATED = frozenset({"signed", "renewed", "held", "done"})
_BACK = 4  # sentences ahead in which the day may stand
_SINCE = Phrase("when.since")
_BESIDE = 25  # characters between a standing agreement and its date
_OPENING = Phrase("when.opening")
_CROSSING = Phrase("when.crossing")


def date_of(reading: Reading, draft: Draft, sentence: Sentence) -> Point | None:
    """The date of a draft's own clause that lies nearest to its trigger, else the one that opens its line."""
    if draft.date is not None:
        return None
    scene = reading.scene
    head = _dateline_end(scene.masked, sentence)
    found = []
    for point in scene.points_in(draft.zone[0], draft.zone[1], "date"):
        if (
            not point.entities
            or point.entities[0] in draft.not_dates
            or sentence.start <= point.start < head
            or not _is_day_of_act(scene.text, point, draft)
        ):
            continue
        gap = scene.masked[point.end : draft.start] if point.end <= draft.start else scene.masked[draft.end : point.start]
        cost = len(gap) + 25 * len(_CROSSING.findall(gap)) + (200 if scene.edtf.get(point.entities[0]) is None else 0)
        found.append((cost, point.start, point))
    if found:
        return min(found)[2]
    return _opening_date(reading, draft, sentence) or _line_date(reading, draft, sentence) or _list_date(reading, draft, sentence)


def _list_date(reading: Reading, draft: Draft, sentence: Sentence) -> Point | None:
    """The day that heads a list holds for its entries."""
    if reading.list_day is None or not sentence.is_item or draft.action not in {"signed", "renewed"} or draft.time == "long_past":
        return None
    day, head = reading.list_day
    items = reading.scene.sentences[head + 1 : sentence.index]
    return day if head < sentence.index and all(s.is_item for s in items) else None


def _opening_date(reading: Reading, draft: Draft, sentence: Sentence) -> Point | None:
    """The date that opens a sentence holds for all its clauses: "On Monday, A visited B and signed …"."""
    scene = reading.scene
    dates = scene.points_in(sentence.start, sentence.start + 40, "date")
    if not dates or draft.time == "long_past" or draft.is_echo or dates[0].entities[:1] == draft.not_dates:
        return None
    opens = _OPENING.fullmatch(scene.masked, sentence.start, dates[0].start)
    opens = None if draft.action == "in_force" else opens
    return dates[0] if opens and not _TERM_WORDS.match(scene.text, dates[0].start, dates[0].end) else None


def _line_date(reading: Reading, draft: Draft, sentence: Sentence) -> Point | None:
    """The date with which the line of an entry in a chronicle begins: "14 May: the deans signed …"."""
    scene = reading.scene
    line = scene.layout.line_at(sentence.start)
    if line is None or line.part not in {"body", "item"} or draft.time == "long_past":
        return None
    dates = scene.points_in(line.start, line.start + 12, "date")
    opens = dates and re.search(r"[a-z]", scene.masked[line.start : dates[0].start]) is None
    follows = opens and re.match(r"[\s\])|]*(?:[\u2013\u2014:\])|-]|\s{2,})", scene.masked[dates[0].end : dates[0].end + 6])
    return dates[0] if follows and scene.masked[dates[0].end : line.end].strip() else None


def _dateline_end(masked: str, sentence: Sentence) -> int:
    """Where "SUVA, 8 April –" ends; the start of the sentence where there is none."""
    found = _DATELINE.match(masked, sentence.start, sentence.end)
    return found.end() if found is not None and _PROSE.search(found[0]) is None else sentence.start


def _is_day_of_act(text: str, point: Point, draft: Draft) -> bool:
    words = text[point.start : point.end]
    if draft.action in {"signed", "renewed", "held", "done"} and _TERM_WORDS.match(words):
        return False
    before = text[max(draft.zone[0], point.start - 40) : point.start]
    if _REPORTED.search(before) is not None and not text[draft.start : draft.end].lower().startswith("announc"):
        return False
    if draft.action == "in_force":
        near = min(abs(point.start - draft.end), abs(draft.start - point.end)) <= _BESIDE or draft.start <= point.start < draft.end
        return near or _SINCE.match(words) is not None
    return draft.action == "ended" or _TERM_BEFORE.search(before) is None


def judge_by_date(reading: Reading, draft: Draft) -> None:
    """What is told for a day after the text's own day is planned."""
    scene = reading.scene
    first = covered(scene.edtf.get(draft.date))[0] if draft.date and scene.published else None
    is_told_past = _PAST_FORM.search(scene.masked, draft.start, draft.end) is not None
    if (
        first is not None
        and scene.published is not None
        and first > scene.published
        and draft.action in {"held", "done"}
        and not is_told_past
    ):
        draft.action = "planned"


def lend_dates(drafts: list[Draft], reading: Reading) -> None:
    """Give an act of the main line that tells no date the date of the act told before it in the same story."""
    day: tuple[str, tuple[int, int], int] | None = None
    sentences = reading.scene.sentences
    for draft in sorted(drafts, key=lambda d: d.start):
        sentence = sentences[draft.sentence]
        is_main = draft.action in {"signed", "renewed", "held", "done"} and draft.time in {"past", "purpose"} and not draft.is_title
        is_main = is_main or (draft.action == "agreed" and _AGREED.search(reading.scene.masked, sentence.start, draft.start) is not None)
        if not is_main:
            continue
        if draft.date is not None and draft.date_at is not None:
            if day is None or not _is_before(reading, draft.date, day[0]):
                day = draft.date, draft.date_at, draft.sentence
        elif (near := _day_before(reading, sentence)) is not None:
            draft.date, draft.date_at, draft.is_dated_by_context = near.entities[0], (near.start, near.end), True
        elif day is not None and _is_same_story(sentences, day[2], sentence):
            draft.date, draft.date_at, draft.is_dated_by_context = day[0], day[1], True


def lend_back(drafts: list[Draft], reading: Reading) -> None:
    """An act told at the head of a story without its day has the day of the next telling that shares a house."""
    sentences = reading.scene.sentences
    for draft in drafts:
        if (
            draft.date is not None
            or draft.type == "visit"
            or draft.action not in _DATED
            or draft.time not in {"past", "purpose"}
            or draft.is_title
        ):
            continue
        for other in sorted(drafts, key=lambda d: d.start):
            is_next = other.start > draft.start and other.sentence - draft.sentence <= _BACK and not other.is_dated_by_context
            if not is_next or other.date is None or other.action not in _DATED or other.time == "long_past":
                continue
            if {f.entity for f in draft.fillers} & {f.entity for f in other.fillers} and _is_same_story(
                sentences, draft.sentence, sentences[other.sentence]
            ):
                draft.date, draft.date_at, draft.is_dated_by_context = other.date, other.date_at, True
            break


def _day_before(reading: Reading, sentence: Sentence) -> Point | None:
    """The day on which the sentence before begins, in the same paragraph: "On Monday the guests came. An MoU was signed."."""
    scene = reading.scene
    if sentence.index == 0:
        return None
    before = scene.sentences[sentence.index - 1]
    if before.block != sentence.block or "\n" in scene.masked[before.end : sentence.start] or before.part == "title":
        return None
    dates = scene.points_in(before.start, before.start + 40, "date")
    opens = dates and re.fullmatch(r"\W*(?:on|in|during|this|at|by)?\W*", scene.masked[before.start : dates[0].start], re.IGNORECASE)
    if opens and scene.edtf.get(dates[0].entities[0]):
        return dates[0]
    held = scene.points_in(before.start, before.end, "date") if _OCCASION.search(scene.masked, before.start, before.end) else []
    return held[0] if len(held) == 1 and held[0].entities and scene.edtf.get(held[0].entities[0]) else None


def _is_before(reading: Reading, date: str, other: str) -> bool:
    a, b = reading.scene.edtf.get(date), reading.scene.edtf.get(other)
    return a is not None and b is not None and a[:4] < b[:4]


def _is_same_story(sentences: list[Sentence], earlier: int, sentence: Sentence) -> bool:
    between = sentences[earlier + 1 : sentence.index + 1]
    return not any(s.is_item or s.part in {"title", "heading"} or _is_heading(s) for s in between)


def _is_heading(sentence: Sentence) -> bool:
    return sentence.part in {"menu", "footer", "contact"}
