"""Each trigger rule finds what its examples mark, and nothing in its counter-examples."""

import re

import pytest

from extractor.events.triggers import TYPES, find_all_triggers, find_triggers, pattern_of
from extractor.records import Action, Instrument, values_of
from extractor.rules import Rules, load_rules
from extractor.rules.openings import openings_of, plain

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


def slowly(masked):
    """The places of every rule, as a search of the whole text tells them."""
    return {r.id: [m.span() for m in pattern_of(r).finditer(masked.replace("\n", "\ue00f"))] for r in RULES}


def quickly(masked):
    each = {r.id: find_triggers(masked, Rules({r.label: (r,)}, "one"), r.label) for r in RULES}
    return {rule: [(hit.start, hit.end) for hit in hits] for rule, hits in each.items()}


SAID = [MARKED.sub(r"\1", example) for rule in RULES for example in (*rule.examples, *rule.counter_examples)]
AS_IT_STANDS = [
    "",
    "I S K",
    "signed signed signed",
    "an MoU-signing, co-signed\nM.O.U. 3rd\u0665th seminar",
    "s\u0130gned \u017figned in\u212aed",
]


@pytest.mark.parametrize("recased", [str, str.upper, str.title, lambda text: text.replace("i", "\u0131").replace("s", "\u017f")])
def test_looking_only_where_a_word_begins_as_a_rule_does_misses_nothing(recased):
    for text in [recased("\n".join(SAID[at : at + 40])) for at in range(0, len(SAID), 40)] + AS_IT_STANDS:
        assert quickly(text) == slowly(text)


def test_types_are_found_together_as_alone():
    text = "\n".join(SAID)
    assert find_all_triggers(text, load_rules()) == {label: find_triggers(text, load_rules(), label) for label in TYPES}


@pytest.mark.parametrize(
    ("pattern", "openings"),
    [
        (r"\bsign(?:s|ed)?\b", {"sig"}),
        (r"\bby\b", {"by"}),
        (r"\b(?:re-?)?appoint", {"re-", "rea", "app"}),
        (r"\b\d+th", {"0"}),
        (r"\b(?:a|b)(?:c|de)", {"ac", "ade", "bc", "bde"}),
        (r"(?<=\bwill )act", {"act"}),
        (r"sign", set()),  # within a word, too
        (r"\bsign|ink", set()),
        (r"\b\s+sign", set()),
        (r"\b\w+ing", set()),
        (r"\b(?:sign)?", set()),
    ],
)
def test_what_matches_begin_with(pattern, openings):
    assert openings_of(pattern) == openings


def test_plain_texts_keep_their_length():
    letters = "".join(map(chr, range(0x11000)))
    assert len(plain(letters)) == len(letters)
