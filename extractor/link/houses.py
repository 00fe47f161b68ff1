"""Groups of institution mentions in, one record each out: fullest name, aliases, kind, parent, country; and who publishes the text."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import regex

from extractor.find.heads import UNIT_KINDS, words_of
from extractor.layout import Layout
from extractor.link.adjacency import level_of
from extractor.link.institutions import Grouping, group_institutions
from extractor.link.naming import Name, name_of
from extractor.link.places import country_in, is_country, places_in
from extractor.records import Institution, Kind, Mention
from extractor.rules.lexicon import load_lexicon

_AFTER = regex.compile(r"\)?\s*(?:,|\(|/| - | in | of |, in |, of )\s*(?:the )?((?:\p{Lu}[\p{L}.'-]+[ ,]{0,2}){1,4})")
_BEFORE = regex.compile(r"((?:\p{Lu}[\p{L}.-]+\s?){1,3})(?:'s)?[\s\"]*(?:the )?$")
_WINDOW = 60
_OURS = regex.compile(r"\b(?:our|my) (?:university|college|school|institute|hospital|campus|academy)\b", regex.IGNORECASE)
_COPYRIGHT = regex.compile(r"(?:©|\(c\)|copyright)[^\n]{0,30}$", regex.IGNORECASE)
_PAGE_PARTS = frozenset({"menu", "contact", "footer", "byline"})
_BY_NAME: frozenset[Kind] = frozenset({"university", "company", "government", "association", "media"})


class Houses(NamedTuple):
    """Institutions of a text: records in order of first mention, the record of each mention, and the publisher's id."""

    records: tuple[Institution, ...]
    by_mention: Mapping[str, str]
    publisher: str | None


class _House(NamedTuple):
    members: tuple[int, ...]
    best: Name
    kind: Kind


def link_institutions(text: str, mentions: Sequence[Mention], layout: Layout, *, site: str | None, scores: Mapping[str, float]) -> Houses:
    """The institutions that the mentions name; ``site`` is the publisher's name as the page's metadata give it."""
    grouping = group_institutions(text, mentions)
    groups = list(grouping.clusters.groups().values())
    number = {member: at for at, members in enumerate(groups) for member in members}
    houses = [_house(members, grouping.names) for members in groups]
    publisher = _publisher(text, mentions, layout, houses, number, site)
    parents = _parents(grouping, houses, number, publisher)
    countries = _countries(text, mentions, houses, parents, publisher)
    records = tuple(
        Institution(
            id=f"i{at + 1}",
            name=" ".join(house.best.text.split()),
            aliases=_aliases(house, grouping.names),
            kind=house.kind,
            country=countries.get(at),
            part_of=f"i{parents[at] + 1}" if at in parents else None,
            confidence=_confidence(house, mentions, scores),
        )
        for at, house in enumerate(houses)
    )
    by_mention = {mention.id: f"i{number[i] + 1}" for i, mention in enumerate(mentions)}
    return Houses(records, by_mention, None if publisher is None else f"i{publisher + 1}")


def _house(members: list[int], names: Sequence[Name]) -> _House:
    best = max((names[i] for i in members), key=_fullness)
    return _House(tuple(members), best, _kind(best, [names[i] for i in members]))


def _fullness(name: Name) -> tuple[bool, bool, int]:
    return not name.is_acronym, name.kind is not None, len(name.key)


def _kind(best: Name, names: Sequence[Name]) -> Kind:
    known = load_lexicon("known_institutions")
    for name in (best, *names):
        if name.text in known:
            return known[name.text]["kind"]
    if is_country(best.text):
        return "government"
    if best.kind is None:
        return next((name.kind for name in names if name.kind), "university" if best.is_acronym else "other")
    return best.kind


def _aliases(house: _House, names: Sequence[Name]) -> tuple[str, ...]:
    forms = dict.fromkeys(" ".join(names[i].text.split()) for i in house.members)
    return tuple(form for form in forms if form != " ".join(house.best.text.split()))


