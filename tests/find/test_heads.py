"""Acronyms against names, and places in names."""

import pytest

from extractor.find.acronyms import is_acronym, is_made_of
from extractor.find.places import country_in, country_of_domain, is_place


@pytest.mark.parametrize(
    ("acronym", "name", "expected"),
    [
        ("HUST", "Huazhong University of Science and Technology", True),
        ("UDE", "University of Duisburg-Essen", True),
        ("NWU", "Northwest University", True),
        ("NJMU", "Nanjing Medical University", True),
        ("UNILAG", "University of Lagos", True),
        ("MNDU", "Zhejiang University", False),
        ("UM", "University of Macau", True),
        ("UM", "University of Medicine and Pharmacy", False),
        ("XYZ", "University of Macau", False),
    ],
)
def test_an_acronym_is_made_of_a_name(acronym, name, expected):
    assert is_made_of(acronym, name) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("HUST", True), ("U.Porto", True), ("MakSPH", True), ("Lund", False), ("Lund University", False), ("a", False)]
)
def test_what_looks_like_an_acronym(text, expected):
    assert is_acronym(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Hamburg", "DE"), ("Sierra Leone", "SL"), ("Mongolian", "MN"), ("Germany and France", None), ("Reading", None), ("Mobile", None)],
)
def test_country_of_words(text, expected):
    assert country_in(text) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.hust.edu.cn/a", "CN"),
        ("https://mit.edu", "US"),
        ("http://x.ac.uk:80/", "GB"),
        ("https://x.org", None),
        ("https://x.io", None),
    ],
)
def test_country_of_an_address(url, expected):
    assert country_of_domain(url) == expected


def test_places():
    assert is_place("Lagos")
    assert not is_place("Technology")
