"""A file of rules in, all that is wrong or doubtful about it out: form, examples, quarrels with shipped rules, rules that find nothing."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc

from extractor.clean import clean_text
from extractor.errors import RuleError
from extractor.events.triggers import TYPES, find_triggers, pattern_of
from extractor.find.match import RuleMatcher
from extractor.parse import Parser
from extractor.rules import Rule, Rules, load_rules
from extractor.rules.loader import endless, entries_of, rule_of

_MARK = re.compile(r"\[([^\[\]]*)\]")
Place = tuple[int, int]


class Fault(NamedTuple):
    """What is wrong with a rule, or only doubtful (``is_error`` false)."""

    rule: str
    what: str
    is_error: bool


class RuleReport(NamedTuple):
    """How many rules a file holds, their faults in file order, and how often each found something in the texts given."""

    rules: int
    faults: tuple[Fault, ...]
    finds: Mapping[str, int]


def check_rules(path: Path, texts: Iterable[str] = ()) -> RuleReport:
    """Check a file of rules; of ``texts``, rules that find nothing in them are told too.

    Raises RuleError where it is no file of rules.
    """
    rules, faults = _read(path)
    checker = _Checker(rules)
    for rule in rules:
        faults += checker.faults_of(rule)
    held = list(texts)
    finds = checker.finds_in(held)
    if held:
        faults += [Fault(rule.id, f"finds nothing in {len(held)} texts", False) for rule in rules if not finds[rule.id]]
    return RuleReport(len(rules), tuple(faults), finds)


def _read(path: Path) -> tuple[list[Rule], list[Fault]]:
    rules: list[Rule] = []
    faults: list[Fault] = []
    for name, entry in entries_of(path):
        try:
            rule = rule_of(path, name, entry)
        except RuleError as error:
            faults.append(Fault(name, f"{error.where.rpartition(', ')[2]}: {error.what}", True))
            continue
        if any(rule.id == other.id for other in rules):
            faults.append(Fault(rule.id, "this id stands twice in the file", True))
        rules.append(rule)
    return rules, faults


class _Checker:
    def __init__(self, rules: Sequence[Rule]) -> None:
        self.parser = Parser("rules")
        self.shipped = {rule.id: rule for of_label in load_rules().by_label.values() for rule in of_label}
        by_id = self.shipped | {rule.id: rule for rule in rules}
        self.all = _by_label(by_id.values())
        self.own = {rule.id: rule for rule in rules}

    def faults_of(self, rule: Rule) -> Iterator[Fault]:
        """Everything about one rule, errors first."""
        if (why := endless(rule)) is not None:
            yield Fault(rule.id, f"the pattern {why}", True)
            return
        try:
            yield from (Fault(rule.id, what, True) for what in self._broken_examples(rule))
        except (RuleError, re.error) as error:
            yield Fault(rule.id, f"the pattern does not compile ({getattr(error, 'what', error)})", True)
            return
        yield from (Fault(rule.id, what, False) for what in (*self._quarrels(rule), *self._odd_values(rule)))

    def _broken_examples(self, rule: Rule) -> Iterator[str]:
        for example in rule.examples:
            text, expected = unmarked(example)
            found = self.find(rule, text)
            if not expected:
                yield f"example {example!r} marks nothing in [brackets]"
            elif found != expected:
                yield f"example {example!r}: finds {_shown(text, found)}"
        for example in rule.counter_examples:
            if found := self.find(rule, example):
                yield f"counter-example {example!r}: finds {_shown(example, found)}"

    def _quarrels(self, rule: Rule) -> Iterator[str]:
        if rule.id in self.shipped:
            yield "takes the place of the shipped rule of this id"
        for other in self.all.values():
            for same in other:
                alike = (same.phrase, same.tokens, same.regex) == (rule.phrase, rule.tokens, rule.regex)
                if same.id != rule.id and alike and (same.label, same.value) != (rule.label, rule.value):
                    yield f"has the pattern of {same.id}, which says otherwise"
        if rule.label in TYPES:
            yield from self._shadowed(rule)

    def _shadowed(self, rule: Rule) -> Iterator[str]:
        """Where triggers overlap, the longer one counts: in the rule's own examples another may, and it may in others'."""
        everything = Rules({label: tuple(rules) for label, rules in self.all.items()}, "checked")
        for owner in (rule, *(r for r in self.all[rule.label] if r.id in self.shipped and r.id != rule.id)):
            for example in owner.examples:
                text, expected = unmarked(example)
                hits = {(h.start, h.end): h.rule for h in find_triggers(text, everything, rule.label)}  # type: ignore[arg-type]  # is in TYPES
                winners = {hits.get(place) for place in expected} - {owner.id}
                if owner is rule and winners:
                    told = ", ".join(
                        sorted(w for w in {r for p, r in hits.items() for e in expected if p[0] < e[1] and e[0] < p[1]} if w != rule.id)
                    )
                    yield f"in example {example!r} {told or 'another rule'} counts instead"
                elif owner is not rule and rule.id in {r for p, r in hits.items() for e in expected if p[0] < e[1] and e[0] < p[1]}:
                    yield f"counts instead of {owner.id} in its example {example!r}"

    def _odd_values(self, rule: Rule) -> Iterator[str]:
        alike = [r for r in self.shipped.values() if r.label == rule.label]
        known = {key: {r.value[key] for r in alike if key in r.value} for r in alike for key in r.value}
        for key, value in rule.value.items():
            if known and value not in known.get(key, set()):
                yield f"value {{{key}: {value}}}: " + (
                    f"one of {', '.join(sorted(known[key]))} is understood" if key in known else "is not understood"
                )

    def find(self, rule: Rule, text: str) -> list[Place]:
        """The places where one rule finds something."""
        if rule.label in TYPES:
            return [match.span() for match in pattern_of(rule).finditer(text) if match.end() > match.start()]
        return [(s.start, s.end) for s in RuleMatcher([rule], self.parser.vocab).find(self._parsed(text))]

    def _parsed(self, text: str) -> Doc:
        return self.parser.parse(clean_text(text))

    def finds_in(self, texts: Iterable[str]) -> Counter[str]:
        """How often each rule finds something."""
        mentions = [rule for rule in self.own.values() if rule.label not in TYPES]
        finds: Counter[str] = Counter()
        for text in texts:
            clean = clean_text(text)
            for rule in self.own.values():
                if rule.label in TYPES:
                    finds[rule.id] += sum(1 for _ in pattern_of(rule).finditer(clean))
            if mentions:
                finds.update(span.rule for span in RuleMatcher(mentions, self.parser.vocab).find(self._parsed(text)))
        return finds


def _by_label(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    by_label: dict[str, list[Rule]] = {}
    for rule in rules:
        by_label.setdefault(rule.label, []).append(rule)
    return by_label


def unmarked(example: str) -> tuple[str, list[Place]]:
    """An example without its brackets, and the places that they marked."""
    places: list[Place] = []
    for match in _MARK.finditer(example):
        start = match.start() - 2 * len(places)
        places.append((start, start + len(match[1])))
    return _MARK.sub(r"\1", example), places


def _shown(text: str, places: Sequence[Place]) -> str:
    return ", ".join(repr(text[start:end]) for start, end in places) or "nothing"
