"""Who holds which title where."""

import time

import pytest

from extractor.link.roles import rank_of
from tests.link.linked import link, posts


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[p Chen Wei], [r Vice President] of [i Lund University], spoke.", ["Vice President | Chen Wei | Lund University"]),
        ("[r Vice President] Prof. [p Chen Wei] of [i Lund University]", ["Vice President | Chen Wei | Lund University"]),
        ("[i Lund University] [r Rector] [p Ana Berg] spoke.", ["Rector | Ana Berg | Lund University"]),
        ("[i Lund University]'s acting [r Rector], Dr. [p Ana Berg]", ["Rector | Ana Berg | Lund University | acting"]),
        ("[p Ana Berg] ([r Dean], [i Faculty of Law])", ["Dean | Ana Berg | Faculty of Law"]),
        ("[p Ana Berg] of [i Lund University], [r Rector]", ["Rector | Ana Berg | Lund University"]),
        ("[p Ana Berg], former [r Rector] of [i Lund University]", ["Rector | Ana Berg | Lund University | former"]),
        ("[p Ana Berg], [r Vice President] of [i Lund University] and [r Dean] of [i Oslo Law School]",
         ["Vice President | Ana Berg | Lund University", "Dean | Ana Berg | Oslo Law School"]),
        ("[r Dean] of the [i School of Law] of [i Lund University] [p Ana Berg]", ["Dean | Ana Berg | School of Law"]),
        ("The [r Rector] of [i Lund University], [p Ana Berg], and the [r Rector] of [i Oslo University], [p Bo Dahl], met.",
         ["Rector | Ana Berg | Lund University", "Rector | Bo Dahl | Oslo University"]),
        ("[p Ana Berg], [r Rector] of [i Lund University], the [r Dean] of [i Oslo Law School], [p Bo Dahl]",
         ["Rector | Ana Berg | Lund University", "Dean | Bo Dahl | Oslo Law School"]),
        ("[i Lund University] [r Vice-Rectors] [p Ana Berg], [p Bo Dahl] and [p Cy Ek] came.",
         ["Vice-Rectors | Ana Berg | Lund University", "Vice-Rectors | Bo Dahl | Lund University", "Vice-Rectors | Cy Ek | Lund University"]),
        ("the [r Rector] of [i Lund University] received us", ["Rector | - | Lund University"]),
        ("The [r Rector] spoke at noon.", []),
        ("[p Ana Berg], PhD, [r Rector] of [i Lund University]", ["Rector | Ana Berg | Lund University"]),
        ("[i Lund University] named [p Ana Berg] its [r Rector].", ["Rector | Ana Berg | Lund University"]),
        ("[p Ana Berg] is [r Rector] of [i Lund University].", ["Rector | Ana Berg | Lund University"]),
        ("[p Ana Berg] left. She was [r head] of [i Lund Laboratory].", ["head | Ana Berg | Lund Laboratory"]),
        ("[p Ana Berg]\n[r Rector]\n[i Lund University]", ["Rector | Ana Berg | Lund University"]),
        ("[i Lund University] met guests. [p Ana Berg], the [r poet], sang.", []),
        ("Xu and the [r Mayor of Ghent] met [p Ana Berg].", []),
        ("[i Oslo University] hosted [p Ana Berg], [r Dean], [p Bo Dahl], [r Registrar], and [p Cy Ek], [r Bursar], from [i Lund University].",
         ["Dean | Ana Berg | Lund University", "Registrar | Bo Dahl | Lund University", "Bursar | Cy Ek | Lund University"]),
        ("[i Oslo University] hosted [p Ana Berg], [r Dean], and left, as did [p Cy Ek], [r Bursar] from [i Lund University].",
         ["Dean | Ana Berg | Oslo University", "Bursar | Cy Ek | Lund University"]),
        ("[p Ana Berg], [r chair] of the foreign campuses of the [i Lund University]", ["chair | Ana Berg | Lund University"]),
        ("[i Lund University] conferred the title of [r Honorary Professor] on [r Ambassador] [p Ana Berg].",
         ["Honorary Professor | Ana Berg | Lund University | honorary", "Ambassador | Ana Berg | -"]),
        ("[i Lund University] presented [p Ana Berg] with a diploma of [r Honorary Professor].",
         ["Honorary Professor | Ana Berg | Lund University | honorary"]),
        ("[i Lund University] sent the [r Honorary Professor] on with [p Ana Berg].", []),
        ("[p Ana Berg], [r director] of Sweden's [i Lund Laboratory]", ["director | Ana Berg | Lund Laboratory"]),
        ("[p Ana Berg], former [r US ambassador to Peru] and [r chairman] of [i Lund Company]",
         ["US ambassador to Peru | Ana Berg | - | former", "chairman | Ana Berg | Lund Company"]),
    ],
)  # fmt: skip
def test_who_holds_which_post(marked, expected):
    assert posts(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[p Ana Berg], [r German Ambassador to China], met [i Lund University].", ["German Ambassador to China | Ana Berg | -"]),
        ("[r Prime Minister of Vietnam] [p Pham Minh] came to [i Lund University].", ["Prime Minister of Vietnam | Pham Minh | -"]),
        ("[r Minister of Health] [p Pham Minh] came to [i Lund University].", ["Minister of Health | Pham Minh | -"]),
        ("[i Lund University] [r President] [p Pham Minh] came.", ["President | Pham Minh | Lund University"]),
    ],
)
def test_offices_of_a_state_have_no_institution(marked, expected):
    assert posts(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[i Lund University] received a delegation of [i Oslo University] led by [r Rector] [p Bo Dahl].", ["Rector | Bo Dahl | Oslo University"]),
        ("[i Lund University] wrote. A delegation of [i Oslo University] was received by [r Rector] [p Ana Berg].", ["Rector | Ana Berg | Lund University"]),
        ("[i Lund University] grew.\n\nFrom [i Oslo University] came:\n- [p Bo Dahl], [r Rector]\n- [p Cy Ek], [r Registrar]",
         ["Rector | Bo Dahl | Oslo University", "Registrar | Cy Ek | Oslo University"]),
        ("[i Lund University] was shown the [i Oslo Hospital] by its [r director] [p Bo Dahl].", ["director | Bo Dahl | Oslo Hospital"]),
        ("[i Lund University] opened a lab. [p Ana Berg], [r vice president] of our university, spoke.", ["vice president | Ana Berg | Lund University"]),
        ("[i Lund University] met [i Seoul National University]. The Korean [r Rector] [p Kim Min] left.", ["Rector | Kim Min | Seoul National University"]),
        ("[i Lund University] grew. [r Rector] [p Ana Berg] spoke. [r Rector] [p Berg] left.", ["Rector | Ana Berg | Lund University"]),
        ("[i Lund University] grew. [r Vice Rector for Research] [p Ana Berg] spoke. [r Vice Rector] [p Berg] left.",
         ["Vice Rector for Research | Ana Berg | Lund University"]),
    ],
)  # fmt: skip
def test_the_context_gives_the_house(marked, expected):
    assert posts(marked) == expected


def test_a_role_mention_leads_to_its_first_record():
    entities = link("[p Ana Berg], [r Rector] of [i Lund University]. The [r Rector] smiled.")
    assert [m.entity for m in entities.mentions if m.label == "role"] == ["r1", None]


@pytest.mark.parametrize(
    ("title", "rank"),
    [
        ("Vice President for International Affairs", "vice_president"), ("President", "president"), ("Deputy Director", "deputy_director"),
        ("German Ambassador to China", "ambassador"), ("PhD student", "student"), ("honorary professor", "professor"), ("Deans", "dean"),
        ("Minister of Health", "minister"), ("Head of Surgery", "head"), ("keeper of bees", "other"),
    ],
)  # fmt: skip
def test_rank(title, rank):
    assert rank_of(title) == rank


@pytest.mark.parametrize(
    "text",
    ["A" * 60_000, "A' " * 20_000, "(A) " * 20_000, "\n- A" * 20_000, "Dean of " * 8_000],
    ids=["A", "quotes", "brackets", "list", "titles"],
)
def test_hostile_texts_cost_no_more_than_their_length(text):
    begun = time.process_time()
    link(text)
    assert time.process_time() - begun < 5
