"""Role mentions in their scene in, records out: who holds which title where, and whether still."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import regex

from extractor.find.heads import fold
from extractor.link.holders import Holder, holder_of
from extractor.link.houses import Houses
from extractor.link.posts import Post, is_of_state, post_of
from extractor.link.scene import Scene
from extractor.records import Extent, Rank, Role, Status
from extractor.rules.lexicon import load_lexicon

_BEFORE = 28
_LEVELS = {"president", "vice_president", "chancellor", "provost"}
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


def link_roles(scene: Scene, houses: Houses, *, scores: Mapping[str, float]) -> Roles:
    """The posts that the role mentions tell."""
    taken: dict[int, Holder] = {}
    drafts: list[_Draft] = []
    covered: dict[str, int] = {}
    for at, item in enumerate(scene.items):
        if item.label != "role":
            continue
        holder = holder_of(scene, at, taken)
        if holder:
            taken[at] = holder
        for draft in _drafts(scene, at, holder, houses, drafts, scores.get(item.id, 1.0)):
            same = _recorded(draft, drafts)
            if same is None:
                drafts.append(draft)
                same = len(drafts) - 1
            covered.setdefault(item.id, same)
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
    scene: Scene, at: int, holder: Holder | None, houses: Houses, drafts: Sequence[_Draft], score: float
) -> list[_Draft]:
    item = scene.items[at]
    post = post_of(scene, at, holder)
    if holder is None and (post is None or is_of_state(item.text)):
        return []
    people: tuple[int | None, ...] = holder.people if holder else (None,)
    title = " ".join(item.text.split())
    made = []
    for person in people:
        who = None if person is None else scene.who(person)
        where = scene.who(post.at) if post else _context(scene, at, who, title, houses, drafts)
        confidence = score * _CONFIDENCE[holder.manner if holder else "none"] * (1.0 if post else 0.8)
        made.append(_Draft(title, who, where, status_of(scene.text, item.start, title), at, _extent(scene, at, person, post), confidence))
    return made


def _extent(scene: Scene, at: int, person: int | None, post: Post | None) -> tuple[int, int]:
    ends = [scene.items[i] for i in (at, person, post.at if post else None) if i is not None]
    return min(m.start for m in ends), max(m.end for m in ends)


def _context(scene: Scene, at: int, who: str | None, title: str, houses: Houses, drafts: Sequence[_Draft]) -> str | None:
    """The institution of a post whose house is not printed beside it."""
    if is_of_state(title):
        return None
    for draft in reversed(drafts):
        if draft.person == who and draft.institution and who:
            return draft.institution
    return houses.publisher


def _recorded(draft: _Draft, drafts: Sequence[_Draft]) -> int | None:
    """The record that a draft repeats: the same post, or a shorter title of the same person and house."""
    for number, other in enumerate(drafts):
        if other.person != draft.person or (draft.person is None and other.institution != draft.institution):
            continue
        short, full = fold(draft.title), fold(other.title)
        if draft.institution in (other.institution, None) and (short == full or _is_shorter(short, full)):
            return number
        if short == full and draft.confidence < other.confidence:
            return number
    return None


def _is_shorter(short: str, full: str) -> bool:
    return full.startswith(f"{short} ") or full.startswith(f"{short},") or full.endswith(f" {short}")


def status_of(text: str, start: int, title: str) -> Status:
    """Whether a post is held now, as the words before and in the title tell."""
    window = fold(text[max(0, start - _BEFORE) : start])
    plain = fold(title)
    words: Mapping[Status, list[str]] = load_lexicon("titles")["status"]
    for status, forms in words.items():
        for form in forms:
            if regex.search(rf"\b{regex.escape(form)}[\s-]+(?:the\s|a\s)?$", window) or plain.startswith(f"{form} "):
                return status
    return "current"


@cache
def _ranks() -> tuple[tuple[str, Rank], ...]:
    ranks: Mapping[Rank, list[str]] = load_lexicon("titles")["ranks"]
    pairs = [(fold(head), rank) for rank, heads in ranks.items() for head in heads]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


@cache
def rank_of(title: str) -> Rank:
    """The rank that a title tells: its longest known head, the first in the title among equals."""
    plain = f" {regex.sub(r'[^a-z0-9-]+', ' ', fold(title))} "
    stems = f"{plain} {regex.sub(r's(?= )', '', plain)} "
    return next((rank for head, rank in _ranks() if f" {regex.sub(r'[^a-z0-9-]+', ' ', head)} " in stems), "other")
