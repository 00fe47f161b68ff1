"""The days that two texts give for one act in, whether they agree, may be a slip of the pen, or tell two acts out."""

from datetime import date, timedelta
from typing import NamedTuple

_DAY = timedelta(days=1)
_CLOSE = timedelta(days=14)  # a day of signing and a day of reporting are mixed up within two weeks
_MONTH = 31  # days
_YEAR = 366  # days
_SLIPS = (1, 2, 3, 10)  # years by which a slip misses; the same day five years on is a renewal


class Span(NamedTuple):
    """First and last day that a date covers."""

    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def middle(self) -> date:
        return self.start + (self.end - self.start) / 2


def span_of(start: date | None, end: date | None) -> Span | None:
    """The span of a date; one that is open at an end counts by the other; None where both are unknown."""
    if start is None and end is None:
        return None
    return Span(start or end or date.min, end or start or date.max)


def agree(a: Span, b: Span) -> bool:
    """Whether two dates can be of one day."""
    return a.start <= b.end and b.start <= a.end


def is_slip(a: Span, b: Span) -> bool:
    """Whether two dates that do not agree look like one date, once mistaken: another year, a day nearby, day and month swapped."""
    if max(a.days, b.days) <= 1:
        return abs(a.start - b.start) <= _CLOSE or _is_other_year(a.start, b.start) or _is_swapped(a.start, b.start)
    if max(a.days, b.days) <= _MONTH:
        same_month = a.start.month == b.start.month and abs(a.start.year - b.start.year) == 1
        return same_month or gap(a, b) <= _CLOSE
    return abs(a.middle.year - b.middle.year) == 1 if max(a.days, b.days) <= _YEAR else False


def gap(a: Span, b: Span) -> timedelta:
    """How far apart two dates are; nothing where they agree."""
    return max(b.start - a.end, a.start - b.end, timedelta(0))


def _is_other_year(a: date, b: date) -> bool:
    return (a.month, a.day) == (b.month, b.day) and abs(a.year - b.year) in _SLIPS


def _is_swapped(a: date, b: date) -> bool:
    return a.year == b.year and (a.month, a.day) == (b.day, b.month)


def years_after(day: date, years: int) -> date:
    """The same day some years on; the last of February where it has no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return (day - _DAY).replace(year=day.year + years)
