"""Spans in, the entities that they name out, linked within one text."""

from collections.abc import Mapping, Sequence

from spacy.tokens import Doc

from extractor.layout import Layout
from extractor.link.dates import link_dates
from extractor.link.houses import link_institutions
from extractor.link.people import link_people
from extractor.link.roles import link_roles
from extractor.link.scene import Scene
from extractor.parse import sentences_of, text_of
from extractor.records import Entities, Mention, Source
from extractor.settings import Settings
from extractor.spans import Span


def link_entities(doc: Doc, spans: Sequence[Span], layout: Layout, *, source: Source, site: str | None, settings: Settings) -> Entities:
    """Institutions, people, roles and dates of a text, each with its mentions."""
    text = text_of(doc)
    mentions = tuple(
        Mention(id=f"m{i}", label=span.label, start=span.start, end=span.end, text=text[span.start : span.end], entity=None, rule=span.rule)
        for i, span in enumerate(spans, 1)
    )
    scores = {mention.id: span.score for mention, span in zip(mentions, spans, strict=True)}
    starts = [start for start, _ in sentences_of(doc)]
    houses = link_institutions(text, _labelled(mentions, "institution"), layout, starts=starts, site=site, url=source.url, scores=scores)
    people = link_people(text, _labelled(mentions, "person"), layout, scores=scores)
    named = {**houses.by_mention, **people.by_mention}
    scene = Scene(text, [m for m in mentions if m.label != "date"], named, starts)
    roles = link_roles(scene, houses, scores=scores)
    dated = link_dates(doc, mentions, layout, published=source.published, date_order=settings.date_order)
    named |= {**roles.by_mention, **{date.mention: date.id for date in dated.dates}}
    return Entities(
        mentions=_with_entities(mentions, named),
        institutions=houses.records,
        people=people.records,
        roles=roles.records,
        dates=dated.dates,
        publisher=houses.publisher,
        published=dated.published,
        published_from=dated.published_from,
        warnings=dated.warnings,
    )


def _labelled(mentions: Sequence[Mention], label: str) -> list[Mention]:
    return [mention for mention in mentions if mention.label == label]


def _with_entities(mentions: Sequence[Mention], named: Mapping[str, str]) -> tuple[Mention, ...]:
    return tuple(mention.model_copy(update={"entity": named.get(mention.id)}) for mention in mentions)
