"""Titles, people and institutions of a text in, the titles that somebody holds somewhere out."""

import itertools
from bisect import bisect_left
from collections.abc import Sequence

import regex

from extractor.find.cues import cue
from extractor.find.honorifics import honorific_start
from extractor.spans import Span

_TO_PERSON = regex.compile(r"\s*[,:–-]?\s*")
_TO_HOUSE = regex.compile(r"\s*(?:,|\(|\bof|\bat|\bfrom|\bin|\bfor)\s*(?:the|our)?\s*", regex.IGNORECASE)
_FROM_HOUSE = regex.compile(r"(?:'s|')?\s(?:former |acting |new |then )?")
_AND = regex.compile(r"\s*(?:,|and|&)\s*(?:the |a )?")
_WRITER = regex.compile(r"(?:chief |managing |page )?(?:editor|reporter|author|translator|interpreter|writer)s?", regex.IGNORECASE)
_PROFESSOR = regex.compile(r"(?:assoc(?:iate)?|assistant|asst)?\.? ?prof(?:essor)?\.?", regex.IGNORECASE)


def held_titles(text: str, titles: Sequence[Span], people: Sequence[Span], institutions: Sequence[Span]) -> list[Span]:
    """The titles beside a person or an institution, and those joined to one by "and"."""
    person_at = {honorific_start(text, p.start): p for p in people} | {p.start: p for p in people}
    held = [t for t in titles if _is_held(text, t, person_at, people, institutions)]
    ends = {t.start for t in held}
    more = [t for t, u in itertools.pairwise(titles) if t not in held and u.start in ends and _AND.fullmatch(text[t.end : u.start])]
    return sorted([*held, *more])


def _is_held(text: str, title: Span, person_at: dict[int, Span], people: Sequence[Span], institutions: Sequence[Span]) -> bool:
    words = text[title.start : title.end]
    after, before = _first_after(institutions, title), _last_before(institutions, title)
    has_house = (after is not None and bool(_TO_HOUSE.fullmatch(text[title.end : after.start]))) or (
        before is not None and bool(_FROM_HOUSE.fullmatch(text[before.end : title.start]))
    )
    if _PROFESSOR.fullmatch(words):
        return has_house and not any(_TO_PERSON.fullmatch(text[title.end : at]) for at in person_at if title.end <= at <= title.end + 3)
    if _WRITER.fullmatch(words) and text[title.end : title.end + 1] == ":":
        return False
    following = any(_TO_PERSON.fullmatch(text[title.end : at]) for at in range(title.end, title.end + 4) if at in person_at)
    person = _last_before(people, title)
    preceding = person is not None and bool(cue("apposition").fullmatch(text[person.end : title.start]))
    return has_house or following or preceding


def _first_after(spans: Sequence[Span], title: Span) -> Span | None:
    at = bisect_left(spans, title.end, key=lambda s: s.start)
    return spans[at] if at < len(spans) and spans[at].start - title.end < 30 else None


def _last_before(spans: Sequence[Span], title: Span) -> Span | None:
    at = bisect_left(spans, title.start, key=lambda s: s.start) - 1
    return spans[at] if at >= 0 and title.start - spans[at].end < 40 and spans[at].end <= title.start else None
