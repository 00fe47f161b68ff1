"""Drafts in, each with the date and the place that its own words tell, or that its story lends it."""

from __future__ import annotations

import re

from extractor.events.drafts import Draft
from extractor.events.reading import Reading
from extractor.events.scene import Point, Sentence

_DATELINE = re.compile(r"^.{0,110}?(?:\s[\u2013\u2014-]{1,2}\s|--|:\s|\)\s*:?\s)", re.DOTALL)
_TERM_WORDS = re.compile(r"^(?:until|till|through|up\s+to)\b", re.IGNORECASE)
_TERM_BEFORE = re.compile(
    r"\b(?:valid|effective|reckoned|starting|running|runs?|run|academic\s+years?|stage|period|term|validity|lasts?|expir\w+|intake|since|generation|class)\b[^.;]{0,25}$",
    re.IGNORECASE,
)
_CROSSING = re.compile(r"[,;]|\s[\u2013\u2014-]\s|\b(?:which|who|where|and|but)\b", re.IGNORECASE)


def date_of(reading: Reading, draft: Draft, sentence: Sentence) -> Point | None:
    """The date of a draft's own clause that lies nearest to its trigger."""
    scene = reading.scene
    head = _dateline_end(scene.masked, sentence)
    found = []
    for point in scene.points_in(draft.zone[0], draft.zone[1], "date"):
        if not point.entities or point.start < head or not _is_day_of_act(scene.text, point, draft):
            continue
        gap = scene.masked[point.end : draft.start] if point.end <= draft.start else scene.masked[draft.end : point.start]
        cost = len(gap) + 25 * len(_CROSSING.findall(gap)) + (200 if scene.edtf.get(point.entities[0]) is None else 0)
        found.append((cost, point.start, point))
    return min(found)[2] if found else None


def _dateline_end(masked: str, sentence: Sentence) -> int:
    """Where "SUVA, 8 April –" ends; the start of the sentence where there is none."""
    found = _DATELINE.match(masked, sentence.start, sentence.end)
    if found is None:
        return sentence.start
    words = re.sub("[\ue000-\ue003]+", "", found[0])
    has_verb = re.search(r"\b[a-z]{3,}\b(?<!the)(?<!and)(?<!district)(?<!campus)", words)
    is_dateline = "\ue003" in found[0] and has_verb is None and words.strip(" -\u2013\u2014:()/.,") != ""
    return found.end() if is_dateline else sentence.start


def _is_day_of_act(text: str, point: Point, draft: Draft) -> bool:
    words = text[point.start : point.end]
    if draft.action in {"signed", "renewed", "held", "done"} and _TERM_WORDS.match(words):
        return False
    before = text[max(draft.zone[0], point.start - 40) : point.start]
    return draft.action == "in_force" or _TERM_BEFORE.search(before) is None


def lend_dates(drafts: list[Draft], reading: Reading) -> None:
    """Give an act of the main line that tells no date the date of the act told before it in the same story."""
    day: tuple[str, tuple[int, int], int] | None = None
    sentences = reading.scene.sentences
    for draft in sorted(drafts, key=lambda d: d.start):
        is_main = draft.action in {"signed", "renewed", "held", "done"} and draft.time in {"past", "purpose"} and not draft.is_title
        if not is_main:
            continue
        sentence = sentences[draft.sentence]
        if draft.date is not None and draft.date_at is not None:
            day = draft.date, draft.date_at, draft.sentence
        elif day is not None and _is_same_story(sentences, day[2], sentence):
            draft.date, draft.date_at, draft.is_dated_by_context = day[0], day[1], True


def _is_same_story(sentences: list[Sentence], earlier: int, sentence: Sentence) -> bool:
    between = sentences[earlier + 1 : sentence.index + 1]
    return not any(s.is_item or s.part in {"title", "heading"} or _is_heading(s) for s in between)


def _is_heading(sentence: Sentence) -> bool:
    return sentence.part in {"menu", "footer", "contact"}
