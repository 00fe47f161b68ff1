"""A text with its titles and institutions in, the people that rules find out: behind honorifics and titles, before titles, in bylines."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extractor.find.cues import cue
from extractor.find.heads import fold, head_word
from extractor.find.honorifics import after_name, is_honorific
from extractor.layout import Layout
from extractor.rules.lexicon import load_lexicon
from extractor.spans import Span

_PART = r"(?:\p{Lu}(?:\p{L}|['’-](?=\p{L}))+|\p{Lu}\.(?:-?\p{Lu}\.)*|(?:d'|O'|al-|el-)\p{Lu}\p{L}+)"
_LOW = r"(?:von|van|de|der|den|del|della|di|da|dos|das|du|la|le|bin|binti|ibn|al|el|zu|ter|ten|af|bint|y|e)"
_NAME = regex.compile(rf"{_PART}(?:[ -]?(?<=[. -])(?:(?:{_LOW} ){{0,2}}{_PART})){{0,4}}")
_HONORIFIC = regex.compile(r"(?<![\p{L}\p{N}])(?:\p{L}[\p{L}.'/]*\.?(?:\s?\(\p{L}+\.?\))?[ ,]?\s?)$")
_APPOSITION = regex.compile(r"\s*(?:,|\(|-|–|—)\s*(?:(?:the|a|an|former|then|acting|current|our|its|his|her)\s)*", regex.IGNORECASE)
_AFTER_TITLE = regex.compile(r"\s*[,:]?\s*")
_CAPITAL = regex.compile(r"(?<![\p{L}\p{N}.])\p{Lu}")
_FAMILY = ("chinese", "korean", "vietnamese", "japanese", "hungarian")


@cache
def _stops() -> frozenset[str]:
    return frozenset(fold(word) for name in ("name_stops", "subject_words") for word in load_lexicon(name))


@cache
def _families() -> frozenset[str]:
    return frozenset(name for language in _FAMILY for name in load_lexicon("family_names")[language])


def find_people(text: str, layout: Layout, titles: Sequence[Span], institutions: Sequence[Span]) -> list[Span]:
    """Person spans without honorifics, in text order; names found once are found again wherever they stand."""
    taken = sorted((s.start, s.end) for s in (*titles, *institutions))
    title_ends = {span.end for span in titles}
    title_starts = [span.start for span in titles]
    found: dict[tuple[int, int], Span] = {}
    for line in layout.lines:
        for span in _in_line(text, line.start, line.end, taken, title_ends, frozenset(title_starts)):
            found[span.start, span.end] = span
    people = list(found.values())
    return sorted([*people, *again(text, people, [*titles, *institutions, *people])])


def _in_line(
    text: str, start: int, end: int, taken: Sequence[tuple[int, int]], title_ends: set[int], title_starts: frozenset[int]
) -> Iterator[Span]:
    near = taken[max(0, bisect_left(taken, (start, 0)) - 1) : bisect_left(taken, (end, 0))]
    blocked = {i for a, b in near for i in range(max(a, start), min(b, end))}
    at = start
    while match := _NAME.search(text, at, end):
        first, last = _trimmed(text, match.start(), match.end(), blocked)
        if first >= last:
            at = max(match.end(), at + 1)
            continue
        at = last
        rule = _evidence(text, first, last, start, title_ends, title_starts)
        if rule:
            yield Span(first, last, "person", rule, 0.8)


def _trimmed(text: str, start: int, end: int, blocked: set[int]) -> tuple[int, int]:
    words = [(m.start(), m.end(), m[0]) for m in regex.finditer(r"[^\s]+", text, pos=start, endpos=end)]
    while words and words[0][0] in blocked:
        words.pop(0)
    words = words[: next((i for i, (a, _, _) in enumerate(words) if a in blocked), None)]
    while words and (is_honorific(words[0][2]) or fold(words[0][2]) in _stops()) and fold(words[0][2]) not in _families():
        words.pop(0)
    bad = next(
        (
            i
            for i, (_, _, w) in enumerate(words)
            if i and (fold(w).strip(".") in after_name() or head_word(fold(w)) or (fold(w) in _stops() and fold(w) not in _families()))
        ),
        None,
    )
    words = words[:bad]
    if not words:
        return start, start
    return words[0][0], words[-1][1]


def _evidence(text: str, first: int, last: int, line: int, title_ends: set[int], title_starts: frozenset[int]) -> str | None:
    """Which rule takes capitalised words for a person."""
    name = text[first:last]
    words = name.split()
    if head_word(fold(words[0])) or head_word(fold(words[-1])):
        return None
    before = text[max(line, first - 60) : first]
    honorific = _HONORIFIC.search(before)
    if honorific and is_honorific(honorific[0].strip(" ,").split("(")[0]) and honorific[0][:1].isalpha():
        return "person.honorific"
    if any(first - gap in title_ends for gap in (1, 0)) and text[first - 1] in " -":
        return "person.after-title"
    if len(words) < 2:
        return None
    if cue("byline").search(before):
        return "person.byline"
    if any(first - gap in title_ends for gap in (2, 3)) and _AFTER_TITLE.fullmatch(text[first - 2 : first].strip() or ","):
        return "person.after-title"
    apposition = _APPOSITION.match(text, last)
    if apposition and apposition.end() in title_starts:
        return "person.before-title"
    if _is_family_first(words) or (words[0].isupper() and len(words[0]) > 1 and fold(words[0]) in _families() and not words[-1].isupper()):
        return "person.family-first"
    return None


def _is_family_first(words: Sequence[str]) -> bool:
    return len(words) == 2 and fold(words[0]) in load_lexicon("family_names")["chinese"] and words[1].isalpha() and not words[1].isupper()


def again(text: str, people: Sequence[Span], taken: Sequence[Span]) -> Iterator[Span]:
    """Later uses of names already found: the full name, or its family name alone."""
    blocked = {i for span in taken for i in range(span.start, min(span.end, span.start + 200))}
    forms: dict[str, None] = {}
    for span in people:
        name = text[span.start : span.end]
        forms[name] = None
        words = name.split()
        if len(words) > 1:
            family = words[0] if words[0].isupper() or fold(words[0]) in _families() else words[-1]
            if len(family) > 2 and fold(family) not in _stops():
                forms[family] = None
    if not forms:
        return
    pattern = regex.compile(r"(?<![\p{L}\p{N}-])(?:\L<names>)(?![\p{L}\p{N}-])", names=sorted(forms, key=lambda f: (-len(f), f)))
    for match in pattern.finditer(text):
        if (
            match.start() not in blocked
            and match.end() - 1 not in blocked
            and not regex.match(r" \p{Lu}\p{Ll}", text[match.end() : match.end() + 3])
        ):
            yield Span(match.start(), match.end(), "person", "person.again", 0.7)
