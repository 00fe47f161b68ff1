"""An affiliation, or an institution's name, in; the entries of the registry that it certainly names out, none where that would be a guess.

The chance that a run of words names an entry is a logistic function of the evidence around it; its weights are data, made by
``python -m benchmarks.corpus_ror --fit`` from public affiliations.
"""

from collections.abc import Mapping
from functools import cache
from math import exp
from typing import NamedTuple

from extractor.corpus.names import name_of
from extractor.corpus.ror.dump import ADDRESS
from extractor.corpus.ror.evidence import Candidate, weigh_runs
from extractor.corpus.ror.index import Index, turn
from extractor.corpus.ror.runs import Run, find_runs, words_in
from extractor.rules.lexicon import load_lexicon

SURE = 0.8  # of the entries given at this chance, 95 in 100 are those of the public gold; docs/linking.md
_LONG = 4  # letters: shorter acronyms are many houses' in one country
_LIMIT = 2000  # characters of an affiliation that are read
_TYPES = {
    "university": {"education"}, "faculty": {"education"}, "school": {"education"}, "hospital": {"healthcare"}, "company": {"company"},
    "government": {"government", "funder", "other"}, "media": {"other", "company", "nonprofit", "archive"},
}  # fmt: skip


class Match(NamedTuple):
    """An entry that an affiliation names, with the words that name it and the chance, 0 to 1, that this is right."""

    id: str
    name: str
    words: str
    score: float


def match_affiliation(text: str, index: Index, *, sure: float = SURE) -> list[Match]:
    """The entries that an affiliation names, in its order; each run of words names at most one."""
    words = words_in(text[:_LIMIT])
    scored = sorted(((chance(c), c) for c in weigh_runs(words, find_runs(words, index), index)), key=_by_chance)
    kept: list[tuple[float, Candidate]] = []
    for score, candidate in scored:
        taken = any(_overlap(candidate.run, k.run) or candidate.at == k.at for _, k in kept)
        if score >= sure and not taken and not is_guess(candidate):
            kept.append((score, candidate))
    kept.sort(key=lambda pair: pair[1].run.start)
    return [
        Match(entry.id, entry.names[0], " ".join(w.printed for w in words[c.run.start : c.run.end]), round(score, 3))
        for score, c in kept
        for entry in (index.entries[c.at],)
    ]


def _by_chance(pair: tuple[float, Candidate]) -> tuple[float, int, int]:
    return -pair[0], pair[1].run.start, pair[1].at


def _overlap(a: Run, b: Run) -> bool:
    return a.start < b.end and b.start < a.end


def is_guess(candidate: Candidate) -> bool:
    """Whether nothing decides for the entry: a namesake fits as well, a generic name has no place, the text tells another country, or
    the name goes on ("Beijing University of …").
    """
    told = candidate.features
    namesake = told["namesakes"] and (told["rival_shown"] or not told["shown"])
    elsewhere = told["other_country"] and not told["city"]
    goes_on = told["after_linked"] and told["ends_university"]
    return bool(namesake or elsewhere or goes_on or (told["no_core"] and told["nowhere"]))


def chance(candidate: Candidate) -> float:
    """The chance that a run names an entry."""
    weights = load_weights()
    return 1 / (1 + exp(-weights["bias"] - sum(weights[name] * value for name, value in candidate.features.items() if value)))


@cache
def load_weights() -> Mapping[str, float]:
    """``lexicon/ror_weights.yaml``."""
    weights: Mapping[str, float] = load_lexicon("ror_weights")
    return weights


class Identifier:
    """Finds the identifier of an institution by its whole name, with country and kind as evidence; implements ``Registry``."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def identify(self, name: str, *, country: str | None, kind: str | None) -> str | None:
        """The address of the one entry that bears the name; None where several could, or where country or kind speak against it."""
        told = name_of(name)
        if told.is_acronym:
            return self._identify_acronym(name, country, kind)
        if told.is_generic or len(told.words) < 2:
            return None
        key = " ".join(told.words)
        for held in (
            self._index.by_words.get(key),
            self._index.by_joined.get(key.replace(" ", "")),
            self._index.by_turn.get(turn(told.words)),
            self._index.by_city.get(turn(told.words)),
        ):
            fitting = [at for at in held or () if self._fits(at, country, kind)]
            shown = [at for at in fitting if self._index.keys[at][0] == key]
            best = shown if len(shown) == 1 else fitting
            if len(best) == 1 and (country or len(held or ()) == 1):
                return f"{ADDRESS}{self._index.entries[best[0]].id}"
            if held:
                return None
        return None

    def _identify_acronym(self, name: str, country: str | None, kind: str | None) -> str | None:
        """An acronym of some length, where it is one entry's of that country and kind."""
        if country is None or kind is None or len(name) < _LONG:
            return None
        held = [at for at in self._index.by_acronym.get(name, ()) if self._fits(at, country, kind)]
        return f"{ADDRESS}{self._index.entries[held[0]].id}" if len(held) == 1 else None

    def _fits(self, at: int, country: str | None, kind: str | None) -> bool:
        entry = self._index.entries[at]
        types = _TYPES.get(kind or "")
        if types and entry.types and not types & set(entry.types):
            return False
        return country is None or entry.country is None or country == entry.country

    def country_of(self, identifier: str) -> str | None:
        """The country of an identifier; None where the registry does not hold it."""
        at = self._index.by_id.get(identifier.removeprefix(ADDRESS))
        return None if at is None else self._index.entries[at].country
