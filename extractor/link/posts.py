"""A role mention, its holder and its scene in, the institution of the post out."""

from functools import cache, lru_cache
from typing import NamedTuple

import regex

from extractor.find.cues import cue
from extractor.find.heads import fold
from extractor.find.places import country_in, is_country
from extractor.link.adjacency import level_of
from extractor.link.holders import Holder
from extractor.link.naming import name_of
from extractor.link.scene import Scene
from extractor.rules.lexicon import load_lexicon

_STOP = regex.compile(r"\s*(?:\([^()\n]{1,40}\)\s*)?(?:[,.;:)\n]|$|and\b|-|–)")
_OWNER = regex.compile(r"(?:the\s)?(?P<nation>\p{Lu}[\p{L}.]*(?:\s\p{Lu}\p{L}+){0,2}?)(?:'s|')\s?$")
_HOUSE = 4  # the level of universities, companies, ministries
_PRESIDENTS = regex.compile(r"\b(?:president|chancellor)\b")


class Post(NamedTuple):
    """The institution of a post: the item that names it, tied to the title in print."""

    at: int


def post_of(scene: Scene, at: int, holder: Holder | None) -> Post | None:
    """The printed institution of the post at item ``at``."""
    after = _after(scene, at)
    if after is not None:
        return Post(after)
    before = _owner(scene, at, holder)
    if before is not None:
        return Post(before)
    if holder:
        around = _around_person(scene, at, holder)
        if around is not None:
            return Post(around)
    return None


def _after(scene: Scene, at: int) -> int | None:
    on = at + 1
    gap = _without_nation(scene.gap(at))
    if scene.kind(on) == "role" and cue("and_title").fullmatch(gap) and "\n" not in gap:
        return None if is_of_state(scene.items[at].text) else _after(scene, on)
    if scene.kind(on) != "institution" or "\n" in gap or not cue("post_of").fullmatch(gap):
        return None
    if gap.strip() in (",", "", "(") and _belongs_to_next(scene, on):
        return None
    while scene.kind(on + 1) == "institution" and scene.gap(on) in ("'s ", " ", "' ") and _is_unit(scene, on + 1):
        on += 1
    return on


def _without_nation(gap: str) -> str:
    """The gap without the country that owns what follows: "director of the United States' "."""
    owner = _OWNER.search(gap)
    return gap[: owner.start()] if owner and is_country(owner["nation"]) else gap


def _is_unit(scene: Scene, at: int) -> bool:
    return level_of(name_of(scene.items[at].text)) < _HOUSE


def _ends_phrase(scene: Scene, at: int) -> bool:
    """Whether nothing but a bracket stands between an institution and a stop, so that it is no subject of a verb."""
    return bool(_STOP.match(scene.text, scene.items[at].end))


def _belongs_to_next(scene: Scene, on: int) -> bool:
    """Whether an institution opens the next post: ", NWU Vice President Chen"."""
    return scene.kind(on + 1) == "role" and scene.gap(on).strip() in ("", "'s")


def _owner(scene: Scene, at: int, holder: Holder | None) -> int | None:
    gap = scene.gap(at - 1)
    if scene.kind(at - 1) == "institution" and cue("owns_post").fullmatch(gap) and "\n" not in gap:
        if gap.strip() == "" and holder and holder.manner in ("after", "chain") and scene.text[scene.items[at - 1].end] == "\n":
            return None
        return at - 1
    if scene.kind(at - 1) == "role" and cue("and_title").fullmatch(gap) and "\n" not in gap and scene.kind(at - 2) == "institution":
        return _owner(scene, at - 1, holder)
    return None


def _around_person(scene: Scene, at: int, holder: Holder) -> int | None:
    """As in "President Chen of NWU", "Chen (NWU), President"."""
    last, first = holder.people[-1], holder.people[0]
    gap = scene.gap(last)
    if last > at and scene.kind(last + 1) == "institution" and "\n" not in gap and cue("person_of").fullmatch(gap):
        is_loose = gap.strip() in (",", "")
        if not is_loose or (_ends_phrase(scene, last + 1) and not _belongs_to_next(scene, last + 1)):
            return last + 1
    if first < at and scene.kind(first + 1) == "institution" and first + 1 < at and cue("person_of").fullmatch(scene.gap(first)):
        return first + 1
    return None


@cache
def _state_heads() -> "regex.Pattern[str]":
    heads = "|".join(regex.escape(fold(head)) for head in load_lexicon("titles")["state_heads"])
    return regex.compile(rf"\b(?:{heads})s?\b")


@lru_cache(maxsize=1 << 12)
def is_of_state(title: str) -> bool:
    """Whether a post is an office of a state, which has no institution: "German Ambassador to China", "Prime Minister"."""
    plain = fold(title)
    return bool(cue("of_state").search(plain)) or (bool(_state_heads().search(plain)) and not _is_academic(plain))


def _is_academic(plain: str) -> bool:
    if cue("academic").search(plain):
        return True
    return bool(_PRESIDENTS.search(plain)) and country_in(plain) is None and "federal" not in plain
