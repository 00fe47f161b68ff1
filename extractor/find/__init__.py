"""A parsed text in, labelled spans out: institutions, people, roles and dates by model and rules."""

from spacy.tokens import Doc

from extractor.find.dates import find_dates
from extractor.find.institutions import find_institutions
from extractor.find.merge import merge_spans
from extractor.find.people import find_people
from extractor.find.roles import held_titles
from extractor.find.titles import find_titles
from extractor.layout import Layout
from extractor.parse import model_spans
from extractor.rules import Rules
from extractor.spans import Span, keep_best


def find_mentions(doc: Doc, layout: Layout, rules: Rules) -> list[Span]:
    """The mentions of a text, in order, never overlapping."""
    text = doc.text
    dates = find_dates(doc, layout)
    told = [Span(start, end, label, "model", score) for start, end, label, score in model_spans(doc)]
    if not told:
        return keep_best([*dates, *_by_rules(text, layout)])
    return merge_spans(text, told, dates)


def _by_rules(text: str, layout: Layout) -> list[Span]:
    institutions = keep_best(find_institutions(text, layout))
    titles = find_titles(text, layout, institutions)
    people = find_people(text, layout, titles, institutions)
    return [*institutions, *people, *held_titles(text, titles, people, institutions)]
