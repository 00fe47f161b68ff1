"""The words of an institution's mention in, what linking needs to know of them out."""

from functools import lru_cache
from typing import NamedTuple

import regex

from extractor.find.acronyms import is_acronym
from extractor.find.heads import PREPOSITIONS, Head, head_of, head_word, respelt, subject_words, words_of
from extractor.find.places import demonyms
from extractor.records import Kind
from extractor.rules.lexicon import load_lexicon

_REPUBLIC = regex.compile(
    r"\b(?:the )?(?:(?:islamic|democratic|socialist|people's|federal|federative|arab|bolivarian|united) )*"
    r"(?:republic|kingdom) of(?: the)?\b",
    regex.IGNORECASE,
)
_TAIL = frozenset({"named", "under"})
_LEGAL = frozenset(
    {
        "ltd",
        "limited",
        "inc",
        "llc",
        "gmbh",
        "ggmbh",
        "ag",
        "group",
        "plc",
        "co",
        "corp",
        "corporation",
        "company",
        "holdings",
        "a.o.r",
        "e.v",
        "ev",
        "bhd",
        "sdn",
        "pte",
        "pvt",
        "oyj",
        "spa",
    }
)
# Head nouns that beside another head tell one house from another: "Kabul Polytechnic University".
_RANKED = frozenset({"polytechnic", "campus"})


class Name(NamedTuple):
    """A surface form: ``key`` compares equal for spellings of one name, ``core`` are the words that single it out, in order.

    ``subjects`` are the words that tell a field or a rank, ``tail`` those behind "named after".
    """

    text: str
    key: tuple[str, ...]
    core: tuple[str, ...]
    subjects: frozenset[str]
    tail: frozenset[str]
    kind: Kind | None
    is_acronym: bool

    @property
    def is_generic(self) -> bool:
        """Whether the name could be of many houses: "Faculty of Medicine", "First Hospital", "International Office"."""
        return self.kind is not None and not self.core

    @property
    def is_bare(self) -> bool:
        """Whether the name has no head noun: "Melbourne", "HUST"."""
        return self.kind is None


@lru_cache(maxsize=1 << 12)
def name_of(text: str) -> Name:
    """What a surface form tells."""
    spellings = load_lexicon("spellings")
    printed = (respelt(part) for w in words_of(_REPUBLIC.sub(" ", text)) for part in w.split("-"))
    words = tuple(same for w in printed if (same := spellings.get(w, w)))
    head = head_of(text)
    acronym = is_acronym(text)
    telling = [w for w in words if w not in PREPOSITIONS]
    heads = frozenset() if acronym else frozenset(w for w in telling if head_word(w))
    own = _own_heads(words, head)
    subjects = subject_words()
    at = next((i for i, w in enumerate(words) if w in _TAIL and i), len(words))
    core = tuple(demonyms().get(w, w) for w in telling if w not in subjects and w not in heads and not w.isdigit() and w not in _LEGAL)
    return Name(
        text,
        words,
        core,
        frozenset(w for w in telling if w in subjects or w in heads - own or w.isdigit()),
        frozenset(words[at:]),
        head.kind if head else None,
        acronym,
    )


def _own_heads(words: tuple[str, ...], head: Head | None) -> frozenset[str]:
    """The head nouns that say the name's own kind, not that of a house inside the name."""
    return frozenset(w for w in words if head and head_word(w) == head.kind and w not in _RANKED)


@lru_cache(maxsize=1 << 12)
def is_misspelt(text: str) -> bool:
    """Whether a head noun of a name has a slip in it."""
    return any(respelt(part) != part for w in words_of(text) for part in w.split("-"))


def is_legal_form(word: str) -> bool:
    """Whether a folded word only tells the form of a company."""
    return word in _LEGAL
