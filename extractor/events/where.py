"""A draft's clause in, the city or the building where the act happened out."""

from __future__ import annotations

import re
from functools import cache

from extractor.events.drafts import Draft
from extractor.events.phrases import Phrase
from extractor.events.scene import INSTITUTION, Scene
from extractor.find.heads import words_of
from extractor.find.places import listed_countries, load_places

_BUILDING = (
    r"(?:hall|campus|building|room|cent(?:re|er)|house|palace|palazzo|hotel|auditorium|chambers?|office|lounge|theat(?:re|er)|tower|park|castle|square|"
    r"pavilion|headquarters|library|museum|residence|embassy|stadium|courtyard|chapel|aula|rectorate|secretariat)"
)
_NAME = r"(?:(?:[A-Z\u00c0-\u00de][\w'\u2019&.-]*|of|the|de|di|du|del|la|and|for)\s+){0,6}?"
_AT_BUILDING = re.compile(
    rf"\b(?:at|in|inside|to)\s+(?:the\s+|his\s+|its\s+|our\s+)?(?P<place>{_NAME}(?-i:[A-Z\u00c0-\u00de])?{_BUILDING}(?:\s+[A-Z]?\d+[A-Z]?)?)\b",
    re.IGNORECASE,
)
_AT_CITY = re.compile(r"\b(?:in|at|to)\s+(?P<place>[A-Z\u00c0-\u00de][\w'\u2019-]+(?:\s+[A-Z\u00c0-\u00de][\w'\u2019-]+){0,2})")
_DATELINE = re.compile(
    r"^\W*(?P<place>[A-Z\u00c0-\u00de][\w'\u2019-]+(?:\s+[A-Z\u00c0-\u00de][\w'\u2019-]+){0,2})(?:,[^\n\u2013\u2014-]{0,40})?[\s,\ue003()]*(?:--|[\u2013\u2014:-])"
)
_NO_PLACE = Phrase("where.no_place")
_HERE = Phrase("where.here")


@cache
def _countries() -> frozenset[tuple[str, ...]]:
    return frozenset(words_of(country["name"]) for country in listed_countries().values())


def is_city(words: str) -> bool:
    """Whether some words are the name of a place smaller than a country."""
    folded = words_of(words)
    return folded in load_places() and folded not in _countries() and _NO_PLACE.fullmatch(words) is None


def add_places(scene: Scene, drafts: list[Draft]) -> None:
    """Read where each act happened, of those whose own clause tells it."""
    for draft in drafts:
        if draft.place is None and draft.type != "appointment":
            draft.place = _place(scene, draft)


def _place(scene: Scene, draft: Draft) -> tuple[int, int] | None:
    start, end = draft.zone
    found = [
        m
        for m in _AT_BUILDING.finditer(scene.masked, start, end)
        if m["place"][:1].isupper() and INSTITUTION not in m["place"] and " " in m["place"]
    ]
    if found:
        return found[0].span("place")
    for match in _AT_CITY.finditer(scene.masked, start, end):
        words = match["place"].split()
        for count in range(len(words), 0, -1):
            name = " ".join(words[:count])
            if is_city(name):
                return match.start("place"), match.start("place") + len(name)
    return _dateline(scene, draft) if _HERE.search(scene.masked, start, end) else None


def _dateline(scene: Scene, draft: Draft) -> tuple[int, int] | None:
    """As in "HANOI, 3 May – … signed here": the place of the dateline."""
    for sentence in scene.sentences[: draft.sentence + 1]:
        found = _DATELINE.match(scene.masked, sentence.start, sentence.end)
        if found and is_city(found["place"]):
            return found.span("place")
    return None
