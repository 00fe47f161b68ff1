"""EDTF strings (ISO 8601-2 level 1, and ``XXXX-04-22`` of level 2): is one valid, and which days does it cover."""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

_ONE = re.compile(r"(?P<year>\d{4}|\d{3}X|\d{2}XX|XXXX)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?[?~%]?")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}  # months; winter ends in February of the next year
_LEAP_YEAR = 2000


@lru_cache(maxsize=1 << 12)
def is_edtf(value: str) -> bool:
    """Whether a string is a date, a season or an interval that exists in the calendar."""
    match value.split("/"):
        case [one]:
            return _is_point(one)
        case ["..", end]:
            return _is_point(end)
        case [start, ".."]:
            return _is_point(start)
        case [start, end]:
            return _is_point(start) and _is_point(end) and _is_forward(start, end)
    return False


def _is_point(value: str) -> bool:
    found = _ONE.fullmatch(value)
    if found is None:
        return False
    year, month, day = found["year"], found["month"], found["day"]
    if month in (None, "XX"):
        return day in (None, "XX")
    if int(month) in _SEASONS:
        return day is None
    if not 1 <= int(month) <= 12:
        return False
    length = monthrange(int(year) if year.isdigit() and int(year) else _LEAP_YEAR, int(month))[1]
    return day in (None, "XX") or 1 <= int(day) <= length


def _is_forward(start: str, end: str) -> bool:
    first, last = covered(start)[0], covered(end)[1]
    return first is None or last is None or first <= last


@lru_cache(maxsize=1 << 12)
def covered(value: str | None) -> tuple[date | None, date | None]:
    """The first and the last day that a valid EDTF value covers; None where open, unknown or without a year."""
    if value is None:
        return None, None
    start, _, end = value.partition("/")
    return _first(start), _last(end or start)


def _first(point: str) -> date | None:
    return _edge(point, last=False)


def _last(point: str) -> date | None:
    return _edge(point, last=True)


def _edge(point: str, *, last: bool) -> date | None:
    found = _ONE.fullmatch(point)
    if found is None or found["year"] == "XXXX":
        return None
    year = int(found["year"].replace("X", "9" if last else "0"))
    if year == 0:
        return None
    if found["month"] in (None, "XX"):
        return date(year, 12, 31) if last else date(year, 1, 1)
    month = int(found["month"])
    first_month, last_month = _SEASONS.get(month, (month, month))
    if found["day"] not in (None, "XX"):
        return date(year, month, int(found["day"]))
    return _month_end(year, last_month) if last else date(year, first_month, 1)


def _month_end(year: int, month: int) -> date | None:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1]) if year <= date.max.year else date.max
