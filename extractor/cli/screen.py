"""Words of strangers in, words that are safe on a terminal out."""

import unicodedata

_KEPT = "\n\t"


def plain(words: str) -> str:
    """The words with a replacement character for each control character: texts must not steer the terminal. Length stays."""
    return "".join(c if c in _KEPT or unicodedata.category(c) not in ("Cc", "Cf", "Cs") else "\ufffd" for c in words)
