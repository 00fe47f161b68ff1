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
from extractor.link.publisher import publisher_weights
from extractor.records import Institution, Kind, Mention
from extractor.rules.lexicon import load_lexicon

_AFTER = regex.compile(r"\)?\s*(?:,|\(|/| - | in | of |, in |, of )\s*(?:the )?((?:\p{Lu}[\p{L}.'-]+[ ,]{0,2}){1,4})")
_BEFORE = regex.compile(r"((?:\p{Lu}[\p{L}.-]+\s?){1,3})(?:'s)?[\s\"]*(?:the )?$")
_WINDOW = 60
_SITE = 20.0
_SUBJECTS: frozenset[Kind] = frozenset({"university", "hospital", "government", "association", "institute", "company"})


class Houses(NamedTuple):
    """Institutions of a text: records in order of first mention, the record of each mention, the publisher and the house told of."""

    records: tuple[Institution, ...]
    by_mention: Mapping[str, str]
    publisher: str | None
    subject: str | None


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
    printed = _printed_parents(grouping, number)
    publisher, weights = _publisher(text, mentions, layout, houses, number, Counter(printed.values()), site)
    subject = _subject(publisher, weights, houses, printed)
    parents = _parents(printed, houses, subject)
    countries = _countries(text, mentions, houses, parents, subject)
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
    return Houses(records, by_mention, _id(publisher), _id(subject))


def _id(at: int | None) -> str | None:
    return None if at is None else f"i{at + 1}"


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
    text: str, mentions: Sequence[Mention], layout: Layout, houses: Sequence[_House], number: Mapping[int, int], units: Mapping[int, int], site: str | None
) -> tuple[int | None, list[float]]:
    """The house whose page this is: named by the site, else by where and how often the text names it."""
    weights = publisher_weights(text, mentions, number, [house.kind for house in houses], units, layout)
    if site:
        wanted = name_of(site)
        for at, house in enumerate(houses):
            if wanted.key in {name_of(mentions[i].text).key for i in house.members}:
                weights[at] += _SITE
    return max(range(len(houses)), key=lambda at: (weights[at], -at), default=None), weights


def _subject(publisher: int | None, weights: Sequence[float], houses: Sequence[_House], parents: Mapping[int, int]) -> int | None:
    """The house that "our university" means: the publisher or the house it is part of; with a newspaper, the first house of its text."""
    if publisher is None:
        return None
    if houses[publisher].kind == "media":
        others = [at for at, house in enumerate(houses) if house.kind in _SUBJECTS]
        publisher = max(others, key=lambda at: (weights[at], -at), default=publisher)
    seen = {publisher}
    while publisher in parents and parents[publisher] not in seen:
        publisher = parents[publisher]
        seen.add(publisher)
    if houses[publisher].best.is_generic and level_of(houses[publisher].best) < 4:
        able = [at for at, house in enumerate(houses) if house.kind == "university"]
        publisher = max(able, key=lambda at: (weights[at], -at), default=publisher)
    return publisher


def _printed_parents(grouping: Grouping, number: Mapping[int, int]) -> dict[int, int]:
    printed: dict[int, Counter[int]] = defaultdict(Counter)
    for unit, parent in grouping.parts:
        if number[unit] != number[parent]:
            printed[number[unit]][number[parent]] += 1
    return {at: max(by, key=lambda p: (by[p], -p)) for at, by in printed.items()}


def _parents(printed: Mapping[int, int], houses: Sequence[_House], subject: int | None) -> dict[int, int]:
    parents = dict(printed)
    for at, house in enumerate(houses):
        if at not in parents and house.best.is_generic and level_of(house.best) < 4 and subject is not None and subject != at:
            parents[at] = subject
    return {at: parent for at, parent in parents.items() if not _is_ring(at, parents)}


def _is_ring(at: int, parents: Mapping[int, int]) -> bool:
    seen = {at}
    up = parents.get(at)
    while up is not None and up not in seen:
        seen.add(up)
        up = parents.get(up)
    return up == at


def _countries(
    text: str, mentions: Sequence[Mention], houses: Sequence[_House], parents: Mapping[int, int], subject: int | None
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
    if subject is not None and subject in found:
        for at, house in enumerate(houses):
            if at not in found and house.best.is_generic and house.kind in ("government", *UNIT_KINDS):
                found[at] = found[subject]
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
