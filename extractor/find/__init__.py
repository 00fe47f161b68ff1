"""A parsed text in, labelled spans out: institutions, people, roles and dates by model and rules."""

from spacy.tokens import Doc

from extractor.layout import Layout
from extractor.rules import Rules
from extractor.spans import Span


def find_mentions(doc: Doc, layout: Layout, rules: Rules) -> list[Span]:
    """The mentions of a text, in order, never overlapping."""
    return []
