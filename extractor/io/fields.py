"""A row's fields in, an article out: our field names, those of known crawlers, or those that the user maps."""

import email.utils
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from pydantic import JsonValue

from extractor.errors import SourceError
from extractor.io.decode import encodable
from extractor.io.digests import digest_of
from extractor.records import Article, PublishedFrom, Source
from extractor.settings import Settings

# Ours, those of news-please, fundus and trafilatura, and usual ones.
NAMES: dict[str, tuple[str, ...]] = {
    "id": ("id", "doc_id"),
    "text": ("text", "maintext", "plaintext", "raw_text", "content", "body", "article"),
    "title": ("title", "headline"),
    "published": (
        "published", "date_publish", "publishing_date", "publication_date", "date_published", "datePublished", "pubdate", "date",
    ),
    "url": ("url", "source", "link", "requested_url", "responded_url"),
    "site": ("site", "sitename", "source-hostname", "publisher", "hostname", "source_domain"),
}  # fmt: skip
_META_LIMIT = 1000  # characters of a further column's value that are kept
_ISO = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")
_PARTS = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_IN_URL = re.compile(r"/(20[0-3]\d|19[89]\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?=[/_-])")


def read_fields(fields: Mapping[str, Any], name: str, line: int, default_id: str, settings: Settings, media_type: str) -> Article:
    """The article of one row. Raises SourceError where it has no text."""
    fields = _flat(fields)
    taken = {target: _column(fields, target, settings) for target in NAMES}
    text = _text(fields, taken["text"], f"{name}:{line}")
    address = _words(fields, taken["url"])
    url = address if address and "://" in address else None
    published, published_from, warnings = published_of(_value(fields, taken["published"]), url, settings)
    return Article(
        doc_id=_words(fields, taken["id"]) or default_id,
        text=text,
        site=_words(fields, taken["site"]),
        source=Source(
            path=name,
            sha256=digest_of(text.encode()),
            url=url,
            media_type=media_type,
            title=_words(fields, taken["title"]),
            published=published,
            published_from=published_from,
            meta={"line": line, **_further(fields, set(filter(None, taken.values())))},
        ),
        warnings=warnings,
    )


def _flat(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """A line of documents.jsonl, or of gold, as a row: its source's fields beside its id and text."""
    source = fields.get("source")
    if not isinstance(source, Mapping) or "schema_version" not in fields:
        return fields
    kept = {name: source.get(name) for name in ("title", "published", "url")}
    return {"id": fields.get("doc_id"), "text": fields.get("text"), **kept}


def published_of(value: Any, url: str | None, settings: Settings) -> tuple[date | None, PublishedFrom | None, tuple[str, ...]]:  # noqa: ANN401
    """The day of publication, how it is known, and a warning where ``value`` is no day; from the address where nothing else tells it."""
    day = day_of(value, settings.date_order)
    warnings = (f"published: {str(value)[:80]!r} is not a day",) if day is None and value not in (None, "") else ()
    if day:
        return day, "metadata", warnings
    if found := _IN_URL.search(url or ""):
        return day_of("-".join(found.groups()), "YMD"), "url", warnings
    if settings.published:
        return settings.published, "option", warnings
    return None, None, warnings


def day_of(value: Any, order: str) -> date | None:  # noqa: ANN401 - columns hold anything
    """A day as tables and crawlers write it: ISO 8601, ``20230116``, RFC 2822, or 16/01/2023 in the given order; None where it is none."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    words = str(value or "").strip()
    try:
        if found := _ISO.match(words):
            return date(*map(int, found.groups()))
        if found := _PARTS.match(words):
            first, second, year = map(int, found.groups())
            return date(year, first, second) if order == "MDY" else date(year, second, first)
        return email.utils.parsedate_to_datetime(words).date() if words else None
    except (ValueError, TypeError, IndexError):
        return None


def _column(fields: Mapping[str, Any], target: str, settings: Settings) -> str | None:
    mapped = dict(settings.fields).get(target)
    names: Iterable[str] = (mapped,) if mapped else NAMES[target]
    return next((name for name in names if fields.get(name) not in (None, "", {}, [])), None) or next(
        (name for name in names if name in fields), None
    )


def _text(fields: Mapping[str, Any], column: str | None, where: str) -> str:
    if column is None:
        held = ", ".join(map(str, list(fields)[:8])) or "none"
        raise SourceError(where, f"has no field with the text (fields: {held})", "name it: --field text=COLUMN", reason="columns")
    value = fields[column]
    text = encodable(value if isinstance(value, str) else "\n".join(_paragraphs(value)))
    if not text.strip():
        raise SourceError(where, f"its text (field {column!r}) is empty", "nothing to do", reason="empty")
    return text


def _paragraphs(value: Any) -> Iterable[str]:  # noqa: ANN401
    """The strings of a nested body, in order: fundus gives summary and sections of headlines and paragraphs."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _paragraphs(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _paragraphs(part)


def _value(fields: Mapping[str, Any], column: str | None) -> Any:  # noqa: ANN401
    return fields[column] if column else None


def _words(fields: Mapping[str, Any], column: str | None) -> str | None:
    value = _value(fields, column)
    if value is None or isinstance(value, Mapping | list | tuple | bool):
        return None
    return encodable(str(value)).strip() or None


def _further(fields: Mapping[str, Any], taken: set[str]) -> dict[str, JsonValue]:
    kept = {str(k): _small(v) for k, v in fields.items() if k not in taken}
    return {encodable(k): v for k, v in kept.items() if v not in (None, "", [])}


def _small(value: Any) -> JsonValue:  # noqa: ANN401
    if isinstance(value, bool | int):
        return value if abs(value) < 1 << 53 else str(value)
    if isinstance(value, float):
        return value if value - value == 0 else None
    if isinstance(value, str):
        return encodable(value) if len(value) <= _META_LIMIT else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
        return [encodable(v) for v in value[:50] if len(v) <= _META_LIMIT]
    return None
