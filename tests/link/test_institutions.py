"""Which mentions name one institution, what it is, whose it is and where it sits."""

import pytest

from extractor.records import Entities
from tests.link.linked import houses, link


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[i Huazhong University of Science and Technology] ([i HUST]) grew. [i HUST] is large.", ["Huazhong University of Science and Technology = HUST"]),
        ("[i HUST] – [i Huazhong University of Science and Technology] – grew.", ["Huazhong University of Science and Technology = HUST"]),
        ("[i MFU] hosted it. [i Mae Fah Luang University] is in the north.", ["Mae Fah Luang University = MFU"]),
        ("[i TSEU] came. [i Tashkent State University of Economics] signed.", ["Tashkent State University of Economics = TSEU"]),
        ("[i University of Ilorin] and [i Unilorin]", ["University of Ilorin = Unilorin"]),
        ("[i ABC] came. [i Mae Fah Luang University] signed.", ["ABC", "Mae Fah Luang University"]),
        ("[i University of Vienna] and [i Medical University of Vienna]", ["University of Vienna", "Medical University of Vienna"]),
        ("[i Kabul University] and [i Kabul Polytechnic University]", ["Kabul University", "Kabul Polytechnic University"]),
        ("[i University of Marburg], that is [i Marburg University]", ["University of Marburg = Marburg University"]),
        ("[i University of Melbourne] met us. [i Melbourne] agreed.", ["University of Melbourne = Melbourne"]),
        ("[i Universiti Teknologi Malaysia] and [i Universiti Technologi Malaysia]", ["Universiti Teknologi Malaysia = Universiti Technologi Malaysia"]),
        ("[i First Hospital] and [i Second Hospital]", ["First Hospital", "Second Hospital"]),
        ("[i Nottingham City Council] voted. The [i City Council] was glad.", ["Nottingham City Council = City Council"]),
        ("the Universities of [i Jena] and [i Bonn]", ["University of Jena", "University of Bonn"]),
        ("[i Faculty of Law] of [i Lund University] and [i Faculty of Law] of [i Oslo University]",
         ["Faculty of Law", "Lund University", "Faculty of Law", "Oslo University"]),
        ("the [i University of Essen] grew; [i Univeristy of Essen] ([i UE]) too", ["University of Essen = Univeristy of Essen = UE"]),
        ("the [i University of Essen] grew; [i University of Assen] too", ["University of Essen", "University of Assen"]),
        ("the [i HUST]-[i Heidelberg University] Day at [i Huazhong University of Science and Technology]",
         ["Huazhong University of Science and Technology = HUST", "Heidelberg University"]),
        ("[i Upper-Lower] ([i HUST]) at [i Huazhong University of Science and Technology]",
         ["Upper-Lower", "Huazhong University of Science and Technology = HUST"]),
        ("[i East Branch], also named [i Lake Hospital], grew.", ["East Branch = Lake Hospital"]),
        ("[i Regrow Nano Medicine Laboratory] and [i Regrow NanoMedicine Laboratory]",
         ["Regrow Nano Medicine Laboratory = Regrow NanoMedicine Laboratory"]),
        ("[i Federal University of Technology], Owerri: the [i Federal University of Technology, Owerri] agreed.",
         ["Federal University of Technology, Owerri = Federal University of Technology"]),
        ("[i Federal University of Technology]: the [i Federal University of Technology, Owerri] met the [i Federal University of Technology, Minna].",
         ["Federal University of Technology", "Federal University of Technology, Owerri", "Federal University of Technology, Minna"]),
        ("the [i Museum of BMSTU]; [i BMSTU] agreed", ["Museum of BMSTU", "BMSTU"]),
        ("the [i Bauman Moscow State Technical University]; [i BMSTU] agreed", ["Bauman Moscow State Technical University = BMSTU"]),
        ("[i School of Nursing] ([i UQ]) near the [i University of Queensland] ([i UQ])", ["School of Nursing", "University of Queensland = UQ"]),
    ],
)  # fmt: skip
def test_mentions_of_one_house_are_one_record(marked, expected):
    assert houses(marked) == expected


def parents(marked: str) -> dict[str, str | None]:
    entities = link(marked)
    named = {house.id: house.name for house in entities.institutions}
    return {house.name: named.get(house.part_of) for house in entities.institutions}


