"""A clean text in, whether it is worth a closer look out: a cheap search for beginnings of words, so that most are skipped."""

import string
from collections.abc import Collection
from functools import cache

from extractor.records import EventType
from extractor.rules import load_lexicon

_BLANKS = str.maketrans(dict.fromkeys(string.punctuation + "\n", " "))


def has_words_of(text: str, types: Collection[EventType]) -> bool:
    """Whether the text holds a beginning of a word that events of these types are told with."""
    words = f" {text.lower().translate(_BLANKS)} "
    return any(beginning in words for kind in types for beginning in _beginnings(kind))


@cache
def _beginnings(kind: EventType) -> tuple[str, ...]:
    return tuple(f" {beginning}" for beginning in load_lexicon("scan")[kind])
