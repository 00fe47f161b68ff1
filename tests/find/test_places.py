"""Which country the words of a name tell, and how the list of cities is read."""

import pytest

from extractor.find.cities import read_cities
from extractor.find.heads import words_of
from extractor.find.places import country_in, is_country, is_place, places_in

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


CITY = '{{"geonameid": 1, "name": {name}, "latitude": 1.5, "longitude": -2.0, "countrycode": "PT", "population": 7{more}}}'


@pytest.mark.parametrize(
    ("name", "told"),
    [('"Braga"', "Braga"), (r'"\u00c9vora"', "Évora"), (r'"O \"Porto\", novo"', 'O "Porto", novo'), ('"São João"', "São João")],
)
def test_a_city_is_read_from_its_file(name, told):
    raw = ('{"1": ' + CITY.format(name=name, more="") + "}").encode()
    assert list(read_cities(raw)) == [(told, "PT", 7)]


def test_fields_in_another_order_are_read_too():
    assert list(read_cities(b'{"1": {"population": 7, "geonameid": 1, "countrycode": "PT", "name": "Braga"}}')) == [("Braga", "PT", 7)]
