"""Groups and the ids of an earlier run in, lasting ids and a log of what changed out.

A group keeps the id that most of its members had before; a new group's id is a digest of what names it, so that equal corpora give equal
ids.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, count
from typing import Literal, NamedTuple

Kind = Literal["organization", "person", "agreement"]
Change = Literal["new", "merged", "split", "gone"]
_LENGTH = 12  # characters of 5 bits


class Group(NamedTuple):
    """``anchor`` names the group; ``marks`` tell its members, the same in every run over the same texts."""

    anchor: str
    marks: tuple[str, ...]


class IdChange(NamedTuple):
    """An id that is not what it was: ``merged`` into others, ``split`` over others, ``gone`` or ``new``."""

    kind: Kind
    id: str
    change: Change
    others: tuple[str, ...]


def assign_ids(kind: Kind, groups: Sequence[Group], earlier: Mapping[str, str]) -> tuple[tuple[str, ...], tuple[IdChange, ...]]:
    """An id for each group. ``earlier`` is the id of each mark in the run before, empty on the first."""
    old = [Counter(earlier[mark] for mark in group.marks if mark in earlier) for group in groups]
    kept = _inherit(groups, old)
    taken = set(earlier.values()) | set(kept.values())
    ids: list[str] = []
    for at, group in enumerate(groups):
        ids.append(kept.get(at) or _fresh(kind, group, taken))
        taken.add(ids[-1])
    return tuple(ids), tuple(sorted(_changes(kind, ids, old, earlier))) if earlier else ()


def _inherit(groups: Sequence[Group], old: Sequence[Counter[str]]) -> dict[int, str]:
    """Which group takes which old id: the most members first, each id and each group once."""
    claims = sorted(
        (-n, id_, group.anchor, at) for at, (group, counts) in enumerate(zip(groups, old, strict=True)) for id_, n in counts.items()
    )
    kept: dict[int, str] = {}
    given: set[str] = set()
    for _, id_, _, at in claims:
        if at not in kept and id_ not in given:
            kept[at] = id_
            given.add(id_)
    return kept


def _fresh(kind: Kind, group: Group, taken: set[str]) -> str:
    """A new id; groups of one anchor, such as two papers of one day, are told apart by their members."""
    attempts = chain(("", *sorted(set(group.marks))), map(str, count()))
    candidates = (f"{kind[0]}_{digest(f'{kind}|{group.anchor}|{attempt}')}" for attempt in attempts)
    return next(id_ for id_ in candidates if id_ not in taken)


def digest(words: str) -> str:
    """60 bits of a SHA-256 as 12 letters and digits."""
    raw = hashlib.sha256(words.encode(errors="surrogatepass")).digest()
    return base64.b32encode(raw).decode().lower()[:_LENGTH]


def _changes(kind: Kind, ids: Sequence[str], old: Sequence[Counter[str]], earlier: Mapping[str, str]) -> Iterable[IdChange]:
    now: dict[str, set[str]] = {id_: set() for id_ in earlier.values()}
    for id_, counts in zip(ids, old, strict=True):
        for before in counts:
            now[before].add(id_)
        if not counts:
            yield IdChange(kind, id_, "new", ())
    for before, after in now.items():
        others = tuple(sorted(after - {before}))
        if not after:
            yield IdChange(kind, before, "gone", ())
        elif before not in after:
            yield IdChange(kind, before, "merged", others)
        elif others:
            yield IdChange(kind, before, "split", others)
