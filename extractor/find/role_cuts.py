"""A role span as a model gives it in, its parts out: a nation before the title goes, a unit behind it becomes an institution."""

from collections.abc import Iterator
from functools import cache

import regex

from extractor.find.heads import fold, head_of, head_word, words_of
from extractor.find.places import demonyms
from extractor.rules.lexicon import load_lexicon
from extractor.spans import Span

_FIRST_WORD = regex.compile(r"(\p{Lu}\p{L}+)\s+(?=\p{L})")
_UNIT_BEHIND = regex.compile(r"\s+(?:of|at|in)\s+(?:the\s+|its\s+|our\s+)?(?=\p{Lu})")
_COMMITTEE = regex.compile(r"\b(?:committee|board|council|panel|commission|senate)\b", regex.IGNORECASE)
_SHORT = 2  # words
_STATE_RANKS = ("head_of_state", "minister", "ambassador", "chancellor", "president")
_UNIT_KINDS = frozenset({"department", "faculty", "laboratory", "institute", "hospital", "university", "company"})


def cut_role(text: str, start: int, end: int, span: Span) -> Iterator[Span]:
    """The title, and the named unit that was taken into it; "Executive Board" is a unit alone."""
    words = text[start:end]
    if _names_a_unit(words, _has_title_behind(text, end)):
        yield span._replace(start=start, end=end, label="institution")
        return
    start = _behind_nation(text, start, end)
    for gap in _UNIT_BEHIND.finditer(text, start + 1, end):
        if _is_whole_unit(text[gap.end() : end]) and _has_title(text[start : gap.start()]):
            yield span._replace(start=start, end=gap.start())
            yield span._replace(start=gap.end(), end=end, label="institution")
            return
    yield span._replace(start=start, end=end)


def _behind_nation(text: str, start: int, end: int) -> int:
    """Where the title begins: "Chinese director" is a director, "Chinese Ambassador" is an office of a state and keeps its nation."""
    first = _FIRST_WORD.match(text, start, end)
    if first is None or fold(first[1]) not in demonyms() or not _has_title(text[first.end() : end]):
        return start
    return start if _is_office_of_state(text[first.end() : end]) else first.end()


def _is_whole_unit(words: str) -> bool:
    head = head_of(words)
    return head is not None and head.kind in _UNIT_KINDS and len(words_of(words)) > 1 and not _COMMITTEE.search(words)


def _names_a_unit(words: str, is_before_title: bool) -> bool:
    """Whether the words are a unit's name; the people whom it serves ("Student Office") are no title of it."""
    folded = words_of(words)
    closes = len(folded) > (1 if is_before_title else _SHORT) and head_word(folded[-1]) in _UNIT_KINDS
    return closes and not _posts().search(words)


def _has_title_behind(text: str, end: int) -> bool:
    return text[end : end + 1] == " " and _posts().match(text, end + 1) is not None


def _has_title(words: str) -> bool:
    return bool(_titles().search(words))


def _is_office_of_state(words: str) -> bool:
    return bool(_offices().search(words))


@cache
def _titles() -> "regex.Pattern[str]":
    listed = [title for titles in load_lexicon("titles")["ranks"].values() for title in titles]
    return _any_of(listed)


@cache
def _posts() -> "regex.Pattern[str]":
    ranks = load_lexicon("titles")["ranks"]
    return _any_of([title for rank in ranks if rank not in ("student", "researcher", "other") for title in ranks[rank]])


@cache
def _offices() -> "regex.Pattern[str]":
    ranks = load_lexicon("titles")["ranks"]
    return _any_of([title for rank in _STATE_RANKS for title in ranks[rank] if title not in ("rector", "principal", "ceo")])


def _any_of(listed: list[str]) -> "regex.Pattern[str]":
    forms = "|".join(regex.escape(title) for title in sorted(listed, key=len, reverse=True))
    return regex.compile(rf"(?<!\p{{L}})(?:{forms})s?(?!\p{{L}})", regex.IGNORECASE)
