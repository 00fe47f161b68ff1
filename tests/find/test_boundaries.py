"""A model's span cut to the guidelines: no "the", no honorifics, no status, unit and parent apart."""

import pytest

from extractor.find.boundaries import cut
from extractor.spans import Span


def cut_texts(text: str, label: str) -> list[str]:
    return [text[part.start : part.end] for part in cut(text, Span(0, len(text), label, "model", 0.9))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Zhejiang University", ["Zhejiang University"]),
        ("Zhejiang University School of Medicine", ["Zhejiang University", "School of Medicine"]),
        ("School of Medicine of Zhejiang University", ["School of Medicine", "Zhejiang University"]),
        ("Department of Surgery, Union Hospital", ["Department of Surgery, Union Hospital"]),
        ("Faculty of Law, Lund University", ["Faculty of Law", "Lund University"]),
        ("Swansea University | Medical School", ["Swansea University", "Medical School"]),
        ("USC's Taipei Office", ["USC", "Taipei Office"]),
        ("SJTU School of Medicine", ["SJTU", "School of Medicine"]),
        ("Heidelberg University Hospital", ["Heidelberg University Hospital"]),
        ("Harvard Medical School", ["Harvard Medical School"]),
        ("University of Cambridge School of Medicine", ["University of Cambridge", "School of Medicine"]),
        ("University of Cologne, Germany", ["University of Cologne"]),
        ("University of Technology, Jamaica", ["University of Technology, Jamaica"]),
        ("An Giang University", ["An Giang University"]),
        ("an Oslo University", ["Oslo University"]),
        ("University Children's Hospital Basel", ["University Children's Hospital Basel"]),
        ("The Lagan Mirror", ["The Lagan Mirror"]),
        ("The Lund University", ["Lund University"]),
        ("University of Duisburg-Essen", ["University of Duisburg-Essen"]),
        ("Ministry of Education of Taiwan", ["Ministry of Education of Taiwan"]),
        ("Texas Woman's University", ["Texas Woman's University"]),
        ("Gertrude's Children's Hospital", ["Gertrude's Children's Hospital"]),
        ("Zhejiang University's", ["Zhejiang University"]),
        ("The Seoul Times", ["The Seoul Times"]),
        ("Timur Daily » Lund University", ["Timur Daily", "Lund University"]),
        ("Lund University   Lunds universitet", ["Lund University", "Lunds universitet"]),
    ],
)
def test_institutions(text, expected):
    assert cut_texts(text, "institution") == expected


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("Prof. Dr. Bernd Huber", "person", ["Bernd Huber"]),
        ("Shri Kalyan Mishra", "person", ["Kalyan Mishra"]),
        ("Sri Wahyuningsih", "person", ["Sri Wahyuningsih"]),
        ("He Yafang", "person", ["He Yafang"]),
        ("M. B. Faye", "person", ["M. B. Faye"]),
        ("Huber's", "person", ["Huber"]),
        ("XU Xiao Lab", "person", ["XU Xiao"]),
        ("Labs Xiao", "person", ["Labs Xiao"]),
        ("former Rector", "role", ["Rector"]),
        ("the acting Dean", "role", ["Dean"]),
        ("Vice-Chancellor", "role", ["Vice-Chancellor"]),
    ],
)
def test_people_and_roles(text, label, expected):
    assert cut_texts(text, label) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chinese Director", [("role", "Director")]),
        ("Chinese Ambassador to Cuba", [("role", "Chinese Ambassador to Cuba")]),
        ("German President", [("role", "German President")]),
        ("Leader of the Overseas Cooperation Team", [("role", "Leader"), ("institution", "Overseas Cooperation Team")]),
        ("Chair of the College Committee", [("role", "Chair of the College Committee")]),
        ("Minister of Health", [("role", "Minister of Health")]),
        ("Dean of Medicine", [("role", "Dean of Medicine")]),
        ("Student and Researcher Support Office", [("institution", "Student and Researcher Support Office")]),
        ("Vice Dean for Research", [("role", "Vice Dean for Research")]),
    ],
)
def test_roles_and_the_units_taken_into_them(text, expected):
    assert [(p.label, text[p.start : p.end]) for p in cut(text, Span(0, len(text), "role", "model"))] == expected


@pytest.mark.parametrize(
    ("text", "size", "expected"),
    [
        ("Lund University for international cooperation", 33, "Lund University"),
        ("Lund University for advanced studies", 36, "Lund University"),
        ("Institute for advanced studies", 30, "Institute for advanced studies"),
        ("Institute of technology studies", 23, "Institute of technology"),
        ("Lund University for", 19, "Lund University"),
    ],
)
def test_a_name_ends_in_no_open_phrase(text, size, expected):
    assert [text[p.start : p.end] for p in cut(text, Span(0, size, "institution", "model"))] == [expected]


@pytest.mark.parametrize(
    ("text", "words", "label", "expected"),
    [
        ("Prof Dr ASM Maksud Alam", "Maksud Alam", "person", "ASM Maksud Alam"),
        ("the ASM Maksud Alam", "Maksud Alam", "person", "Maksud Alam"),
        ("Dr. MD Maksud Alam", "Maksud Alam", "person", "Maksud Alam"),
        ("DR BERND HUBER", "HUBER", "person", "HUBER"),
        ("the Additional Registrar", "Registrar", "role", "Additional Registrar"),
        ("an additional, Registrar", "Registrar", "role", "Registrar"),
    ],
)
def test_what_stands_before_is_taken_in(text, words, label, expected):
    start = text.index(words)
    assert [text[p.start : p.end] for p in cut(text, Span(start, start + len(words), label, "model"))] == [expected]


@pytest.mark.parametrize(
    ("text", "label"), [("Science Faculty Dean", "institution"), ("Science Faculty and Dean", "role"), ("Science Faculty", "role")]
)
def test_a_unit_before_a_title_is_no_title(text, label):
    assert [p.label for p in cut(text, Span(0, 15, "role", "model"))] == [label]


def test_an_open_bracket_is_closed():
    text = "Dean (Research) spoke"
    assert [text[p.start : p.end] for p in cut(text, Span(0, 14, "role", "model"))] == ["Dean (Research)"]
