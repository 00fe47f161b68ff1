"""A path in, its unpacked bytes out: plain, gzip or zstd, local, remote or standard input."""

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, NamedTuple

import zstandard

from extractor.errors import SourceError
from extractor.io.formats import HEAD, Format, compression_of, format_of
from extractor.io.origins import STDIN, Origin
from extractor.io.remote import is_remote, open_remote

BROKEN = (OSError, EOFError, zlib.error, zstandard.ZstdError)


class Stream(NamedTuple):
    """An open file: its format and its unpacked bytes."""

    format: Format
    unpacked: io.BufferedIOBase
    raw: IO[bytes]


@contextmanager
def open_stream(origin: Origin) -> Iterator[Stream]:
    """The unpacked bytes of a file. Raises SourceError where it cannot be opened, or is no text."""
    raw = open_raw(origin)
    try:
        head = _peek(raw, origin.name)
        packing = compression_of(head)
        unpacked = _unpacked(raw, packing)
        head = _peek(unpacked, origin.name) if packing else head
        yield Stream(format_of(origin.name, head, packing), unpacked, raw)
    finally:
        raw.close()


def open_raw(origin: Origin) -> IO[bytes]:
    """The bytes of a file as they are stored, seekable. Raises SourceError where it cannot be opened."""
    if origin.path == STDIN:
        return io.BytesIO(sys.stdin.buffer.read())
    if is_remote(origin.path):
        return open_remote(origin.path)
    try:
        return open(origin.path, "rb")  # noqa: PTH123 - a path is a string all the way
    except FileNotFoundError as error:
        raise SourceError(origin.name, "is not there", "check the name", reason="missing") from error
    except IsADirectoryError as error:
        raise SourceError(origin.name, "is a folder", "name the folder itself") from error
    except OSError as error:
        raise SourceError(origin.name, f"cannot be opened ({error.strerror})", "check who may read it") from error


def read_at_most(stream: io.BufferedIOBase, limit: int) -> bytes:
    """Up to ``limit`` bytes, however the stream is packed: a gzip bomb is never unpacked beyond."""
    parts, left = [], limit
    while left > 0 and (part := stream.read(min(left, 1 << 20))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _peek(stream: IO[bytes] | io.BufferedIOBase, name: str) -> bytes:
    try:
        head = bytes(stream.read1(HEAD) if hasattr(stream, "read1") else stream.read(HEAD))  # of a damaged file, what can be had
        stream.seek(0)
    except BROKEN as error:
        raise SourceError(name, f"cannot be read ({error})", "check the file; fetch it again") from error
    return head


def _unpacked(raw: IO[bytes], packing: str) -> io.BufferedIOBase:
    if packing == "gzip":
        return gzip.GzipFile(fileobj=raw)
    if packing == "zstd":
        return io.BufferedReader(_Zstd(raw), 1 << 18)
    return raw  # type: ignore[return-value]  # every opened file is buffered


class _Zstd(io.RawIOBase):
    """zstandard's reader cannot go back to the start, which sniffing needs."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._reader = self._begin()

    def _begin(self) -> zstandard.ZstdDecompressionReader:
        self._raw.seek(0)
        return zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(self._raw, read_across_frames=True, closefd=False)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence != io.SEEK_SET:
            raise io.UnsupportedOperation("only from the start")
        self._reader = self._begin()
        skipped = 0
        while skipped < offset and (part := self._reader.read(min(offset - skipped, 1 << 20))):
            skipped += len(part)
        return skipped

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        part = self._reader.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)
