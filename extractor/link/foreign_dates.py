"""Date words outside our grammar in, their value by dateparser out (other languages, rare forms)."""

from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any

from extractor.link.date_values import UNKNOWN, Anchor, Value

_LANGUAGES = ["en", "fr", "es", "pt", "de", "it", "nl", "pl", "tr", "id", "ru", "uk", "ro"]


@cache
def _parser(order: str) -> Any:  # noqa: ANN401 - dateparser has no types
    from dateparser.date import DateDataParser  # costs a quarter second, and few texts need it

    settings = {"DATE_ORDER": order, "STRICT_PARSING": False, "PREFER_DATES_FROM": "past", "REQUIRE_PARTS": ["month"]}
    return DateDataParser(languages=_LANGUAGES, settings=settings)


@lru_cache(maxsize=4096)
def _read(text: str, order: str, base: date | None) -> tuple[date, str] | None:
    parser = _parser(order)
    if base:
        parser._settings.RELATIVE_BASE = datetime(base.year, base.month, base.day, tzinfo=UTC).replace(tzinfo=None)  # noqa: SLF001
    found = parser.get_date_data(text)
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
