"""Texts that are long in odd ways are read in time that grows with their length, not with its square."""

import time

import pytest

import extractor
from extractor.settings import Settings

LENGTH = 30_000  # characters
LIMIT = 15.0  # seconds of processor time; a quadratic step takes minutes
PIECES = {
    "words": "word ",
    "capitals": "Aaa ",
    "of": "University of ",
    "and": "Kyoto University and ",
    "joining words": "Dean of and and and and and and and and and and and and and and and and and and and and and and and and and and ",
    "ampersands": "Dean (& & & & & & & & & & & & & & & & & & & & & & & & & & & & & & & & & & & & & & & & & & & & ",
    "commas": "Ann Lee, ",
    "titles": "Prof. Ann Lee, Rector of Aarlund University, ",
    "numbers": "12 ",
    "days": "5 May 2021 ",
    "no full stop": "the university of the north signed an agreement with ",
    "sentences": "On 5 May 2021, Aarlund University and Kyushin University signed a memorandum of understanding. ",
    "brackets": "( ",
    "quotes": '" ',
    "full stops": ". ",
    "lines": "a\n",
    "items": "- Prof. Ann Lee, Rector of Aarlund University\n",
    "dashes": "a - ",
    "blanks": " " * 100 + "x",
    "led by hyphens": "They were led by a" + "-" * 100 + "b. ",
    "led by pieces": "They were led by a" + "-a" * 60 + ". ",
    "one word": "A",
    "one rule": "-",
    "possessives": "Aarlund University" + "'s" * 60 + "' ",
    "fillers": "Ann Lee, " + "both fourth " * 60 + "! ",
    "copyright": "© " + "A" * 60 + "1 ",
    "nations": "Ambassador of the " + "Peoples " * 60 + ". ",
    "markup": "<b>&amp;</b> ",
}


@pytest.fixture(scope="module", autouse=True)
def _warm():
    extractor.extract(PIECES["sentences"], settings=Settings(model="rules"))


@pytest.mark.parametrize("name", PIECES)
def test_reading_stays_in_time(name):
    text = PIECES[name] * (LENGTH // len(PIECES[name]))
    started = time.process_time()
    doc = extractor.extract(text, settings=Settings(model="rules"))
    assert time.process_time() - started < LIMIT
    assert doc.text == text


def test_a_million_letters_without_a_blank_are_passed_over():
    started = time.process_time()
    extractor.extract("x" * 1_000_000 + " On 5 May 2021 they met.", settings=Settings(model="rules", max_characters=2_000_000))
    assert time.process_time() - started < LIMIT
