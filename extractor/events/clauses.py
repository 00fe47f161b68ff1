"""Masked sentences and their mentions in, the word that governs each mention out: subject, object, "with", "between", "by" …"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from extractor.events.phrases import Phrase
from extractor.events.scene import DATE, Point
from extractor.rules import load_lexicon

_LIGHT = 90  # characters between two members of one list: nationality, place, honorifics
_NESTERS = frozenset({"of", "at", "from", "in"})
_SCENERY = frozenset({"at", "about", "to", "from", "for", "invitation"})  # governors of where, when and why, not of who
_CONSUMED = Phrase("clauses.consumed")  # what a preposition governs has ended: "of Shanghai and the …"
_PLACE = Phrase("clauses.place")  # "in Spain the …"
_CONJUNCTION = Phrase("clauses.conjunction")
_PEER = Phrase("clauses.peer")
_COMPLETE = Phrase("clauses.complete")  # "before the ceremony [P]"
_INDEFINITE_APART = re.compile(r",\s+an?\s+$", re.IGNORECASE)
_LISTING = frozenset({"with", "between", "by"})
_DATED = re.compile(rf"\(\s*{DATE}+\s*\)")
_NEXT = Phrase("clauses.next")  # "A in Japan; B in …"
_NEXT_ENTRY = re.compile(r";\s*(?:and\s+)?(?:the\s+)?$")  # "with three: A, with which …; B, to …; and C"
_FRAME = frozenset({"presence", "led", "host", "behalf"})
_SHORT = 40  # characters of a gap that is likely to come again
_LONGEST_PHRASE = 70  # characters from a cue to the mention that it governs


class Governed(NamedTuple):
    """A mention and what governs it. ``nested`` is the index of the mention that it narrows ("Rector of X"), None on its own.

    ``series`` numbers the lists of a sentence: members of one coordination share it. ``cue`` is where the governing word begins.
    """

    point: Point
    governor: str
    nested: int | None
    series: int
    cue: int


class Cues(NamedTuple):
    """Compiled words that govern: ``pattern`` names each cue by its group's number in ``names``."""

    pattern: re.Pattern[str]
    name_by_word: dict[str, str]
    verb: re.Pattern[str]
    stop: re.Pattern[str]


@cache
def cues() -> Cues:
    """The governing words of ``events_cues.yaml``."""
    listed = load_lexicon("events_cues")
    name_by_word = {word: name for name, words in listed["governors"].items() for word in words}
    words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(name_by_word, key=lambda w: (-len(w), w)))
    verb = re.compile(rf"\b(?:{'|'.join(listed['verbs'])})\b", re.IGNORECASE)
    stop = re.compile(rf"[;\u2022\u25a0]|\s[-\u2013\u2014]{{1,2}}\s|:\s|\b(?:{'|'.join(listed['stops'])})\b", re.IGNORECASE)
    return Cues(re.compile(rf"\b(?:{words})\b", re.IGNORECASE), name_by_word, verb, stop)


def govern(masked: str, start: int, points: list[Point]) -> list[Governed]:
    """What governs each institution, person and role of a stretch that begins at ``start``; dates are passed over."""
    found: list[Governed] = []
    governor, series, cue, end = "subject", 0, start, start
    listing: tuple[str, int, int] | None = None
    for point in points:
        if point.label == "date":
            continue
        gap = masked[end : point.start]
        name, at, is_bare = _governor_of(gap)
        if name in _SCENERY and point.label != "institution" and _COMPLETE.search(gap):
            name = None
        near = _nested_in(gap, name, is_bare=is_bare, found=found, point=point)
        if near is not None:
            found.append(Governed(point, governor, near, series, cue))
        else:
            if name is not None:
                governor, series, cue = name, series + 1, end + at
                if name in _LISTING and gap.rstrip().endswith(":"):
                    listing = name, series, cue
            elif listing is not None and _NEXT_ENTRY.search(gap):
                governor, series, cue = listing
            elif not found:
                governor, cue = "subject", start
            elif governor in _LISTING and _NEXT.fullmatch(gap):
                pass
            elif not _is_continued(gap) or _opens_clause(gap, governor, found) or _is_new_subject(masked, gap, governor, found, point):
                governor, series, cue = "subject", series + 1, end
            found.append(Governed(point, governor, None, series, cue))
        end = max(end, point.end)
    return found


