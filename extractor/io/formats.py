"""A file's name and first bytes in, its format and compression out."""

import re
from pathlib import PurePosixPath
from typing import Literal, NamedTuple

from extractor.errors import SourceError

Kind = Literal["text", "markdown", "html", "jsonl", "json", "csv", "tsv", "parquet", "warc"]
Compression = Literal["", "gzip", "zstd"]

_KINDS: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv", ".tsv": "tsv", ".tab": "tsv",
    ".parquet": "parquet", ".warc": "warc",
}  # fmt: skip
_COMPRESSIONS: dict[str, Compression] = {".gz": "gzip", ".zst": "zstd", ".zstd": "zstd"}
_MEDIA_TYPES: dict[Kind, str] = {
    "text": "text/plain", "markdown": "text/markdown", "html": "text/html", "jsonl": "application/jsonl", "json": "application/json",
    "csv": "text/csv", "tsv": "text/tab-separated-values", "parquet": "application/vnd.apache.parquet", "warc": "application/warc",
}  # fmt: skip
_ARCHIVES = {
    b"PK\x03\x04": ("a zip archive or an office file", "unpack it, or save its text as .txt or .html"),
    b"%PDF": ("a PDF", "convert it to text first, for instance with pdftotext"),
    b"\xd0\xcf\x11\xe0": ("an old office file", "save its text as .txt or .html"),
    b"7z\xbc\xaf": ("a 7z archive", "unpack it"),
    b"Rar!": ("a RAR archive", "unpack it"),
    b"BZh": ("a bzip2 file", "unpack it, or pack it again with gzip or zstd"),
    b"\xfd7zXZ": ("an xz file", "unpack it, or pack it again with gzip or zstd"),
}
_IS_HTML = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL)
HEAD = 4096  # bytes that sniffing looks at


class Format(NamedTuple):
    """How a file is to be read."""

    kind: Kind
    compression: Compression = ""

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self.kind]

    @property
    def has_rows(self) -> bool:
        """Whether a file of this format may hold many texts."""
        return self.kind not in ("text", "markdown", "html")


def stem_of(name: str) -> str:
    """A name without the suffixes that only tell its format: ``may/a.html.gz`` is ``may/a``."""
    path = PurePosixPath(name)
    if path.suffix.lower() in _COMPRESSIONS:
        path = path.with_suffix("")
    return str(path.with_suffix("")) if path.suffix.lower() in _KINDS else str(path)


def compression_of(head: bytes) -> Compression:
    """How bytes are packed, by their first ones: a suffix may lie."""
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    return "zstd" if head.startswith(b"\x28\xb5\x2f\xfd") else ""


def format_of(name: str, head: bytes, compression: Compression = "") -> Format:
    """The format of a file, from its unpacked first bytes and its name. Raises SourceError for archives and other files without text."""
    for magic, (what, remedy) in _ARCHIVES.items():
        if head.startswith(magic):
            raise SourceError(name, f"is {what}", remedy, reason="archive")
    path = PurePosixPath(name)
    suffix = (PurePosixPath(path.stem).suffix if path.suffix.lower() in _COMPRESSIONS else path.suffix).lower()
    kind = _kind_by_content(head) or _KINDS.get(suffix) or _kind_by_look(head)
    if kind in ("text", "markdown", "html", "jsonl", "json", "csv", "tsv") and _is_binary(head):
        raise SourceError(name, "holds no text but binary content", "leave it out, or convert it to text first", reason="binary")
    return Format(kind, compression)


def _kind_by_content(head: bytes) -> Kind | None:
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"WARC/1"):
        return "warc"
    return "html" if _IS_HTML.match(head) else None


def _kind_by_look(head: bytes) -> Kind:
    return "jsonl" if re.match(rb'(?:\xef\xbb\xbf)?\s*\{\s*"', head) else "text"


def _is_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or not head:
        return False
    zeros = head.count(0)
    if zeros:
        return not _is_wide(head, zeros)
    controls = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)
    return controls > len(head) * 0.1


def _is_wide(head: bytes, zeros: int) -> bool:
    """Whether the zeros are the upper halves of two-byte letters (UTF-16 without a mark)."""
    return zeros > len(head) * 0.3 and (head[::2].count(0) < len(head) * 0.05 or head[1::2].count(0) < len(head) * 0.05)
