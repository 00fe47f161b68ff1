"""Spans of the model and of the rules in, one list without overlaps out: who wins where both speak."""

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from extractor.find.acronyms import is_acronym
from extractor.find.boundaries import cut
from extractor.find.pairs import apart
from extractor.find.places import is_place
from extractor.find.settle import settled
from extractor.spans import Span, keep_best

_AGAIN = 0.05  # a name found elsewhere in the text: anything else at the place wins
_SURE, _CERTAIN = 3.0, 2.0  # above any score of the model
_LONGEST = 120  # characters of a name
_WORD = regex.compile(r"[\p{L}\p{N}]+")


class Voices(NamedTuple):
    """What speaks: the model (or the grammar of names where there is none), the grammar of dates, and the rules of the YAML files.

    ``open_ended`` are ids of rules whose find may be a piece of a longer name.
    """

    told: Sequence[Span]
    dates: Sequence[Span]
    ruled: Sequence[Span]
    open_ended: frozenset[str]


def merge_spans(text: str, voices: Voices) -> list[Span]:
    """One list of spans, in text order, without overlaps.

    A rule wins over everything, a date of the grammar over the model. The model's institutions, people and roles are cut to the
    guidelines, put under the label that the rest of the text gives them, and found again where it missed them.
    """
    trimmed = sorted(part for span in voices.told if span.label != "date" for part in cut(text, span))
    sure = [span._replace(score=_SURE) for span in voices.ruled if span.rule not in voices.open_ended or not _goes_on(span, trimmed)]
    dates = [span._replace(score=_CERTAIN) for span in voices.dates]
    kept = keep_best([*sure, *dates, *apart(text, list(settled(text, trimmed)))])
    return [span._replace(score=min(span.score, 1.0)) for span in keep_best([*kept, *again(text, kept)])]


def _goes_on(span: Span, told: Sequence[Span]) -> bool:
    """Whether the model sees a longer name of the same label at the place."""
    at = bisect_left(told, span.start - _LONGEST, key=lambda s: s.start)
    near = itertools.takewhile(lambda s: s.start <= span.start, itertools.islice(told, at, None))
    return any(s.label == span.label and s.end >= span.end and s[:2] != span[:2] for s in near)


def again(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Names of institutions and people that stand unmarked elsewhere in the text."""
    forms: dict[str, str] = {}
    for span in spans:
        words = text[span.start : span.end]
        if is_place(words):
            continue
        if (
            span.label in ("institution", "person")
            and (len(words) > 4 or (span.label == "institution" and is_acronym(words)))
            and "\n" not in words
        ):
            forms.setdefault(words, span.label)
    by_first: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda f: (-len(f), f)):
        by_first.setdefault(_first_word(form), []).append(form)
    at = 0
    for word in _WORD.finditer(text) if forms else ():
        if word.start() < at or word[0] not in by_first:
            continue
        form = next((f for f in by_first[word[0]] if _stands(text, word.start(), f)), "")
        if form:
            at = word.start() + len(form)
            yield Span(word.start(), at, forms[form], f"{forms[form]}.again", _AGAIN)


def _stands(text: str, start: int, form: str) -> bool:
    """Whether a form stands at a place as whole words."""
    end = start + len(form)
    return text.startswith(form, start) and not text[end : end + 1].isalnum()


def _first_word(form: str) -> str:
    word = _WORD.match(form)
    return word[0] if word else form
