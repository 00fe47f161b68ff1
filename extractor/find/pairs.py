"""Institution spans in, those of two houses that a hyphen joins apart out: "ZJU-Cambridge", "HUST-Marburg University Day"."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import regex

from extractor.find.acronyms import is_acronym, is_made_of
from extractor.find.heads import head_of, head_word, words_of
from extractor.spans import Span

_HYPHEN = regex.compile(r"(?<=[\p{L}.])[-–](?=\p{Lu})")
_SECOND = regex.compile(r"[-–](?P<name>\p{Lu}{2,8}(?![\p{L}\p{N}-])|\p{Lu}\p{L}+ (?:University|College|Hospital)(?! (?:of|Hospital)\b))")
_LIKELY = 0.5


class _Known(NamedTuple):
    """What the institution spans of a text name: whole forms, single words of universities, and forms with a hyphen inside."""

    forms: frozenset[str]
    words: frozenset[str]
    hyphened: str


def apart(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans, with those that name two houses which the text names elsewhere in two, and second names that were left out."""
    houses = [text[span.start : span.end] for span in spans if span.label == "institution"]
    whole = [house for house in houses if not _HYPHEN.search(house) or head_of(house)]
    named = [words_of(house) for house in whole if head_of(house)]
    words = frozenset(word for name in named for word in name if not head_word(word) and any(head_word(w) == "university" for w in name))
    known = _Known(frozenset(houses), words, "\n".join(whole).casefold())
    for span in spans:
        parts = _parts(text, span, known) if span.label == "institution" else [span]
        yield from parts
        second = _SECOND.match(text, span.end) if span.label == "institution" else None
        if second and _is_named(second["name"], whole):
            yield Span(second.start("name"), second.end(), "institution", "institution.second-of-pair", _LIKELY)


def _parts(text: str, span: Span, known: _Known) -> list[Span]:
    for hyphen in _HYPHEN.finditer(text, span.start, span.end):
        left, right = text[span.start : hyphen.start()], text[hyphen.end() : span.end]
        whole = left in known.forms or right in known.forms
        if _is_house(left, known) and _is_house(right, known) and (whole or not head_of(right)):
            return [span._replace(end=hyphen.start()), span._replace(start=hyphen.end())]
    return [span]


def _is_house(name: str, known: _Known) -> bool:
    """Whether a form names a house by itself: the text has it elsewhere, or a university bears the word and no name with a hyphen does."""
    if name in known.forms:
        return True
    plain = name.casefold()
    return name.isalpha() and plain in known.words and f"-{plain}" not in known.hyphened and f"{plain}-" not in known.hyphened


def _is_named(name: str, houses: Sequence[str]) -> bool:
    return not is_acronym(name) or name in houses or any(is_made_of(name, house) for house in houses if head_of(house))
