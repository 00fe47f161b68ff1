"""Houses and the text around them in, the parent of each unit out: printed, in the name, or told by the context."""

import itertools
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping

import regex

from extractor.find.cues import cue
from extractor.link.adjacency import level_of
from extractor.link.belonging import BACK, OURS, OWN, belongs, may_belong
from extractor.link.institutions import Grouping
from extractor.link.naming import Name, name_of
from extractor.link.page import Page

_BULLET = regex.compile(r"\s*(?:[-–—•*■►▪●○·>→]|\d{1,2}[.)]|\(\d{1,2}\)|[a-z]\))\s*")
_POST_OF = regex.compile(r"'s? (?:(?-i:\p{Lu})\p{L}+[ -]){1,4}(?:of|for) (?:the )?")
_AFFILIATED = regex.compile(r",? (?:which is |that is )?(?:affiliated|attached|belonging) (?:to|with) (?:our|the|this|his|her|its)\b")
_HOUSE = 3.0
_HOSPITAL = 2.5
_LOOK_BACK = 3  # mentions
_FAR = 50
_LINES = 12
_INDENT, _LONG = 5, 90


def printed_parents(grouping: Grouping, number: Mapping[int, int]) -> dict[int, int]:
    """House -> parent where the text joins the two names."""
    printed: dict[int, Counter[int]] = defaultdict(Counter)
    for unit, parent in grouping.parts:
        if number[unit] != number[parent]:
            printed[number[unit]][number[parent]] += 1
    return {at: max(by, key=lambda p: (by[p], -p)) for at, by in printed.items()}


def certain_parents(page: Page, printed: Mapping[int, int]) -> dict[int, int]:
    """House -> parent where print tells it: joined to the name, in the name, or owning a post of the unit."""
    parents = dict(printed)
    owners = _owners(page)
    for at, name in enumerate(page.best):
        if at not in parents:
            inner = _contained(name, at, owners)
            if inner is None:
                inner = _by_post(page, at)
            if inner is not None:
                parents[at] = inner
    return without_rings(parents)


def parents_of(page: Page, certain: Mapping[int, int], subject: int | None) -> dict[int, int]:
    """House -> parent: the certain ones, and those that the context tells; ``subject`` is the house that the text is about."""
    parents = dict(certain)
    first = {page.number[i]: i for i in reversed(range(len(page.mentions)))}
    for at, name in enumerate(page.best):
        if at not in parents and may_belong(name) and not _is_affiliated(page, first[at]):
            parent = _by_context(page, first[at], subject)
            if parent is not None and parent != at and belongs(page, first[at], parent, subject):
                parents[at] = parent
    return without_rings(parents)


def without_rings(parents: Mapping[int, int]) -> dict[int, int]:
    """The parents of which no house is above itself."""
    return {at: parent for at, parent in parents.items() if not _is_ring(at, parents)}


def _owners(page: Page) -> dict[tuple[str, ...], int]:
    """Words that begin, or single out, the names of a house's units -> the house."""
    owners: dict[tuple[str, ...], int] = {}
    for i, mention in enumerate(page.mentions):
        name = name_of(mention.text)
        if (len(name.key) > 1 or name.is_acronym) and not name.is_generic:
            owners.setdefault(name.key, page.number[i])
        if name.kind == "university" and name.core:
            owners.setdefault(("university", *sorted(name.core)), page.number[i])
    return owners


def _contained(name: Name, at: int, owners: Mapping[tuple[str, ...], int]) -> int | None:
    """The house whose name begins the name ("Tianjin Medical University General Hospital") or is in it ("Jordan University Hospital")."""
    for size in range(len(name.key) - 1, 0, -1):
        house = owners.get(name.key[:size])
        if house is not None and house != at and (size > 1 or name.text[len(name.key[0]) : len(name.key[0]) + 1] == " "):
            return house
    if "university" in name.subjects and name.kind in ("hospital", "laboratory", "institute"):
        return owners.get(("university", *sorted(name.core)))
    return None


def _by_post(page: Page, at: int) -> int | None:
    """The house whose post is of the unit: "HUST's Director of OIA"."""
    for a, b in itertools.pairwise(range(len(page.mentions))):
        house = page.number[a]
        is_above = page.number[b] == at != house and level_of(page.best[house]) > level_of(page.best[at])
        if is_above and _POST_OF.fullmatch(page.text, page.mentions[a].end, page.mentions[b].start):
            return house
    return None


