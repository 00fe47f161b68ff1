"""Cleaning never moves an offset."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.clean import clean_text


@given(st.text(st.characters()))
def test_length_is_kept_and_twice_is_once(text):
    clean = clean_text(text)
    assert len(clean) == len(text)
    assert clean_text(clean) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("HUST’s\u00a0“Day”", 'HUST\'s "Day"'),
        ("Jena–Kyoto", "Jena–Kyoto"),
        ("a\u200bb\r\nc", "a b \nc"),
        ("a\ud800b", "a\ufffdb"),
        ("（UDE）", "(UDE)"),
    ],
)
def test_odd_characters(raw, clean):
    assert clean_text(raw) == clean
