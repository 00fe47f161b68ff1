"""Spans in, the entities that they name out, linked within one text."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from extractor.layout import Layout
from extractor.link.dates import DatedText, link_dates
from extractor.link.houses import Houses, link_institutions
from extractor.link.parents_read import hear_parents
from extractor.link.people import People, link_people
from extractor.link.roles import link_roles
from extractor.link.scene import Scene
from extractor.model.masked import Name
from extractor.model.relations import RelationReader, Relations
from extractor.parse import sentences_of, text_of
from extractor.records import Entities, Mention, Source
from extractor.settings import Settings
from extractor.spans import Span


class Names(NamedTuple):
    """The mentions of a text and whom and what they name, before their posts are read; ``scores`` are those of the spans."""

    text: str
    mentions: tuple[Mention, ...]
    starts: list[int]
    scores: Mapping[str, float]
    houses: Houses
    people: People
    dated: DatedText

    @property
    def by_mention(self) -> dict[str, str]:
        """The institution, person or date of each mention that names one."""
        return {**self.houses.by_mention, **self.people.by_mention, **{date.mention: date.id for date in self.dated.dates}}


def link_names(doc: Doc, spans: Sequence[Span], layout: Layout, *, source: Source, site: str | None, settings: Settings) -> Names:
    """Institutions, people and dates of a text."""
    text = text_of(doc)
    mentions = tuple(
        Mention(id=f"m{i}", label=span.label, start=span.start, end=span.end, text=text[span.start : span.end], entity=None, rule=span.rule)
        for i, span in enumerate(spans, 1)
    )
    scores = {mention.id: span.score for mention, span in zip(mentions, spans, strict=True)}
    starts = [start for start, _ in sentences_of(doc)]
    houses = link_institutions(text, _labelled(mentions, "institution"), layout, starts=starts, site=site, url=source.url, scores=scores)
    people = link_people(text, _labelled(mentions, "person"), layout, scores=scores)
    dated = link_dates(doc, mentions, layout, published=source.published, date_order=settings.date_order)
    return Names(text, mentions, starts, scores, houses, people, dated)


def read_relations(reader: RelationReader, names: Names) -> Relations:
    """What the relation network reads in a text whose names are known."""
    kinds = {house.id: house.kind for house in names.houses.records}
    named = names.by_mention
    masked = [
        Name(m.start, m.end, m.label, named.get(m.id, m.id if m.label == "role" else None), kinds.get(named.get(m.id, ""), "other"))
        for m in names.mentions
    ]
    return reader.read(names.text, masked, parents=names.houses.certain_parents, publisher=names.houses.publisher)


def link_posts(names: Names, relations: Relations | None = None) -> Entities:
    """The entities of a text, with the posts that it tells; where print tells no parent and no house, ``relations`` may."""
    if relations is not None:
        names = names._replace(houses=hear_parents(names.houses, relations))
    named = {**names.houses.by_mention, **names.people.by_mention}
    scene = Scene(names.text, [m for m in names.mentions if m.label != "date"], named, names.starts)
    roles = link_roles(scene, names.houses, scores=names.scores, relations=relations)
    return Entities(
        mentions=_with_entities(names.mentions, {**names.by_mention, **roles.by_mention}),
        institutions=names.houses.records,
        people=names.people.records,
        roles=roles.records,
        dates=names.dated.dates,
        publisher=names.houses.publisher,
        published=names.dated.published,
        published_from=names.dated.published_from,
        warnings=names.dated.warnings,
    )


def _labelled(mentions: Sequence[Mention], label: str) -> list[Mention]:
    return [mention for mention in mentions if mention.label == label]


def _with_entities(mentions: Sequence[Mention], named: Mapping[str, str]) -> tuple[Mention, ...]:
    return tuple(mention.model_copy(update={"entity": named.get(mention.id)}) for mention in mentions)
