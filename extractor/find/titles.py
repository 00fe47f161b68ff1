"""A text in, the words that look like titles of posts out: a head noun ("dean") with what narrows it."""

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extractor.layout import Layout
from extractor.rules.lexicon import load_lexicon
from extractor.spans import Span

_FIELD_WORD = r"(?:\p{Lu}[\p{L}'-]*|%s)"
_SPACE = r"[ \u00a0]"


@cache
def _subjects() -> str:
    """Words of fields of work; not "and", which joins them: a run of it could be read in exponentially many ways."""
    words = sorted((w for w in load_lexicon("subject_words") if w.isalpha() and len(w) > 2 and w != "and"), key=lambda w: (-len(w), w))
    return "|".join(words)


@cache
def _heads() -> "regex.Pattern[str]":
    lexicon = load_lexicon("titles")
    heads = {head for words in lexicon["ranks"].values() for head in words}
    heads -= {
        "resident",
        "lead",
        "graduate",
        "junior",
        "senior",
        "ed",
        "dm",
        "do",
        "executive",
        "master",
        "staff",
        "member",
        "associate",
        "visitor",
    }
    listed = "|".join(regex.escape(h).replace(r"\ ", " ").replace(" ", r"[ -]") for h in sorted(heads, key=lambda h: (-len(h), h)))
    modifiers = "|".join(regex.escape(m) for m in sorted(lexicon["modifiers"], key=lambda m: (-len(m), m)))
    return regex.compile(
        rf"(?<![\p{{L}}\p{{N}}-])(?:(?:{modifiers})[ -]){{0,4}}(?:{listed})(?:s|es)?(?![\p{{L}}\p{{N}}]|-\p{{L}})", regex.IGNORECASE
    )


@cache
def _field() -> "regex.Pattern[str]":
    word = _FIELD_WORD % _subjects()
    run = rf"{word}(?: {word})*(?:(?:,? (?:and|&) |, ){word}(?: {word})*)*"
    subject = rf"(?:{_subjects()})"
    return regex.compile(
        rf" ?(?i:\((?:(?:{subject}|and|&|/)[ ,&]*)+\))|(?: in charge of| responsible for| for| of)(?: the)? (?P<field>{run})|"
        rf",? (?i:{subject})(?: (?:and|&) (?i:{subject})| (?i:{subject}))*(?=,|\.|;| of | at |\))",
    )  # fmt: skip


def find_titles(text: str, layout: Layout, institutions: Sequence[Span]) -> list[Span]:
    """Title spans in text order; those without a holder or a house are still among them."""
    starts = {span.start for span in institutions}
    covered = _covered(institutions)
    return [span for line in layout.lines for span in _in_line(text, line.start, line.end, starts, covered)]


def _covered(spans: Sequence[Span]) -> set[int]:
    return {at for span in spans for at in range(span.start, min(span.end, span.start + 200))}


def _in_line(text: str, start: int, end: int, starts: set[int], covered: set[int]) -> Iterator[Span]:
    for match in _heads().finditer(text, start, end):
        if match.start() in covered or match.end() - 1 in covered:
            continue
        last = _with_field(text, match.end(), end, covered)
        yield Span(match.start(), last, "role", "role.title", 0.8)


def _with_field(text: str, at: int, end: int, covered: set[int]) -> int:
    field = _field().match(text, at, end)
    if field is None:
        return at
    stop = field.end()
    inside = [i for i in range(at, stop) if i in covered]
    if inside:
        return at
    return stop
