"""The words of an institution's mention in, what linking needs to know of them out."""

from functools import cache
from typing import NamedTuple

from extractor.find.heads import PREPOSITIONS, Head, head_of, head_word, subject_words, words_of
from extractor.find.acronyms import is_acronym
from extractor.records import Kind

_SAME = {
    "univ": "university", "univ.": "university", "universities": "university", "dept": "department", "dept.": "department", "centre": "center",
    "inst": "institute", "inst.": "institute", "intl": "international", "int'l": "international", "faculties": "faculty", "st.": "st", "saint": "st",
    "programme": "program", "organisation": "organization", "and": "", "the": "", "tech": "technology", "u": "university", "uni": "university", "schools": "school", "colleges": "college",
}  # fmt: skip

# Head nouns that beside another head tell one house from another: "Kabul Polytechnic University".
_RANKED = frozenset({"polytechnic", "campus"})


class Name(NamedTuple):
    """A surface form: ``key`` compares equal for spellings of one name, ``core`` are the words that single it out."""

    text: str
    key: tuple[str, ...]
    core: frozenset[str]
    subjects: frozenset[str]
    kind: Kind | None
    is_acronym: bool

    @property
    def is_generic(self) -> bool:
        """Whether the name could be of many houses: "Faculty of Medicine", "First Hospital", "International Office"."""
        return self.kind is not None and not self.core


@cache
def name_of(text: str) -> Name:
    """What a surface form tells."""
    words = tuple(same for w in words_of(text) if (same := _SAME.get(w, w)))
    head = head_of(text)
    acronym = is_acronym(text)
    telling = [w for w in words if w not in PREPOSITIONS]
    subjects = subject_words()
    heads = frozenset() if acronym else frozenset(w for w in telling if head_word(w))
    own = _own_heads(words, head)
    return Name(
        text,
        words,
        frozenset(w for w in telling if w not in subjects and w not in heads and not w.isdigit()),
        frozenset(w for w in telling if w in subjects or w in heads - own or w.isdigit()),
        head.kind if head else None,
        acronym,
    )


def _own_heads(words: tuple[str, ...], head: Head | None) -> frozenset[str]:
    """The head nouns that say the name's own kind, not that of a house inside the name."""
    return frozenset(w for w in words if head and head_word(w) == head.kind and w not in _RANKED)
