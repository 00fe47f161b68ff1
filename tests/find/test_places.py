"""Which country the words of a name tell, and that the shipped list of cities is the one that its source gives."""

import pytest

from extractor.find.heads import words_of
from extractor.find.places import country_in, is_country, is_place, places_in
from training.places import CITIES, list_cities

COUNTRIES = [
    ("University of Porto", "PT"),
    ("Ho Chi Minh City", "VN"),
    ("the Polish embassy", "PL"),
    ("Republic of Korea", "KR"),
    ("Braga and Kyoto", None),  # two countries
    ("Reading Room", None),  # a city, but more often something else
    ("Aarlund", None),
]


@pytest.mark.parametrize(("text", "country"), COUNTRIES)
def test_the_country_that_words_tell(text, country):
    assert country_in(text) == country


def test_places_are_told_longest_first_by_position():
    assert list(places_in(words_of("from Ho Chi Minh City to Turku"))) == [(1, "VN"), (6, "FI")]


@pytest.mark.parametrize(
    ("text", "place", "country"), [("Kenya", True, True), ("Nairobi", True, False), ("Kenyan", True, False), ("Dean", False, False)]
)
def test_kinds_of_names(text, place, country):
    assert (is_place(text), is_country(text)) == (place, country)


def test_the_shipped_cities_are_those_of_their_source():
    assert CITIES.read_text(encoding="utf-8") == list_cities()
