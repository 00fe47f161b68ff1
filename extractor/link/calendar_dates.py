"""Calendar expressions ("5 May 2021", "spring 2020", "2011-2018") in, their values out; a missing year is lent by the anchor."""

from collections.abc import Callable, Mapping

from extractor.edtf import covered
from extractor.find.date_grammar import Expression
from extractor.link.date_anchor import UNKNOWN, Anchor, Value, day_number, half_of, iso, month_number, ordered_day, year_for
from extractor.rules import load_lexicon


def _numeric(found: Expression, anchor: Anchor) -> Value:
    return Value(_numeric_day(found.parts, "", anchor), "day")


def _numeric_day(parts: Mapping[str, str], suffix: str, anchor: Anchor) -> str:
    year = int(parts[f"year{suffix}"])
    year += 2000 if year < 100 else 0
    if f"nmonth{suffix}" in parts:
        return iso(year, int(parts[f"nmonth{suffix}"]), int(parts[f"nday{suffix}"]) if f"nday{suffix}" in parts else None)
    one, two = int(parts[f"n1{suffix}"]), int(parts[f"n2{suffix}"])
    return ordered_day(year, one, two, anchor)


def _numeric_range(found: Expression, anchor: Anchor) -> Value:
    parts = {**found.parts, "year": found.parts.get("year", found.parts["year2"])}
    return Value(f"{_numeric_day(parts, '', anchor)}/{_numeric_day(parts, '2', anchor)}", "day")


def _cjk(found: Expression, anchor: Anchor) -> Value:
    return Value(_numeric_day(found.parts, "", anchor), "day" if "nday" in found.parts else "month")


def _calendar_day(found: Expression, anchor: Anchor) -> Value:
    month, day = month_number(found.parts["month"]), day_number(found.parts["day"])
    year, why = year_for(month, day, found.parts, anchor)
    return Value(iso(year, month, day), "day", why)


def _day_range(found: Expression, anchor: Anchor) -> Value:
    month, one, two = month_number(found.parts["month"]), day_number(found.parts["day"]), day_number(found.parts["day2"])
    year, why = year_for(month, two, found.parts, anchor)
    return Value(f"{iso(year, month, one)}/{iso(year, month, two)}", "day", why)


def _dated_range(found: Expression, anchor: Anchor) -> Value:
    parts = found.parts
    one, two = (month_number(parts["month"]), day_number(parts["day"])), (month_number(parts["month2"]), day_number(parts["day2"]))
    late = {"year": parts["year2"]} if "year2" in parts else {k: parts[k] for k in ("year", "which_year") if k in parts}
    year2, why = year_for(*two, late, anchor)
    year = int(parts["year"]) if "year" in parts else year2 - (one > two) if year2 else None
    if "year" in parts and "year2" not in parts:
        year2 = int(parts["year"]) + (one > two)
    return Value(f"{iso(year, *one)}/{iso(year2, *two)}", "day", why)


def _month_range(found: Expression, anchor: Anchor) -> Value:
    parts = found.parts
    one, two = month_number(parts["month"]), month_number(parts["month2"])
    late = {"year": parts["year2"]} if "year2" in parts else parts
    year2, why = year_for(two, None, late, anchor)
    year = int(parts["year"]) if "year" in parts and "year2" in parts else year2 - (one > two) if year2 else None
    return Value(f"{iso(year, one)}/{iso(year2, two)}", "month", why)


def _calendar_month(found: Expression, anchor: Anchor) -> Value:
    month, deictic = month_number(found.parts["month"]), found.parts.get("deictic", "").lower()
    if deictic and anchor.day and not anchor.yearless:
        passed = month >= anchor.day.month
        year: int | None = anchor.day.year + {"last": -passed, "past": -passed, "next": month <= anchor.day.month}.get(deictic, 0)
        return Value(iso(year, month), "month", f"'{deictic}' from publication date")
    year, why = year_for(month, None, found.parts, anchor)
    edge = found.parts.get("part", "").lower()
    if edge in ("first day of", "last day of"):
        days = covered(iso(year, month))[edge == "last day of"]
        return Value(days.isoformat() if days else None, "day", why)
    return Value(iso(year, month), "month", why)


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
    return Value(f"{iso(year, 3 * number - 2)}/{iso(year, 3 * number)}", "quarter")


def _bare_year(found: Expression, anchor: Anchor) -> Value:
    return half_of(found.parts["year"], found.parts.get("part", "")) or Value(found.parts["year"], "year")


FORMS: Mapping[str, Callable[[Expression, Anchor], Value]] = {
    "cjk": _cjk,
    "numeric_month": _cjk,
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
    "bare_month": _calendar_month,
    "bare_season": _season,
    "bare_year": _bare_year,
}
