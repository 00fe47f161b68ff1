"""A date expression and the day it is counted from in, its EDTF value out; never more precise than the words."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

import regex

from extractor.edtf import covered, is_edtf
from extractor.find.date_grammar import Expression, read_expression, read_pair
from extractor.records import Grain
from extractor.rules import load_lexicon

Direction = Literal["past", "future"]


class Anchor(NamedTuple):
    """What a date leans on. ``day`` is the day of publication or of the dateline, ``yearless`` whether its year is unknown.

    ``near`` is the last date before, which lends a year or a month; ``order`` how 05/06/2023 is read.
    ``soft`` anchors are just some date of the text: months and years lean on them, "today" and "Friday" do not.
    """

    day: date | None
    near: date | None
    direction: Direction = "past"
    order: str = "DMY"
    yearless: bool = False
    soft: bool = False


class Value(NamedTuple):
    """An EDTF value (None where nothing can be said), its grain, and the assumption behind it."""

    edtf: str | None
    grain: Grain | None = None
    why: str | None = None


UNKNOWN = Value(None)
_SOON = 150  # days ahead up to which a date without a year is rather the coming one than one nearly a year past
_SAME_STORY = 62  # days within which "the 27th" is of the month told just before
_JUST_PAST = 7  # days back up to which a planned date is rather a plan of that week than one of next year


def value_of(text: str, anchor: Anchor) -> Value:
    """The value of the words of one date mention."""
    pair = read_pair(text) if regex.search(r"\s(?:until|till|through|to|and)\s", text, regex.IGNORECASE) else None
    found = read_expression(text)
    if found and found.start == 0 and found.end == len(text):
        pair = None
    if pair:
        return _pair(pair, anchor)
    if found is None:
        return UNKNOWN
    point = _FORMS[found.form](found, anchor)
    value = _opened(point, found.parts.get("opener", ""), found.form)
    return value if value.edtf is None or is_edtf(value.edtf) else UNKNOWN


def _pair(pair: tuple[Expression, Expression], anchor: Anchor) -> Value:
    one, two = (_FORMS[found.form](found, anchor) for found in pair)
    if one.edtf is None or two.edtf is None:
        return UNKNOWN
    edtf = f"{one.edtf.split('/')[0]}/{two.edtf.split('/')[-1]}"
    return Value(edtf if is_edtf(edtf) else None, one.grain, one.why or two.why)


def _opened(value: Value, opener: str, form: str) -> Value:
    """``A/..`` behind "since", ``../B`` behind "until", as it is behind the "from" of a whole interval."""
    is_whole = form in _WHOLE or (form in ("year_range", "school_year") and opener.lower() in ("from", "between"))
    if not opener or value.edtf is None or is_whole:
        return value
    side = load_lexicon("dates")["openers"].get(" ".join(opener.lower().split()))
    if side == "start":
        return value._replace(edtf=f"{value.edtf.split('/')[0]}/..")
    if side == "end":
        return value._replace(edtf=f"../{value.edtf.split('/')[-1]}")
    return value


# --- words to numbers


@cache
def _numbers(key: str) -> Mapping[str, int]:
    return {name: number for number, names in load_lexicon("dates")[key].items() for name in names}


def _month(word: str) -> int:
    return _numbers("months")[word.lower().rstrip(".")]


def _day(word: str) -> int:
    return int(regex.match(r"\d+", word).group())  # type: ignore[union-attr]


def _weekday(word: str) -> int:
    return _numbers("weekdays")[word.lower().rstrip(".")]


# --- years that the words leave out


def _year_for(month: int, day: int | None, parts: Mapping[str, str], anchor: Anchor) -> tuple[int | None, str | None]:
    """The year of a date without one, and why: "this year", the weekday, the nearest in the past (a plan: in the future)."""
    if "year" in parts:
        return int(parts["year"]), None
    base = anchor.day or anchor.near
    if base is None or (anchor.yearless and anchor.day):
        return None, None
    if which := parts.get("which_year"):
        word = " ".join(which.lower().split())
        lean = anchor.near if word in ("that", "the same") and anchor.near else base
        return lean.year + {"last": -1, "next": 1}.get(word, 0), f"'{word} year'"
    if "weekday" in parts and day:
        return _year_by_weekday(month, day, _weekday(parts["weekday"]), base), "weekday"
    if anchor.day is None:
        return _nearest(month, day, base, anchor.direction), "year from a date nearby"
    return _nearest(month, day, base, anchor.direction), "year from publication date"


def _year_by_weekday(month: int, day: int, weekday: int, base: date) -> int:
    years = sorted(range(base.year - 6, base.year + 7), key=lambda year: (abs(year - base.year), year))
    fitting = [year for year in years if _is_day(year, month, day) and date(year, month, day).weekday() == weekday]
    return fitting[0] if fitting and abs(fitting[0] - base.year) <= 1 else base.year


def _nearest(month: int, day: int | None, base: date, direction: Direction) -> int:
    here = (month, day or base.day)
    ahead = (month - base.month) * 30 + here[1] - base.day
    if direction == "future":
        return base.year + (ahead < -_JUST_PAST)
    return base.year - (ahead > _SOON)


def _is_day(year: int, month: int, day: int) -> bool:
    return is_edtf(f"{year:04d}-{month:02d}-{day:02d}")


def _iso(year: int | None, month: int, day: int | None = None) -> str:
    head = f"{year:04d}" if year else "XXXX"
    return f"{head}-{month:02d}" + (f"-{day:02d}" if day else "")


# --- one function for each form


def _numeric(found: Expression, anchor: Anchor) -> Value:
    return Value(_numeric_day(found.parts, "", anchor), "day")


def _numeric_day(parts: Mapping[str, str], suffix: str, anchor: Anchor) -> str:
    year = int(parts[f"year{suffix}"])
    year += 2000 if year < 100 else 0
    if f"nmonth{suffix}" in parts:
        return _iso(year, int(parts[f"nmonth{suffix}"]), int(parts[f"nday{suffix}"]) if f"nday{suffix}" in parts else None)
    one, two = int(parts[f"n1{suffix}"]), int(parts[f"n2{suffix}"])
    return _ordered(year, one, two, anchor)


def _ordered(year: int, one: int, two: int, anchor: Anchor) -> str:
    """Day and month by what is possible, then by the day of publication, then by the order of the settings."""
    ways = [(day, month) for day, month in ((one, two), (two, one)) if _is_day(year, month, day)]
    if not ways:
        return _iso(year, two, one)
    if anchor.order == "MDY":
        ways.reverse()
    if anchor.day:
        ways.sort(key=lambda way: date(year, way[1], way[0]) != anchor.day)
    return _iso(year, ways[0][1], ways[0][0])


def _numeric_range(found: Expression, anchor: Anchor) -> Value:
    parts = {**found.parts, "year": found.parts.get("year", found.parts["year2"])}
    return Value(f"{_numeric_day(parts, '', anchor)}/{_numeric_day(parts, '2', anchor)}", "day")


def _cjk(found: Expression, anchor: Anchor) -> Value:
    return Value(_numeric_day(found.parts, "", anchor), "day" if "nday" in found.parts else "month")


def _calendar_day(found: Expression, anchor: Anchor) -> Value:
    month, day = _month(found.parts["month"]), _day(found.parts["day"])
    year, why = _year_for(month, day, found.parts, anchor)
    return Value(_iso(year, month, day), "day", why)


def _day_range(found: Expression, anchor: Anchor) -> Value:
    month, one, two = _month(found.parts["month"]), _day(found.parts["day"]), _day(found.parts["day2"])
    year, why = _year_for(month, two, found.parts, anchor)
    return Value(f"{_iso(year, month, one)}/{_iso(year, month, two)}", "day", why)


def _dated_range(found: Expression, anchor: Anchor) -> Value:
    parts = found.parts
    one, two = (_month(parts["month"]), _day(parts["day"])), (_month(parts["month2"]), _day(parts["day2"]))
    late = {"year": parts["year2"]} if "year2" in parts else {k: parts[k] for k in ("year", "which_year") if k in parts}
    year2, why = _year_for(*two, late, anchor)
    year = int(parts["year"]) if "year" in parts else year2 - (one > two) if year2 else None
    if "year" in parts and "year2" not in parts:
        year2 = int(parts["year"]) + (one > two)
    return Value(f"{_iso(year, *one)}/{_iso(year2, *two)}", "day", why)


def _month_range(found: Expression, anchor: Anchor) -> Value:
    parts = found.parts
    one, two = _month(parts["month"]), _month(parts["month2"])
    late = {"year": parts["year2"]} if "year2" in parts else parts
    year2, why = _year_for(two, None, late, anchor)
    year = int(parts["year"]) if "year" in parts and "year2" in parts else year2 - (one > two) if year2 else None
    return Value(f"{_iso(year, one)}/{_iso(year2, two)}", "month", why)


def _calendar_month(found: Expression, anchor: Anchor) -> Value:
    month, deictic = _month(found.parts["month"]), found.parts.get("deictic", "").lower()
    if deictic and anchor.day and not anchor.yearless:
        passed = month >= anchor.day.month
        year: int | None = anchor.day.year + {"last": -passed, "past": -passed, "next": month <= anchor.day.month}.get(deictic, 0)
        return Value(_iso(year, month), "month", f"'{deictic}' from publication date")
    year, why = _year_for(month, None, found.parts, anchor)
    edge = found.parts.get("part", "").lower()
    if edge in ("first day of", "last day of"):
        days = covered(_iso(year, month))[edge == "last day of"]
        return Value(days.isoformat() if days else None, "day", why)
    return Value(_iso(year, month), "month", why)


def _season(found: Expression, anchor: Anchor) -> Value:
    code = load_lexicon("dates")["seasons"][found.parts["season"].lower()]
    if "year" in found.parts:
        return Value(f"{found.parts['year']}-{code}", "season")
    base = anchor.day or anchor.near
    if base is None or anchor.yearless:
        return UNKNOWN
    if which := found.parts.get("which_year"):
        return Value(f"{base.year + {'last': -1, 'next': 1}.get(which.lower(), 0)}-{code}", "season", f"'{which.lower()} year'")
    first_month = {21: 3, 22: 6, 23: 9, 24: 12}[code]
    deictic = found.parts.get("deictic", "").lower()
    over = base.month >= (first_month + 3 if first_month < 12 else 13)
    begun = base.month >= first_month
    shift = {"last": 0 if over else -1, "past": 0 if over else -1, "next": begun, "this": 0}.get(deictic)
    if shift is None:
        shift = int(over) if anchor.direction == "future" or "opener" in found.parts else -(not begun)
    if code == 24 and base.month <= 2 and deictic in ("this", ""):
        shift -= 1
    return Value(f"{base.year + shift}-{code}", "season", "year from publication date")


def _school_year(found: Expression, anchor: Anchor) -> Value:
    return _year_range(found, anchor)


def _year_range(found: Expression, anchor: Anchor) -> Value:
    year, year2 = found.parts["year"], found.parts["year2"]
    return Value(f"{year}/{year2 if len(year2) == 4 else year[:2] + year2}", "year")


def _decade(found: Expression, anchor: Anchor) -> Value:
    return Value(f"{found.parts['decade'][:3]}X", "decade")


def _quarter(found: Expression, anchor: Anchor) -> Value:
    word = found.parts["quarter"].lower()
    number = int(word) if word.isdigit() else ("first", "second", "third", "fourth").index(word) + 1
    year = int(found.parts["year"])
    return Value(f"{_iso(year, 3 * number - 2)}/{_iso(year, 3 * number)}", "quarter")


def _bare_year(found: Expression, anchor: Anchor) -> Value:
    return Value(found.parts["year"], "year")


def _bare_day(found: Expression, anchor: Anchor) -> Value:
    """The day of "on the 21st": of the month of the last date before, else of the anchor's, back or on by direction."""
    day, base = _day(found.parts["day"]), anchor.day or anchor.near
    if base is None:
        return UNKNOWN
    if anchor.yearless:
        return Value(_iso(None, base.month, day), "day", "month from the dateline")
    is_near = anchor.near is not None and abs((anchor.near - base).days) < _SAME_STORY
    lean = anchor.near if anchor.near and is_near else base
    year, month = lean.year, lean.month
    if not is_near and day > base.day and anchor.direction == "past":
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return Value(_iso(year, month, day), "day", "month from a date nearby")


