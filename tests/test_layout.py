"""Lines of our own and the part each plays on its page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.layout import read_layout

TOLD = "The rector received the guests in the morning and showed them the new laboratory, which the two universities had opened a year ago."


def parts(page, title=None):
    layout = read_layout(page, title)
    return [(line.part, page[line.start : line.end]) for line in layout.lines]


def part_of(line, *, at="top"):
    """The part of a line at the top of a page below its title, within its text, or at its foot."""
    page = {
        "top": f"Guests from afar at our university\n{line}\n\n{TOLD}\n{TOLD}",
        "within": f"Guests from afar at our university\n{TOLD}\n{line}\n{TOLD}",
        "foot": f"Guests from afar at our university\n{TOLD}\n{TOLD}\n\n{line}",
    }[at]
    return next(part for part, words in parts(page) if words == line.strip())


@pytest.mark.parametrize(
    "line",
    [
        "16 January 2023",
        "Feb 1, 2023",
        "2023-01-16 09:30",
        "16.01.2023",
        "Published: 16 January 2023 | Views: 77",
        "Wednesday, 4 May 2022",
        "Press Office | Graz | Updated: 21-01-2020 18:10 CET",
        "FOR THE PRESS – May 4, 2022",
        "4 May",
    ],
)
def test_date_lines(line):
    assert part_of(line) == "date_line"


@pytest.mark.parametrize(
    "line",
    [
        "The meeting of 16 January 2023 was the first since the spring of the year before.",
        "In 2023 we celebrate",
        "May we help you with anything at all today",
    ],
)
def test_lines_with_a_date_that_are_none(line):
    assert part_of(line) != "date_line"


def test_a_date_within_the_text_is_a_heading_of_what_follows():
    assert part_of("16 January 2023", at="within") == "heading"


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("By Julieta Barranco", "top"),
        ("by Tomás de la Vega and Ana Ruiz", "top"),
        ("Written by: Gao Min", "foot"),
        ("Edited by: Lei Fang, Peng Yu", "foot"),
        ("(Translated by Zhu Wen, proofread by Xie Lan)", "foot"),
        ("Text: Marte Lindqvist. Photo: Erik Berg", "foot"),
        ("Reporter: Agnese Liepa", "foot"),
        ("Source: Foreign Affairs Office", "top"),
        ("Source: Foreign Affairs Office    Author: Qiu Wenjing    Date: 2017-11-08", "top"),
        ("Posted on 2 October 2024 by Tamsin Oakes", "top"),
        ("Published: 25 March 2013 — by GAO Fei, Exchange Division", "top"),
    ],
)
def test_bylines(line, at):
    assert part_of(line, at=at) == "byline"


@pytest.mark.parametrize(
    "line",
    [
        "By 2030 the two sides want to double the number of exchange students from each country.",
        "The text was read by the dean.",
        "The agreement was signed by President Lee and Rector Berg in the presence of the ambassador.",
        "By bus and by train",
    ],
)
def test_lines_with_by_that_are_no_bylines(line):
    assert part_of(line, at="within") != "byline"


@pytest.mark.parametrize(
    ("line", "part", "at"),
    [
        ("Home >> News >> Hospital News", "menu", "top"),
        ("Home / Publications / Consortium", "menu", "top"),
        ("About | Partners | Milestones | Contact", "menu", "top"),
        ("You are here: Start > News", "menu", "top"),
        ("<< Back to list", "menu", "foot"),
        ("FOR IMMEDIATE RELEASE", "menu", "top"),
        ("Address: Strandgata 12, Bergen", "contact", "foot"),
        ("Tel: +47 55 00 12 34    Email: office@aarlund.example", "contact", "foot"),
        ("International Office, Strandgata 12 Street, tel. 55 00 12 34", "contact", "foot"),
        ("Media contact: Gwen Hale, 208-426-0199", "contact", "foot"),
        ("Global Office, Westmoor University, 3 Park Lane, Westmoor", "contact", "foot"),
        ("© 2023 Aarlund University", "footer", "foot"),
        ("Copyright(C) 2018 Kyushin University. All rights reserved.", "footer", "foot"),
        ("Tags: exchange, medicine", "footer", "foot"),
        ("Follow us on Facebook", "footer", "foot"),
        ("[Photo: the delegates in front of the main building of the university]", "caption", "within"),
        ("Front row (L-R): Prof. Ann Lee; Prof. Bo Berg", "caption", "within"),
        ("signing_20230116.jpg", "caption", "within"),
        ("1. In 2014, Prof. Ding visited Berlin", "item", "within"),
        ("- Ms. Finnerty, chief executive", "item", "within"),
        ("• student exchange", "item", "within"),
        ("(a) MoU of two institutes", "item", "within"),
        ("What comes next", "heading", "within"),
        ("OTHER PARTNERS", "heading", "within"),
        (TOLD, "body", "within"),
        ("The lab is open.", "body", "within"),
    ],
)
def test_other_parts(line, part, at):
    assert part_of(line, at=at) == part


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (f"Guests from afar at our university\n{TOLD}", "Guests from afar at our university"),
        (f"Home > News\n\nGuests from afar\n1 May 2023\n{TOLD}", "Guests from afar"),
        (f"Aarlund University\nNews\nGuests from Kyoto learn about our ocean\n{TOLD}", "Guests from Kyoto learn about our ocean"),
        (f"{TOLD}\n{TOLD}", None),
        (f"By Ann Lee\n{TOLD}", None),
        ("Only one line", None),
    ],
)
def test_the_title_where_nothing_tells_it(page, title):
    assert next((words for part, words in parts(page) if part == "title"), None) == title


def test_the_title_that_metadata_tell():
    page = f"Big Stories of the Week and the Month\n\nGUESTS FROM AFAR!\n\n{TOLD}"
    assert parts(page, "Guests from afar")[1] == ("title", "GUESTS FROM AFAR!")


def test_lines_lie_where_they_say():
    page = f"  Guests from afar \n\n\t{TOLD}  \n© 2023"
    layout = read_layout(page)
    assert [page[line.start : line.end] for line in layout.lines] == ["Guests from afar", TOLD, "© 2023"]
    assert (layout.part_at(3), layout.part_at(0), layout.line_at(0), layout.part_at(10_000)) == ("title", "body", None, "body")


@given(st.text(alphabet="aB .:>|/-©@1,\n", max_size=300))
def test_any_text_has_its_lines(page):
    lines = read_layout(page).lines
    assert [page[line.start : line.end] for line in lines] == [line.strip() for line in page.split("\n") if line.strip()]
    assert sum(line.part == "title" for line in lines) <= 1
