"""Patterns whose matching may take time without bound are refused, those that are sure to end are not."""

import importlib
import pkgutil
import re

import pytest
import regex

import extractor
from extractor.errors import RuleError
from extractor.events.phrases import Phrase
from extractor.events.triggers import TYPES
from extractor.find.cues import cue
from extractor.rules import load_lexicon, load_rules
from extractor.rules.ambiguity import AmbiguityError, refuse_ambiguous
from extractor.rules.loader import endless

ENDLESS = [
    r"(a+)+b",
    r"(a*)*b",
    r"(a|a)*b",
    r"(a?b?)*c",
    r"(\w+\s?)+$",
    r"(?:\p{Lu}[\p{L}&]*| ?\p{Lu}{2,})*;",
    r"(?:Peoples?'?s? )*Republic",
    r"(.*x)*y",
    r"(?:a{1,30}){1,30}b",
    r"(?=(a+)+b)c",
    r"(?>(a|b|ab)*)c",
    r"(?:(?:a+)+b)++",
    r"(?:\p{Greek}+a?)+",
    r"(a)\1",
    r"(a",
]
SURE = [
    r"(?: \w+)+$",
    r"a+b+",
    r"(?:a|b)*c",
    r"(?:\p{Lu}\p{Ll}+ )+University",
    r"(?:and \p{Lu}\p{L}*)+",
    r"(\w+\s?){1,3}",
    r"(?:[^\W\d]+, )*x",
    r".*x.*y",
    r"(?:'s|s(?=')|[\s'])++$",
    "",
]


@pytest.mark.parametrize("pattern", ENDLESS)
def test_endless_patterns_are_refused(pattern):
    with pytest.raises(AmbiguityError):
        refuse_ambiguous(pattern, ignores_case=False)


@pytest.mark.parametrize("pattern", SURE)
def test_patterns_that_end_are_not(pattern):
    refuse_ambiguous(pattern, ignores_case=False)


def test_case_may_tell_the_turns_of_a_loop_apart():
    refuse_ambiguous(r"(?:[ ,]+(?:and )?\p{Lu}\p{L}+)*", ignores_case=False)
    refuse_ambiguous(r"(?-i:(?:[ ,]+(?:and )?\p{Lu}\p{L}+)*)", ignores_case=True)
    with pytest.raises(AmbiguityError, match=r"'[^']+'"):
        refuse_ambiguous(r"(?:[ ,]+(?:and )?\p{Lu}\p{L}+)*", ignores_case=True)


def test_every_shipped_rule_is_sure_to_end():
    rules = load_rules().labelled("institution", "person", "role", "date", *TYPES)
    assert {rule.id: why for rule in rules if (why := endless(rule)) is not None} == {}


def patterns() -> dict[str, re.Pattern[str]]:
    """The patterns that the modules of the package compile, and those of its word lists."""
    modules = [importlib.import_module(m.name) for m in pkgutil.walk_packages(extractor.__path__, "extractor.") if "__main__" not in m.name]
    found = {f"{m.__name__}.{name}": value for m in modules for name, value in vars(m).items()}
    found |= {f"{name}.{n}": one for name, value in list(found.items()) if isinstance(value, tuple) for n, one in enumerate(value)}
    found |= {f"cue.{name}": cue(name) for name in load_lexicon("post_cues")["patterns"]}
    found |= {
        f"{part}.{name}": Phrase(f"{part}.{name}").pattern for part, names in load_lexicon("events_phrases").items() for name in names
    }
    return {
        name: value for name, value in found.items() if isinstance(value, re.Pattern | regex.Pattern) and isinstance(value.pattern, str)
    }


def test_every_pattern_of_the_package_is_sure_to_end():
    endless = {}
    for name, pattern in patterns().items():
        try:
            refuse_ambiguous(pattern.pattern, ignores_case=bool(pattern.flags & re.IGNORECASE))
        except AmbiguityError as error:
            endless[name] = str(error)
    assert endless == {"extractor.scan._ENDLESS": "cannot be judged (groupref)"}  # one character eight times: no loop in a loop


def test_an_endless_rule_of_ones_own_stops_the_start(tmp_path):
    path = tmp_path / "my.yaml"
    rule = "- {id: role.test, label: role, regex: '(?:\\w+ ?)+!', examples: ['[a!]'], counter_examples: [b]}\n"
    path.write_text(rule, encoding="utf-8")
    with pytest.raises(RuleError, match=r"my\.yaml, rule 'role\.test', regex: has a loop that reads '.+' in several ways"):
        load_rules((str(path),))
    path.write_text(rule.replace("(?:\\w+ ?)+!", "\\w+(?: \\w+)*!"), encoding="utf-8")
    assert "role.test" in {r.id for r in load_rules((str(path),)).labelled("role")}
