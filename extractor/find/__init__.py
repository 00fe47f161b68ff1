"""A parsed text in, labelled spans out: institutions, people, roles and dates by model and rules."""

from spacy.tokens import Doc

from extractor.find.dates import find_dates
from extractor.find.institutions import find_institutions
from extractor.find.match import matcher_for
from extractor.find.merge import Voices, merge_spans
from extractor.find.people import find_people
from extractor.find.roles import held_titles
from extractor.find.titles import find_titles
from extractor.layout import Layout
from extractor.parse import model_spans, text_of
from extractor.rules import Rules
from extractor.rules.loader import RuleLabel
from extractor.spans import Span, keep_best

LABELS: tuple[RuleLabel, ...] = ("institution", "person", "role", "date")


def find_mentions(doc: Doc, layout: Layout, rules: Rules) -> list[Span]:
    """The mentions of a text, in order, never overlapping."""
    text = text_of(doc)
    told = [Span(start, end, label, "model", score) for start, end, label, score in model_spans(doc)]
    ruled = matcher_for(rules, doc.vocab, *LABELS).find(doc)
    open_ended = frozenset(rule.id for rule in rules.labelled(*LABELS) if rule.value.get("open"))
    return merge_spans(text, Voices(told or _by_rules(text, layout), find_dates(doc, layout), ruled, open_ended))


def _by_rules(text: str, layout: Layout) -> list[Span]:
    institutions = keep_best(find_institutions(text, layout))
    titles = find_titles(text, layout, institutions)
    people = find_people(text, layout, titles, institutions)
    return keep_best([*institutions, *people, *held_titles(text, titles, people, institutions)])
