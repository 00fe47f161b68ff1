import pytest

from extractor.errors import SourceError
from extractor.io.formats import compression_of, format_of, stem_of


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("a.txt", b"Hello", "text"),
        ("a.md", b"# Title", "markdown"),
        ("a", b"Hello", "text"),
        ("a.txt", b"<!DOCTYPE html><html>", "html"),
        ("a.txt", b"  <!-- x --> <HTML lang=en>", "html"),
        ("a.txt", b"<p>not a page", "text"),
        ("a.htm", b"<p>part", "html"),
        ("a.jsonl.gz", b'{"text": 1}', "jsonl"),
        ("a", b'{"text": "x"}\n', "jsonl"),
        ("a.json", b"[]", "json"),
        ("a.CSV", b"id,text", "csv"),
        ("a.tsv.zst", b"id\ttext", "tsv"),
        ("a.bin", b"PAR1\0\0", "parquet"),
        ("a.gz", b"WARC/1.0\r\n", "warc"),
        ("a.txt", "é".encode("utf-16-le") * 20, "text"),
        ("a.txt", b"", "text"),
    ],
)
def test_kinds(name, head, kind):
    assert format_of(name, head).kind == kind


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"PK\x03\x04rest", "archive"),
        (b"%PDF-1.7", "archive"),
        (b"BZh9", "archive"),
        (bytes(range(256)), "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (b"\x01\x02\x03\x04\x05abc" * 10, "binary"),
    ],
)
def test_what_holds_no_text_is_refused(head, reason):
    with pytest.raises(SourceError) as caught:
        format_of("a.txt", head)
    assert caught.value.reason == reason
    assert caught.value.remedy


@pytest.mark.parametrize(("head", "packing"), [(b"\x1f\x8b\x08", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd"), (b"text", "")])
def test_compression(head, packing):
    assert compression_of(head) == packing


@pytest.mark.parametrize(
    ("name", "stem"),
    [("may/a.html.gz", "may/a"), ("a.b.txt", "a.b"), ("a.v2", "a.v2"), ("x.jsonl.zst", "x"), ("a.gz", "a"), (".txt", ".txt")],
)
def test_stems(name, stem):
    assert stem_of(name) == stem
