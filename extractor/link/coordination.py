"""Institution mentions in, the full names of those that share a head noun out: "the Universities of Jena and Bonn"."""

from collections.abc import Sequence

import regex

from extractor.find.cues import cue
from extractor.records import Mention

_TRAILING = regex.compile(r"\s*,?\s*(?:and|&)\s*(?:the )?")
_HEADS = regex.compile(r"(?P<head>Universities|Faculties|Schools|Colleges|Institutes|Ministries|Hospitals|Academies)$", regex.IGNORECASE)
_JOIN = regex.compile(r"\s*(?:,|and|&|, and)\s*(?:the |of )?")
_SINGULAR = {"ies": "y", "s": ""}
_BACK = 60


def whole_names(text: str, mentions: Sequence[Mention]) -> list[str]:
    """The name of each mention, with the head noun that it shares with its neighbours."""
    names = [mention.text for mention in mentions]
    head, of, last = "", "", -1
    for i, mention in enumerate(mentions):
        leading = cue("shared_head").search(text, max(0, mention.start - _BACK), mention.start)
        if leading:
            head, of, last = _singular(leading["head"]), leading["of"], i
        elif last >= 0 and last == i - 1 and _JOIN.fullmatch(text[mentions[i - 1].end : mention.start]) and not _HEADS.search(mention.text):
            last = i
        else:
            last = -1
        if last == i:
            names[i] = f"{head} {of} {mention.text}"
    for i in range(len(mentions) - 1, 0, -1):
        shared = _HEADS.search(mentions[i].text)
        if shared and _TRAILING.fullmatch(text[mentions[i - 1].end : mentions[i].start]):
            names[i] = f"{mentions[i].text[: shared.start()]}{_singular(shared['head'])}"
            names[i - 1] = f"{mentions[i - 1].text} {_singular(shared['head'])}"
    return names


def _singular(head: str) -> str:
    first, _, rest = head.partition(" ")
    ending = next(ending for ending in _SINGULAR if first.casefold().endswith(ending))
    return f"{first[: -len(ending)]}{_SINGULAR[ending]}{_}{rest}"
