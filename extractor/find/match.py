"""Rules in, matchers out, built once; a parsed text in, the spans that the rules find out."""

from collections.abc import Iterable, Iterator

import regex
from spacy.matcher import Matcher, PhraseMatcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractor.errors import RuleError
from extractor.parse import text_of
from extractor.rules import Rule, Rules
from extractor.rules.loader import RuleLabel
from extractor.spans import Span

# A regex may mark the span in what it matches with a group of this name.
_GROUP = "span"


class RuleMatcher:
    """Finds the spans of some rules in texts that share a vocabulary. Raises RuleError for a pattern that does not compile."""

    def __init__(self, rules: Iterable[Rule], vocab: Vocab) -> None:
        self._rules = {rule.id: rule for rule in rules}
        self._phrases = PhraseMatcher(vocab, attr="LOWER")
        self._tokens = Matcher(vocab)
        self._regexes: list[tuple[Rule, regex.Pattern[str]]] = []
        for rule in self._rules.values():
            self._add(rule, vocab)

    def _add(self, rule: Rule, vocab: Vocab) -> None:
        try:
            if rule.phrase is not None:
                self._phrases.add(rule.id, [Doc(vocab, words=rule.phrase.split())])
            elif rule.tokens is not None:
                self._tokens.add(rule.id, [list(rule.tokens)], greedy="LONGEST")
            else:
                self._regexes.append((rule, regex.compile(rule.regex or "")))
        except (ValueError, regex.error) as error:
            raise RuleError(f"rule '{rule.id}'", f"the pattern does not compile ({error})", "mend the pattern") from error

    def find(self, doc: Doc) -> list[Span]:
        """The spans of all rules, in text order; they may overlap."""
        return sorted([*self._by_tokens(doc), *self._by_regex(text_of(doc))])

    def _by_tokens(self, doc: Doc) -> Iterator[Span]:
        for matcher in (self._phrases, self._tokens):
            for match, first, last in matcher(doc) if len(matcher) else ():
                rule = self._rules[doc.vocab.strings[match]]
                yield Span(doc[first].idx, doc[last - 1].idx + len(doc[last - 1]), rule.label, rule.id)

    def _by_regex(self, text: str) -> Iterator[Span]:
        for rule, pattern in self._regexes:
            group = _GROUP if _GROUP in pattern.groupindex else 0
            for match in pattern.finditer(text):
                yield Span(match.start(group), match.end(group), rule.label, rule.id)


_built: dict[tuple[str, tuple[RuleLabel, ...]], tuple[Vocab, RuleMatcher]] = {}


def matcher_for(rules: Rules, vocab: Vocab, *labels: RuleLabel) -> RuleMatcher:
    """The matcher of the rules with some labels, built at the first call for a vocabulary."""
    key = (rules.digest, labels)
    known = _built.get(key)
    if known is None or known[0] is not vocab:
        known = _built[key] = (vocab, RuleMatcher(rules.labelled(*labels), vocab))
    return known[1]
