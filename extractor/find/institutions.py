"""A text in, the institutions that rules find out: a head noun ("University") grown to the name around it, acronyms in brackets."""

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extractor.find.acronyms import is_made_of
from extractor.find.heads import fold, head_of, head_word, subject_words
from extractor.find.words import Word, between, words_in
from extractor.layout import Layout
from extractor.rules.lexicon import load_lexicon
from extractor.spans import Span

_LONGEST_LINE = 20_000
_JOINS = frozenset({"of", "for", "de", "des", "du", "da", "do", "della", "di", "fur", "dos", "del"})
_ARTICLES = frozenset({"the", "la", "las", "los", "le", "les", "der", "die"})
_HEADLESS = frozenset({"and", "of", "for", "the", "in", "at", "&"})
_CAPITALS = regex.compile(r"(?<![\p{L}\p{N}])\p{Lu}[\p{L}]{0,4}\p{Lu}\p{L}{0,6}(?![\p{L}\p{N}])")
_ACRONYM = regex.compile(r"\s?[(\[]\s?[\"']?(?P<short>\p{Lu}[\p{L}\p{N}.&/-]{1,14})[\"']?\s?(?=[)\],;/])")
SURE, LIKELY = 0.8, 0.6


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load_lexicon("mention_cues")[name])


@cache
def _stops() -> frozenset[str]:
    """Capitalised words that do not begin a name."""
    return frozenset(fold(word) for word in load_lexicon("name_stops"))


def find_institutions(text: str, layout: Layout) -> list[Span]:
    """Institution spans with a head noun, and the acronyms that brackets define; they never overlap."""
    spans: list[Span] = []
    for line in layout.lines:
        spans += _in_line(text, line.start, min(line.end, line.start + _LONGEST_LINE))
    return [*spans, *_acronyms(text, spans)]


def _in_line(text: str, start: int, end: int) -> Iterator[Span]:
    words = words_in(text, start, end)
    at, free = 0, 0
    while at < len(words):
        if not _is_head(words[at]):
            at += 1
            continue
        first, last = _grown_left(text, words, at, free), _grown_right(text, words, at)
        while first < at and words[first].plain in _HEADLESS:
            first += 1
        if first == last and (words[at].plain in _listed("weak_heads") or len(words[at].text) < 4 or _is_common(words, at)):
            at += 1
            continue
        if first < at or last > at or len(words[at].text) > 11:
            yield Span(words[first].start, words[last].end, "institution", "institution.head", _score(words[first : last + 1]))
        at = free = last + 1


def _score(words: Sequence[Word]) -> float:
    return LIKELY if all(w.plain in _listed("weak_heads") or w.plain in subject_words() or w.plain in _HEADLESS for w in words) else SURE


def _is_common(words: Sequence[Word], at: int) -> bool:
    return words[at].plain in _listed("common_heads")


def _is_head(word: Word) -> bool:
    return word.is_capital and head_word(word.plain) is not None and not word.plain.isdigit()


def _grown_left(text: str, words: Sequence[Word], at: int, free: int) -> int:
    first = at
    while first > free:
        word, gap = words[first - 1], between(text, words, first - 1)
        if (
            word.plain in ("&", "and")
            and first - 1 > free
            and gap == " "
            and words[first - 2].is_capital
            and words[first].plain in subject_words()
        ):
            first -= 2
            continue
        if not word.is_capital or gap not in (" ", "-", " - ", "") or word.plain in _stops():
            break
        first -= 1
    return first


def _grown_right(text: str, words: Sequence[Word], at: int) -> int:
    last = at
    while (
        last + 1 < len(words)
        and between(text, words, last) == " "
        and _is_head(words[last + 1])
        and words[last + 1].plain not in _listed("weak_heads")
    ):
        if words[last].plain in ("university", "college") and words[last + 1].plain in (
            "school",
            "college",
            "faculty",
            "department",
            "office",
            "institute",
        ):
            break
        last += 1
    joined = _joined(text, words, last)
    while joined is not None:
        last = joined
        joined = _joined(text, words, last)
    return last


def _joined(text: str, words: Sequence[Word], last: int) -> int | None:
    """The end of one more "of Medicine" or ", Science and Technology"; None where the name is over."""
    on = last + 1
    if on >= len(words):
        return None
    gap = between(text, words, last)
    if words[on].plain in _JOINS and gap == " ":
        on += 1
        if on < len(words) and words[on].plain in _ARTICLES:
            on += 1
        return _chunk(text, words, on, is_listed=False)
    listed = gap.strip() == "," or words[on].plain in ("and", "&")
    if not listed or not (gap.startswith((" ", ",")) and len(gap) <= 2):
        return None
    on += words[on].plain in ("and", "&")
    return _chunk(text, words, on, is_listed=True)


def _chunk(text: str, words: Sequence[Word], first: int, *, is_listed: bool) -> int | None:
    if first >= len(words) or not words[first].is_capital or between(text, words, first - 1) != " ":
        return None
    if is_listed and words[first].plain not in subject_words():
        return None
    last = first
    while (
        last + 1 < len(words)
        and between(text, words, last) in (" ", "-")
        and words[last + 1].is_capital
        and words[last + 1].plain not in _stops()
    ):
        last += 1
    inner = [w for w in words[first : last + 1] if _is_head(w) and w.plain not in _listed("weak_heads")]
    if inner and not inner[0].plain.endswith("ies"):
        return None
    return last


def _acronyms(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """Acronyms that a bracket after a name defines or that are the initials of a name, wherever they stand."""
    defined: dict[str, None] = {}
    for span in spans:
        match = _ACRONYM.match(text, span.end)
        if match and sum(c.isupper() for c in match["short"]) >= min(2, len(match["short"])) and not head_of(match["short"]):
            defined[match["short"]] = None
    names = dict.fromkeys(text[span.start : span.end] for span in spans)
    by_initial: dict[str, list[str]] = {}
    for name in names:
        by_initial.setdefault(fold(name[0]), []).append(name)
    free = dict.fromkeys(match[0] for match in _CAPITALS.finditer(text) if match[0] not in defined)
    known = load_lexicon("known_institutions")
    defined |= {s: None for s in free if s in known or any(is_made_of(s, name) for name in by_initial.get(fold(s[0]), ()))}
    if not defined:
        return
    pattern = regex.compile(r"(?<![\p{L}\p{N}])(?:\L<names>)(?![\p{L}\p{N}])", names=sorted(defined, key=lambda d: (-len(d), d)))
    for match in pattern.finditer(text):
        yield Span(match.start(), match.end(), "institution", "institution.acronym", SURE)
