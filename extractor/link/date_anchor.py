"""What a date leans on and what it is worth: anchor, value, and the years and numbers that words leave out or hide."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Literal, NamedTuple

import regex

from extractor.edtf import is_edtf
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
_JUST_PAST = 7  # days back up to which a planned date is rather a plan of that week than one of next year


@cache
def numbers_of(key: str) -> Mapping[str, int]:
    return {name: number for number, names in load_lexicon("dates")[key].items() for name in names}


def month_number(word: str) -> int:
    return numbers_of("months")[word.lower().rstrip(".")]


def day_number(word: str) -> int:
    return int(regex.match(r"\d+", word).group())  # type: ignore[union-attr]


def weekday_number(word: str) -> int:
    return numbers_of("weekdays")[word.lower().rstrip(".")]


def year_for(month: int, day: int | None, parts: Mapping[str, str], anchor: Anchor) -> tuple[int | None, str | None]:
    """The year of a date without one, and why: "this year", the weekday, the nearest in the past (a plan: in the future)."""
    if "year" in parts:
        return int(parts["year"]), None
    base = anchor.day or anchor.near
    if base is None or (anchor.yearless and anchor.day):
        return None, None
    if which := parts.get("which_year"):
        word = " ".join(which.lower().split())
        lean = anchor.near if word in ("that", "the same", "the following") and anchor.near else base
        return lean.year + {"last": -1, "next": 1, "the following": 1}.get(word, 0), f"'{word} year'"
    if "weekday" in parts and day:
        return _year_by_weekday(month, day, weekday_number(parts["weekday"]), base), "weekday"
    if anchor.day is None:
        return _nearest(month, day, base, anchor.direction), "year from a date nearby"
    return _nearest(month, day, base, anchor.direction), "year from publication date"


def _year_by_weekday(month: int, day: int, weekday: int, base: date) -> int:
    years = sorted(range(base.year - 6, base.year + 7), key=lambda year: (abs(year - base.year), year))
    fitting = [year for year in years if is_day(year, month, day) and date(year, month, day).weekday() == weekday]
    return fitting[0] if fitting and abs(fitting[0] - base.year) <= 1 else base.year


def _nearest(month: int, day: int | None, base: date, direction: Direction) -> int:
    here = (month, day or base.day)
    ahead = (month - base.month) * 30 + here[1] - base.day
    if direction == "future":
        return base.year + (ahead < -_JUST_PAST)
    return base.year - (ahead > _SOON)


def is_day(year: int, month: int, day: int) -> bool:
    return is_edtf(f"{year:04d}-{month:02d}-{day:02d}")


def iso(year: int | None, month: int, day: int | None = None) -> str:
    head = f"{year:04d}" if year else "XXXX"
    return f"{head}-{month:02d}" + (f"-{day:02d}" if day else "")


def ordered_day(year: int, one: int, two: int, anchor: Anchor) -> str:
    """Day and month by what is possible, then by the day of publication, then by the order of the settings."""
    ways = [(day, month) for day, month in ((one, two), (two, one)) if is_day(year, month, day)]
    if not ways:
        return iso(year, two, one)
    if anchor.order == "MDY":
        ways.reverse()
    if anchor.day:
        ways.sort(key=lambda way: date(year, way[1], way[0]) != anchor.day)
    return iso(year, ways[0][1], ways[0][0])


def half_of(year: str, words: str) -> Value | None:
    """The months of "first half of 2026"; None where the words name no half."""
    months = {"first": ("01", "06"), "second": ("07", "12")}.get(words.lower().split(" ")[0])
    if months is None or "half" not in words.lower():
        return None
    return Value(f"{year}-{months[0]}/{year}-{months[1]}", "month")
