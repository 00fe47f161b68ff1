"""Words and sentences -> windows of pieces that an encoder reads in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .pieces import SHAPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .pieces import Pieces
    from .words import Words

LONGEST = 160  # pieces; attention over more costs time and brought nothing
_MOST_OF_WORD = 16  # pieces of one word that are read
_NOT_FIRST = len(SHAPES)
_GLUED = 2 * len(SHAPES)


class Window(NamedTuple):
    """A stretch of text as the encoder sees it: ids and features per piece, and per word its index and its first piece."""

    ids: list[int]
    features: list[int]
    words: list[int]
    firsts: list[int]


class _Stretch:
    """A window in the making."""

    def __init__(self, pieces: Pieces) -> None:
        self.stop = pieces.stop
        self.ids, self.features = [pieces.start], [0]
        self.words: list[int] = []
        self.firsts: list[int] = []

    def add(self, word: int, ids: list[int], shape: int, *, glued: bool) -> None:
        self.words.append(word)
        self.firsts.append(len(self.ids))
        self.ids += ids
        self.features += [shape + (_GLUED if glued else 0)] + [shape + _NOT_FIRST] * (len(ids) - 1)

    def end_line(self) -> None:
        if self.words and self.ids[-1] != self.stop:
            self.ids.append(self.stop)
            self.features.append(0)

    def close(self) -> Window:
        self.end_line()
        return Window(self.ids, self.features, self.words, self.firsts)


def windows(words: Words, starts: Sequence[bool], pieces: Pieces, longest: int = LONGEST) -> Iterator[Window]:
    """Pack whole sentences into windows of at most `longest` pieces; only a sentence longer than that is cut."""
    stretch = _Stretch(pieces)
    for first, last in _sentences(starts):
        encoded = [None if text.isspace() else pieces.encode(text) for text in words.texts[first:last]]
        size = sum(min(len(e[0]), _MOST_OF_WORD) if e else 1 for e in encoded)
        if stretch.words and len(stretch.ids) + size >= longest:
            yield stretch.close()
            stretch = _Stretch(pieces)
        for i, found in enumerate(encoded, first):
            if found is None:
                if "\n" in words.texts[i]:
                    stretch.end_line()
                continue
            ids = found[0][:_MOST_OF_WORD]
            if stretch.words and len(stretch.ids) + len(ids) >= longest:
                yield stretch.close()
                stretch = _Stretch(pieces)
            glued = i > 0 and not words.spaces[i - 1] and not words.texts[i - 1].isspace()
            stretch.add(i, ids, found[1], glued=glued)
    if stretch.words:
        yield stretch.close()


def _sentences(starts: Sequence[bool]) -> Iterator[tuple[int, int]]:
    first = 0
    for i in range(1, len(starts)):
        if starts[i]:
            yield first, i
            first = i
    if starts:
        yield first, len(starts)
