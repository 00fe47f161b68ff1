"""The name of an institution in, what it is out: its head noun, its kind, and whether the head alone names nothing."""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import regex
from rapidfuzz.distance import OSA

from extractor.records import Kind
from extractor.rules.lexicon import load_lexicon

_WORD = regex.compile(r"[\p{L}\p{N}][\p{L}\p{N}'./-]*")
_MARKS = regex.compile(r"\p{Mn}")
_SPECIAL = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "&": " and "})
PREPOSITIONS = frozenset(
    [
        "of",
        "for",
        "in",
        "at",
        "on",
        "under",
        "and",
        "the",
        "de",
        "des",
        "du",
        "da",
        "do",
        "della",
        "di",
        "dell",
        "der",
        "die",
        "des",
        "fur",
        "von",
        "zu",
        "named",
        "with",
        "to",
        "y",
        "e",
        "et",
        "und",
        "&",
        "'",
    ]
)
UNIT_KINDS = frozenset({"faculty", "department", "laboratory", "institute", "hospital"})
# A word at the end of a name that makes a unit of what stands before it ("University of X Hospital").
_CLOSING = frozenset({"hospital", "faculty", "department", "laboratory", "company", "association", "institute", "government", "media"})

# Forms of a company, which say less than another head noun: "Klinikum Magdeburg gGmbH".
_LEGAL = frozenset(
    [
        "ltd",
        "limited",
        "inc",
        "llc",
        "llp",
        "gmbh",
        "ggmbh",
        "ag",
        "plc",
        "pte",
        "pvt",
        "bhd",
        "sdn",
        "oyj",
        "oy",
        "ab",
        "spa",
        "s.p.a",
        "srl",
        "s.r.l",
        "sa",
        "nv",
        "bv",
        "co",
        "corp",
        "company",
        "corporation",
    ]
)

_SLIP = 8  # letters of a head noun in which one slip of the pen is still seen: "Univeristy"
_LONG_SLIP = 10  # the same for a wrong letter: "univercity", but not "Hollings"
_FIELDS = frozenset(
    {"administration", "energy", "systems", "technologies", "solutions", "industries"}
)  # more often what a house teaches than what it is
_PARTING = frozenset({"under", "named"})  # what follows is another name
_JOINING = frozenset({"and", "&", "'", "y", "e", "et", "und"})


class Heads(NamedTuple):
    """Head nouns: kind by word, by ending and by phrase."""

    words: dict[str, Kind]
    endings: tuple[tuple[str, Kind], ...]
    phrases: tuple[tuple[str, Kind], ...]


class Head(NamedTuple):
    """What the head noun of a name says: ``at`` is the position of the head among the name's words."""

    kind: Kind
    at: int


def fold(text: str) -> str:
    """Lower case without accents; for comparing, not for showing."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold().translate(_SPECIAL)))


@cache
def load_heads() -> Heads:
    """The head nouns of ``lexicon/institution_heads.yaml``."""
    words: dict[str, Kind] = {}
    endings: list[tuple[str, Kind]] = []
    phrases: list[tuple[str, Kind]] = []
    kind: Kind
    for kind, entry in load_lexicon("institution_heads").items():
        for word in entry["words"]:
            words.setdefault(fold(word), kind)
        endings += [(fold(ending), kind) for ending in entry["endings"]]
        phrases += [(" ".join(words_of(phrase)), kind) for phrase in entry["phrases"]]
    return Heads(words, tuple(endings), tuple(sorted(phrases, key=lambda p: -len(p[0]))))


@cache
def subject_words() -> frozenset[str]:
    """Words that name a field, a rank or a number and tell no institution from another."""
    return frozenset(fold(word) for word in load_lexicon("subject_words"))


@lru_cache(maxsize=1 << 12)
def head_word(word: str) -> Kind | None:
    """The kind that a single folded word tells, None where it is no head noun."""
    heads = load_heads()
    found = heads.words.get(word) or heads.words.get(word.rstrip(".'"))
    if found or len(word) < _SLIP:
        return found
    return next((kind for ending, kind in heads.endings if word.endswith(ending)), None) or heads.words.get(respelt(word))


@lru_cache(maxsize=1 << 12)
def respelt(word: str) -> str:
    """A folded word, or the head noun that it is but for one slip within it: "univeristy"; the ends of the word are right."""
    words = load_heads().words
    if len(word) < _SLIP or word in words or word in subject_words():
        return word
    alike = (w for w in words if len(w) >= _SLIP and w[0] == word[0] and w[-1] == word[-1])
    slips = (w for w in alike if OSA.distance(w, word, score_cutoff=1) == 1)
    return next((w for w in slips if len(w) >= _LONG_SLIP or len(w) != len(word) or sorted(w) == sorted(word)), word)


@lru_cache(maxsize=1 << 12)
def words_of(name: str) -> tuple[str, ...]:
    """The folded words of a name, without the possessive 's and a leading "the"."""
    words = [w.removesuffix("'s").strip("'.-/") for w in _WORD.findall(fold(name))]
    return tuple(w for i, w in enumerate(words) if w and not (i == 0 and w == "the"))


@lru_cache(maxsize=1 << 12)
def head_of(name: str) -> Head | None:
    """What the head noun says that an institution is; None for a bare name or acronym."""
    words = words_of(name)
    text = f" {' '.join(words)} "
    phrases = [(p, k) for _, p, k in sorted(entry for w in set(words) for entry in _phrases().get(w, ())) if f" {p} " in text]
    phrase = next((found for found in phrases if text.endswith(f" {found[0]} ")), phrases[0] if phrases else None)
    marked = [(i, kind) for i, w in enumerate(words) if (kind := head_word(w))]
    if phrase and (text.endswith(f" {phrase[0]} ") or not _closes(marked, words)):
        return Head(phrase[1], text[: text.index(f" {phrase[0]} ")].count(" "))
    if len(words) > 1 and words[-1] == "college":
        return Head("university" if any(w not in subject_words() for w in words[:-1]) else "faculty", len(words) - 1)
    if len(marked) > 1 and len({w for i, _ in marked if (w := words[i]) not in _LEGAL}) > 0:
        marked = [m for m in marked if words[m[0]] not in _LEGAL]
    if not marked:
        return None
    stop = next((i for i, w in enumerate(words) if w in PREPOSITIONS and w not in _JOINING and i), len(words))
    before = [m for m in marked if m[0] < stop]
    if not before or (_closes(marked, words) and before[-1][1] == "university"):
        return Head(marked[-1][1], marked[-1][0])
    return Head(before[-1][1], before[-1][0])


@cache
def _phrases() -> Mapping[str, Sequence[tuple[int, str, Kind]]]:
    """First word -> the phrases that begin with it, each with its rank (the longest first) and its kind."""
    found: dict[str, list[tuple[int, str, Kind]]] = {}
    for rank, (phrase, kind) in enumerate(load_heads().phrases):
        found.setdefault(phrase.split(" ")[0], []).append((rank, phrase, kind))
    return found


def _closes(marked: list[tuple[int, Kind]], words: tuple[str, ...]) -> bool:
    is_last = bool(marked) and marked[-1][0] == len(words) - 1 and marked[-1][1] in _CLOSING and len(words) > 1
    return is_last and words[-1] not in _FIELDS and not _PARTING & set(words[1:])
