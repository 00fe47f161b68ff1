"""When two dates are one, one mistaken, or two."""

import pytest
from corpus.conftest import day

from extractor.corpus.dating import agree, is_slip, span_of, years_after
from extractor.edtf import covered


def span(edtf):
    return span_of(*covered(edtf))


@pytest.mark.parametrize(
    ("a", "b", "same", "slip"),
    [
        ("2021-05-05", "2021-05-05", True, False),
        ("2021-05-05", "2021-05", True, False),
        ("2021-05-05", "2021", True, False),
        ("2021-05-05", "2020-05-05", False, True),
        ("2021-05-05", "2011-05-05", False, True),
        ("2021-05-05", "2016-05-05", False, False),
        ("2021-05-05", "2021-05-07", False, True),
        ("2021-05-05", "2021-06-30", False, False),
        ("2021-05-06", "2021-06-05", False, True),
        ("2021-05", "2020-05", False, True),
        ("2021-05", "2020-08", False, False),
        ("2021", "2020", False, True),
        ("2021", "2018", False, False),
        ("2010/2019", "2021", False, False),
    ],
)
def test_two_dates(a, b, same, slip):
    assert agree(span(a), span(b)) is same
    assert agree(span(b), span(a)) is same
    assert (not same and is_slip(span(a), span(b))) is slip
    assert (not same and is_slip(span(b), span(a))) is slip


def test_open_and_unknown():
    assert span("2016/..") == (day("2016-01-01"), day("2016-01-01"))
    assert span_of(None, None) is None


def test_years_after():
    assert years_after(day("2020-02-29"), 1) == day("2021-02-28")
    assert years_after(day("2020-03-01"), 5) == day("2025-03-01")
