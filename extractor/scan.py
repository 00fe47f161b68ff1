"""A clean text in, whether it is worth a closer look out: a cheap search for beginnings of words, so that most are skipped."""

import re
import string
from collections.abc import Collection
from functools import cache

from extractor.records import EventType
from extractor.rules import load_lexicon

_LONGEST_WORD = 250  # characters; no name and no date is as long, but what searches for them may take long over such a run
_ENDLESS = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}|([^\w\s])\1{{7,}}")
_BLANKS = str.maketrans(dict.fromkeys(string.punctuation + "\n", " "))


def without_endless_words(text: str) -> str:
    """The text with blanks for each run of over 250 characters without one (encoded data, addresses), and for rules of dashes and the like.

    Its length stays.
    """
    return _ENDLESS.sub(lambda run: " " * len(run[0]), text)


def has_words_of(text: str, types: Collection[EventType]) -> bool:
    """Whether the text holds a beginning of a word that events of these types are told with."""
    words = f" {text.lower().translate(_BLANKS)} "
    return any(beginning in words for kind in types for beginning in _beginnings(kind))


@cache
def _beginnings(kind: EventType) -> tuple[str, ...]:
    return tuple(f" {beginning}" for beginning in load_lexicon("scan")[kind])
