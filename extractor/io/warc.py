"""A web archive in (``.warc``, ``.warc.gz``, as CC-NEWS has them), its HTML pages out.

Through FastWARC (an extra): it is compiled, unpacks what servers packed, and tells each record's offset, so that workers share a file.
"""

import re
import zlib
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from extractor.errors import SourceError
from extractor.io.html import PAGE_LIMIT
from extractor.io.rows import Mark
from extractor.io.streams import Stream

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_OK = 200


_GZIP = b"\x1f\x8b"
_BLOCK = 1 << 16  # bytes read at a time
_LONGEST_HEAD = 1 << 16  # bytes: a record's header is shorter
_LENGTH = re.compile(rb"^content-length:\s*(\d{1,18})\s*$", re.IGNORECASE | re.MULTILINE)
_CUT = "the archive ends in the middle of this record"
_AGAIN = "fetch it again; what stands before is kept"


class Page(NamedTuple):
    """One page, or why there is none: its number in the archive (from 1), where its record begins in the stored bytes, its address."""

    number: int
    offset: int
    url: str
    content: bytes | SourceError


def count_pages(stream: Stream, every: int) -> tuple[int, list[Mark]]:
    """How many pages an archive holds, and a mark at every ``every``-th of them (offsets are into the stored bytes).

    What cannot be read is no place to start from: it is read after the page before it.
    """
    marks, count = [], 0
    for page in read_pages(stream, Mark(), is_counting=True):
        if count % every == 0 and not isinstance(page.content, SourceError):
            marks.append(Mark(count, page.offset, count))
        count += 1
    return count, marks


def read_pages(stream: Stream, mark: Mark, *, is_counting: bool = False) -> Iterator[Page]:
    """The HTML pages that were fetched well, from a mark on; a damaged or cut-off archive ends with one that says so.

    To count them, their content is not needed and left out.
    """
    number, held = mark.row, Page(mark.row, mark.offset, "", b"")
    try:
        for number, record in enumerate(_records(stream.raw, mark.offset), mark.row + 1):
            if number > mark.row + 1:
                yield held
            url = record.headers.get("WARC-Target-URI", "").strip("<>")
            held = Page(number, record.stream_pos, url, b"" if is_counting else record.reader.read(PAGE_LIMIT))
    except (OSError, ValueError) as error:
        if number > mark.row:
            yield held
        yield Page(number + 1, held.offset, "", SourceError("WARC", f"the archive is damaged from here ({error})", _AGAIN))
        return
    cut = _cut_at(stream.raw, held.offset)
    if number > mark.row:
        yield held._replace(content=SourceError("WARC", _CUT, _AGAIN)) if cut == held.offset else held
    if cut is not None and (cut != held.offset or number == mark.row):
        yield Page(number + 1, held.offset, "", SourceError("WARC", f"{_CUT}, at byte {cut}", _AGAIN))


def _records(raw: IO[bytes], offset: int) -> Iterator[Any]:
    """The records of pages, as FastWARC reads them."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise SourceError("WARC", "needs the reader of web archives", "pip install 'extractor[warc]'") from error
    raw.seek(offset)
    records = ArchiveIterator(raw, record_types=WarcRecordType.response, parse_http=True, auto_decode="all")
    yield from filter(_is_page, records)


def _is_page(record: Any) -> bool:  # noqa: ANN401 - FastWARC's records
    status = record.http_headers.status_code if record.http_headers else None
    return status in (None, _OK) and (record.http_content_type or "") in _PAGE_TYPES


def _cut_at(raw: IO[bytes], offset: int) -> int | None:
    """Where a record begins whose end is missing, None where there is none from ``offset`` (of a record) on: FastWARC passes over it."""
    raw.seek(offset)
    is_packed = raw.read(len(_GZIP)) == _GZIP
    raw.seek(offset)
    return _cut_member(raw, offset) if is_packed else _cut_record(raw, offset)


def _cut_member(raw: IO[bytes], offset: int) -> int | None:
    """In gzip each record is packed alone, and tells its end."""
    unpacker, at, start = zlib.decompressobj(wbits=31), offset, offset
    try:
        while block := raw.read(_BLOCK):
            while block:
                unpacker.decompress(block)
                at, block = at + len(block) - len(unpacker.unused_data), unpacker.unused_data.lstrip(b"\0")
                if unpacker.eof:
                    at += len(unpacker.unused_data) - len(block)
                    unpacker, start = zlib.decompressobj(wbits=31), at
    except zlib.error:
        return start
    return start if at > start else None


def _cut_record(raw: IO[bytes], offset: int) -> int | None:
    """Without packing each record tells its length."""
    size = raw.seek(0, 2)
    while offset < size:
        raw.seek(offset)
        head, is_ended, _ = raw.read(_LONGEST_HEAD).partition(b"\r\n\r\n")
        length = _LENGTH.search(head.replace(b"\r\n", b"\n"))
        if not head.strip():
            return None
        if not is_ended or length is None or offset + len(head) + 4 + int(length[1]) > size:
            return offset
        offset = _next(raw, offset + len(head) + 4 + int(length[1]))
    return None


def _next(raw: IO[bytes], offset: int) -> int:
    """Past the line breaks that end a record."""
    raw.seek(offset)
    rest = raw.read(8)
    return offset + len(rest) - len(rest.lstrip(b"\r\n"))
