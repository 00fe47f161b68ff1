"""Every example and counter-example of every rule for mentions is a case; examples mark in brackets what must be found."""

import re

import pytest
import spacy

from extractor.errors import RuleError
from extractor.find.match import RuleMatcher
from extractor.rules import Rule, load_rules

NLP = spacy.blank("en")
RULES = load_rules().labelled("institution", "person", "role")
MARK = re.compile(r"\[([^\]]+)\]")


def found_by(rule: Rule, text: str) -> list[str]:
    return [text[span.start : span.end] for span in RuleMatcher([rule], NLP.vocab).find(NLP(text))]


@pytest.mark.parametrize(("rule", "example"), [(r, e) for r in RULES for e in r.examples], ids=lambda x: x if isinstance(x, str) else x.id)
def test_rule_finds_what_its_example_marks(rule, example):
    assert found_by(rule, MARK.sub(r"\1", example)) == MARK.findall(example)


@pytest.mark.parametrize(
    ("rule", "example"), [(r, e) for r in RULES for e in r.counter_examples], ids=lambda x: x if isinstance(x, str) else x.id
)
def test_rule_finds_nothing_in_its_counter_example(rule, example):
    assert found_by(rule, example) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_example_marks_something(rule):
    assert all(MARK.search(example) for example in rule.examples)


def rule_of(**pattern) -> Rule:
    return Rule(id="institution.test", label="institution", examples=("[x]",), counter_examples=("y",), **pattern)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ({"phrase": "group of eight"}, "The Group of Eight met.", ["Group of Eight"]),
        ({"phrase": "group of eight"}, "A group of nine met.", []),
        ({"tokens": ({"LOWER": "ministry"}, {"LOWER": "of"}, {"IS_TITLE": True})}, "the Ministry of Energy said", ["Ministry of Energy"]),
        ({"tokens": ({"LOWER": "ministry"}, {"LOWER": "of"}, {"IS_TITLE": True})}, "the ministry of his own", []),
        ({"regex": r"the (?P<span>Dean)"}, "the Dean", ["Dean"]),
    ],
)
def test_each_form_of_pattern(pattern, text, expected):
    assert found_by(rule_of(**pattern), text) == expected


def test_a_pattern_that_does_not_compile_names_its_rule():
    with pytest.raises(RuleError, match=r"institution\.test"):
        RuleMatcher([rule_of(regex="(")], NLP.vocab)
