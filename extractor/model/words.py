"""Text -> words with their offsets, and the words that start a sentence."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

LONGEST_WORD = 64  # characters; a longer run of letters is cut, so that junk cannot grow without bound

_LETTERS = rf"(?:[^\W\d_][\u0300-\u036f]*){{1,{LONGEST_WORD}}}"
_NUMBER = rf"\d{{1,{LONGEST_WORD}}}(?:(?:st|nd|rd|th)(?![^\W_]))?"
_TOKEN = re.compile(rf"({_LETTERS}|{_NUMBER}|[^\s])( ?)|(\s{{1,{LONGEST_WORD}}})")
_CLOSERS = frozenset("\"'”’»)]}")
_ENDERS = frozenset(".!?…。！？")
_MOST_CLOSERS = 8
_OPENERS = frozenset("\"'“‘«([{-–—•·*")


class Words(NamedTuple):
    """What a text is cut into: `texts[i]` followed by a space where `spaces[i]`; runs of other white space are words too."""

    texts: list[str]
    spaces: list[bool]


def split_words(text: str) -> Words:
    """Cut at every change between letters, digits and marks, so that a mention ends where a word ends ("members,and")."""
    texts: list[str] = []
    spaces: list[bool] = []
    for word, space, blank in _TOKEN.findall(text):
        texts.append(word or blank)
        spaces.append(space != "")
    return Words(texts, spaces)


class Abbreviations(NamedTuple):
    """Words, lower case and without the dot, after which a full stop ends no sentence; `starters` that begin one all the same."""

    titles: frozenset[str]
    others: frozenset[str]
    starters: frozenset[str]


@cache
def abbreviations() -> Abbreviations:
    """Read the list of `rules/abbreviations.yaml`."""
    listed = yaml.safe_load(files("extractor.rules").joinpath("abbreviations.yaml").read_text(encoding="utf-8"))
    titles, starters = frozenset(listed.pop("titles")), frozenset(listed.pop("starters"))
    return Abbreviations(titles, frozenset(word for group in listed.values() for word in group), starters)


def sentence_starts(words: Words) -> list[bool]:
    """Say for each word whether it starts a sentence; a line break always ends one, an abbreviation never does."""
    texts = words.texts
    starts = [False] * len(texts)
    if starts:
        starts[0] = True
    for i, word in enumerate(texts):
        if word in _ENDERS:
            if i + 1 < len(texts) and not (i and texts[i - 1] in _ENDERS and not words.spaces[i - 1]):
                _end_sentence(words, i, starts)
        elif "\n" in word and i + 1 < len(texts):
            starts[i + 1] = True
    return starts


def _end_sentence(words: Words, stop: int, starts: list[bool]) -> None:
    texts, spaces = words
    last = stop
    while (
        last + 1 < len(texts)
        and last - stop < _MOST_CLOSERS
        and not spaces[last]
        and (texts[last + 1] in _CLOSERS or texts[last + 1] in _ENDERS)
    ):
        last += 1
    following = last + 1
    if following >= len(texts):
        return
    spaced = spaces[last] or texts[following].isspace()
    if texts[following].isspace():
        following += 1
    if following < len(texts) and _is_start(texts, following) and _is_stop(words, stop, following, spaced=spaced):
        starts[following] = True


def _is_start(texts: list[str], i: int) -> bool:
    if texts[i] in _OPENERS and i + 1 < len(texts):
        i += 1
    return not texts[i][0].islower() and texts[i] not in _CLOSERS and texts[i] not in ",;:"


def _is_stop(words: Words, stop: int, following: int, *, spaced: bool) -> bool:
    texts, spaces = words
    mark = texts[stop]
    if mark not in ".…" or stop == 0:
        return spaced or mark in "。！？"
    before = texts[stop - 1]
    if spaces[stop - 1]:
        return spaced
    if not spaced:  # "with his country.One of the four": a slip, not an address such as www.Example.org
        return before.islower() and len(before) > 2 and not _in_address(texts, spaces, stop)
    if len(before) == 1 and before.isalpha() and before.isupper():
        return stop > 1 and texts[stop - 2] == "." and texts[following].lower() in abbreviations().starters
    known, word = abbreviations(), before.lower()
    if word in known.titles:
        return False
    return word not in known.others or texts[following].lower() in known.starters


def _in_address(texts: list[str], spaces: list[bool], stop: int) -> bool:
    first = stop
    while first > 0 and not spaces[first - 1] and not texts[first - 1].isspace() and stop - first < 12:
        first -= 1
    return any(word in {"www", "http", "https", "@", "/"} for word in texts[first:stop])
