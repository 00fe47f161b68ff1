"""The name of an organisation or a person in, keys that compare equal for its spellings, orders and translations out."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA

from extractor.rules.lexicon import load_lexicon

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ə": "a"})
_ELISION = re.compile(r"\b(d|l|dell|all|nell|dall|sull)['’ʼ`´‘](?=\w)", re.IGNORECASE)
_APOSTROPHES = re.compile(r"['’ʼʻ`´‘]")
_ACRONYM = re.compile(r"[^\W\d_][\w.&/-]{0,11}")
_SHORT = 6  # letters that an acronym with small ones has at most: UniLag, MakSPH
_LONG = 8  # letters: shorter heads have neighbours that are words of their own (college, collage)
_CACHED = 200_000


class OrgName(NamedTuple):
    """A name: ``words`` in order, translated and without particles; ``key`` the same, sorted; ``core`` the words that single it out."""

    text: str
    words: tuple[str, ...]
    key: tuple[str, ...]
    core: frozenset[str]
    has_head: bool
    is_acronym: bool

    @property
    def is_generic(self) -> bool:
        """Whether many houses bear the name: "Faculty of Medicine", "First Affiliated Hospital", "Confucius Institute"."""
        return not self.core


class Words(NamedTuple):
    """The word lists behind names."""

    same: dict[str, str]
    joined: dict[str, tuple[str, ...]]
    particles: frozenset[str]
    legal: frozenset[str]
    heads: frozenset[str]
    common: frozenset[str]
    abroad: frozenset[str]
    ordered: frozenset[str]


@cache
def load_words() -> Words:
    """``lexicon/organization_names.yaml``, ready for look-ups."""
    lists: dict[str, Any] = load_lexicon("organization_names")
    same = {fold(form): base for base, forms in lists["same"].items() for form in forms}
    subjects = {same.get(fold(word), fold(word)) for word in load_lexicon("subject_words")}
    heads = frozenset(lists["heads"])
    return Words(
        same,
        {word: tuple(parts) for word, parts in lists["joined"].items()},
        frozenset(map(fold, lists["particles"])),
        frozenset(lists["legal"]),
        heads,
        frozenset({same.get(word, word) for word in lists["chains"]} | subjects | heads),
        frozenset(lists["abroad"]),
        frozenset(lists["ordered"]),
    )


@lru_cache(_CACHED)
def fold(text: str) -> str:
    """Lower case, without accents and apostrophes; other scripts stay as they are."""
    plain = _APOSTROPHES.sub("", _ELISION.sub(r"\1 ", text))
    if plain.isascii():
        return plain.lower()
    apart = unicodedata.normalize("NFKD", plain.casefold().translate(_LETTERS))
    return "".join(c for c in apart if not unicodedata.combining(c))


def words_of(text: str) -> list[str]:
    """The folded words of a text, each in its common form; particles left out."""
    words = load_words()
    found: list[str] = []
    for word in _WORD.findall(fold(text)):
        if word in words.joined:
            found += words.joined[word]
        elif word not in words.particles:
            found.append(words.same.get(word) or _spelled(word))
    return found


@lru_cache(_CACHED)
def _spelled(word: str) -> str:
    """A word, or the head noun that it is but for one slip of spelling: "universty"."""
    heads = load_words().heads
    if len(word) < _LONG or word in heads:
        return word
    return next((h for h in sorted(heads) if len(h) >= _LONG and h[0] == word[0] and OSA.distance(word, h, score_cutoff=1) <= 1), word)


@lru_cache(_CACHED)
def name_of(text: str) -> OrgName:
    """What a name tells."""
    words = load_words()
    told = tuple(_without_form(words_of(text))) or tuple(_WORD.findall(fold(text)))
    core = frozenset(w for w in told if w not in words.common and not w.isdigit())
    if len(core) < 2 and words.abroad & set(told):
        core = frozenset()
    return OrgName(text, told, tuple(sorted(told)), core, any(w in words.heads for w in told), is_acronym(text))


def _without_form(words: list[str]) -> list[str]:
    """The words of a name without the legal form of a company at its ends; "S.p.A." is three words."""
    legal = load_words().legal
    end = len(words)
    while end > 1 and (words[end - 1] in legal or len(words[end - 1]) == 1):
        end -= 1
    start = 1 if end > 1 and words[0] in legal else 0
    return words[start:end]


def is_acronym(text: str) -> bool:
    """Whether a name looks like letters taken from a longer one: HUST, U.Porto, UniLag."""
    if not _ACRONYM.fullmatch(text) or not any(c.isupper() for c in text):
        return False
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return capitals >= 2 and (capitals * 2 > len(letters) or len(letters) <= _SHORT)


def tells_apart(a: OrgName, b: OrgName) -> bool:
    """Whether the order of the same words may name two houses: "Washington University", "University of Washington"."""
    return a.words != b.words and (not a.core or a.core <= load_words().ordered)


def person_key(name: str) -> tuple[str, ...]:
    """The folded words of a person's name, sorted, so that "TIAN Jie" and "Jie Tian" compare equal; hyphens join."""
    return tuple(sorted(_WORD.findall(fold(name).replace("-", ""))))


def has_initials(key: Iterable[str]) -> bool:
    """Whether a word of a person's name is only a letter."""
    return any(len(word) == 1 for word in key)
