"""Two neighbouring institution mentions and the text between them in, how the one stands to the other out."""

from typing import Literal

import regex

from extractor.find.acronyms import LOOSE, cost_of
from extractor.find.cues import cue
from extractor.find.places import is_place
from extractor.link.naming import Name
from extractor.records import Kind

Relation = Literal["alias", "part", "owner"]
MAX_GAP = 40
_CLOSERS = ')],;"/'
_DASH = regex.compile(r"\s*(?:-|–|—|/|,? or|,? i\.e\.,?|,? also known as|,? abbreviated as|=)\s*(?:the )?")
_KNOWN_AS = regex.compile(
    r",? ?(?:of \p{L}+,? )?(?:better|also|commonly|formerly|now|widely|locally)? ?"
    r"(?:(?:known|abbreviated|referred to) as|(?<=also |formerly |now )(?:named|called)) (?:the )?",
    regex.IGNORECASE,
)
_PART = regex.compile(r"\s*\)?\s*(?:,|\bof|\bat|\bin|\bfrom|\bunder|\bwithin|\|)\s*(?:\b(?:of|at|in|under))?\s*(?:\b(?:the|our|its))?\s*")
_LINE_OF = regex.compile(r" (?:-|–|—|·|\|\||/) ")  # "Faculty of Law – Lund University"
_OWNER = regex.compile(r"\s*\)?(?:'s|s'|')?\s*(?:\||-|–|—|,|:|»|>|/|\()?\s*(?:own|new|the|and its|through its|, its|with its|via its)?\s*")
LEVELS: dict[Kind, float] = {
    "department": 1, "laboratory": 1, "faculty": 2, "institute": 2.5, "hospital": 2.5, "school": 3, "university": 4, "company": 4,
    "association": 4, "media": 4, "government": 4, "other": 3,
}  # fmt: skip

_UNIT = 3


def level_of(name: Name) -> float:
    """How high a name stands in a house: departments 1, faculties 2, universities 4; acronyms and bare names 4."""
    if name.key[-1:] in (("campus",), ("branch",)) and len(name.key) > 1:
        return LEVELS["faculty"]
    return LEVELS[name.kind] if name.kind else 4.0


def relation_of(a: Name, gap: str, b: Name, after: str, *, known: bool = False, elsewhere: bool = False) -> Relation | None:
    """How ``a`` stands to ``b``, which follows it after ``gap``; ``after`` is the character behind ``b``.

    ``known``: the text names or explains ``b`` elsewhere, so that "School of Nursing (UQ)" tells a parent, not a short form.
    ``elsewhere``: the acronym of the two is better made of another name of the text.
    """
    if len(gap) > MAX_GAP or "\n\n" in gap:
        return None
    if cue("opens_short_form").fullmatch(gap) and after[:1] in tuple(_CLOSERS):
        return _bracketed(a, b, known=known)
    is_dashed = not elsewhere and _DASH.fullmatch(gap)
    if _KNOWN_AS.fullmatch(gap) or (is_dashed and (_is_short_form(a, b, most=_most(gap)) or _is_translation(a, gap, b))):
        return "alias"
    if "\n" in gap:
        return None
    gap = _without_nation(gap)
    if gap == " " and a.kind is not None and level_of(a) < level_of(b) and (b.is_bare or b.kind == "university"):
        return "part"
    if _PART.fullmatch(gap) and _is_below(a, b, gap):
        return "part"
    if _LINE_OF.fullmatch(gap) and a.is_generic and level_of(a) < level_of(b) and not b.is_generic:
        return "part"
    if _OWNER.fullmatch(gap) and _owns(a, b, gap):
        return "owner"
    return None


def _is_translation(a: Name, gap: str, b: Name) -> bool:
    """Whether a slash joins a name and its translation: both universities, with head nouns of two languages."""
    return gap.strip() == "/" and a.kind == b.kind == "university" and not set(a.key) & set(b.key)


def _bracketed(a: Name, b: Name, *, known: bool) -> Relation | None:
    if _is_short_form(a, b) or _fits(b, a):
        return "alias"
    if (known or b.kind) and level_of(a) < level_of(b):
        return "part"
    if known and a.is_bare:
        return None
    if b.kind and level_of(b) < level_of(a):
        return "owner"
    return "alias" if not b.kind or a.kind == b.kind else None


def _fits(short: Name, full: Name) -> bool:
    return len(short.key) == 1 and cost_of(short.text, full.text) <= LOOSE + len(full.key) / 4


def _is_short_form(a: Name, b: Name, *, most: float = LOOSE) -> bool:
    pairs = ((a, b), (b, a))
    return any(short.is_acronym and not full.is_acronym and cost_of(short.text, full.text) <= most for short, full in pairs)


def _most(gap: str) -> float:
    """How far an acronym may be from the name beyond a gap: a hyphen joins two houses ("HUST-Heidelberg University Day")."""
    return 0.0 if gap in ("-", "–", "/") else LOOSE


def _is_below(a: Name, b: Name, gap: str) -> bool:
    if b.is_generic and not a.is_generic and level_of(a) >= level_of(b):
        return False
    if level_of(a) < level_of(b) or (a.kind == "hospital" and b.kind == "faculty"):
        return True
    if a.kind == "government" and b.key[0] == "ministry" != a.key[0]:
        return True
    if a.kind == b.kind == "university" and a.is_generic and not b.is_generic:
        return gap.strip(" )") in (",", "of", "at")
    joined = gap.strip(" ,)").startswith(("of", "at", "in", "under", "within"))
    if joined and a.is_bare and a.is_acronym and gap.strip(" ,)").startswith("of"):
        return True
    return (joined and level_of(a) <= _UNIT and level_of(a) <= level_of(b)) or (
        joined and a.kind == b.kind == "government" and a.key[0] != b.key[0]
    )


def _without_nation(gap: str) -> str:
    """The gap without the nationality that ends it: "of the Chinese"."""
    words = gap.split(" ")
    return " ".join([*words[:-2], ""]) if len(words) > 2 and words[-2][:1].isupper() and is_place(words[-2]) else gap


def _owns(a: Name, b: Name, gap: str) -> bool:
    if level_of(b) >= level_of(a):
        return False
    return b.is_generic or "'" in gap or not gap.strip()