def _is_affiliated(page: Page, i: int) -> bool:
    """Whether a house that the text does not name is told to hold the unit: "Union Hospital affiliated to our college"."""
    return bool(_AFFILIATED.match(page.text, page.mentions[i].end))


def _by_context(page: Page, i: int, subject: int | None) -> int | None:
    start = page.mentions[i].start
    if OURS.search(page.text, max(0, start - BACK), start):
        return subject
    sentence = page.starts[bisect_right(page.starts, start) - 1] if page.starts else 0
    first = bisect_left(page.mentions, sentence, key=lambda mention: mention.start)
    if first < i and cue("opens_at").fullmatch(page.text, sentence, page.mentions[first].start):
        return page.number[first]
    unit = page.best[page.number[i]]
    if OWN.search(page.text, max(0, start - BACK), start) and (owner := _spoken_of(page, i, first, unit)) is not None:
        return owner
    if unit.kind in ("laboratory", "institute") and unit.core:
        return subject
    for j in range(i - 1, -1, -1):
        if page.mentions[j].start < sentence:
            break
        house = page.number[j]
        if house == subject:
            return subject
        if _can_hold(page.best[house], unit) and page.text[page.mentions[j].start - 1 : page.mentions[j].start] != "(":
            met = cue("counterpart").search(page.text, page.mentions[j].end, start)
            return subject if met else house
    heading = _heading(page, i)
    if heading is not None:
        return heading
    guest = _guest_before(page, first, start, unit)
    return subject if guest is None else guest


def _guest_before(page: Page, first: int, start: int, unit: Name) -> int | None:
    """The guest that the sentence before names last: "We met a group from Oslo. The Dean of the Law Faculty …"."""
    before = page.starts[max(0, bisect_right(page.starts, start) - 2)] if page.starts else 0
    j = first - 1
    if j < 0 or page.mentions[j].start < before or "\n" in page.text[page.mentions[j].end : start]:
        return None
    house = page.number[j]
    floor = max(0, page.mentions[j].start - _FAR)
    is_guest = any(cue(name).search(page.text, floor, page.mentions[j].start) for name in ("is_guest", "guests_from"))
    return house if is_guest and _can_hold(page.best[house], unit) else None


def _spoken_of(page: Page, i: int, first: int, unit: Name) -> int | None:
    """The house that "its" means before mention ``i``: the first of its sentence (which begins at ``first``), else the one told last."""
    told = [*range(first, i), *range(first - 1, max(-1, first - _LOOK_BACK), -1)]
    return next((page.number[j] for j in told if _can_hold(page.best[page.number[j]], unit)), None)


def _can_hold(house: Name, unit: Name) -> bool:
    lowest = _HOSPITAL if unit.kind == "department" else _HOUSE
    if house.kind in ("other", "media", "school"):
        return False
    return level_of(house) >= lowest and level_of(house) > level_of(unit) and (not house.is_bare or house.is_acronym)


def _heading(page: Page, i: int) -> int | None:
    """The house in the line that opens the list or section."""
    text = page.text
    line = text.rfind("\n", 0, page.mentions[i].start) + 1
    is_listed = bool(_BULLET.match(text, line))
    for _ in range(_LINES):
        end = line - 1
        line = text.rfind("\n", 0, max(0, end)) + 1
        above = text[line:end].strip() if end > 0 else ""
        if not above:
            return None
        told = [
            page.number[j]
            for j in range(i - 1, -1, -1)
            if line <= page.mentions[j].start < end and level_of(page.best[page.number[j]]) >= _HOUSE
        ]
        opens = min((m.start for m in page.mentions[max(0, i - 30) : i] if line <= m.start < end), default=end) - line < _INDENT
        if told and ((is_listed and above.endswith(":")) or (opens and len(above) < _LONG and above[-1] not in ".;,:")):
            return told[-1]
    return None


def _is_ring(at: int, parents: Mapping[int, int]) -> bool:
    seen = {at}
    up = parents.get(at)
    while up is not None and up not in seen:
        seen.add(up)
        up = parents.get(up)
    return up == at
