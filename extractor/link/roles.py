"""Role mentions in their scene in, records out: who holds which title where, and whether still."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from extractor.find.heads import fold
from extractor.link.context import house_in_context, houses_apart, is_occupation, points_to_house, told_house
from extractor.link.holders import Holder, holder_of, is_apart
from extractor.link.houses import Houses
from extractor.link.posts import Post, is_of_state, post_of
from extractor.link.scene import Scene
from extractor.model.relations import Relations
from extractor.records import Extent, Rank, Role, Status
from extractor.rules.lexicon import load_lexicon

_BEFORE = 28
_PRINTED, _TOLD, _NEAR = 3, 2, 1
_SURE = 0.8  # chance from which the network is heard, best on texts that it had not seen
_BREAKS = regex.compile(r"[^a-z0-9-]+")
_PLURAL = regex.compile(r"s(?= )")
_CONFIDENCE = {"title": 0.95, "after": 0.93, "list": 0.9, "before": 0.85, "copula": 0.8, "chain": 0.85, "none": 0.75}


class Roles(NamedTuple):
    """Records in order of first mention, and the first record of each role mention."""

    records: tuple[Role, ...]
    by_mention: Mapping[str, str]


class _Draft(NamedTuple):
    title: str
    person: str | None
    institution: str | None
    status: Status
    at: int
    evidence: tuple[int, int]
    confidence: float
    certainty: int  # of the institution: 3 printed beside the title, 2 pointed to, 1 near


def link_roles(scene: Scene, houses: Houses, *, scores: Mapping[str, float], relations: Relations | None = None) -> Roles:
    """The posts that the role mentions tell; where no rule tells the house, ``relations`` may."""
    taken: dict[int, Holder] = {}
    drafts: list[_Draft] = []
    covered: dict[str, int] = {}
    for at, item in enumerate(scene.items):
        if item.label != "role":
            continue
        holder = holder_of(scene, at, taken)
        if holder:
            taken[at] = holder
        for draft in _drafts(scene, at, holder, houses, drafts, scores.get(item.id, 1.0), relations):
            same = _recorded(draft, drafts)
            if same is None:
                drafts.append(draft)
                same = len(drafts) - 1
            elif draft.certainty > drafts[same].certainty:
                drafts[same] = drafts[same]._replace(institution=draft.institution, certainty=draft.certainty, evidence=draft.evidence)
            covered.setdefault(item.id, same)
    drafts, covered = _without_unnamed(drafts, covered)
    records = tuple(
        Role(
            id=f"r{number}",
            title=draft.title,
            rank=rank_of(draft.title),
            person=draft.person,
            institution=draft.institution,
            status=draft.status,
            mention=scene.items[draft.at].id,
            evidence=Extent(start=draft.evidence[0], end=draft.evidence[1]),
            confidence=round(draft.confidence, 3),
        )
        for number, draft in enumerate(drafts, 1)
    )
    return Roles(records, {mention: f"r{number + 1}" for mention, number in covered.items()})


def _drafts(
    scene: Scene, at: int, holder: Holder | None, houses: Houses, drafts: Sequence[_Draft], score: float, relations: Relations | None
) -> list[_Draft]:
    item = scene.items[at]
    post = post_of(scene, at, holder)
    if (holder is None and (post is None or is_of_state(item.text))) or (
        post is None and is_occupation(item.text) and not points_to_house(scene.text, item.end)
    ):
        return []
    people: tuple[int | None, ...] = holder.people if holder else (None,)
    title = " ".join(item.text.split())
    apart = houses_apart(scene, at, houses, len(people)) if post is None and len(people) > 1 and is_apart(scene, at) else []
    made = []
    for number, person in enumerate(people):
        who = None if person is None else scene.who(person)
        where, certainty = (
            (scene.who(post.at), _PRINTED)
            if post
            else (apart[number], _TOLD)
            if apart
            else _context(scene, at, person, houses, drafts, relations)
        )
        confidence = score * _CONFIDENCE[holder.manner if holder else "none"] * (1.0 if post else 0.8)
        made.append(
            _Draft(title, who, where, status_of(scene.text, item.start, title), at, _extent(scene, at, person, post), confidence, certainty)
        )
    return made


def sure(chances: Mapping[str, float], least: float) -> tuple[bool, str | None]:
    """Whether one entity, or there being none, is at least so likely; and which, None for none."""
    best = max(chances, key=lambda entity: chances[entity], default=None)
    if best is not None and chances[best] >= least:
        return True, best
    return 1 - sum(chances.values()) >= least, None


def _extent(scene: Scene, at: int, person: int | None, post: Post | None) -> tuple[int, int]:
    ends = [scene.items[i] for i in (at, person, post.at if post else None) if i is not None]
    return min(m.start for m in ends), max(m.end for m in ends)


def _context(
    scene: Scene, at: int, person: int | None, houses: Houses, drafts: Sequence[_Draft], relations: Relations | None
) -> tuple[str | None, int]:
    """The institution of a post whose house is not printed beside it, and how certain it is.

    It is told otherwise, or that of the holder's other post, or near.
    """
    previous = (drafts[-1].at, drafts[-1].institution) if drafts and drafts[-1].institution else None
    told = told_house(scene, at, houses, person=person, previous=previous)
    item = scene.items[at]
    if told or is_of_state(item.text):
        return told, _TOLD
    read = relations.post(item.start, item.end) if relations else None
    is_sure, house = sure(read.institutions, _SURE) if read else (False, None)
    if is_sure:
        return house, _NEAR
    if person is not None:
        who = scene.who(person)
        for draft in reversed(drafts):
            if draft.person == who and draft.institution:
                return draft.institution, _NEAR
    return house_in_context(scene, at, houses, previous=previous), _NEAR


def _recorded(draft: _Draft, drafts: Sequence[_Draft]) -> int | None:
    """The record that a draft repeats: the same post, or a shorter title of the same person and house."""
    for number, other in enumerate(drafts):
        if draft.person is None:
            if other.institution == draft.institution and _is_same_post(draft, other):
                return number
        elif other.person == draft.person:
            if draft.institution in (other.institution, None) and _is_same_post(draft, other):
                return number
            if fold(draft.title) == fold(other.title) and min(draft.certainty, other.certainty) < _PRINTED:
                return number
    return None


def _is_same_post(draft: _Draft, other: _Draft) -> bool:
    short, full = fold(draft.title), fold(other.title)
    return short == full or _is_shorter(short, full)


def _without_unnamed(drafts: list[_Draft], covered: dict[str, int]) -> tuple[list[_Draft], dict[str, int]]:
    """The drafts without those of unnamed people whose holder the text names elsewhere."""
    instead: dict[int, int] = {}
    for number, draft in enumerate(drafts):
        if draft.person is None:
            named = (
                n
                for n, other in enumerate(drafts)
                if other.person and other.institution == draft.institution and _is_same_post(draft, other)
            )
            instead[number] = next(named, number)
    kept = [number for number in range(len(drafts)) if instead.get(number, number) == number]
    place = {number: at for at, number in enumerate(kept)}
    return [drafts[number] for number in kept], {mention: place[instead.get(number, number)] for mention, number in covered.items()}


def _is_shorter(short: str, full: str) -> bool:
    return full.startswith((f"{short} ", f"{short},")) or full.endswith(f" {short}")


@cache
def _statuses() -> tuple[tuple[Status, "regex.Pattern[str]", "regex.Pattern[str]"], ...]:
    words: Mapping[Status, list[str]] = load_lexicon("titles")["status"]
    return tuple(
        (status, regex.compile(rf"\b(?:{forms})[\s-]+(?:the\s|a\s)?$"), regex.compile(rf"(?:{forms}) "))
        for status, listed in words.items()
        for forms in ["|".join(regex.escape(fold(form)) for form in listed)]
    )


def status_of(text: str, start: int, title: str) -> Status:
    """Whether a post is held now, as the words before and in the title tell."""
    window, plain = fold(text[max(0, start - _BEFORE) : start]), fold(title)
    return next((status for status, before, opening in _statuses() if before.search(window) or opening.match(plain)), "current")


@cache
def _ranks() -> tuple[tuple[str, Rank], ...]:
    ranks: Mapping[Rank, list[str]] = load_lexicon("titles")["ranks"]
    pairs = [(_spaced(head), rank) for rank, heads in ranks.items() for head in heads]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@lru_cache(maxsize=1 << 12)
def rank_of(title: str) -> Rank:
    """The rank that a title tells: its longest known head, the first in the title among equals."""
    plain = _spaced(title)
    stems = plain + _PLURAL.sub("", plain)
    return next((rank for head, rank in _ranks() if head in stems), "other")


def _spaced(title: str) -> str:
    return f" {_BREAKS.sub(' ', fold(title)).strip()} "
