"""Houses and what the relation network reads in, the houses with the parents that it is sure of out."""

from extractor.link.houses import Houses
from extractor.model.relations import Relations
from extractor.records import Kind

_TAKES, _FREES = 0.7, 0.8  # chances from which a parent is taken, and a guessed one given up; best on texts that it had not seen
_ALONE: frozenset[Kind] = frozenset({"university", "company", "media"})  # are rarely part of another


def hear_parents(houses: Houses, relations: Relations) -> Houses:
    """The houses anew; what print tells stays."""
    certain = houses.certain_parents
    first = {houses.by_mention[m.id]: m for m in reversed(houses.drafts.page.mentions)}
    read: dict[str, str | None] = {}
    for house in houses.records:
        if certain[house.id] or house.kind in _ALONE:
            continue
        chances = relations.parent(first[house.id].start, first[house.id].end)
        best = max(chances, key=lambda other: chances[other], default=None)
        if best is not None and chances[best] >= _TAKES:
            read[house.id] = best
        elif 1 - sum(chances.values()) >= _FREES:
            read[house.id] = None
    changed = {house.id for house in houses.records if house.id in read and read[house.id] != house.part_of}
    return houses.with_parents(read) if changed else houses
