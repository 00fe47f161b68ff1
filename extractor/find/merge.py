"""Spans of the model and of the rules in, one list without overlaps out: who wins where both speak."""

import itertools
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from extractor.find.acronyms import is_acronym
from extractor.find.boundaries import cut
from extractor.find.heads import fold, head_word, words_of
from extractor.find.honorifics import honorific_start
from extractor.find.places import is_country, is_place
from extractor.spans import Span, keep_best

_AGAIN = 0.05  # a name found elsewhere in the text: anything else at the place wins
_SURE, _CERTAIN = 3.0, 2.0  # above any score of the model
_LONGEST = 120  # characters of a name
_COMMON = regex.compile(
    r"(?:\p{Lu}[\p{L}-]+|women's|local|other|new|both|two|host) (?:university|hospital|college|school|institute|ministry|company|institution|embassy|faculty)",
    regex.IGNORECASE,
)
_WHERE = regex.compile(r"\b(?:in|to|near|around|outside|city of|town of|-)\s(?:the )?$", regex.IGNORECASE)
_DATELINE = regex.compile(r"(?:-based|\s*(?:—|–|·|:|, \p{Lu}\p{Ll}+ (?:—|–)))")
_SHARED = regex.compile(
    r"\b(?:universities|faculties|hospitals|academies|chambers|institutes|colleges) (?:of|in)\b[^.;\n]*$", regex.IGNORECASE
)
_BACK, _FAR = 14, 70
_WORD = regex.compile(r"[\p{L}\p{N}]+")
_TITLED = regex.compile(
    r"(?:professors?|prof\.?|dr\.?|doctor|sister|brother|academician|father|madam|sir|associate professor|assistant professor|assoc\. prof\.?)",
    regex.IGNORECASE,
)


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
    kept = keep_best([*sure, *dates, *_settled(text, trimmed)])
    return [span._replace(score=min(span.score, 1.0)) for span in keep_best([*kept, *again(text, kept)])]


def _goes_on(span: Span, told: Sequence[Span]) -> bool:
    """Whether the model sees a longer name of the same label at the place."""
    at = bisect_left(told, span.start - _LONGEST, key=lambda s: s.start)
    near = itertools.takewhile(lambda s: s.start <= span.start, itertools.islice(told, at, None))
    return any(s.label == span.label and s.end >= span.end and s[:2] != span[:2] for s in near)


def _settled(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Spans under the label that the rest of the text gives them; without those that are no mentions."""
    names = {fold(text[s.start : s.end]) for s in spans if s.label == "person" and " " in text[s.start : s.end]}
    houses = _house_words(text, spans)
    people = {word for name in names if not set(words_of(name)) <= houses for word in words_of(name)}
    starts = {s.start for s in spans if s.label == "person"}
    for span in spans:
        words = text[span.start : span.end]
        if span.label == "person" and _is_house(text, span, words, houses, people):
            yield span._replace(label="institution", rule="institution.short-form")
        elif span.label == "institution" and (
            (_COMMON.fullmatch(words) and words.split()[-1].islower()) or _is_only_place(text, span, words, houses)
        ):
            continue
        elif span.label == "role" and _TITLED.fullmatch(words) and _next_name(text, span.end) in starts:
            continue
        else:
            yield span


def _next_name(text: str, end: int) -> int:
    at = end
    while at < len(text) and text[at] in " .":
        at += 1
    return at


def _house_words(text: str, spans: Sequence[Span]) -> set[str]:
    """Words that single out a university of the text."""
    found: set[str] = set()
    for span in spans:
        if span.label == "institution":
            words = words_of(text[span.start : span.end])
            if any(head_word(word) == "university" for word in words):
                found |= {word for word in words if not head_word(word)}
    return found


def _is_house(text: str, span: Span, words: str, houses: set[str], people: set[str]) -> bool:
    parts = words_of(words)
    if not parts or not set(parts) <= houses or set(parts) & people:
        return False
    return honorific_start(text, span.start) == span.start


def _is_only_place(text: str, span: Span, words: str, houses: set[str]) -> bool:
    """Whether a place stands for itself: no university of the text bears its name, or the words around it speak of a place."""
    if not is_place(words) or is_country(words):
        return is_country(words) and bool(_WHERE.search(text, max(0, span.start - _BACK), span.start))
    if _SHARED.search(text, max(0, span.start - _FAR), span.start):
        return False
    if not set(words_of(words)) <= houses:
        return True
    return bool(_WHERE.search(text, max(0, span.start - _BACK), span.start) or _DATELINE.match(text, span.end))


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
        form = next(
            (
                f
                for f in by_first[word[0]]
                if text.startswith(f, word.start()) and not text[word.start() + len(f) : word.start() + len(f) + 1].isalnum()
            ),
            None,
        )
        if form is not None:
            at = word.start() + len(form)
            yield Span(word.start(), at, forms[form], f"{forms[form]}.again", _AGAIN)


def _first_word(form: str) -> str:
    word = _WORD.match(form)
    return word[0] if word else form
