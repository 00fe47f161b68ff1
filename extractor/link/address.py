"""A page's address and a name in, whether the address is that of the house so named out: "uni-jena.de", "ucc.edu.gh"."""

from functools import lru_cache
from urllib.parse import urlsplit

import regex

from extractor.find.heads import fold
from extractor.link.naming import Name
from extractor.records import Kind

_PIECES = regex.compile(r"[^\p{L}\p{N}]+")
_TOLD_BY_WORD: frozenset[Kind] = frozenset({"university", "hospital", "institute"})
_LEAST, _WORD = 2, 4  # letters of an acronym, and of a word that tells a house from others


@lru_cache(maxsize=1 << 10)
def labels_of(url: str) -> frozenset[str]:
    """The labels of the host, without the top-level domain, and their pieces: "med.uni-jena.de" -> med, uni-jena, uni, jena."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return frozenset()
    labels = fold(host).split(".")[:-1]
    return frozenset(piece for label in labels for piece in (label, *_PIECES.split(label)) if piece)


def bears(labels: frozenset[str], name: Name) -> bool:
    """Whether a label is the acronym of a name, all of it, or the word that tells it from others."""
    whole = "".join(name.key)
    if name.is_acronym or name.kind == "media":
        return len(whole) >= _LEAST and _PIECES.sub("", whole) in labels
    words = [word for word in name.core if len(word) >= _WORD]
    is_told = len(name.core) == len(words) == 1 and name.kind in _TOLD_BY_WORD
    return whole in labels or (is_told and words[0] in labels)
