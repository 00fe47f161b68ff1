"""What became of words, and what was missing."""

import pytest

from extractor.pipeline import Extractor
from extractor.records import Article
from extractor.settings import Settings
from extractor.whynot import explain

BOTH = "Jena University and Kyoto University"


def reasons(text: str, words: str) -> list[str]:
    extractor = Extractor(Settings(model="rules"))
    doc = extractor.extract(Article(doc_id="x", text=text))
    return [f"{r.words}: {r.why}" if r.words else r.why for sentence in explain(extractor, doc, words) for r in sentence.reasons]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{BOTH} signed an MoU.", "signed: fired: signed, confidence"),
        (f"{BOTH} did not sign an MoU.", "sign: words before it say that it did not happen"),
        (f"{BOTH} ate cake.", "no rule knows words of it"),
        ("Jena University signed an MoU.", "signed: 2 institutions needed, 1 named in this sentence"),
        (f"{BOTH} concluded the day.", "concluded: these words alone are too weak"),
        ("Jena University read the memorandum of understanding.", "memorandum of understanding: an instrument is named, but no act"),
    ],
)
def test_why_not(text: str, told: str):
    found = reasons(text, text.split()[-1])
    assert any(reason.startswith(told) for reason in found), found


def test_only_sentences_with_the_words_are_told():
    text = f"{BOTH} signed an MoU. The weather was fine."
    assert reasons(text, "WEATHER  was") == ["no rule knows words of it that tell an event: a rule of your own can (--rules)"]
    assert reasons(text, "Osaka") == []
