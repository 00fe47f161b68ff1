"""A regular expression in, the letters that each of its matches begins with out, so that it is tried only where a word begins so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]  # the standard library's own reading of patterns
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

LONGEST = 3  # letters of an opening
_MOST = 40  # characters of a class that are told apart
_REPEATS = frozenset({codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT})
_LOOKS = frozenset({codes.ASSERT, codes.ASSERT_NOT})
# Letters that are taken for others where case is ignored, beside their own capitals.
_ODD = str.maketrans(
    {
        "\u0130": "i",
        "\u0131": "i",
        "\u017f": "s",
        "\u212a": "k",
        **dict(zip(map(chr, range(0x1C80, 0x1C88)), "\u0432\u0434\u043e\u0441\u0442\u0442\u044a\u0463", strict=True)),
    }
)
_CASED = ("\u00c0", "\u045f")  # letters beyond ASCII whose capitals are known well: Latin and Cyrillic
_DIGIT = re.compile(r"\d")


class _Start(NamedTuple):
    """How a match may begin: ``is_whole`` where nothing else of the part read so far stands behind it."""

    text: str
    is_whole: bool


_NOTHING = frozenset([_Start("", True)])
_ANYTHING = frozenset([_Start("", False)])


def openings_of(pattern: str) -> frozenset[str]:
    """In ``plain`` form, up to three characters that every match begins with, each at the start of a word; empty: they are not sure."""
    items = parser.parse(pattern)
    found = frozenset(start.text for start in _starts(items))
    return found if _begins_word(items) and all(text and re.match(r"\w", text) for text in found) else frozenset()


def plain(text: str) -> str:
    """A text of the same length without what openings pass over: case and the values of digits."""
    text = (text if text.isascii() else text.translate(_ODD)).lower()
    return _DIGIT.sub("0", text)


def _starts(items: Iterable[tuple[Any, Any]]) -> frozenset[_Start]:
    found = _NOTHING
    for code, value in items:
        if not any(start.is_whole for start in found):
            break
        following = _part(code, value)
        found = frozenset(more for start in found for more in (_joined(start, following) if start.is_whole else [start]))
    return found


def _joined(start: _Start, following: frozenset[_Start]) -> Iterator[_Start]:
    for more in following:
        text = start.text + more.text
        yield _Start(text[:LONGEST], more.is_whole and len(text) < LONGEST)


def _part(code: Any, value: Any) -> frozenset[_Start]:  # noqa: ANN401 - the parser's own values
    if code is codes.AT or code in _LOOKS:
        return _NOTHING
    if code is codes.SUBPATTERN:
        return _starts(value[3])
    if code is codes.ATOMIC_GROUP:
        return _starts(value)
    if code is codes.BRANCH:
        return frozenset(start for branch in value[1] for start in _starts(branch))
    if code in _REPEATS:
        least, most, body = value
        once = _starts(body)
        again = once if most == 1 else frozenset(start._replace(is_whole=False) for start in once)
        return again if least else again | _NOTHING
    return frozenset(_Start(c, True) for c in _characters(code, value)) or _ANYTHING


def _characters(code: Any, value: Any) -> frozenset[str]:  # noqa: ANN401
    """The characters that a single place may hold, none where they are too many."""
    if code is codes.LITERAL:
        return _of(value, value)
    if code is not codes.IN:
        return frozenset()
    known = [("0" if str(given) == "CATEGORY_DIGIT" else "") if kind is codes.CATEGORY else _range(kind, given) for kind, given in value]
    return frozenset().union(*map(frozenset, known)) if all(known) else frozenset()


def _range(kind: Any, given: Any) -> frozenset[str]:  # noqa: ANN401
    first, last = given if kind is codes.RANGE else (given, given)
    return _of(first, last) if kind in {codes.RANGE, codes.LITERAL} else frozenset()


def _of(first: int, last: int) -> frozenset[str]:
    found = [chr(point) for point in range(first, min(last, first + _MOST) + 1)]
    is_told = len(found) <= _MOST and all(c.isascii() or c.lower() == c.upper() or _CASED[0] <= c <= _CASED[1] for c in found)
    return frozenset(map(plain, found)) if is_told else frozenset()


def _begins_word(items: Iterable[tuple[Any, Any]]) -> bool:
    """Whether every match stands behind a boundary of a word."""
    for code, value in items:
        if code is codes.AT:
            return value is codes.AT_BOUNDARY
        if code is codes.SUBPATTERN:
            return _begins_word(value[3])
        if code is codes.BRANCH:
            return all(_begins_word(branch) for branch in value[1])
        if code is codes.ASSERT and value[0] < 0:
            last, given = value[1][-1]
            return last is codes.LITERAL and not re.match(r"\w", chr(given))
        if code is not codes.ASSERT_NOT:
            return False
    return False
