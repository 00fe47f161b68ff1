"""Each trigger rule finds what its examples mark, and nothing in its counter-examples."""

import re

import pytest

from extractor.events.triggers import TYPES, pattern_of
from extractor.records import Action, Instrument, values_of
from extractor.rules import load_rules

RULES = load_rules().labelled(*TYPES)
MARKED = re.compile(r"\[([^\]]+)\]")


@pytest.mark.parametrize(
    ("rule", "example"), [(r, e) for r in RULES for e in r.examples], ids=lambda x: getattr(x, "id", None) or str(x)[:40]
)
def test_examples_are_found(rule, example):
    text, wanted = MARKED.sub(r"\1", example), MARKED.findall(example)
    found = [match[0] for match in pattern_of(rule).finditer(text)]
    assert wanted == found, rule.id


@pytest.mark.parametrize(
    ("rule", "example"), [(r, e) for r in RULES for e in r.counter_examples], ids=lambda x: getattr(x, "id", None) or str(x)[:40]
)
def test_counter_examples_are_not(rule, example):
    assert pattern_of(rule).search(example) is None, rule.id


def test_values_belong_to_the_contract():
    for rule in RULES:
        if (instrument := rule.value.get("instrument")) is not None:
            assert instrument == "any" or instrument in values_of(Instrument), rule.id
    assert "signed" in values_of(Action)


def test_every_type_has_rules():
    assert {rule.label for rule in RULES} == set(TYPES)