def _governor_of(gap: str) -> tuple[str | None, int, bool]:
    """The cue that governs what follows a gap, where in the gap it is, and whether it opens the gap."""
    return _short_governor_of(gap) if len(gap) <= _SHORT else _look_for_governor(gap)


@lru_cache(maxsize=1 << 12)
def _short_governor_of(gap: str) -> tuple[str | None, int, bool]:
    return _look_for_governor(gap)


def _look_for_governor(gap: str) -> tuple[str | None, int, bool]:
    known = cues()
    gap = _DATED.sub(lambda m: " " * len(m[0]), gap)
    gap = _CONJUNCTION.sub(lambda m: "and".ljust(len(m[0])), gap)
    if _PEER.search(gap):
        return None, 0, False
    cues_of_gap = list(known.pattern.finditer(gap))
    last = cues_of_gap[-1] if cues_of_gap else None
    tail = gap[last.end() :] if last else gap
    if (verb := _last(known.verb, tail)) is not None:
        return ("object", (last.end() if last else 0) + verb.start(), False)
    if last is None:
        return None, 0, False
    name = _name(last)
    if name == "at" and _PLACE.fullmatch(tail.rstrip(": ") + " "):
        return _listing_before(gap, cues_of_gap[:-1], tail)
    if name in _LISTING:
        tail = tail.removesuffix(" ").removesuffix(":")  # "with three universities: A, B"
    if known.stop.search(tail) or DATE in tail or len(tail) > _LONGEST_PHRASE or (name in _SCENERY | {"of"} and _CONSUMED.search(tail)):
        return None, 0, False
    return name, last.start(), not re.search(r"\w", gap[: last.start()])


def _name(cue: re.Match[str]) -> str:
    return cues().name_by_word[re.sub(r"\s+", " ", cue[0].lower())]


def _listing_before(gap: str, earlier: list[re.Match[str]], tail: str) -> tuple[str | None, int, bool]:
    """As in "With universities in Japan: A and B": the place narrows the phrase, "with" governs the list."""
    last = earlier[-1] if earlier else None
    if last is not None and tail.rstrip().endswith(":") and _name(last) in _LISTING and cues().verb.search(gap, last.end()) is None:
        return _name(last), last.start(), False
    return None, 0, False


def _opens_clause(gap: str, governor: str, found: list[Governed]) -> bool:
    """As in "At the ceremony in X, A signed": a comma after the scenery begins the clause proper."""
    return governor in _SCENERY and gap.lstrip(" )").startswith(",") and not any(g.governor in {"subject", "object"} for g in found)


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007 - the last one is wanted
        pass
    return found


def _nested_in(gap: str, name: str | None, *, is_bare: bool, found: list[Governed], point: Point) -> int | None:
    """The index of the mention that an institution narrows directly: "Rector of X", "School of Y, X", "X (Y)"."""
    if not found or point.label != "institution":
        return None
    before = len(found) - 1
    label = found[before].point.label
    if name in _NESTERS and is_bare and "," not in gap:
        return before
    if name == "of" and is_bare:
        return before
    if name is None and label == "role" and re.fullmatch(r"[\s,(:\u2013/-]*(?:the\s+)?", gap, re.IGNORECASE):
        return before
    if name is None and label in {"person", "institution"} and re.fullmatch(r"\s*\(\s*(?:the\s+|now\s+|formerly\s+)?", gap):
        return before
    return None


def _is_continued(gap: str) -> bool:
    """Whether a gap without a governor may stand between two members of one list."""
    known = cues()
    gap = _DATED.sub(lambda _: "", gap)
    return (
        len(gap) <= _LIGHT
        and DATE not in gap
        and known.stop.search(gap) is None
        and known.verb.search(gap) is None
        and _INDEFINITE_APART.search(gap) is None
    )


def _is_new_subject(masked: str, gap: str, governor: str, found: list[Governed], point: Point) -> bool:
    """As in "In the presence of P, X signed": an institution after people, with its verb behind it."""
    if governor == "behalf" and point.label != "institution" and found and found[-1].point.label == "institution" and "," in gap:
        return True
    if governor not in _FRAME or point.label != "institution" or not gap.lstrip(" )").startswith(","):
        return False
    before = found[-1].point.label if found else ""
    after = masked[point.end : point.end + 60]
    return before in {"person", "role"} and cues().verb.search(re.split(r"[;.,]", after, maxsplit=1)[0]) is not None
