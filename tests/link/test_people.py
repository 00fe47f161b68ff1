"""Which mentions name one human being, how the name splits, and who wrote the text."""

import pytest

from extractor.link.names import split_name
from tests.link.linked import link, people


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Prof. [p TIAN Jie] came. Prof. [p Tian] spoke.", ["TIAN Jie = Tian"]),
        ("[p Joseph J. Y. Sung] and later [p Joseph Sung]", ["Joseph J. Y. Sung = Joseph Sung"]),
        ("[p A.L. Shestakov] is [p Aleksandr Leonidovich Shestakov].", ["Aleksandr Leonidovich Shestakov = A.L. Shestakov"]),
        ("[p Jie Tian], or [p TIAN Jie]", ["Jie Tian = TIAN Jie"]),
        ("[p Jun-Woo Lee] met [p Jin-Sook Lee].", ["Jun-Woo Lee", "Jin-Sook Lee"]),
        ("[p Lenore Manderson] spoke. [p Mandersson] left.", ["Lenore Manderson = Mandersson"]),
        ("Dr. [p Koji Hashimoto] ([p 橋本公二])", ["Koji Hashimoto = 橋本公二"]),
        ("[p Anna Berg] met [p Anna Holm].", ["Anna Berg", "Anna Holm"]),
        ("[p Wening Udasmoro] came. Prof. [p Wening] spoke.", ["Wening Udasmoro = Wening"]),
    ],
)
def test_mentions_of_one_person_are_one_record(marked, expected):
    assert people(marked) == expected


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("TIAN Jie", "Tian", "Jie"), ("Zhang Wei", "Zhang", "Wei"), ("Hans-Georg Kräusslich", "Kräusslich", "Hans-Georg"),
        ("Clemens von Goetze", "von Goetze", "Clemens"), ("Nguyen Duc Tiep", "Nguyen", "Duc Tiep"), ("Lee Byung Woon", "Lee", "Byung Woon"),
        ("Jargalant.P", "Jargalant", "P"), ("Nagel", "Nagel", None), ("Ahmad Fauzi bin Ismail", "bin Ismail", "Ahmad Fauzi"),
        ("Tateishi HIROTAKA", "Hirotaka", "Tateishi"), ("Dionisio S. Bucao Jr.", "Bucao", "Dionisio S."),
    ],
)  # fmt: skip
def test_family_and_given_name(name, family, given):
    assert split_name(name) == (family, given)


@pytest.mark.parametrize(
    ("marked", "honorific"),
    [
        ("Prof. Dr. [p Bernd Huber] spoke.", "Prof. Dr."),
        ("Professor Dame [p Nancy Rothwell] spoke.", "Professor Dame"),
        ("H.E. Mr. [p Luigi Di Maio] spoke.", "H.E. Mr."),
        ("[p Bernd Huber] spoke.", None),
        ("On Monday [p Bernd Huber] spoke.", None),
        ("Dr. [p Huber] spoke. Prof. Dr. [p Huber] left.", "Prof. Dr."),
    ],
)
def test_honorific_is_the_most_senior_printed(marked, honorific):
    assert link(marked).people[0].honorific == honorific


@pytest.mark.parametrize(
    ("marked", "byline"),
    [
        ("By [p Grace Lubega]\n\nThe rector spoke.", True),
        ("The rector spoke.\n\n(Text: [p Zhang Yao])", True),
        ("Edited by [p Asghar Khan]", True),
        ("The deal was signed by [p Asghar Khan].", False),
        ("[p Asghar Khan] wrote a book.", False),
    ],
)
def test_bylines(marked, byline):
    assert link(marked).people[0].byline is byline
