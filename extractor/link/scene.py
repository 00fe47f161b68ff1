"""The institutions, people and posts of a text in their order; asks about neighbours and the words between them."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import regex

from extractor.find.honorifics import after_name, honorific_start
from extractor.records import Mention

_DEGREE = regex.compile(r"\s*,?\s*((?:\p{L}{1,5}\.){1,4}\p{L}{0,4}\.?|\p{L}[\p{L}.]{1,7})(?=[,\s)]|$)")
_LONGEST_DEGREE = 5
_AGE = regex.compile(r"\s*(?:\(\d\d\)|\([^()\n]{0,12}(?:left|right|centre|center|L|R)\)|, (?:aged )?\d\d|, born in \d{4})(?=,| )")


class Scene(NamedTuple):
    """Mentions of institutions, people and roles in text order with the entities that they name; ``starts`` are those of sentences."""

    text: str
    items: Sequence[Mention]
    entity: Mapping[str, str]
    starts: Sequence[int]

    def kind(self, at: int) -> str:
        """The label of an item, empty beyond either end."""
        return self.items[at].label if 0 <= at < len(self.items) else ""

    def gap(self, at: int) -> str:
        """The text between an item and the next, without honorifics before a person and degrees behind one."""
        if not 0 <= at < len(self.items) - 1:
            return "\n\n"
        start, following = self.items[at].end, self.items[at + 1]
        end = following.start
        if following.label == "person":
            end = max(start, honorific_start(self.text, end))
        if self.items[at].label == "person":
            start = behind_name(self.text, start, end)
        return self.text[start:end]

    def who(self, at: int) -> str:
        """The entity of an item."""
        return self.entity[self.items[at].id]

    def sentence(self, at: int) -> tuple[int, int]:
        """Start and end (characters, half-open) of the sentence of an item."""
        number = bisect_right(self.starts, self.items[at].start)
        end = self.starts[number] if number < len(self.starts) else len(self.text)
        return (self.starts[number - 1] if number else 0), end


def behind_name(text: str, end: int, stop: int) -> int:
    """Where degrees, ages and places in a photo behind a name end, before ``stop``; ``end`` itself where there are none."""
    while True:
        match = _AGE.match(text, end, stop)
        if match is None:
            match = _DEGREE.match(text, end, stop)
            if match is None or not _is_degree(match[1]):
                return end
        end = match.end()


def _is_degree(word: str) -> bool:
    plain = word.casefold().strip(".")
    return plain in after_name() or word.count(".") > 1 or (word.isupper() and len(word) <= _LONGEST_DEGREE)
