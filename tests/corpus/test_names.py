"""Names compare equal for spellings, translations and legal forms, and only for these."""

import pytest

from extractor.corpus.names import has_initials, is_acronym, name_of, person_key, tells_apart

SAME_WORDS = [
    ("University of Jena", "Universität Jena"),
    ("Université de Strasbourg", "UNIVERSITY OF STRASBOURG"),
    ("Universitätsklinikum Heidelberg", "University Hospital Heidelberg"),
    ("Huazhong University of Science & Technology", "Huazhong Univ. of Sci. and Tech."),
    ("Université d'Artois", "Universite Artois"),
    ("Tianjin People’s Hospital", "Tianjin Peoples Hospital"),
    ("Lindner GmbH", "Lindner"),
    ("Enel S.p.A.", "Enel"),
    ("PT Semen Padang Tbk", "Semen Padang"),
    ("Guanling Universty", "Guanling University"),
]
SAME_KEY = [("University of Jena", "Jena University"), ("National University of Malta", "Malta National University")]
DIFFERENT = [
    ("Nanjing University", "Nanjing Medical University"),
    ("Hunan University", "Henan University"),
    ("University of Bonn", "University of Applied Sciences Bonn"),
    ("Bielefeld University", "Hochschule Bielefeld"),
    ("First Affiliated Hospital", "Second Affiliated Hospital"),
    ("Ghent College", "Ghent Collage"),
]


@pytest.mark.parametrize(("a", "b"), SAME_WORDS)
def test_spellings_of_one_name(a, b):
    assert name_of(a).words == name_of(b).words


@pytest.mark.parametrize(("a", "b"), SAME_KEY)
def test_orders_of_one_name(a, b):
    assert name_of(a).words != name_of(b).words
    assert name_of(a).key == name_of(b).key


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_names_of_two_houses(a, b):
    assert name_of(a).key != name_of(b).key


@pytest.mark.parametrize(
    ("name", "generic"),
    [
        ("Faculty of Medicine", True),
        ("International Office", True),
        ("First Affiliated Hospital", True),
        ("Confucius Institute", True),
        ("St. Mary's Hospital", True),
        ("Ministry of Health", True),
        ("Embassy of Spain", True),
        ("German Consulate General Wuhan", False),
        ("Tongji Medical College", False),
        ("University of Jena", False),
        ("Siemens", False),
    ],
)
def test_names_that_many_houses_bear(name, generic):
    assert name_of(name).is_generic is generic


@pytest.mark.parametrize(
    ("name", "acronym"),
    [("HUST", True), ("U.Porto", True), ("UniLag", True), ("CNRS-IN2P3", True), ("Jena", False), ("Kyoto University", False), ("e", False)],
)
def test_acronyms(name, acronym):
    assert is_acronym(name) is acronym


def test_an_order_that_tells_two_houses_apart():
    assert tells_apart(name_of("Washington University"), name_of("University of Washington"))
    assert not tells_apart(name_of("Jena University"), name_of("University of Jena"))
    assert not tells_apart(name_of("Washington University"), name_of("Washington University"))


def test_people():
    assert person_key("TIAN Jie") == person_key("Jie Tian")
    assert person_key("Xiao-Ming Li") == person_key("LI Xiaoming")
    assert person_key("Jie Tian") != person_key("Jia Tian")
    assert has_initials(person_key("J. Tian"))
    assert not has_initials(person_key("Jie Tian"))
