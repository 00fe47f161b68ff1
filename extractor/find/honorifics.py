"""Text before a name in, the honorifics that stand there out: "Prof. Dr.", "H.E. Mr."."""

from functools import cache

import regex

from extractor.rules.lexicon import load_lexicon

_WINDOW = 48
_WORD = regex.compile(r"(?:^|(?<=[\s.,(:;/\"'-]))[\p{L}][\p{L}.'/-]*\.?(?:\s?\((?:[\p{L}.]{1,6})\))?[.,]?\s*$")


@cache
def before_name() -> frozenset[str]:
    """Words that stand before a name, lower case, without the final dot."""
    lists = load_lexicon("honorifics")
    return frozenset(word for key in ("academic", "people", "state", "military") for word in lists[key])


@cache
def after_name() -> frozenset[str]:
    """Degrees and honours that stand behind a name."""
    return frozenset(load_lexicon("honorifics")["after"])


def is_honorific(word: str) -> bool:
    """Whether one printed word is an honorific."""
    plain = word.casefold().strip(".,() ")
    return plain in before_name() or (("." in plain) and all(part in before_name() for part in plain.replace("(", ".").split(".") if part))


def honorific_start(text: str, start: int) -> int:
    """Where the honorifics before a name begin; ``start`` itself where there are none."""
    begin = start
    while begin > 0:
        word = _WORD.search(text, max(0, begin - _WINDOW), begin)
        if word is None or "\n" in word[0] or not is_honorific(word[0].split("(")[0]):
            break
        begin = word.start()
    return begin


def honorific_before(text: str, start: int) -> str | None:
    """The honorifics printed before a name, as printed; None where there are none."""
    found = text[honorific_start(text, start) : start].strip(" ,:")
    return " ".join(found.split()) or None
