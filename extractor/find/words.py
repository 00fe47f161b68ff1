"""A line of text in, its words with their case and what stands between them out."""

from collections.abc import Sequence
from typing import NamedTuple

import regex

from extractor.find.heads import fold

_WORD = regex.compile(r"(?:\p{L}\.){2,}|\p{Lu}\.(?=[\s-]?\p{L})|[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}]|['./-](?=\p{L})|&(?=\p{Lu}))*|&")


class Word(NamedTuple):
    """A printed word: characters ``start`` to ``end`` of the text, without a possessive 's."""

    start: int
    end: int
    text: str
    plain: str

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


def words_in(text: str, start: int, end: int) -> list[Word]:
    """The words of a stretch of a text, in order."""
    found = []
    for match in _WORD.finditer(text, start, end):
        printed = match[0].removesuffix("'s").removesuffix("'S")
        found.append(Word(match.start(), match.start() + len(printed), printed, fold(printed)))
    return found


def between(text: str, words: Sequence[Word], at: int) -> str:
    """The characters between a word and the next."""
    return text[words[at].end : words[at + 1].start]
