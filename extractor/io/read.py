"""A file in, its texts out as articles, and a failure for each that cannot be one."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from extractor.errors import SourceError
from extractor.io.decode import decode
from extractor.io.digests import digest_of, digest_stream
from extractor.io.failures import Failure
from extractor.io.fields import published_of, read_fields
from extractor.io.html import PAGE_LIMIT, Page, read_page
from extractor.io.language import language_of
from extractor.io.origins import Origin
from extractor.io.rows import Mark, Row, count_rows, read_rows
from extractor.io.streams import BROKEN, Stream, open_raw, open_stream, read_at_most
from extractor.io.warc import Page as ArchivedPage
from extractor.io.warc import count_pages, read_pages
from extractor.records import Article, PublishedFrom, Source
from extractor.settings import Settings

Reading = Callable[[], Article | Failure]
_START = Mark()
_BYTES_PER_CHARACTER = 4  # at most, in every encoding that we read


class Count(NamedTuple):
    """What a look at a file tells: digest of its stored bytes, number of texts, marks where reading can start again."""

    sha256: str
    texts: int
    marks: tuple[Mark, ...]


def count_texts(origin: Origin, every: int, *, encoding: str | None = None) -> Count:
    """How many texts a file holds; a file that cannot be read counts as one, which fails."""
    try:
        with open_raw(origin) as raw:
            digest = digest_stream(raw)
        with open_stream(origin) as stream:
            count, marks = _counted(stream, origin, every, encoding)
    except (SourceError, *BROKEN):
        return Count(locals().get("digest", ""), 1, (Mark(),))
    return Count(digest, max(count, 1), tuple(marks) or (Mark(),))


def _counted(stream: Stream, origin: Origin, every: int, encoding: str | None) -> tuple[int, list[Mark]]:
    if stream.format.kind == "warc":
        return count_pages(stream, every)
    if stream.format.has_rows:
        return count_rows(stream, origin.name, every, encoding=encoding)
    return 1, [Mark()]


def read_texts(origin: Origin, settings: Settings) -> Iterator[Article | Failure]:
    """The texts of a file, each as an article or as the reason why it is none."""
    return (reading() for reading in open_texts(origin, settings))


def open_texts(origin: Origin, settings: Settings, mark: Mark = _START) -> Iterator[Reading]:
    """As ``read_texts``, from a mark on, but each text is only made into an article when its reading is called.

    Whatever happens then, the next text can still be had.
    """
    seen = 0
    try:
        with open_stream(origin) as stream:
            for reading in _readings(stream, origin, settings, mark):
                seen += 1
                yield partial(_settled, reading, settings)
            if not seen:
                empty = Failure.of(_empty(origin), origin.name, doc_id=origin.doc_id)
                yield lambda: empty
    except SourceError as error:
        failure = Failure.of(error, origin.name, doc_id=None if seen else origin.doc_id)
        yield lambda: failure
    except BROKEN as error:
        damaged = SourceError(origin.name, f"cannot be read ({error})", "check the file; fetch it again")
        broken = Failure.of(damaged, origin.name, doc_id=None if seen else origin.doc_id)
        yield lambda: broken


def _settled(reading: Reading, settings: Settings) -> Article | Failure:
    item = reading()
    return _in_language(item, settings) if isinstance(item, Article) else item


def _readings(stream: Stream, origin: Origin, settings: Settings, mark: Mark) -> Iterator[Reading]:
    if stream.format.kind == "warc":
        for page in read_pages(stream, mark):
            yield partial(_try_page, page, origin, settings)
    elif stream.format.has_rows:
        for row in read_rows(stream, origin.name, mark, encoding=settings.encoding):
            yield partial(_try_row, row, origin, settings, stream.format.media_type)
    else:
        yield partial(_try_file, stream, origin, settings)


def _try_file(stream: Stream, origin: Origin, settings: Settings) -> Article | Failure:
    try:
        if stream.format.kind == "html":
            return _page(read_at_most(stream.unpacked, PAGE_LIMIT), origin, settings)
        return _plain(stream, origin, settings)
    except SourceError as error:
        return Failure.of(error, origin.name, doc_id=origin.doc_id)
    except BROKEN as error:
        damaged = SourceError(origin.name, f"cannot be read ({error})", "check the file; fetch it again")
        return Failure.of(damaged, origin.name, doc_id=origin.doc_id)


def _plain(stream: Stream, origin: Origin, settings: Settings) -> Article:
    raw = read_at_most(stream.unpacked, settings.max_characters * _BYTES_PER_CHARACTER + _BYTES_PER_CHARACTER)
    text = decode(raw, origin.name, settings.encoding)
    if not text.strip():
        raise _empty(origin)
    published, published_from, _ = published_of(None, None, settings)
    return Article(
        doc_id=origin.doc_id,
        text=text,
        source=Source(
            path=origin.name,
            sha256=_digest(origin),
            media_type=stream.format.media_type,
            published=published,
            published_from=published_from,
        ),
    )


def _empty(origin: Origin) -> SourceError:
    return SourceError(origin.name, "is empty", "nothing to do", reason="empty")


def _digest(origin: Origin) -> str:
    with open_raw(origin) as raw:
        return digest_stream(raw)


def _page(raw: bytes, origin: Origin, settings: Settings) -> Article:
    text = decode(raw, origin.name, settings.encoding) if settings.encoding else raw
    page = read_page(text, origin.name)
    return _article(page, origin.doc_id, origin.name, _digest(origin), settings)


def _article(page: Page, doc_id: str, name: str, digest: str, settings: Settings, line: int | None = None) -> Article:
    published, published_from = _day(page, settings)
    return Article(
        doc_id=doc_id,
        text=page.text,
        site=page.site,
        source=Source(
            path=name,
            sha256=digest,
            url=page.url,
            media_type="text/html",
            title=page.title,
            published=published,
            published_from=published_from,
            meta={} if line is None else {"line": line},
        ),
    )


def _day(page: Page, settings: Settings) -> tuple[date | None, PublishedFrom | None]:
    day, how, _ = published_of(page.published, page.url, settings)
    return day, how


def _try_page(page: ArchivedPage, origin: Origin, settings: Settings) -> Article | Failure:
    doc_id, where = f"{origin.doc_id}#{page.number}", f"{origin.name}:{page.number}"
    if isinstance(page.content, SourceError):
        return Failure.of(SourceError(where, page.content.what, page.content.remedy), origin.name, page.number, doc_id)
    try:
        read = read_page(page.content, where, page.url)._replace(url=page.url)
        return _article(read, doc_id, origin.name, digest_of(page.content), settings, page.number)
    except SourceError as error:
        return Failure.of(error, origin.name, page.number, doc_id)


def _try_row(row: Row, origin: Origin, settings: Settings, media_type: str) -> Article | Failure:
    if isinstance(row.fields, SourceError):
        return Failure.of(row.fields, origin.name, row.line)
    try:
        return read_fields(row.fields, origin.name, row.line, f"{origin.doc_id}#{row.line}", settings, media_type)
    except SourceError as error:
        return Failure.of(error, origin.name, row.line)


def _in_language(article: Article, settings: Settings) -> Article | Failure:
    language = language_of(article.text)
    if language and settings.languages and language not in settings.languages:
        line = article.source.meta.get("line")
        where = f"{article.source.path}:{line}" if line else str(article.source.path)
        remedy = f"--language {language} reads it all the same"
        error = SourceError(where, f"its language is {language!r}, not {' or '.join(settings.languages)}", remedy, reason="language")
        return Failure.of(error, str(article.source.path), line if isinstance(line, int) else None, article.doc_id)
    return article.model_copy(update={"source": article.source.model_copy(update={"language": language})})
