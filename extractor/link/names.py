"""The words of a person's name in, its family and given part out, by the custom of its language."""

from functools import cache, lru_cache
from typing import NamedTuple

import regex

from extractor.find.heads import fold
from extractor.rules.lexicon import load_lexicon

_TOKEN = regex.compile(r"[^\s,()\"]+")
_INITIAL = regex.compile(r"(?:\p{Lu}\.?-?){1,3}")
_JUNIOR = frozenset({"jr", "sr", "ii", "iii", "iv"})
_FAMILY_FIRST = ("chinese", "korean", "vietnamese")
_SPLIT = regex.compile(r"(?<=\p{Ll})\.(?=\p{Lu}\b)")


class Split(NamedTuple):
    """Family and given name as printed, None where unknown."""

    family: str | None
    given: str | None


def tokens_of(name: str) -> tuple[str, ...]:
    """The printed words of a name, "Jargalant.P" as two."""
    return tuple(t.strip(",") for t in _TOKEN.findall(_SPLIT.sub(" ", name)))


@lru_cache(maxsize=1 << 12)
def keys_of(name: str) -> tuple[str, ...]:
    """The folded words of a name, hyphens dropped, for comparing."""
    words = (word for token in tokens_of(name) for word in fold(token).split("."))
    return tuple(k for word in words if (k := word.replace("-", "").replace("'", "")))


def is_initial(token: str) -> bool:
    """Whether a printed word is an initial: "J.", "J", "K.H."."""
    return bool(_INITIAL.fullmatch(token)) and len(token.replace(".", "").replace("-", "")) <= 2


@cache
def _families(language: str) -> frozenset[str]:
    return frozenset(load_lexicon("family_names")[language])


@cache
def _particles() -> frozenset[str]:
    return frozenset(load_lexicon("family_names")["particles"])


def split_name(name: str) -> Split:
    """Family and given name of a full name; a single word is a family name."""
    tokens = [t for t in tokens_of(name) if fold(t).strip(".") not in _JUNIOR]
    if not tokens:
        return Split(None, None)
    if len(tokens) == 1:
        return Split(_cased(tokens[0]), None)
    at = _family_at(tokens)
    family, rest = tokens[at[0] : at[1]], [*tokens[: at[0]], *tokens[at[1] :]]
    return Split(" ".join(map(_cased, family)), " ".join(rest) or None)


def _family_at(tokens: list[str]) -> tuple[int, int]:
    capital = [i for i, t in enumerate(tokens) if t.isupper() and len(t.replace(".", "")) > 1 and not is_initial(t)]
    if capital and len(capital) < len(tokens):
        return capital[0], capital[-1] + 1
    folded = [fold(t) for t in tokens]
    if is_initial(tokens[-1]) and not is_initial(tokens[0]):
        return 0, 1
    if _is_family_first(tokens, folded):
        return 0, 1
    start = len(tokens) - 1
    while start > 1 and folded[start - 1] in _particles():
        start -= 1
    return start, len(tokens)


def _is_family_first(tokens: list[str], folded: list[str]) -> bool:
    first, last = folded[0], folded[-1]
    known = [language for language in _FAMILY_FIRST if first in _families(language)]
    if not known or is_initial(tokens[0]):
        return False
    if any(last in _families(language) for language in _FAMILY_FIRST) and first not in _families("vietnamese"):
        return "-" not in tokens[0] and (len(tokens) == 2 or "-" in tokens[-1] or len(tokens) == 3)
    return True


def _cased(word: str) -> str:
    return word.title() if word.isupper() and len(word) > 1 and not is_initial(word) else word