@pytest.mark.parametrize(
    ("marked", "unit", "parent"),
    [
        ("[i Department of Physics] of [i Lund University]", "Department of Physics", "Lund University"),
        ("[i Lund University] [i School of Medicine]", "School of Medicine", "Lund University"),
        ("[i Lund University]'s [i Office of Travel]", "Office of Travel", "Lund University"),
        ("[i Chair Office], [i Faculty of Law], [i Lund University]", "Chair Office", "Faculty of Law"),
        ("[i Lund University] and [i Oslo University]", "Oslo University", None),
        ("[i Lund University] spoke with [i Fred Hutchinson Institute of Oslo].", "Fred Hutchinson Institute of Oslo", None),
        ("[i Lund University] has a hospital. [i Lund University Hospital] is old.", "Lund University Hospital", "Lund University"),
        ("[i Lund University] grew. The [i International Office] wrote this.", "International Office", "Lund University"),
        (
            "[i Oslo University] sent a group. At [i Lund University], the guests met the Dean of the [i Law Faculty].",
            "Law Faculty",
            "Lund University",
        ),
        ("[i Lund Hospital] ([i East Branch]) of [i Lund University] grew.", "Lund Hospital", "Lund University"),
        ("[i Lund Hospital] ([i East Branch]) of [i Lund University] grew.", "East Branch", "Lund Hospital"),
        ("[i Lund University]'s Director of [i OIA Office] came.", "OIA Office", "Lund University"),
        ("[i Lund University] grew. [i First Hospital] affiliated to our college grew.", "First Hospital", None),
        ("[i Lund University] met [i National Institute of Chile].", "National Institute of Chile", None),
    ],
)
def test_a_unit_is_part_of_its_parent(marked, unit, parent):
    assert parents(marked)[unit] == parent


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("University of Bochum Hospital", "hospital"), ("Heidelberg University", "university"), ("Faculty of Medicine", "faculty"),
        ("Harvard Medical School", "faculty"), ("Office of International Affairs", "department"), ("Swedish Embassy", "government"),
        ("Ministry of Health", "government"), ("Joint Laboratory of Optics", "laboratory"), ("Institute of Geography", "institute"),
        ("Indian Institute of Technology", "university"), ("Quess Corp Ltd", "company"), ("Association of African Universities", "association"),
        ("Bold News Agency", "media"), ("Mary Immaculate College", "university"), ("International Education College", "faculty"),
        ("Department of Health", "government"), ("Department of Transport Studies", "department"), ("Kamuzu College of Nursing", "university"),
        ("Univeristy of Essen", "university"), ("Bavarian State Library", "other"), ("Diário do Douro", "media"), ("PT Bio Farma", "company"),
        ("Lapwai School District", "school"), ("UNESCO", "other"), ("Klinikum Magdeburg gGmbH", "hospital"),
    ],
)  # fmt: skip
def test_the_head_noun_tells_the_kind(name, kind):
    assert link(f"[i {name}] wrote.").institutions[0].kind == kind


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("Lund, September 19 ([i SWENA]) The rector came.", "media"),
        ("Lund /[i SWENA]/. The rector came.", "media"),
        ("Lund ([i SWENA]) The rector came.", "university"),
        ("The rector came to Lund, September 19 or 20 ([i SWENA]).", "university"),
    ],
)
def test_who_stands_behind_the_place_and_day_of_a_report_is_an_agency(marked, kind):
    assert link(marked).institutions[0].kind == kind


@pytest.mark.parametrize(
    ("marked", "country"),
    [
        ("[i University of Hamburg]", "DE"), ("[i Chungnam National University]", "KR"), ("the Mongolian [i National Defense University]", "MN"),
        ("[i Dagon University], Myanmar", "MM"), ("[i Indonesian Embassy] in Berlin", "ID"), ("[i Sunrise Institute]", None),
        ("[i Sino-German Alliance] grew.", None), ("[i Salahaddin University-Erbil]", "IQ"), ("[i San Rocco Hospital]", None),
        ("[i Monash University]", "AU"), ("[i Universiti Malaya]", "MY"), ("[i School of Reading]", None),
    ],
)  # fmt: skip
def test_the_country_is_told_by_name_or_neighbours(marked, country):
    assert link(marked).institutions[0].country == country


def test_the_page_address_tells_the_country_of_the_house_told_of():
    assert link("[i Sunny Hill University] grew.", url="https://www.sunnyhill.edu.cn/x").institutions[0].country == "CN"


@pytest.mark.parametrize(
    ("marked", "site", "publisher"),
    [
        ("[i Oslo University] met [i Lund University].", "Lund University", "Lund University"),
        ("[i Oslo University] met [i Lund University].\n\n© 2020 [i Lund University]", None, "Lund University"),
        ("[i Oslo University] met [i Lund University].", None, "Oslo University"),
        ("Nobody met.", None, None),
    ],
)
def test_who_publishes(marked, site, publisher):
    assert publisher_of(link(marked, site=site)) == publisher


def publisher_of(entities: Entities) -> str | None:
    named = {house.id: house.name for house in entities.institutions}
    return named.get(entities.publisher or "")


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://www.lund-u.se/news", "Lund University"),
        ("http://kth.se/1", "KTH"),
        ("https://med.oslouniversity.no", "Oslo University"),
        ("https://lundagard.se/1", "Oslo University"),
        ("http://[", "Oslo University"),
    ],
)
def test_the_page_address_tells_who_publishes(url, publisher):
    assert publisher_of(link("[i Oslo University] met [i Lund University] and [i KTH].", url=url)) == publisher


@pytest.mark.parametrize(
    ("marked", "publisher"),
    [
        ("The president of [i Oslo University] visited our college.", None),
        ("[i Oslo University] came to us, said [i Lund University].", "Lund University"),
        ("The president of [i Oslo University] visited a college.", "Oslo University"),
    ],
)
def test_who_comes_to_us_is_not_us(marked, publisher):
    assert publisher_of(link(marked)) == publisher
