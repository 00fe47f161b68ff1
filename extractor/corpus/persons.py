"""People of many texts in, groups that are one person in the world out: the same name and a shared institution, else kept apart."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from extractor.corpus.clusters import Clusters
from extractor.corpus.gather import Human, Key, Telling
from extractor.corpus.names import has_initials, person_key

_SIDES = {"signatories": "parties", "leaders": "visitors", "delegates": "visitors", "receivers": "hosts", "attendees": "participants"}
_CROWD = 30  # bearers of a name: more are not listed pair by pair


class Namesakes(NamedTuple):
    """Two groups of one name that no institution ties."""

    a: Key
    b: Key
    reason: str


class People(NamedTuple):
    """``groups`` are records (text, id) of one person each; ``houses`` the organisations that tie them, by the first record."""

    groups: tuple[tuple[Key, ...], ...]
    houses: Mapping[Key, tuple[str, ...]]
    doubts: tuple[Namesakes, ...]


def group_people(records: Sequence[Human], tellings: Sequence[Telling], house_of: Mapping[Key, str], copies: Mapping[str, str]) -> People:
    """Which records are one person. ``house_of`` gives the organisation behind an institution (text, id), units as their top house."""
    houses = _houses(records, tellings, house_of)
    clusters: Clusters[Key] = Clusters((r.doc_id, r.id) for r in records)
    by_name: dict[tuple[str, ...], list[Key]] = defaultdict(list)
    for record in records:
        by_name[person_key(record.name)].append((record.doc_id, record.id))
    for name, bearers in by_name.items():
        if len(name) > 1:
            _join_bearers(bearers, houses, copies, clusters)
    groups = tuple(sorted(tuple(sorted(group)) for group in clusters.groups()))
    held = {group[0]: tuple(sorted({h for key in group for h in houses[key]})) for group in groups}
    return People(groups, held, tuple(sorted(_doubts(by_name, clusters))))


def _houses(records: Sequence[Human], tellings: Sequence[Telling], house_of: Mapping[Key, str]) -> dict[Key, set[str]]:
    """The organisations of each person's posts; for those without a post, the side on which they act, where it is one organisation."""
    houses = {(r.doc_id, r.id): {house_of[r.doc_id, h] for h in r.houses} for r in records}
    for telling in tellings:
        for slot, person in telling.people:
            side = {house_of[telling.doc_id, h] for s, h in telling.houses if s == _SIDES.get(slot)}
            if len(side) == 1 and not houses[telling.doc_id, person]:
                houses[telling.doc_id, person] |= side
    return houses


def _join_bearers(bearers: Sequence[Key], houses: Mapping[Key, set[str]], copies: Mapping[str, str], clusters: Clusters[Key]) -> None:
    first: dict[tuple[str, str], Key] = {}
    for key in bearers:
        for house in houses[key]:
            clusters.join(first.setdefault(("house", house), key), key)
        twin = first.setdefault(("text", copies.get(key[0], key[0])), key)
        if twin[0] != key[0]:
            clusters.join(twin, key)


def _doubts(by_name: Mapping[tuple[str, ...], Sequence[Key]], clusters: Clusters[Key]) -> list[Namesakes]:
    found = []
    for name, bearers in by_name.items():
        first: dict[Key, Key] = {}
        for key in sorted(bearers):
            first.setdefault(clusters.head(key), key)
        if len(name) > 1 and 1 < len(first) <= _CROWD:
            reason = "same initials and name" if has_initials(name) else "same name, no shared institution"
            found += [Namesakes(a, b, reason) for a, b in combinations(first.values(), 2)]
    return found
