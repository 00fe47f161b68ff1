"""Date words outside our grammar in, their value by dateparser out (other languages, rare forms)."""

from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from extractor.link.date_anchor import UNKNOWN, Anchor, Value

_LANGUAGES = ["en", "fr", "es", "pt", "de", "it", "nl", "pl", "tr", "id", "ru", "uk", "ro"]


@lru_cache(maxsize=256)
def _parser(order: str, base: date) -> Any:  # noqa: ANN401 - dateparser has no types
    from dateparser.date import DateDataParser  # costs a quarter second, and few texts need it

    midnight = datetime.combine(base, time())
    settings = {"DATE_ORDER": order, "PREFER_DATES_FROM": "past", "REQUIRE_PARTS": ["month"], "RELATIVE_BASE": midnight}
    return DateDataParser(languages=_LANGUAGES, settings=settings)


@lru_cache(maxsize=4096)
def _read(text: str, order: str, base: date) -> tuple[date, str] | None:
    found = _parser(order, base).get_date_data(text)
    return (found.date_obj.date(), found.period) if found.date_obj else None


def value_by_dateparser(text: str, anchor: Anchor) -> Value:
    """The value of the words, as precise as dateparser's ``period`` says; unknown without a day to count from."""
    base = anchor.day or anchor.near
    if base is None or anchor.yearless or len(text) > 60:
        return UNKNOWN
    found = _read(text, anchor.order, base)
    if found is None:
        return UNKNOWN
    day, period = found
    if period == "day":
        return Value(day.isoformat(), "day", "read by dateparser")
    return Value(f"{day.year:04d}-{day.month:02d}", "month", "read by dateparser") if period == "month" else UNKNOWN
