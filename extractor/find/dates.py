"""A parsed text in, the spans of its date expressions out; telephone numbers, ages and ordinals are none."""

from collections.abc import Iterator
from functools import cache

import regex
from spacy.tokens import Doc

from extractor.find.date_grammar import Expression, anchor_words, expression, first_expression
from extractor.layout import Layout
from extractor.parse import text_of
from extractor.rules import load_lexicon
from extractor.spans import Span

_WORD_BEFORE = regex.compile(r"(?:\p{L}+\.?|\d+|[^\w\s])(?=\s*\Z)")
_WORD_AFTER = regex.compile(r"\s*([\w]+|[^\w\s])")
_LISTED = regex.compile(r"[^\w]*")
_IN = regex.compile(r"\bin\s+(?:the\s+)?\Z", regex.IGNORECASE)
_COPYRIGHT = regex.compile(r"(?:©|\(c\)|copyright)[^\n]*\Z", regex.IGNORECASE)
_PRICED = regex.compile(r"[\d+#/@_=&$€£¥][ -]?\Z")
_GOES_ON = regex.compile(r"[-/]\d|\d|,\d\d\d|_|@")
_WENT_BEFORE = regex.compile(r"\d[-./]\Z|\w[-_]\Z|[(+]\d+[) -]*\Z")
_NAME_AFTER = regex.compile(r" \p{Lu}\p{Ll}+")
_NAMES_AFTER = regex.compile(r"\s+(?:\p{Lu}[\p{L}-]+\s+){1,5}\p{Lu}[\p{L}-]+")
_ITEM = regex.compile(r"\s*(?:$|\n|[:–—|\-•]|\s{2,}|\)|\.\s+\p{Lu})")
_EVERY = regex.compile(r"\b(?:every|each)\s+(?:\w+\s+)?$", regex.IGNORECASE)
_ON = regex.compile(r"\b(?:on|since|until|by|from)\s+(?:the\s+)?$")
_FIRST_YEAR = 1500  # an earlier number is a year only behind a preposition
_ABBREVIATED = ("may", "march", "mar", "sun", "dec", "set", "out", "ago", "dic")  # words too, unless a year stands with them
_NAMES_TOO = ("may", "march", "april", "june", "august", "mar", "jan", "sep", "dec", "jul", "jun")
_YEAR_VERBS = ("is", "was", "marks", "marked", "saw", "brought", "will", "has")
_FUNCTION_WORDS = frozenset(
    (
        "the",
        "a",
        "an",
        "he",
        "she",
        "they",
        "we",
        "it",
        "at",
        "in",
        "and",
        "with",
        "to",
        "our",
        "his",
        "her",
        "this",
        "of",
        "that",
        "for",
        "by",
        "when",
        "as",
        "where",
    )
)
_STOPS = ("", ".", ",", ";", ")", "and", "when", "as", "with", "at")
_FOOTER = 60  # characters between a copyright sign and its year
_REACH = 24  # characters looked at on either side of an expression
_LEAD = 150  # characters of an expression before its first number or name of a time: "over the course of the first half of …"
_LONGEST_LINE = 20_000  # characters; longer lines are cut so that one hostile line costs no more than many short ones


def find_dates(doc: Doc, layout: Layout) -> list[Span]:
    """Date spans in text order; opening words ("since", "from … to") are inside, "on" and "in" are outside."""
    text = text_of(doc)
    return [
        Span(found.start, found.end, "date", f"date.{found.form.replace('_', '-')}", 1.0)
        for start, end in _pieces(layout)
        for found in _joined(text, list(_expressions(text, start, end)))
    ]


def _pieces(layout: Layout) -> Iterator[tuple[int, int]]:
    for line in layout.lines:
        for start in range(line.start, line.end, _LONGEST_LINE):
            yield start, min(start + _LONGEST_LINE, line.end)


def _expressions(text: str, start: int, end: int) -> Iterator[Expression]:
    at = start
    while (anchor := anchor_words().search(text, at, end)) and (match := first_expression(text, max(at, anchor.start() - _LEAD), end)):
        found = _trimmed(text, expression(match))
        if _is_date(text, found, start):
            yield found
            at = found.end
        else:
            at = max(match.start() + 1, found.start + 1)


