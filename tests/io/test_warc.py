import gzip
from itertools import islice

import pytest

from extractor.io.origins import list_origins
from extractor.io.read import count_texts, open_texts, read_texts
from extractor.settings import Settings

pytest.importorskip("fastwarc", reason="the extra warc is not installed")

WORDS = "The University of Jena signed an agreement with the University of Kyoto in the presence of the mayor and of the dean."


def record(number, *, kind="response", status="200 OK", content="text/html; charset=utf-8", body=None, packed=False):
    page = (
        body
        or f"<html><head><title>Page {number}</title></head><body><article><h1>Page {number}</h1><p>{WORDS}</p></article></body></html>"
    ).encode()
    page, how = (gzip.compress(page), "Content-Encoding: gzip\r\n") if packed else (page, "")
    http = f"HTTP/1.1 {status}\r\nContent-Type: {content}\r\n{how}Content-Length: {len(page)}\r\n\r\n".encode() + page
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://x.org/2023/05/16/{number}.html\r\nWARC-Date: 2023-05-16T00:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


RECORDS = [
    record(1),
    record(2, kind="request"),
    record(3, status="404 Not Found"),
    record(4, content="image/png"),
    record(5, packed=True),
    record(6, body="<html></html>"),
    record(7),
]


@pytest.mark.parametrize(("name", "content"), [("a.warc.gz", b"".join(map(gzip.compress, RECORDS))), ("a.warc", b"".join(RECORDS))])
def test_pages_of_an_archive(write, name, content):
    (origin,) = list_origins([str(write(name, content))])
    items = list(read_texts(origin, Settings()))
    assert [getattr(item, "doc_id", None) for item in items] == ["a#1", "a#2", "a#3", "a#4"]
    assert [getattr(item, "reason", None) for item in items] == [None, None, "empty", None]
    assert (items[0].source.url, str(items[0].source.published), items[0].source.title) == (
        "https://x.org/2023/05/16/1.html",
        "2023-05-16",
        "Page 1",
    )
    assert WORDS in items[1].text


def test_reading_goes_on_from_every_mark(write):
    (origin,) = list_origins([str(write("a.warc.gz", b"".join(map(gzip.compress, RECORDS))))])
    counted = count_texts(origin, 2)
    assert (counted.texts, [m.row for m in counted.marks]) == (4, [0, 2])
    assert [reading().doc_id for reading in open_texts(origin, Settings(), counted.marks[1])] == ["a#3", "a#4"]


def test_a_damaged_archive_keeps_what_stands_before(write):
    (origin,) = list_origins([str(write("a.warc.gz", gzip.compress(RECORDS[0]) + b"no gzip at all" * 50))])
    items = list(read_texts(origin, Settings()))
    assert items[0].doc_id == "a#1"
    assert items[-1].reason == "unreadable"
    assert count_texts(origin, 2).texts == len(items)


def cut_by(number, *, packed):
    whole = [gzip.compress(r) if packed else r for r in RECORDS]
    return b"".join(whole)[:-number], len(whole[-1])


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("left", [10, 100, 200, -12])  # bytes of the last page's record; its end is missing, or its beginning, too
def test_a_cut_off_archive_tells_so_at_its_last_record(write, packed, left):
    size = cut_by(1, packed=packed)[1]
    content, _ = cut_by(size - left if left > 0 else -left, packed=packed)
    (origin,) = list_origins([str(write("a.warc.gz" if packed else "a.warc", content))])
    items = list(read_texts(origin, Settings()))
    assert [getattr(item, "reason", None) for item in items] == [None, None, "empty", "unreadable"]
    assert (items[-1].line, items[-1].doc_id) == (4, "a#4")
    assert items[-1].message.startswith(f"{origin.name}:4: the archive ")
    assert items[-1].message.endswith("– fetch it again; what stands before is kept")
    for every in (1, 2, 3, 10):
        counted = count_texts(origin, every)
        ends = [*(mark.row for mark in counted.marks[1:]), counted.texts]
        again = [islice(open_texts(origin, Settings(), m), end - m.row) for m, end in zip(counted.marks, ends, strict=True)]
        assert [reading() for part in again for reading in part] == items


def test_an_archive_cut_between_two_records_is_whole(write):
    content, size = cut_by(1, packed=True)
    (origin,) = list_origins([str(write("a.warc.gz", content[: 1 - size]))])
    assert [getattr(item, "reason", None) for item in read_texts(origin, Settings())] == [None, None, "empty"]


def test_an_archive_cut_in_a_record_that_is_no_page_tells_so(write):
    content = b"".join(map(gzip.compress, RECORDS[:2]))[:-30]
    (origin,) = list_origins([str(write("a.warc.gz", content))])
    items = list(read_texts(origin, Settings()))
    assert [getattr(item, "reason", None) for item in items] == [None, "unreadable"]
    assert "the archive ends in the middle of this record, at byte " in items[-1].message
