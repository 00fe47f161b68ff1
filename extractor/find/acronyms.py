"""An acronym and a name in, how well the one is made of the other out."""

from collections.abc import Iterator
from functools import lru_cache

import regex

from extractor.find.heads import PREPOSITIONS, fold

_ACRONYM = regex.compile(r"(?:[\p{L}\p{N}][\p{L}\p{N}.&/-]{0,14}[\p{L}\p{N}.]|\p{Lu})")
_PIECE = regex.compile(r"[\p{L}\p{N}]+")
_TAIL = regex.compile(r"'s\b|,? (?:named (?:after|for)|under the) .*$|,? (?:limited|ltd|inc|llc|gmbh)\.?$")
_COMPASS = regex.compile(r"\b(north|south|east|west)(?=(?:east|west)?(?:ern)?\b)")
_LONGEST = 16
_SHORTEST, _LONG = 3, 5
_SKIP = 0.7  # a word of the name that gives no letter
_BLEND = 0.35  # a word that gives its beginning: "Uni", "Poli"
_INNER = 0.4  # a word that gives its first and an inner letter: "NJ" for Nanjing
_SHUFFLED = 0.5  # all initials in another order: TSEU, Tashkent State University of Economics
_SHUFFLED_LETTERS = 3
IMPOSSIBLE = 99.0
LOOSE = 2.0  # beside each other in brackets: the writer has said that they are one
STRICT = 0.8  # anywhere in the text
STRICT_LONG = 1.2  # the same for five letters and more


def is_acronym(text: str) -> bool:
    """Whether a name looks like letters taken from a longer one: HUST, U.Porto, UniLag, MakSPH, Unsri."""
    if not _ACRONYM.fullmatch(text):
        return False
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return capitals >= 2 and (capitals == len(letters) or capitals * 2 >= len(letters) or len(letters) <= 8)


def is_made_of(acronym: str, name: str) -> bool:
    """Whether an acronym stands for a name without the text saying so."""
    letters = sum(c.isalpha() for c in acronym)
    if letters < _SHORTEST:
        return cost_of(acronym, name) == 0
    return cost_of(acronym, name) <= (STRICT if letters < _LONG else STRICT_LONG)


@lru_cache(maxsize=1 << 12)
def cost_of(acronym: str, name: str) -> float:
    """How far an acronym is from the initials of a name: 0 for all initials in order, ``IMPOSSIBLE`` where letters are missing."""
    letters = "".join(_PIECE.findall(fold(acronym)))
    words = _PIECE.findall(_COMPASS.sub(r"\1 ", _TAIL.sub("", fold(name))))
    if not letters or not words or len(words) > _LONGEST:
        return IMPOSSIBLE
    told = [w for w in words if w not in PREPOSITIONS]
    if len(letters) > 2 and sorted(letters) == sorted(w[0] for w in told):
        if letters == "".join(w[0] for w in told):
            return 0.0
        if letters[0] == words[0][0] or len(letters) > _SHUFFLED_LETTERS:
            return _SHUFFLED
    costs = {0: 0.0}
    for word in words:
        skip = 0.0 if word in PREPOSITIONS else _SKIP
        following: dict[int, float] = {}
        for at, cost in costs.items():
            _keep(following, at, cost + skip)
            for taken, price in _takings(word, letters[at:]):
                _keep(following, at + taken, cost + price)
        costs = following
    return costs.get(len(letters), IMPOSSIBLE)


def _takings(word: str, letters: str) -> Iterator[tuple[int, float]]:
    """(letters taken, price) of the ways in which a word gives the next letters: its beginning, or its first and inner letters."""
    at = -1
    for taken, letter in enumerate(letters, 1):
        inner = word.find(letter, at + 1)
        if inner < 0 or (taken == 1 and inner > 0):
            return
        at = inner
        yield taken, 0.0 if taken == 1 else _BLEND if at == taken - 1 else _INNER * (taken - 1)


def _keep(costs: dict[int, float], at: int, cost: float) -> None:
    if cost < costs.get(at, IMPOSSIBLE):
        costs[at] = cost
