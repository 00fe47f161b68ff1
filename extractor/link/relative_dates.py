"""Expressions that count from another day ("last Friday", "on the 27th", "two years ago") in, their values out."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from extractor.find.date_grammar import Expression
from extractor.link.date_anchor import UNKNOWN, Anchor, Value, day_number, half_of, is_day, iso, ordered_day, weekday_number, year_for
from extractor.rules import load_lexicon

_SAME_STORY = 62  # days within which "the 27th" is of the month told just before


def _bare_day(found: Expression, anchor: Anchor) -> Value:
    """The day of "on the 21st": of the month of the last date before, else of the anchor's, back or on by direction."""
    day, base = day_number(found.parts["day"]), anchor.day or anchor.near
    if base is None:
        return UNKNOWN
    if anchor.yearless:
        return Value(iso(None, base.month, day), "day", "month from the dateline")
    is_near = anchor.near is not None and abs((anchor.near - base).days) < _SAME_STORY
    lean = anchor.near if anchor.near and is_near else base
    year, month = lean.year, lean.month
    if not is_near and day > base.day and anchor.direction == "past":
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return Value(iso(year, month, day), "day", "month from a date nearby")


def _month_day(found: Expression, anchor: Anchor) -> Value:
    month = _unit_value("month", found.parts["deictic"].lower(), anchor)
    return Value(f"{month.edtf}-{day_number(found.parts['day']):02d}", "day", month.why) if month.edtf else UNKNOWN


def _list_day(found: Expression, anchor: Anchor) -> Value:
    month, day = int(found.parts["nmonth"]), int(found.parts["nday"])
    year, why = year_for(month, day, found.parts, anchor)
    return Value(iso(year, month, day), "day", why)


def _weekday_numeric(found: Expression, anchor: Anchor) -> Value:
    parts = found.parts
    one, two = int(parts["n1"]), int(parts["n2"])
    if "year" in parts:
        year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
        return Value(ordered_day(year, one, two, anchor), "day")
    base = anchor.day or anchor.near
    if base is None:
        return UNKNOWN
    ways = [(base.year + step, month, day) for step in (0, -1, 1) for day, month in ((one, two), (two, one))]
    fitting = [way for way in ways if is_day(*way) and date(*way).weekday() == weekday_number(parts["weekday"])]
    return Value(iso(*(fitting[0] if fitting else (base.year, two, one))), "day", "weekday")


def _weekday_day(found: Expression, anchor: Anchor) -> Value:
    """The day of "Monday 19": the nearest month in which the 19th is a Monday."""
    day, base = day_number(found.parts["day"]), anchor.day or anchor.near
    if base is None or anchor.yearless:
        return UNKNOWN
    steps = [sign * step for step in range(6) for sign in ((1, -1) if anchor.direction == "future" else (-1, 1))]
    months = [((base.year * 12 + base.month - 1 + step) // 12, (base.year * 12 + base.month - 1 + step) % 12 + 1) for step in steps]
    for year, month in months:
        if is_day(year, month, day) and date(year, month, day).weekday() == weekday_number(found.parts["weekday"]):
            return Value(iso(year, month, day), "day", "month from the weekday")
    return UNKNOWN


def _weekday_alone(found: Expression, anchor: Anchor) -> Value:
    if anchor.day is None or anchor.yearless or anchor.soft:
        return UNKNOWN
    deictic = " ".join(found.parts.get("deictic", "").lower().split())
    back = (anchor.day.weekday() - weekday_number(found.parts["weekday"])) % 7
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
    return Value(iso(None if anchor.yearless else day.year, day.month, day.day), "day", "counted from publication date")


def _deictic(found: Expression, anchor: Anchor) -> Value:
    return _unit_value(found.parts["unit"].lower(), found.parts["deictic"].lower().split()[-1], anchor)


def _year_month_end(found: Expression, anchor: Anchor) -> Value:
    value = _unit_value(found.parts["unit"].lower(), "this", anchor)
    half = half_of(value.edtf, found.parts["edge"]) if value.edtf and value.grain == "year" else None
    return half._replace(why=value.why) if half else value


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
        return Value(iso(None if anchor.yearless else year, month + 1), "month", why)
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
        return Value(iso(year, month + 1), "month", why) if year > 0 else UNKNOWN
    day = anchor.day - timedelta(count * (7 if unit == "week" else 1))
    return Value(day.isoformat(), "day", why)


def _then(found: Expression, anchor: Anchor) -> Value:
    return Value(f"{anchor.near.year}", "year", "the date before") if anchor.near else UNKNOWN


FORMS: Mapping[str, Callable[[Expression, Anchor], Value]] = {
    "year_month_end": _year_month_end,
    "weekday_numeric": _weekday_numeric,
    "weekday_day": _weekday_day,
    "weekday": _weekday_alone,
    "deictic_day": _deictic_day,
    "deictic": _deictic,
    "ago": _ago,
    "then": _then,
    "month_day": _month_day,
    "bare_day": _bare_day,
    "list_day": _list_day,
}
