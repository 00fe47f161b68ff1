"""A web archive in (``.warc``, ``.warc.gz``, as CC-NEWS has them), its HTML pages out.

Through FastWARC (an extra): it is compiled, unpacks what servers packed, and tells each record's offset, so that workers share a file.
"""

from collections.abc import Iterator
from typing import Any

from extractor.errors import SourceError
from extractor.io.html import PAGE_LIMIT
from extractor.io.rows import Mark
from extractor.io.streams import Stream

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_OK = 200


def count_pages(stream: Stream, every: int) -> tuple[int, list[Mark]]:
    """How many pages an archive holds, and a mark at every ``every``-th of them (offsets are into the stored bytes)."""
    marks: list[Mark] = []
    count = 0
    for record in _records(stream, 0):
        if count % every == 0:
            offset = marks[-1].offset if isinstance(record, SourceError) and marks else getattr(record, "stream_pos", 0)
            marks.append(Mark(count, offset, count))
        count += 1
    return count, marks


def read_pages(stream: Stream, mark: Mark) -> Iterator[tuple[int, str, bytes | SourceError]]:
    """(number from 1, address, bytes) of the HTML pages that were fetched well, from a mark on."""
    for number, record in enumerate(_records(stream, mark.offset), mark.row + 1):
        if isinstance(record, SourceError):
            yield number, "", record
        else:
            yield number, record.headers.get("WARC-Target-URI", "").strip("<>"), record.reader.read(PAGE_LIMIT)


def _records(stream: Stream, offset: int) -> Iterator[Any]:
    """The records of pages; a damaged archive ends with the error."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise SourceError("WARC", "needs the reader of web archives", "pip install 'extractor[warc]'") from error
    stream.raw.seek(offset)
    try:
        records = ArchiveIterator(stream.raw, record_types=WarcRecordType.response, parse_http=True, auto_decode="all")
        yield from filter(_is_page, records)
    except (OSError, ValueError) as error:
        yield SourceError("WARC", f"the archive is damaged from here ({error})", "fetch it again; what stands before is kept")


def _is_page(record: Any) -> bool:  # noqa: ANN401 - FastWARC's records
    status = record.http_headers.status_code if record.http_headers else None
    return status in (None, _OK) and (record.http_content_type or "") in _PAGE_TYPES
