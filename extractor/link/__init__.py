"""Spans in, the entities that they name out, linked within one text."""

from collections.abc import Sequence

from spacy.tokens import Doc

from extractor.layout import Layout
from extractor.records import Entities, Source
from extractor.settings import Settings
from extractor.spans import Span


def link_entities(doc: Doc, spans: Sequence[Span], layout: Layout, *, source: Source, site: str | None, settings: Settings) -> Entities:
    """Institutions, people, roles and dates of a text, each with its mentions."""
    return Entities()
