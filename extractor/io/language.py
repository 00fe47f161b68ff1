"""A text in, the ISO 639-1 code of its language out."""

import re
from functools import cache
from typing import Any

from extractor.rules import load_lexicon

_SAMPLE = 1000  # characters that are looked at
_FEWEST = 40  # letters: a shorter text tells too little
_ENGLISH = 0.15  # share of function words among the words; the lowest of 129 English news texts has 0.18, German has 0.05
_LATIN = 0.7  # share of Latin letters of a text that may be English
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str | None:
    """ISO 639-1 code; None where the text is too short to tell."""
    sample = _sample(text)
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if letters < _FEWEST:
        return None
    latin = sum(len(w) for w in words if w[0] < "\u0250" or "\u1e00" <= w[0] < "\u1f00")
    if latin > letters * _LATIN and sum(w.lower() in _function_words() for w in words) > len(words) * _ENGLISH:
        return "en"
    return _classified(sample)


def _sample(text: str) -> str:
    """The middle of a long text: its start may be a menu."""
    start = max(0, min(len(text) // 3, len(text) - _SAMPLE))
    return text[start : start + _SAMPLE]


@cache
def _function_words() -> frozenset[str]:
    return frozenset(load_lexicon("english")["function_words"])


def _classified(sample: str) -> str | None:
    code = str(_identifier().classify(sample)[0])
    return code if len(code) == 2 else None


@cache
def _identifier() -> Any:  # noqa: ANN401 - py3langid has no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([code for code in identifier.nb_classes if len(code) == 2])
    return identifier
