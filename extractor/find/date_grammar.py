"""The grammar of date expressions: one compiled pattern, built from the word list, and the parts that a match gives."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from extractor.rules import load_lexicon
from extractor.rules.openings import LONGEST, openings_of, plain

DASH = r"(?:-|–|—|~|/)"
TO = rf"(?:\s*{DASH}\s*|\s+(?:to|until|till|through|and|up\s+to|&)\s+(?:the\s+)?)"
TO_STRICT = rf"(?:\s*{DASH}\s*|\s+(?:to|until|till|through|up\s+to)\s+(?:the\s+)?)"  # "1995 and 2013" are two dates
YEAR = r"(?<![\d.,/-])(?:1\d|20)\d\d(?![\d%])"
NEXT_YEAR = YEAR.removeprefix(r"(?<![\d.,/-])")  # the year behind a dash
ORDINAL = r"(?:\s?(?:st|nd|rd|th|ST|ND|RD|TH))"
DAY = rf"(?<![\d.,/-])(?:0?[1-9]|[12]\d|3[01]){ORDINAL}?(?![\d%]|[:.]\d|,\d{{3}}(?!\d)|\s?(?:[ap]\.?m\.?\b|%|/\d))"
NEXT_DAY = DAY.removeprefix(r"(?<![\d.,/-])")  # the day behind a month or a dash
NUMBER_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
NUMBER_MONTH = r"(?:0?[1-9]|1[0-2])"
FREE_BEFORE, FREE_AFTER = r"(?<![\w./+@#-]|\d:)", r"(?![\w@]|[./:-]\d)"


_FULL_SHORT = ("may", "june", "july")  # no abbreviations, so a dot behind them ends the sentence


class Expression(NamedTuple):
    """A date expression: which form of the grammar it has, and its parts as printed (absent parts are left out)."""

    form: str
    start: int
    end: int
    parts: Mapping[str, str]


_WORD = regex.compile(r"(?<![\w@-])\w")
_UNTIL = regex.compile(r"\s+(until|till|through|to|and)\s", regex.IGNORECASE)


def words(items: Iterable[str]) -> str:
    """An alternation that prefers the longest word."""
    return "|".join(regex.escape(item).replace(r"\ ", r"\s+") for item in sorted(items, key=lambda w: (-len(w), w)))


@cache
def _forms() -> Mapping[str, str]:
    lexicon = load_lexicon("dates")
    full, short = (
        [name for name in lexicon["english_months"] if (name in _FULL_SHORT or len(name) > 4) is is_full] for is_full in (True, False)
    )
    english = rf"(?:(?:{words(full)})(?!\p{{L}})|(?:{words(short)})(?!\p{{L}})\.?)"
    any_month = rf"(?:{words(name for names in lexicon['months'].values() for name in names)})\b\.?"
    weekday = rf"(?:{words(name for names in lexicon['weekdays'].values() for name in names)})\b\.?"
    full_weekday = rf"(?:{words(names[0] for names in lexicon['weekdays'].values())})\b"
    season = rf"(?:{words(lexicon['seasons'])})\b"
    count = rf"(?:(?<![\d.,])\d{{1,3}}|{words(lexicon['numbers'])})"
    before = rf"(?:(?:(?P<deictic>this|last|next|past)\s+)?(?P<weekday>{weekday})\s?,?\s+)?"
    after = rf"(?:,?\s*\(\s?(?P<weekday>{weekday})\s?\)|,\s(?P<weekday>{full_weekday}))?"
    year = rf"(?:\s*,?\s*(?:of\s+)?(?P<year>{NEXT_YEAR})|,?\s+(?:of\s+)?(?P<which_year>this|last|next|that|the\s+same|the\s+following)\s+year\b(?!['’]))"
    m, d = rf"(?P<month>{english})", rf"(?P<day>{DAY})"
    m2, d2, md = rf"(?P<month2>{english})", rf"(?P<day2>{NEXT_DAY})", rf"(?P<day>{NEXT_DAY})"
    y2 = rf"(?:\s*,?\s*(?:of\s+)?(?P<year2>{NEXT_YEAR}))"
    ymd = rf"(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])\s?(?P<nmonth>{NUMBER_MONTH})(?P=mark)\s?(?P<nday>{NUMBER_DAY})"
    dmy = (
        rf"(?P<n1>{NUMBER_DAY})(?P<mark>[-/.])\s?(?P<n2>{NUMBER_DAY})(?P=mark)\s?(?P<year>(?:19|20)\d\d|(?<=\b\d\d[./]\d\d[./])\d\d(?!\d))"
    )
    dmy2 = rf"(?P<n12>{NUMBER_DAY})(?P<mark2>[-/.])\s?(?P<n22>{NUMBER_DAY})(?P=mark2)\s?(?P<year2>(?:19|20)\d\d)"
    ymd2 = rf"(?P<year2>(?:19|20)\d\d)(?P<mark2>[-/.])\s?(?P<nmonth2>{NUMBER_MONTH})(?P=mark2)\s?(?P<nday2>{NUMBER_DAY})"
    return {
        "cjk": r"(?P<year>(?:19|20)\d\d)\s?年\s?(?P<nmonth>\d{1,2})\s?月(?:\s?(?P<nday>\d{1,2})\s?日)?",
        "numeric_range": rf"{FREE_BEFORE}(?:{dmy}{TO}{dmy2}|(?P<n1>{NUMBER_DAY})\.(?P<n2>{NUMBER_MONTH})\.?{TO}{dmy2}|{ymd}{TO}{ymd2}){FREE_AFTER}",
        "numeric": rf"{FREE_BEFORE}{before}(?:{ymd}|{dmy}){FREE_AFTER}",
        "numeric_month": rf"{FREE_BEFORE}(?P<nmonth>0[1-9]|1[0-2])[/.](?P<year>(?:19|20)\d\d){FREE_AFTER}",
        "dated_range": rf"{before}(?:{m}\s*,?\s*{md}{year}?{TO}(?:{weekday},?\s+)?{m2}\s*,?\s*{d2}{y2}?|{d}\s*(?:of\s+)?{m}{year}?{TO}(?:{weekday},?\s+)?{d2}\s*(?:of\s+)?{m2}{y2}?)",
        "day_range": rf"(?:{m}\s*,?\s*{md}{TO}{d2}{year}?|{d}{TO}{d2}\s*(?:of\s+)?{m}{year}?)",
        "day": rf"{before}(?:(?P<day>(?<![\d.,/-])(?:0?[1-9]|[12]\d|3[01]){ORDINAL}?)\s*,?\s*(?:of\s+|day\s+of\s+)?(?P<month>{any_month}){year}{after}|{m}(?:\s*,?\s*(?:the\s+)?|\.){md}{after}{year}?{after}|{d}\s*(?:of\s+|day\s+of\s+)?{m}{year}?{after})",
        "month_range": rf"{m}{year}?(?:{TO_STRICT}|(?<=\bbetween\s[^\n]{{3,20}})\s+and\s+){m2}{y2}|{m}(?:{TO_STRICT}|(?<=\bbetween\s\p{{L}}+)\s+and\s+){m2}(?P<which_year>\s+(?:this|last|next)\s+year)?",
        "month": rf"(?:{m}\s*,?{year}|(?P<deictic>this|last|next|past)\s+{m}(?!\s+\d))",
        "season": rf"(?:(?P<deictic>this|last|next|past|coming)\s+(?:coming\s+)?(?P<season>{season})|(?P<season>{season})\s*,?\s*(?:semester\s+|term\s+)?(?:of\s+|in\s+)?(?P<year>{YEAR})(?:/\d\d(?!\d))?|(?P<season>{season})\s+(?P<which_year>this|last|next)\s+year\b)",
        "school_year": rf"(?:academic|school)\s+years?\s+(?:of\s+)?(?P<year>{YEAR})\s?{DASH}\s?(?P<year2>(?:20)?\d\d)(?!\d)|(?P<year>{YEAR})\s?{DASH}\s?(?P<year2>(?:20)?\d\d)(?!\d)\s+(?:(?:academic|school)\s+years?|(?:season|term)\b)",
        "decade": r"(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b",
        "year_range": rf"(?P<year>{YEAR})(?:{TO_STRICT}|(?<=\bbetween\s\d{{4}})\s+and\s+)(?P<year2>{NEXT_YEAR}|\d\d(?![\d/-]|\.\d))(?!\s?{DASH}?\s?\d)",
        "quarter": rf"(?:(?P<quarter>first|second|third|fourth)\s+quarter|Q(?P<quarter>[1-4]))\s*,?\s*(?:of\s+)?(?P<year>{YEAR})",
        "year_month_end": r"(?P<edge>first\s+half|second\s+half|end|beginning|middle|start|close)\s+of\s+(?:the|this|last|next)\s+(?P<unit>year|month|week)",
        "weekday_numeric": rf"(?P<weekday>{full_weekday})\s*\(?\s?(?P<n1>{NUMBER_DAY})[/.](?P<n2>{NUMBER_MONTH})(?:[/.](?P<year>(?:19|20)?\d\d))?\s?\)?",
        "weekday_day": rf"(?:(?P<deictic>this|last|next|past)\s+)?(?P<weekday>{weekday})\s*,?\s+(?:the\s+)?(?P<day>{NUMBER_DAY}{ORDINAL}?)(?!\d|:|\.\d|\s?[ap]\.?m|\s+\w+s\b)",
        "weekday": rf"(?:(?P<deictic>this|last|next|past|this\s+past|this\s+coming|coming)\s+)?(?P<weekday>{full_weekday})",
        "deictic_day": rf"(?P<deictic_day>{words(lexicon['deictic_days'])})\b(?:\s*,\s*(?P<weekday>{full_weekday})|\s*\((?P<weekday>{full_weekday})\))?",
        "deictic": r"(?:(?P<inner>later|earlier|early|late|sometime)\s+)?(?P<deictic>this|last|next|the\s+same|that|the\s+following|the\s+coming|the\s+previous)\s+(?P<unit>week|month|year|semester|weekend)\b",
        "ago": rf"(?:(?:more\s+than|over|about|some|almost|nearly)\s+)?(?P<count>{count})\s+(?P<unit>year|month|week|day|decade)s?\s+(?:ago|earlier|later)\b",
        "then": r"(?P<then>then)\b",
        "bare_month": rf"(?P<month>{english})(?!\s*\d)",
        "bare_season": rf"(?P<season>{season})",
        "bare_year": rf"(?P<year>{YEAR})",
        "month_day": rf"(?P<day>{NUMBER_DAY}(?:st|nd|rd|th))\s+of\s+(?P<deictic>this|last|next)\s+(?P<unit>month)\b",
        "bare_day": rf"(?P<day>{NUMBER_DAY}(?:st|nd|rd|th))\b",
        "list_day": rf"(?P<nmonth>{NUMBER_MONTH})-(?P<nday>{NUMBER_DAY})",
    }  # fmt: skip


@cache
def grammar() -> "regex.Pattern[str]":
    """All forms as one pattern, the more telling ones first; the group ``f_FORM`` that took part names the form."""
    return regex.compile(rf"(?<![\w@-])(?:{_expressions()})(?:(?<=[日月])|(?![\w@]))", regex.IGNORECASE | regex.VERSION0)


def first_expression(text: str, start: int, end: int) -> "regex.Match[str] | None":
    """What ``grammar().search`` finds, sooner: only words are tried that an expression may begin with."""
    openings = _openings()
    for word in _WORD.finditer(text, start, end):
        at = word.start()
        told = plain(text[at : at + LONGEST])
        if (told in openings or told[:2] in openings or told[:1] in openings) and (match := grammar().match(text, at, end)):
            return match
    return None


@cache
def _openings() -> frozenset[str]:
    simpler = regex.sub(r"\(\?P<\w+>", "(?:", _expressions()).replace(r"\p{L}", r"\w")
    return openings_of(r"\b(?:" + regex.sub(r"\(\?P=\w+\)", ".", simpler) + ")")


def _expressions() -> str:
    lexicon = load_lexicon("dates")
    opener = rf"(?:(?P<opener>{words(lexicon['openers'])}|between)\s+(?:the\s+)?(?:years?\s+)?)?"
    part = rf"(?:(?P<part>{words(lexicon['parts'])})(?:-|\s+(?:the\s+)?))?"
    forms = "|".join(rf"(?P<core>{pattern})(?P<f_{form}>)" for form, pattern in _forms().items())
    return rf"(?:{opener}{part})(?:{forms})"


@cache
def anchor_words() -> "regex.Pattern[str]":
    """A cheap pattern that matches in every text that can hold a date: text without a match needs no grammar."""
    lexicon = load_lexicon("dates")
    names = [name for names in (*lexicon["months"].values(), *lexicon["weekdays"].values()) for name in names]
    rest = ["year", "month", "week", "today", "yesterday", "tomorrow", "ago", "weekend", "semester", "then", *lexicon["seasons"]]
    return regex.compile(rf"\d{{1,4}}|\b(?:{words([*names, *rest])})", regex.IGNORECASE)


def expression(match: "regex.Match[str]", offset: int = 0) -> Expression:
    """The parts of a match of the grammar; ``offset`` is added to its characters."""
    groups = match.groupdict()
    form = next(name[2:] for name, value in groups.items() if name.startswith("f_") and value is not None)
    parts = {name: value for name, value in groups.items() if value and not name.startswith("f_") and name != "core"}
    start = next(match.start(name) for name in ("opener", "part", "core") if groups[name] is not None)
    return Expression(form, start + offset, match.end("core") + offset, parts)


@lru_cache(maxsize=1 << 12)
def read_expression(text: str) -> Expression | None:
    """The date expression that a mention's words are, or the first that they hold; None where they hold none."""
    match = grammar().fullmatch(text) or grammar().search(text)
    return expression(match) if match else None


def read_pair(text: str) -> tuple[Expression, Expression] | None:
    """The two ends of "from 1 June until the end of September"; None where the words are no such pair."""
    for match in _UNTIL.finditer(text):
        start, end = grammar().fullmatch(text, 0, match.start()), grammar().fullmatch(text, match.start(1))
        if start and end:
            return expression(start), expression(end)
    return None
