"""Groups of institution mentions in, one record each out: fullest name, aliases, kind, parent, country; and who publishes the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractor.layout import Layout
from extractor.link.address import bears, labels_of
from extractor.link.coordination import whole_names
from extractor.link.countries import countries_of
from extractor.link.institutions import group_institutions
from extractor.link.kinds import kind_of
from extractor.link.naming import Name, is_misspelt, name_of
from extractor.link.page import Page
from extractor.link.parents import certain_parents, parents_of, printed_parents, without_rings
from extractor.link.publisher import edge_houses, publisher_weights, subject_weights, visiting_houses
from extractor.records import Institution, Kind, Mention

_SITE, _ADDRESS = 20.0, 12.0
_OWN_PAGE: frozenset[Kind] = frozenset({"hospital", "institute", "company", "university"})
_HOME = 0.6  # the publisher itself, or the house it is part of
_SUBJECTS: frozenset[Kind] = frozenset({"university", "hospital", "government", "association", "institute", "company"})


class Drafts(NamedTuple):
    """The houses of a page, numbered, before it is settled which is part of which; ``certain`` are parents that are printed."""

    page: Page
    forms: Sequence[Sequence[Name]]
    kinds: Sequence[Kind]
    scores: Sequence[Sequence[float]]
    certain: Mapping[int, int]
    publisher: int | None
    subject: int | None
    layout: Layout
    url: str | None


class Houses(NamedTuple):
    """Institutions of a text: records in order of first mention, the record of each mention, the publisher and the house told of."""

    records: tuple[Institution, ...]
    by_mention: Mapping[str, str]
    publisher: str | None
    subject: str | None
    drafts: Drafts

    @property
    def certain_parents(self) -> dict[str, str | None]:
        """Record -> the record above it, as far as print tells it."""
        certain = self.drafts.certain
        return {house.id: _id(certain.get(at)) for at, house in enumerate(self.records)}

    def with_parents(self, parents: Mapping[str, str | None]) -> Houses:
        """The same houses, some of them part of others than was thought."""
        number = {house.id: at for at, house in enumerate(self.records)}
        settled = {house.id: parents.get(house.id, house.part_of) for house in self.records}
        return houses_of(self.drafts, without_rings({number[unit]: number[up] for unit, up in settled.items() if up}))


def link_institutions(
    text: str,
    mentions: Sequence[Mention],
    layout: Layout,
    *,
    starts: Sequence[int],
    site: str | None,
    url: str | None,
    scores: Mapping[str, float],
) -> Houses:
    """The institutions that the mentions name.

    ``starts`` are those of sentences, ``site`` is the publisher's name as the page's metadata give it.
    """
    whole = whole_names(text, mentions)
    grouping = group_institutions(text, mentions, whole)
    groups = list(grouping.clusters.groups().values())
    number = {member: at for at, members in enumerate(groups) for member in members}
    forms = [_forms(members, grouping.names) for members in groups]
    page = Page(text, mentions, number, [names[0] for names in forms], starts)
    printed = printed_parents(grouping, number)
    edges = edge_houses(text, mentions, number, layout)
    kinds = [
        kind_of(text, names, [mentions[i] for i in members], is_at_edge=at in edges, has_parent=at in printed)
        for at, (names, members) in enumerate(zip(forms, groups, strict=True))
    ]
    kinds = [kinds[printed[at]] if page.best[at].key[-1:] == ("branch",) and at in printed else kind for at, kind in enumerate(kinds)]
    weights = publisher_weights(text, mentions, number, kinds, Counter(printed.values()), layout)
    guests = visiting_houses(text, mentions, number)
    publisher = _publisher(weights, forms, site, url, guests)
    subject = _subject(publisher, subject_weights(text, mentions, number, kinds, printed, layout), kinds, page, printed, guests)
    certain = certain_parents(page, printed)
    sure = [[scores.get(mentions[i].id, 1.0) for i in members] for members in groups]
    drafts = Drafts(page, forms, kinds, sure, certain, publisher, subject, layout, url)
    return houses_of(drafts, parents_of(page, certain, subject))


def houses_of(drafts: Drafts, parents: Mapping[int, int]) -> Houses:
    """The records of a page's houses, each part of what ``parents`` say."""
    page = drafts.page
    countries = countries_of(page, drafts.kinds, parents, drafts.subject, drafts.layout, url=drafts.url)
    records = tuple(
        Institution(
            id=f"i{at + 1}",
            name=_shown(names[0].text),
            aliases=_aliases(names),
            kind=drafts.kinds[at],
            country=countries.get(at),
            part_of=_id(parents.get(at)),
            confidence=_confidence(names[0], drafts.scores[at]),
        )
        for at, names in enumerate(drafts.forms)
    )
    by_mention = {mention.id: f"i{page.number[i] + 1}" for i, mention in enumerate(page.mentions)}
    return Houses(records, by_mention, _id(drafts.publisher), _id(drafts.subject), drafts)


def _id(at: int | None) -> str | None:
    return None if at is None else f"i{at + 1}"


def _forms(members: Sequence[int], names: Sequence[Name]) -> list[Name]:
    """The forms of a house, the fullest first, then in text order."""
    forms = list(dict.fromkeys(names[i] for i in members))
    best = max(forms, key=lambda name: (not name.is_acronym, name.kind is not None, not is_misspelt(name.text), len(name.key)))
    return [best, *(form for form in forms if form != best)]


def _shown(name: str) -> str:
    """A name on one line, without a bracket that lacks its partner."""
    words = " ".join(name.split())
    return words if words.count("(") == words.count(")") else " ".join(words.replace("(", " ").replace(")", " ").split())


def _aliases(names: Sequence[Name]) -> tuple[str, ...]:
    shown = dict.fromkeys(_shown(name.text) for name in names)
    return tuple(shown)[1:]


def _confidence(best: Name, scores: Sequence[float]) -> float:
    return round(max(scores) * (1.0 if best.kind else 0.9), 3)


def _publisher(weights: list[float], forms: Sequence[Sequence[Name]], site: str | None, url: str | None, guests: set[int]) -> int | None:
    """The house whose page this is: named by the site or its address, else by where and how often the text names it."""
    if site:
        wanted = name_of(site).key
        weights = [weight + _SITE * (wanted in {name.key for name in names}) for weight, names in zip(weights, forms, strict=True)]
    if url:
        labels = labels_of(url)
        weights = [weight + _ADDRESS * any(bears(labels, name) for name in names) for weight, names in zip(weights, forms, strict=True)]
    able = (at for at in range(len(weights)) if at not in guests)
    return max(able, key=lambda at: (weights[at], -at), default=None)


def _subject(
    publisher: int | None, weights: Sequence[float], kinds: Sequence[Kind], page: Page, parents: Mapping[int, int], guests: set[int]
) -> int | None:
    """The house that "our university" means, topmost of its kind; ``weights`` say how likely each is; none of the ``guests``."""
    if publisher is None:
        return None
    home = publisher
    seen = {home}
    while kinds[home] not in _OWN_PAGE and home in parents and parents[home] not in seen:
        home = parents[home]
        seen.add(home)
    able = [
        at
        for at, kind in enumerate(kinds)
        if kind in _SUBJECTS and at not in guests and (at not in parents or at == home) and not page.best[at].is_generic
    ]
    return max(able, key=lambda at: (weights[at] + _HOME * (at == home), -at), default=home)