def _joined(text: str, found: list[Expression]) -> Iterator[Expression]:
    """Expressions with "from A" and "until B" side by side made one interval."""
    at = 0
    while at < len(found):
        one, following = found[at], found[at + 1] if at + 1 < len(found) else None
        opens = _opens(one, "from", "since") and following and _opens(following, "until", "till", "through")
        if opens and following and text[one.end : following.start].isspace():
            yield following._replace(form="pair", start=one.start)
            at += 1
        else:
            yield one
        at += 1


def _opens(found: Expression, *openers: str) -> bool:
    return found.parts.get("opener", "").lower() in openers


def _trimmed(text: str, found: Expression) -> Expression:
    """Openers that open nothing ("the protocol from 2014") fall away; so does a dot that ends the sentence."""
    parts, start, end = dict(found.parts), found.start, found.end
    opener = parts.get("opener", "").lower()
    is_pair = "range" in found.form or (found.form == "school_year" and opener != "by")
    loose = (
        text[end : end + 2] in ("'s", "’s")
        or (opener == "between" and not is_pair)
        or (opener == "from" and _word_before(text, start) in _list("noun_from"))
    )
    if opener and (loose or (opener in ("by", "through") and found.form == "ago")):
        del parts["opener"]
        start += len(opener)
        start += len(text[start:end]) - len(text[start:end].lstrip())
        if text[start:end].lower().startswith("the "):
            start += 4
    if text[start:end].lower().startswith("the ") and not opener:
        start += 4
    if text[end - 1] == "." and "month" in parts and len(text[start:end].rstrip(".").split()[-1]) > 4:
        end -= 1
    return found._replace(parts=parts, start=start, end=end)


def _is_date(text: str, found: Expression, line_start: int) -> bool:
    test = _TESTS.get(found.form)
    return test is None or test(text, found, line_start)


def _is_month(text: str, found: Expression, line_start: int) -> bool:
    month = found.parts["month"]
    if month.islower() or (len(month.rstrip(".")) < 4 and month.lower() != "may" and "." not in month):
        return False
    if {"opener", "part"} & found.parts.keys():
        return _word_after(text, found.end)[:1].islower() or not _follows_name(text, found) or month.lower() != "may"
    before = _word_before(text, found.start)
    if before in ("in", "since", "until", "of", "during", "last", "next", "this", "early", "late", "by"):
        return True
    ambiguous = month.lower() in _NAMES_TOO
    return (
        not ambiguous
        and not _follows_name(text, found)
        and (before in _list("cues") or bool(_LISTED.fullmatch(text, line_start, found.start)))
    )


def _is_season(text: str, found: Expression, line_start: int) -> bool:
    opens = found.parts.get("opener", "").lower() in ("by", "until", "since") or bool(
        _IN.search(text, max(0, found.start - _REACH), found.start)
    )
    return opens and not _follows_name(text, found) and _word_after(text, found.end) in _STOPS


def _is_bare_year(text: str, found: Expression, line_start: int) -> bool:
    before, after = _word_before(text, found.start), _word_after(text, found.end)
    if after.lower() in _list("not_year_after") or before in _list("not_year_before") or _is_number_part(text, found):
        return False
    if {"opener", "part"} & found.parts.keys() or before in _list("year_cues"):
        return not (
            before in ("of", "to", "for", "about", "around") and after[:1].isalpha() and after.istitle() and _has_name_after(text, found)
        )
    if (before == "(" and after == ")") or _COPYRIGHT.search(text, max(line_start, found.start - _FOOTER), found.start):
        return True
    if int(found.parts["year"]) < _FIRST_YEAR and before not in ("in", "since", "from", "until", "of"):
        return False
    if text[max(0, found.start - 3) : found.start] == "'s " and after.islower():
        return True
    if after.lower() in ("graduate", "alumnus", "alumna", "alum", "graduation"):
        return True
    if _LISTED.fullmatch(text, line_start, found.start):
        return _starts_item(text, found)
    ends = "" if text[found.end : found.end + 1] == "\n" else after
    return before in (",", ";", "/", "-", "–", "•", "|") and ends in (")", "|", "", ".", ";", ",", "©") and int(found.parts["year"]) > 1899


def _starts_item(text: str, found: Expression) -> bool:
    """A year that opens a line: "1985   Our first …", "2019: …", "2022 was …", or alone on it."""
    rest = text[found.end : found.end + _REACH]
    word = _word_after(text, found.end)
    return bool(_ITEM.match(rest)) or word in _YEAR_VERBS