def _confidence(house: _House, mentions: Sequence[Mention], scores: Mapping[str, float]) -> float:
    score = max(scores.get(mentions[i].id, 1.0) for i in house.members)
    return round(score * (1.0 if house.best.kind else 0.9), 3)


def _publisher(
    text: str, mentions: Sequence[Mention], layout: Layout, houses: Sequence[_House], number: Mapping[int, int], site: str | None
) -> int | None:
    """The house whose page this is: named by the site, in the footer, the title, most often; a university before a newspaper."""
    if site:
        wanted = name_of(site)
        for at, house in enumerate(houses):
            if wanted.key in {name_of(mentions[i].text).key for i in house.members}:
                return at
    weights: Counter[int] = Counter()
    for i, mention in enumerate(mentions):
        part = layout.part_at(mention.start)
        weight = 3 if part == "title" else 2 if part in _PAGE_PARTS else 1
        if _COPYRIGHT.search(text[max(0, mention.start - 40) : mention.start]):
            weight += 3
        weights[number[i]] += weight
    able = [at for at, house in enumerate(houses) if house.kind in ("university", "government", "association", "institute", "hospital")]
    if not able:
        return None
    return max(able, key=lambda at: (weights[at] + 2 * (houses[at].kind == "university"), -at))


def _parents(grouping: Grouping, houses: Sequence[_House], number: Mapping[int, int], publisher: int | None) -> dict[int, int]:
    printed: dict[int, Counter[int]] = defaultdict(Counter)
    for unit, parent in grouping.parts:
        if number[unit] != number[parent]:
            printed[number[unit]][number[parent]] += 1
    parents = {at: max(by, key=lambda p: (by[p], -p)) for at, by in printed.items()}
    for at, house in enumerate(houses):
        if at not in parents and house.best.is_generic and level_of(house.best) < 4 and publisher not in (None, at):
            parents[at] = publisher
    return {at: parent for at, parent in parents.items() if not _is_ring(at, parents)}


def _is_ring(at: int, parents: Mapping[int, int]) -> bool:
    seen = {at}
    up = parents.get(at)
    while up is not None and up not in seen:
        seen.add(up)
        up = parents.get(up)
    return up == at


def _countries(
    text: str, mentions: Sequence[Mention], houses: Sequence[_House], parents: Mapping[int, int], publisher: int | None
) -> dict[int, str]:
    found: dict[int, str] = {}
    for at, house in enumerate(houses):
        code = _own_country(house, mentions) or _printed_country(text, house, mentions)
        if code:
            found[at] = code
    for at, house in enumerate(houses):
        up = parents.get(at)
        while up is not None and up not in found and up in parents and parents[up] != at:
            up = parents[up]
        if up in found and (house.best.is_generic or at not in found):
            found[at] = found[up]
    if publisher is not None and publisher in found:
        for at, house in enumerate(houses):
            if at not in found and house.best.is_generic and house.kind in ("government", *UNIT_KINDS):
                found[at] = found[publisher]
    return found


def _own_country(house: _House, mentions: Sequence[Mention]) -> str | None:
    known = load_lexicon("known_institutions")
    forms = dict.fromkeys([house.best.text, *(mentions[i].text for i in house.members)])
    for form in forms:
        if form in known:
            return known[form]["country"] or None
    for form in forms:
        codes = list(dict.fromkeys(code for _, code in places_in(words_of(form))))
        if len(codes) == 1 or (codes and house.kind == "government"):
            return codes[0]
        if codes:
            return codes[-1] if house.kind in ("university", "hospital") else None
    return None


def _printed_country(text: str, house: _House, mentions: Sequence[Mention]) -> str | None:
    """What stands beside a mention: ", Germany", "(Surabaya)", "in Myanmar", or a nationality before it."""
    for i in house.members:
        start, end = mentions[i].start, mentions[i].end
        after = _AFTER.match(text[end : end + _WINDOW])
        if after and (code := country_in(after[1].strip(" ,"))):
            return code
        before = _BEFORE.search(text[max(0, start - _WINDOW) : start])
        if before and (code := country_in(before[1].strip())):
            return code
    return None
