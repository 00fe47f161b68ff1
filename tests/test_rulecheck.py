"""Rules of one's own: what is wrong with them is told, what is right finds its mentions and events."""

from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.errors import RuleError
from extractor.pipeline import extract
from extractor.rulecheck import check_rules, unmarked
from extractor.rules.loader import shipped_files
from extractor.settings import Settings

Write = Callable[..., Path]
GOOD = """
- id: agreement.hand-shake-deal
  label: agreement
  regex: '\\bsh(?:ook|ake|akes) hands on\\b'
  value: {part: verb, act: sign}
  examples: ["Jena and Kyoto [shook hands on] an MoU."]
  counter_examples: ["They shook hands."]
"""
INSTITUTION = """
- id: institution.the-clan
  label: institution
  tokens: [{LOWER: "clan"}, {LOWER: "of"}, {IS_TITLE: true}]
  examples: ["The [Clan of Moray] met."]
  counter_examples: ["A clan of cats sat there."]
"""


def faults(write: Write, rules: str, texts: tuple[str, ...] = ()) -> list[str]:
    report = check_rules(write("my.yaml", rules), texts)
    return [f"{'error' if f.is_error else 'warning'} {f.rule}: {f.what}" for f in report.faults]


@pytest.mark.parametrize("rules", [GOOD, INSTITUTION, ""])
def test_a_good_rule_has_no_faults(write: Write, rules: str):
    assert faults(write, rules) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[shook hands on]", "[shook] hands on", "error agreement.hand-shake-deal: example 'Jena and Kyoto [shook] hands on an MoU.': finds 'shook hands on'"),
        ("[shook hands on]", "shook hands on", "error agreement.hand-shake-deal: example 'Jena and Kyoto shook hands on an MoU.' marks nothing in [brackets]"),
        ("They shook hands.", "They shake hands on it.", "error agreement.hand-shake-deal: counter-example 'They shake hands on it.': finds 'shake hands on'"),
        ("label: agreement", "label: deal", "error agreement.hand-shake-deal: label: Input should be 'institution', 'person', "),
        ("  regex:", "  colour: red\n  regex:", "error agreement.hand-shake-deal: colour: Extra inputs are not permitted"),
        ("(?:ook", "(?:ook(", "error agreement.hand-shake-deal: the pattern does not compile"),
        ("sh(?:ook", "(?:\\w+ ?)+(?:shook", "error agreement.hand-shake-deal: the pattern has a loop that reads"),
        ("act: sign", "act: sing", "warning agreement.hand-shake-deal: value {act: sing}: one of end, have, plan, renew, sign"),
        ("part: verb", "size: big", "warning agreement.hand-shake-deal: value {size: big}: is not understood"),
        ("agreement.hand-shake-deal", "agreement.ink", "warning agreement.ink: takes the place of the shipped rule of this id"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(write: Write, old: str, new: str, told: str):
    [first, *_] = faults(write, GOOD.replace(old, new))
    assert first.startswith(told)


def test_two_rules_of_one_id_are_an_error(write: Write):
    assert "error agreement.hand-shake-deal: this id stands twice in the file" in faults(write, GOOD + GOOD)


def test_rules_that_quarrel_are_told(write: Write):
    other = GOOD.replace("hand-shake-deal", "hand-shake-end").replace("act: sign", "act: end")
    assert "warning agreement.hand-shake-end: has the pattern of agreement.hand-shake-deal, which says otherwise" in faults(
        write, GOOD + other
    )
    short = (
        GOOD.replace("shake-deal", "shake-short")
        .replace(" hands on\\b", "\\b")
        .replace("hands on] an", "] hands on an")
        .replace("shook ]", "shook]")
    )
    short = short.replace("They shook hands.", "They met.")
    assert any("hand-shake-deal counts instead" in fault for fault in faults(write, GOOD + short))


def test_a_rule_that_takes_over_shipped_examples_is_told(write: Write):
    greedy = GOOD.replace("\\bsh(?:ook|ake|akes) hands on\\b", "\\binked an\\b").replace("shook hands on", "inked an")
    assert "warning agreement.hand-shake-deal: counts instead of agreement.ink in its example 'The universities [inked] an MoU.'" in faults(
        write, greedy
    )


def test_dead_rules_are_told(write: Write):
    report = check_rules(write("my.yaml", GOOD + INSTITUTION), ["The Clan of Moray and the Clan of Elgin shook."])
    assert dict(report.finds) == {"agreement.hand-shake-deal": 0, "institution.the-clan": 2}
    assert [f.what for f in report.faults] == ["finds nothing in 1 texts"]


@pytest.mark.parametrize("content", ["a: 1", "- [", "\udcff"])
def test_what_is_no_file_of_rules_is_refused(write: Write, content: str):
    with pytest.raises(RuleError):
        check_rules(write("my.yaml", content.encode("utf-8", "surrogateescape")))


def test_brackets_are_taken_out():
    assert unmarked("[One] and [two three].") == ("One and two three.", [(0, 3), (8, 17)])


@pytest.mark.parametrize("path", shipped_files(), ids=lambda path: path.name)
def test_the_shipped_rules_have_no_errors(path: Path):
    assert [fault for fault in check_rules(path).faults if fault.is_error] == []


def test_a_rule_of_ones_own_finds_an_event_and_a_mention(write: Write):
    text = "On 5 May 2021, Jena University and the Clan of Moray shook hands on a memorandum of understanding."
    without = extract(text, settings=Settings(model="rules"))
    settings = Settings(model="rules", rules=(str(write("my.yaml", GOOD + INSTITUTION)),))
    with_rules = extract(text, settings=settings)
    assert "institution.the-clan" not in {m.rule for m in without.mentions}
    assert [m.text for m in with_rules.mentions if m.rule == "institution.the-clan"] == ["Clan of Moray"]
    assert [(e.type, e.action, len(e.parties)) for e in with_rules.events] == [("agreement", "signed", 2)]
    assert without.extractor.rules != with_rules.extractor.rules
