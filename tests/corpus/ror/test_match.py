"""Tables of affiliations and names and exactly the entries that they name; what would be a guess names none."""

import pytest

from extractor.corpus.ror.match import SURE, Identifier, match_affiliation

AFFILIATIONS = [
    ("Department of Physics, Kyoto University, Kyoto, Japan", ["02kpeqv85"]),
    ("Dept. of Chemistry, Univ. of Washington, Seattle, WA, USA", ["00cvxb145"]),
    ("Washington University in St. Louis, St Louis, Missouri, USA", ["01yc7t268"]),
    ("Universitätsklinikum Heidelberg, Heidelberg, Germany", ["013czdx64"]),
    ("School of Law, Newcastle University, Newcastle upon Tyne, United Kingdom", ["01kj2bm70"]),
    ("Newcastle University, Callaghan, Newcastle, Australia", ["00eae9z71"]),
    ("Huazhong University of Science & Technology, Wuhan, China and Kyoto University, Kyoto, Japan", ["00p991c53", "02kpeqv85"]),
    ("Central Hospital, Nairobi, Kenya", []),
    ("Central Hospital", []),
    ("Department of Physics", []),
    ("Jena, Germany", []),
    ("University of Georgia", []),
    ("Kyoto Sangyo University, Kyoto, Japan", []),
    ("", []),
    ("," * 5000, []),
]
NAMES = [
    ("Kyoto University", "JP", "university", "02kpeqv85"),
    ("KYOTO UNIVERSITY", None, "university", "02kpeqv85"),
    ("University of Kyoto", "JP", "university", "02kpeqv85"),
    ("Friedrich-Schiller-Universität Jena", "DE", "university", "05qpz1x62"),
    ("University of Jena", "DE", "university", "05qpz1x62"),
    ("Jena University", "DE", "university", "05qpz1x62"),
    ("Newcastle University", "GB", "university", "01kj2bm70"),
    ("Newcastle University", "AU", "university", "00eae9z71"),
    ("Newcastle University", None, "university", None),
    ("University of Georgia", "GE", "university", "02bjhwk41"),
    ("University of Georgia", None, "university", None),
    ("Kyoto University", "CN", "university", None),
    ("Kyoto University", "JP", "hospital", None),
    ("Central Hospital", "CN", "hospital", None),
    ("HUST", "CN", "university", "00p991c53"),
    ("HUST", "VN", "university", "04nyv3z04"),
    ("HUST", None, "university", None),
    ("FSU", "DE", "university", None),
    ("Department of Physics, Kyoto University", "JP", "department", None),
]


@pytest.mark.parametrize(("affiliation", "ids"), AFFILIATIONS)
def test_affiliations(index, affiliation, ids):
    assert [m.id for m in match_affiliation(affiliation, index)] == ids


@pytest.mark.parametrize(("name", "country", "kind", "identifier"), NAMES)
def test_names(index, name, country, kind, identifier):
    found = Identifier(index).identify(name, country=country, kind=kind)
    assert found == (identifier and f"https://ror.org/{identifier}")


def test_matches_tell_their_words_and_chance(index):
    (match,) = match_affiliation("Faculty of Law, Kyoto University, Japan", index)
    assert (match.name, match.words) == ("Kyoto University", "Kyoto University")
    assert SURE <= match.score <= 1
    assert match_affiliation("Faculty of Law, Kyoto University, Japan", index, sure=1.0) == []


def test_country_of_an_identifier(index):
    assert Identifier(index).country_of("https://ror.org/02kpeqv85") == "JP"
    assert Identifier(index).country_of("https://ror.org/000000000") is None
