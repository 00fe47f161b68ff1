"""A web page in, its main text, title, day and site out, through trafilatura."""

import re
from datetime import date
from typing import Any, NamedTuple

from extractor.errors import SourceError
from extractor.io.decode import encodable

PAGE_LIMIT = 20_000_000  # bytes of a page that are read
_LAST_DAY = "2100-12-31"  # htmldate's own default is today, which would make results depend on the day of the run
_DEEPEST = 1500  # open tags at once: a page nested deeper is no article, and costs the parser quadratic time
_TAG = re.compile(rb"<(/?)(div|span|p|ul|ol|li|table|tr|td|section|article|blockquote|font|b|i|em|strong|a|center)\b", re.IGNORECASE)


class Page(NamedTuple):
    """What a web page says about its article; ``text`` starts with the title."""

    text: str
    title: str | None
    published: date | None
    url: str | None
    site: str | None


def read_page(raw: bytes | str, where: str, url: str | None = None) -> Page:
    """The article of a page. Raises SourceError where the page holds none."""
    import trafilatura

    if len(raw) >= PAGE_LIMIT:
        raise SourceError(where, f"the page has over {PAGE_LIMIT} bytes", "leave it out, or cut it down", reason="size")
    if is_deep(raw if isinstance(raw, bytes) else raw.encode()):
        raise SourceError(where, f"its tags are nested over {_DEEPEST} deep", "leave it out", reason="size")
    found: Any = trafilatura.bare_extraction(
        raw, url=url, include_comments=False, include_tables=True, with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": _LAST_DAY},
    )  # fmt: skip
    if found is None or not (found.text or "").strip():
        text = trafilatura.html2txt(raw) or ""
        if not text.strip():
            raise SourceError(where, "the page holds no text", "check whether it needs a browser to show it", reason="empty")
        return Page(encodable(text), None, None, url, None)
    title = _line(found.title)
    return Page(_with_title(encodable(found.text), title), title, _day(found.date), found.url or url, _line(found.sitename))


def is_deep(raw: bytes) -> bool:
    """Whether tags are nested so deeply that no article is meant."""
    depth = deepest = 0
    for found in _TAG.finditer(raw):
        depth = max(0, depth - 1) if found[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest > _DEEPEST


def _with_title(text: str, title: str | None) -> str:
    start = text.lstrip()[: len(title or "") + 40]
    return text if not title or title in start else f"{title}\n\n{text}"


def _line(words: str | None) -> str | None:
    return encodable(" ".join(words.split())) or None if words else None


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None