def _is_year_range(text: str, found: Expression, line_start: int) -> bool:
    year, year2 = found.parts["year"], found.parts["year2"]
    end = int(year2) if len(year2) == 4 else int(year[:2] + year2)
    after = _word_after(text, found.end).lower()
    return int(year) < end <= int(year) + 150 and after not in _list("not_year_after") and not _is_number_part(text, found)


def _is_weekday(text: str, found: Expression, line_start: int) -> bool:
    name = found.parts["weekday"]
    before = _word_before(text, found.start)
    return (
        name[:1].isupper()
        and before not in _list("holiday_words")
        and not _EVERY.search(text, max(0, found.start - _REACH), found.start)
        and (before in ("on", "same") or "deictic" in found.parts or not _follows_name(text, found))
    )


def _is_weekday_day(text: str, found: Expression, line_start: int) -> bool:
    """A short weekday ("Tue 10") only opens a line of an agenda."""
    is_short = len(found.parts["weekday"].rstrip(".")) < len("Monday") - 1
    return found.parts["weekday"][:1].isupper() and (not is_short or bool(_LISTED.fullmatch(text, line_start, found.start)))


def _is_bare_day(text: str, found: Expression, line_start: int) -> bool:
    before = text[max(0, found.start - _REACH) : found.start].lower()
    after = _word_after(text, found.end)
    stands = bool(_ON.search(before)) or "opener" in found.parts
    follows_noun = after.lower() in _list("not_day_after") or (after[:1].isupper() and _has_name_after(text, found))
    return stands and not follows_noun and (not after[:1].isalpha() or after.lower() in _FUNCTION_WORDS or after[:1].isupper())


def _is_list_day(text: str, found: Expression, line_start: int) -> bool:
    alone = bool(_LISTED.fullmatch(text, line_start, found.start)) and text[found.start - 1 : found.start] in ("[", "(")
    return alone and text[found.end : found.end + 1] in ("]", ")")


def _is_then(text: str, found: Expression, line_start: int) -> bool:
    return found.parts.get("opener", "").lower() == "since"


def _is_ago(text: str, found: Expression, line_start: int) -> bool:
    return text[found.start : found.end].lower().rstrip().endswith("ago")


def _is_day(text: str, found: Expression, line_start: int) -> bool:
    month = found.parts["month"]
    if month.islower() and month.rstrip(".") in _ABBREVIATED and "year" not in found.parts:
        return False
    return not _is_number_part(text, found)


def _is_deictic(text: str, found: Expression, line_start: int) -> bool:
    deictic = found.parts["deictic"].lower().split()
    return deictic[-1] in ("this", "last", "next")


def _is_then_season(text: str, found: Expression, line_start: int) -> bool:
    return not _follows_name(text, found) or "year" in found.parts


def _is_number_part(text: str, found: Expression) -> bool:
    """Whether the digits belong to something longer: a telephone number, a file name, a price, a score."""
    before, after = text[max(0, found.start - 2) : found.start], text[found.end : found.end + 2]
    if _PRICED.search(before) and not before.endswith(("/ ", "/")):
        return True
    return bool(_GOES_ON.match(after)) or bool(_WENT_BEFORE.search(before))


def _follows_name(text: str, found: Expression) -> bool:
    """Whether a capitalised word comes next ("June Lee", "Sunday Times")."""
    return bool(_NAME_AFTER.match(text, found.end, found.end + _REACH)) and not text[found.start : found.end].isupper()


def _has_name_after(text: str, found: Expression) -> bool:
    return bool(_NAMES_AFTER.match(text, found.end, found.end + 3 * _REACH))


def _word_before(text: str, start: int) -> str:
    found = _WORD_BEFORE.search(text[max(0, start - _REACH) : start])
    return found.group().lower().rstrip(".") or "." if found else ""


def _word_after(text: str, end: int) -> str:
    found = _WORD_AFTER.match(text[end : end + _REACH])
    return found.group(1) if found else ""


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(load_lexicon("dates")[name])


_TESTS = {
    "bare_month": _is_month,
    "bare_season": _is_season,
    "bare_year": _is_bare_year,
    "year_range": _is_year_range,
    "weekday": _is_weekday,
    "weekday_day": _is_weekday_day,
    "bare_day": _is_bare_day,
    "list_day": _is_list_day,
    "then": _is_then,
    "ago": _is_ago,
    "day": _is_day,
    "deictic": _is_deictic,
    "season": _is_then_season,
}