def _month_day(found: Expression, anchor: Anchor) -> Value:
    month = _unit_value("month", found.parts["deictic"].lower(), anchor)
    return Value(f"{month.edtf}-{_day(found.parts['day']):02d}", "day", month.why) if month.edtf else UNKNOWN


def _list_day(found: Expression, anchor: Anchor) -> Value:
    month, day = int(found.parts["nmonth"]), int(found.parts["nday"])
    year, why = _year_for(month, day, found.parts, anchor)
    return Value(_iso(year, month, day), "day", why)


def _weekday_numeric(found: Expression, anchor: Anchor) -> Value:
    parts = found.parts
    one, two = int(parts["n1"]), int(parts["n2"])
    if "year" in parts:
        year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
        return Value(_ordered(year, one, two, anchor), "day")
    base = anchor.day or anchor.near
    if base is None:
        return UNKNOWN
    ways = [(base.year + step, month, day) for step in (0, -1, 1) for day, month in ((one, two), (two, one))]
    fitting = [way for way in ways if _is_day(*way) and date(*way).weekday() == _weekday(parts["weekday"])]
    return Value(_iso(*(fitting[0] if fitting else (base.year, two, one))), "day", "weekday")


def _weekday_day(found: Expression, anchor: Anchor) -> Value:
    """The day of "Monday 19": the nearest month in which the 19th is a Monday."""
    day, base = _day(found.parts["day"]), anchor.day or anchor.near
    if base is None or anchor.yearless:
        return UNKNOWN
    steps = [sign * step for step in range(6) for sign in ((1, -1) if anchor.direction == "future" else (-1, 1))]
    months = [((base.year * 12 + base.month - 1 + step) // 12, (base.year * 12 + base.month - 1 + step) % 12 + 1) for step in steps]
    for year, month in months:
        if _is_day(year, month, day) and date(year, month, day).weekday() == _weekday(found.parts["weekday"]):
            return Value(_iso(year, month, day), "day", "month from the weekday")
    return UNKNOWN


def _weekday_alone(found: Expression, anchor: Anchor) -> Value:
    if anchor.day is None or anchor.yearless or anchor.soft:
        return UNKNOWN
    deictic = " ".join(found.parts.get("deictic", "").lower().split())
    back = (anchor.day.weekday() - _weekday(found.parts["weekday"])) % 7
    if deictic in ("last", "past", "this past"):
        days = -(back or 7)
    elif deictic == "next":
        days = 7 - back if back != 0 else 7
    elif deictic == "this":
        days = -back if anchor.direction == "past" else (7 - back) % 7
    elif anchor.direction == "future":
        days = 7 - back
    else:
        days = -back
    return Value((anchor.day + timedelta(days)).isoformat(), "day", "counted from publication date")


def _deictic_day(found: Expression, anchor: Anchor) -> Value:
    if anchor.day is None or anchor.soft:
        return UNKNOWN
    steps = load_lexicon("dates")["deictic_days"][" ".join(found.parts["deictic_day"].lower().split())]
    day = anchor.day + timedelta(steps)
    return Value(_iso(None if anchor.yearless else day.year, day.month, day.day), "day", "counted from publication date")


def _deictic(found: Expression, anchor: Anchor) -> Value:
    return _unit_value(found.parts["unit"].lower(), found.parts["deictic"].lower().split()[-1], anchor)


def _year_month_end(found: Expression, anchor: Anchor) -> Value:
    return _unit_value(found.parts["unit"].lower(), "this", anchor)


def _unit_value(unit: str, deictic: str, anchor: Anchor) -> Value:
    """The stretch of "this month", "last week" (Monday to Sunday), "next year", "that year" (of the date before)."""
    base = anchor.near or anchor.day if deictic == "that" else None if anchor.soft else anchor.day
    if base is None:
        return UNKNOWN
    step = {"last": -1, "previous": -1, "next": 1, "following": 1, "coming": 1}.get(deictic, 0)
    why = "counted from publication date" if base is anchor.day else "counted from a date nearby"
    if unit == "year":
        return UNKNOWN if anchor.yearless else Value(f"{base.year + step}", "year", why)
    if unit == "month":
        year, month = divmod(base.year * 12 + base.month - 1 + step, 12)
        return Value(_iso(None if anchor.yearless else year, month + 1), "month", why)
    if unit in ("week", "weekend") and not anchor.yearless:
        monday = base - timedelta(base.weekday() - 7 * step)
        first = monday if unit == "week" else monday + timedelta(5)
        return Value(f"{first.isoformat()}/{(monday + timedelta(6)).isoformat()}", "week", why)
    return UNKNOWN


def _ago(found: Expression, anchor: Anchor) -> Value:
    if anchor.day is None or anchor.yearless or anchor.soft:
        return UNKNOWN
    word, unit = found.parts["count"].lower(), found.parts["unit"].lower()
    count = int(word) if word.isdigit() else load_lexicon("dates")["numbers"][word]
    why = "counted from publication date"
    if unit in ("year", "decade"):
        year = anchor.day.year - count * (10 if unit == "decade" else 1)
        return Value(f"{year:04d}", "year", why) if year > 0 else UNKNOWN
    if unit == "month":
        year, month = divmod(anchor.day.year * 12 + anchor.day.month - 1 - count, 12)
        return Value(_iso(year, month + 1), "month", why) if year > 0 else UNKNOWN
    day = anchor.day - timedelta(count * (7 if unit == "week" else 1))
    return Value(day.isoformat(), "day", why)


def _then(found: Expression, anchor: Anchor) -> Value:
    return Value(f"{anchor.near.year}", "year", "the date before") if anchor.near else UNKNOWN


_WHOLE = frozenset({"numeric_range", "dated_range", "day_range", "month_range"})
_FORMS = {
    "cjk": _cjk,
    "numeric_range": _numeric_range,
    "numeric": _numeric,
    "dated_range": _dated_range,
    "day_range": _day_range,
    "day": _calendar_day,
    "month_range": _month_range,
    "month": _calendar_month,
    "season": _season,
    "school_year": _school_year,
    "decade": _decade,
    "year_range": _year_range,
    "quarter": _quarter,
    "year_month_end": _year_month_end,
    "weekday_numeric": _weekday_numeric,
    "weekday_day": _weekday_day,
    "weekday": _weekday_alone,
    "deictic_day": _deictic_day,
    "deictic": _deictic,
    "ago": _ago,
    "then": _then,
    "bare_month": _calendar_month,
    "bare_season": _season,
    "bare_year": _bare_year,
    "month_day": _month_day,
    "bare_day": _bare_day,
    "list_day": _list_day,
}
