"""Names found without a model: head nouns, titles, honorifics, family names, acronyms in brackets."""

import pytest
import spacy

from extractor.find import find_mentions
from extractor.layout import read_layout
from extractor.rules import load_rules

NLP = spacy.blank("en")
MARKS = {"institution": "i", "person": "p", "role": "r"}


def marked(text: str) -> list[str]:
    spans = find_mentions(NLP(text), read_layout(text), load_rules())
    return [f"{MARKS[span.label]} {text[span.start : span.end]}" for span in spans if span.label in MARKS]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They signed with Lund University on Monday.", ["i Lund University"]),
        ("the University of Science and Technology of Hanoi", ["i University of Science and Technology of Hanoi"]),
        ("Lund University and Oslo University agreed.", ["i Lund University", "i Oslo University"]),
        ("Hanoi Medical University (HMU) grew. HMU is old.", ["i Hanoi Medical University", "i HMU", "i HMU"]),
        ("The university grew.", []),
        ("He read the book in his own school.", []),
        ("They met Rector Bernd Huber of Lund University.", ["r Rector", "p Bernd Huber", "i Lund University"]),
        ("They met Prof. Dr. Bernd Huber today.", ["p Bernd Huber"]),
        ("Bernd Huber, Vice President of Lund University, spoke.", ["p Bernd Huber", "r Vice President", "i Lund University"]),
        ("Editor: Ana Berg", ["p Ana Berg"]),
        ("The president spoke.", []),
        ("New York is big.", []),
        ("The Ministry of Education, Youth and Sport agreed.", ["i Ministry of Education, Youth and Sport"]),
    ],
)
def test_names_without_a_model(text, expected):
    assert marked(text) == expected
