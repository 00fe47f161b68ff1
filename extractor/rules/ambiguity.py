r"""A regular expression in, whether matching it may take time that doubles with each character out.

A backtracking matcher tries every way in which a pattern reads the same words. Where a loop reads them in two ways, as ``(\w+\s?)+`` does,
each turn doubles the ways (Weideman et al. 2016, "Analyzing matching time behavior of backtracking regular expression matchers"). The
pattern becomes an automaton whose states are its characters (Glushkov 1961); two different walks from a state back to it by the same
characters tell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from re import _constants as codes  # type: ignore[attr-defined]  # the standard library's own reading of patterns
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

_ALPHABET = "".join(map(chr, range(32, 127))) + "\n\t\u00e9\u00c9\u2013\u2019\u4e2d\ue000\ue001\ue002\ue003"
_EVERY = frozenset(_ALPHABET)
_FEW = 6  # turns: a loop that ends sooner costs little whatever it reads
# What the larger syntax of the module ``regex`` says, in the smaller one; near enough for telling characters apart.
_CLASSES = {"L": "A-Za-z\u00e9\u00c9\u4e2d", "Lu": "A-Z\u00c9", "Ll": "a-z\u00e9", "N": "0-9", "Nd": "0-9", "M": "\u0301", "P": "!-/:-@"}
_ANY = "\0-\U0010ffff"
_CLASS = re.compile(r"\\p\{(\w+)\}|(?<!\\)(\[\^?\]?|\])")

State = int


class _Part(NamedTuple):
    """A piece of a pattern: the ways to read nothing, and the states that it may begin and end with, each as often as there are ways."""

    empty: int
    first: Counter[State]
    last: Counter[State]


_NOTHING = _Part(1, Counter(), Counter())


class AmbiguityError(ValueError):
    """A pattern that cannot be shown to end soon; its text says why."""


def refuse_ambiguous(pattern: str, *, ignores_case: bool) -> None:
    """Raises AmbiguityError for a pattern with a loop that reads the same characters in two ways, or with what cannot be judged."""
    try:
        parsed = parser.parse(_plain(pattern))
    except (re.error, OverflowError) as error:
        raise AmbiguityError(f"does not compile ({error})") from error
    todo = [parsed]
    while todo:
        automaton = _Automaton(_cased if ignores_case else frozenset)
        automaton.add(todo.pop())
        todo += automaton.looks
        for loop in _loops(automaton.follow):
            if (text := _read_twice(loop, automaton)) is not None:
                raise AmbiguityError(f"has a loop that reads {text!r} in several ways, and so may never end")


def _plain(pattern: str) -> str:
    inside = False

    def plain(match: re.Match[str]) -> str:
        nonlocal inside
        if match[1]:
            known = _CLASSES.get(match[1], _ANY)
            return known if inside else f"[{known}]"
        inside = match[2] != "]"
        return match[2]

    return _CLASS.sub(plain, pattern)


class _Automaton:
    """States are the characters of a pattern; ``follow`` counts the ways from one to the next."""

    def __init__(self, cased: Callable[[Iterable[str]], frozenset[str]]) -> None:
        self._cased = cased
        self.reads: list[frozenset[str]] = []
        self.follow: list[Counter[State]] = []
        self.looks: list[Any] = []  # what stands in lookaheads and lookbehinds, which are matched on their own

    def add(self, items: Iterable[tuple[Any, Any]]) -> _Part:
        whole = _NOTHING
        for code, value in items:
            whole = self._joined(whole, self._part(code, value))
        return whole

    def _part(self, code: Any, value: Any) -> _Part:  # noqa: ANN401 - the parser's own values
        if code in {codes.LITERAL, codes.NOT_LITERAL, codes.ANY, codes.IN}:
            return self._state(self._cased(_characters(code, value)))
        if code in {codes.MAX_REPEAT, codes.MIN_REPEAT}:
            return self._loop(*value)
        if code is codes.POSSESSIVE_REPEAT:  # its turns are never gone back to
            part = self.add(value[2])
            return part._replace(empty=part.empty + (value[0] == 0))
        if code is codes.SUBPATTERN:
            return self._group(*value)
        if code is codes.ATOMIC_GROUP:
            return self.add(value)
        if code is codes.BRANCH:
            return _either([self.add(branch) for branch in value[1]])
        if code in {codes.ASSERT, codes.ASSERT_NOT}:
            self.looks.append(value[1])
        elif code is not codes.AT:
            raise AmbiguityError(f"cannot be judged ({str(code).lower()})")
        return _NOTHING

    def _group(self, _number: int | None, added: int, dropped: int, items: Any) -> _Part:  # noqa: ANN401
        before = self._cased
        self._cased = _cased if added & re.IGNORECASE else frozenset if dropped & re.IGNORECASE else before
        part = self.add(items)
        self._cased = before
        return part

    def _state(self, characters: frozenset[str]) -> _Part:
        self.reads.append(characters)
        self.follow.append(Counter())
        at = Counter([len(self.reads) - 1])
        return _Part(0, at, at)

    def _loop(self, least: int, most: int, items: Any) -> _Part:  # noqa: ANN401
        if most <= _FEW:
            whole = _NOTHING
            for turn in range(most):
                part = self.add(items)
                whole = self._joined(whole, part if turn < least else part._replace(empty=part.empty + 1))
            return whole
        part = self.add(items)
        self._link(part.last, part.first)
        return part._replace(empty=part.empty + (least == 0))

    def _joined(self, a: _Part, b: _Part) -> _Part:
        self._link(a.last, b.first)
        return _Part(a.empty * b.empty, a.first + _times(b.first, a.empty), b.last + _times(a.last, b.empty))

    def _link(self, last: Counter[State], first: Counter[State]) -> None:
        for state, ways in last.items():
            for following, more in first.items():
                self.follow[state][following] += ways * more


def _either(parts: list[_Part]) -> _Part:
    first: Counter[State] = sum((part.first for part in parts), Counter())
    last: Counter[State] = sum((part.last for part in parts), Counter())
    return _Part(sum(part.empty for part in parts), first, last)


def _times(states: Counter[State], ways: int) -> Counter[State]:
    return Counter({state: count * ways for state, count in states.items()}) if ways else Counter()


def _characters(code: Any, value: Any) -> frozenset[str]:  # noqa: ANN401
    if code is codes.ANY:
        return _EVERY - {"\n"}
    if code is codes.IN:
        found = frozenset(c for kind, given in value if kind is not codes.NEGATE for c in _characters(kind, given))
        return _EVERY - found if value[0][0] is codes.NEGATE else found
    if code is codes.RANGE:
        return frozenset(c for c in _ALPHABET if value[0] <= ord(c) <= value[1])
    if code is codes.CATEGORY:
        return _of_category(str(value))
    found = frozenset(chr(value))
    return _EVERY - found if code is codes.NOT_LITERAL else found


def _cased(characters: Iterable[str]) -> frozenset[str]:
    return frozenset(same for c in characters for same in (c, c.lower(), c.upper()))


@cache
def _of_category(name: str) -> frozenset[str]:
    letter = {"DIGIT": r"\d", "SPACE": r"\s", "WORD": r"\w"}[name.rsplit("_", 1)[-1]]
    found = frozenset(c for c in _ALPHABET if re.match(letter, c))
    return _EVERY - found if "_NOT_" in name else found


def _loops(follow: list[Counter[State]]) -> Iterator[frozenset[State]]:
    """The sets of states that can all be reached from one another."""
    onward = [_reached(state, follow) for state in range(len(follow))]
    seen: set[State] = set()
    for state, reached in enumerate(onward):
        if state in reached and state not in seen:
            loop = frozenset(other for other in reached if state in onward[other])
            seen |= loop
            yield loop


def _reached(start: State, follow: list[Counter[State]]) -> set[State]:
    found: set[State] = set()
    todo = [start]
    while todo:
        fresh = follow[todo.pop()].keys() - found
        found |= fresh
        todo += fresh
    return found


def _read_twice(loop: frozenset[State], automaton: _Automaton) -> str | None:
    """Characters that lead from one state back to it on two ways, None where there are none."""
    follow, reads = automaton.follow, automaton.reads
    texts: dict[tuple[State, State], str] = {(state, state): "" for state in loop}
    todo = list(texts)
    for a, b in todo:
        for c in follow[a].keys() & loop:
            for d in follow[b].keys() & loop:
                shared = reads[c] & reads[d]
                if not shared:
                    continue
                text = texts[a, b] + min(shared)
                is_second = follow[a][c] > 1 if (a, c) == (b, d) else c == d and a != b
                if is_second:
                    return text
                if (c, d) not in texts:
                    texts[c, d] = text
                    todo.append((c, d))
    return None
