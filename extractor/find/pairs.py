"""Institution spans in, those of two houses that a hyphen joins apart out: "ZJU-Cambridge", "HUST-Marburg University Day"."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import regex

from extractor.find.acronyms import is_acronym, is_made_of
from extractor.find.heads import head_of, head_word, subject_words, words_of
from extractor.spans import Span

_HYPHEN = regex.compile(r"(?<=[\p{L}.])[-–](?=\p{Lu})")
_SECOND = regex.compile(r"[-–](?P<name>\p{Lu}{2,8}(?![\p{L}\p{N}-])|\p{Lu}\p{L}+ (?:University|College|Hospital)(?! (?:of|Hospital)\b))")
_LIKELY = 0.5


class _Known(NamedTuple):
    """What the institution spans of a text name: whole forms, single words of universities and of all houses, and all names."""

    forms: frozenset[str]
    universities: frozenset[str]
    words: frozenset[str]
    names: str


def apart(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans, with those that name two houses which the text names elsewhere in two, and second names that were left out."""
    houses = [text[span.start : span.end] for span in spans if span.label == "institution"]
    whole = [house for house in houses if not _HYPHEN.search(house) or head_of(house)]
    named = [words_of(house) for house in whole if head_of(house)]
    academic = (name for name in named if any(head_word(word) == "university" for word in name))
    known = _Known(frozenset(houses), _own_words(academic), _own_words(named), "\n".join(whole).casefold())
    for span in spans:
        parts = _parts(text, span, known) if span.label == "institution" else [span]
        yield from parts
        second = _SECOND.match(text, span.end) if span.label == "institution" else None
        if second and _is_named(second["name"], whole):
            yield Span(second.start("name"), second.end(), "institution", "institution.second-of-pair", _LIKELY)


def _own_words(names: Iterable[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(word for name in names for word in name if not head_word(word) and word not in subject_words())


def _parts(text: str, span: Span, known: _Known) -> list[Span]:
    for hyphen in _HYPHEN.finditer(text, span.start, span.end):
        left, right = text[span.start : hyphen.start()], text[hyphen.end() : span.end]
        if _are_two(left, right, known):
            return [span._replace(end=hyphen.start()), span._replace(start=hyphen.end())]
    return [span]


def _are_two(left: str, right: str, known: _Known) -> bool:
    """Whether both sides name a house elsewhere in the text, by the whole form or one by the word that singles it out.

    Two acronyms are more often one joint house or a branch: "KU-NTIC".
    """
    if is_acronym(left) and is_acronym(right):
        return False
    whole = [side in known.forms for side in (left, right)]
    if all(whole):
        return True
    bare = [_is_borne(side, known.words, known) for side in (left, right)]
    if any(whole):
        return bare[whole.index(False)]
    return all(bare) and any(_is_borne(side, known.universities, known) for side in (left, right))


def _is_borne(word: str, words: frozenset[str], known: _Known) -> bool:
    """Whether a single word is of a name in the text, and no name there joins it by a hyphen: "Duisburg-Essen"."""
    plain = word.casefold()
    return word.isalpha() and plain in words and f"-{plain}" not in known.names and f"{plain}-" not in known.names


def _is_named(name: str, houses: Sequence[str]) -> bool:
    return not is_acronym(name) or name in houses or any(is_made_of(name, house) for house in houses if head_of(house))
