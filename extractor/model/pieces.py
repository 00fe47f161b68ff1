"""Words -> word pieces with the features of case that a lower-case vocabulary loses."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SHAPES = ("special", "lower", "title", "upper", "letter", "mixed", "digits", "ordinal", "mark", "caseless")
FEATURES = 4 * len(SHAPES)  # shape, first piece or not, glued to the word before or not
_LONGEST_PIECED = 40  # characters; a longer word is one unknown piece
_CACHED_WORDS = 1 << 14


def shape(word: str) -> int:
    """Return the index in SHAPES of a word's written shape."""
    if word.isalpha():
        if word.islower():
            return 1
        if word.isupper():
            return 3 if len(word) > 1 else 4
        if word[0].isupper() and word[1:].islower():
            return 2
        return 5 if word.lower() != word.upper() else 9
    if word.isdigit():
        return 6
    return 7 if word[0].isdigit() else (2 if word[0].isupper() else 1) if word[0].isalpha() else 8


class Pieces:
    """The vocabulary of an encoder: cuts words into its pieces, greedily the longest first, and remembers them."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._ids = {piece: i for i, piece in enumerate(vocabulary)}
        self.start = self._ids["[CLS]"]
        self.stop = self._ids["[SEP]"]
        self.unknown = self._ids["[UNK]"]
        self._cache: dict[str, tuple[list[int], int]] = {}

    @classmethod
    def read(cls, path: Path) -> Pieces:
        """Read a vocabulary file, one piece a line."""
        return cls(path.read_text(encoding="utf-8").split("\n"))

    def encode(self, word: str) -> tuple[list[int], int]:
        """Return the ids of a word's pieces (at least one) and its shape."""
        found = self._cache.get(word)
        if found is None:
            if len(self._cache) >= _CACHED_WORDS:
                self._cache.clear()
            found = self._cache[word] = (self._cut(word), shape(word))
        return found

    def _cut(self, word: str) -> list[int]:
        if len(word) > _LONGEST_PIECED:
            return [self.unknown]
        plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
        if any(_is_ideograph(c) for c in plain):
            return [self._ids.get(c, self.unknown) for c in plain]
        return self._longest(plain)

    def _longest(self, plain: str) -> list[int]:
        ids: list[int] = []
        at = 0
        while at < len(plain):
            for end in range(len(plain), at, -1):
                known = self._ids.get(("##" if at else "") + plain[at:end])
                if known is not None:
                    ids.append(known)
                    at = end
                    break
            else:
                return [self.unknown]
        return ids or [self.unknown]


def _is_ideograph(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or "\U00020000" <= character <= "\U0003ffff"
