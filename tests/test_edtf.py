"""Which strings are EDTF, and which days they cover."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.edtf import covered, is_edtf


@pytest.mark.parametrize(
    "value",
    [
        "2023-01-16",
        "2023-01",
        "2023",
        "1980/..",
        "../2019",
        "2023-21",
        "XXXX-04-22",
        "192X",
        "2024-05-XX",
        "2021-08-16/2021-08-27",
        "2023?",
        "2012-02-29",
    ],
)
def test_valid(value):
    assert is_edtf(value)


@pytest.mark.parametrize(
    "value", ["", "..", "../..", "2023-13", "2023-02-30", "2023-1-1", "16.01.2019", "2023/2022", "2023-25", "2023-21-01", "2011-02-29"]
)
def test_invalid(value):
    assert not is_edtf(value)


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("1980/..", (date(1980, 1, 1), None)),
        ("../2019-06", (None, date(2019, 6, 30))),
        ("2023-24", (date(2023, 12, 1), date(2024, 2, 29))),
        ("192X", (date(1920, 1, 1), date(1929, 12, 31))),
        ("XXXX-04-22", (None, None)),
        (None, (None, None)),
    ],
)
def test_covered_days(value, days):
    assert covered(value) == days


@given(st.dates(), st.integers(0, 4000))
def test_every_interval_of_the_calendar_is_valid_and_covered(start, length):
    end = min(start, date.max - timedelta(length)) + timedelta(length)
    value = f"{start.isoformat()}/{end.isoformat()}"
    assert is_edtf(value) is (start <= end)
    assert not is_edtf(value) or covered(value) == (start, end)


@given(st.text())
def test_no_string_breaks_it(value):
    assert is_edtf(value) in (True, False)
