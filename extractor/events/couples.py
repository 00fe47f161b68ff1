"""A clause in, the couples that it lists out: "by A with B, C with D", "between A and B and between C and D"."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from extractor.events.clauses import Governed
    from extractor.events.drafts import Draft
    from extractor.events.reading import Reading

_ADJACENT = re.compile(r"\s*(?:\([^)]*\)\s*)?,?\s*")
_FEWEST = 2


class Couple(NamedTuple):
    """The mentions on either side of one act."""

    left: list[Governed]
    right: list[Governed]


def couples_in(reading: Reading, zone: tuple[int, int]) -> list[Couple]:
    """The couples of a clause, where it lists several; none where its acts share a side."""
    inside = [g for g in reading.governed if zone[0] <= g.point.start < zone[1] and g.nested is None and g.point.label == "institution"]
    between = _by_cue(inside, "between")
    if len(between) >= _FEWEST and all(len(group) >= _FEWEST for group in between):
        return [Couple(group, []) for group in between]
    return _with_couples(reading.scene.masked, inside)


def _by_cue(inside: list[Governed], governor: str) -> list[list[Governed]]:
    groups: dict[int, list[Governed]] = {}
    for item in inside:
        if item.governor == governor:
            groups.setdefault(item.cue, []).append(item)
    return list(groups.values())


def _with_couples(masked: str, inside: list[Governed]) -> list[Couple]:
    """As in "By A with B, C with D": each "with" stands right behind the house that it couples."""
    heads: dict[int, Governed] = {}
    for before, item in pairwise(inside):
        if item.governor == "with" and item.cue != before.cue and _ADJACENT.fullmatch(masked, before.point.end, item.cue):
            heads[item.cue] = before
    if len(heads) < _FEWEST:
        return []
    lefts = list(heads.values())
    return [
        Couple([heads[group[0].cue]], [g for g in group if g not in lefts]) for group in _by_cue(inside, "with") if group[0].cue in heads
    ]


def draft_of_couple(reading: Reading, draft: Draft, couple: Couple) -> Draft:
    """The draft of a list of acts, for one of them."""
    one = replace(draft, fillers=[f for f in draft.fillers if f.slot == "witnesses"])
    for slot, items in (("parties", couple.left), ("counterpart", couple.right)):
        for party in reading.parties(items):
            one.add(slot, party.institution, party.at, "agreement.couple", 0.9)
    return one
