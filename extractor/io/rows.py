"""Streams of many texts in (JSONL, JSON, CSV, TSV, Parquet), their rows out one by one, each with its line and its fields."""

import csv
import io
import json
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple, TextIO

from extractor.errors import SourceError
from extractor.io.decode import encoding_of
from extractor.io.streams import BROKEN, Stream

LINE_LIMIT = 1 << 25  # bytes: a longer line or JSON file is refused
_DAMAGED = "fetch it again; what stands before is kept"


class Row(NamedTuple):
    """One row: its place in the file (line, or number; from 1), and its fields or why they cannot be read."""

    line: int
    fields: dict[str, Any] | SourceError


class Mark(NamedTuple):
    """A place where reading can start again: the row's number (from 0), its offset in the unpacked bytes, lines before it."""

    row: int = 0
    offset: int = 0
    lines: int = 0


def read_rows(stream: Stream, name: str, mark: Mark, *, encoding: str | None = None) -> Iterator[Row]:
    """The rows of a file from a mark on. A damaged file ends with one row that says so."""
    readers = {"jsonl": _read_jsonl, "json": _read_json, "csv": _read_csv, "tsv": _read_csv, "parquet": _read_parquet}
    yield from readers[stream.format.kind](stream, name, mark, encoding)


def count_rows(stream: Stream, name: str, every: int, *, encoding: str | None = None) -> tuple[int, list[Mark]]:
    """How many rows a file has, and a mark at every ``every``-th of them."""
    if stream.format.kind == "jsonl":
        return _count_lines(stream, name, every)
    if stream.format.kind == "parquet":
        count = _parquet_rows(stream, name)
    else:
        count = sum(1 for _ in read_rows(stream, name, Mark(), encoding=encoding))
    return count, [Mark(row) for row in range(0, count, every)]


def _read_jsonl(stream: Stream, name: str, mark: Mark, _encoding: str | None) -> Iterator[Row]:
    for number, _, line in _lines(stream, name, mark):
        yield Row(number, line if isinstance(line, SourceError) else _json_fields(line, f"{name}:{number}"))


def _count_lines(stream: Stream, name: str, every: int) -> tuple[int, list[Mark]]:
    marks, count = [], 0
    for number, offset, _ in _lines(stream, name, Mark()):
        if count % every == 0:
            marks.append(Mark(count, offset, number - 1))
        count += 1
    return count, marks


def _lines(stream: Stream, name: str, mark: Mark) -> Iterator[tuple[int, int, bytes | SourceError]]:
    """(number, offset, bytes) of the lines that are not blank."""
    number, offset = mark.lines, mark.offset
    try:
        stream.unpacked.seek(offset)
        while line := stream.unpacked.readline(LINE_LIMIT):
            number, start, size = number + 1, offset, len(line)
            is_whole = line.endswith(b"\n") or size < LINE_LIMIT
            while not line.endswith(b"\n") and (rest := stream.unpacked.readline(LINE_LIMIT)):
                size += len(rest)
                line = line[:0] + rest[-1:]
            offset += size
            if not is_whole:
                yield number, start, _too_long(f"{name}:{number}", size)
            elif line.strip():
                yield number, start, line
    except BROKEN as error:
        yield number + 1, offset, SourceError(f"{name}:{number + 1}", f"the file is damaged from here ({error})", _DAMAGED)


def _too_long(where: str, size: int) -> SourceError:
    return SourceError(where, f"the line has {size} bytes, {LINE_LIMIT} are the most", "split it", reason="size")


def _json_fields(line: bytes, where: str) -> dict[str, Any] | SourceError:
    try:
        fields = json.loads(line.removeprefix(b"\xef\xbb\xbf"))
    except UnicodeDecodeError as error:
        return SourceError(where, f"is not in UTF-8 (byte {error.start})", "save the file as UTF-8", reason="encoding")
    except json.JSONDecodeError as error:
        return SourceError(where, f"is no JSON ({error.msg}, column {error.colno})", "correct or remove the line", reason="json")
    except RecursionError:
        return SourceError(where, "is JSON nested too deeply", "correct or remove the line", reason="json")
    if not isinstance(fields, dict):
        return SourceError(where, "is JSON but no object", 'write {"text": "…"}', reason="json")
    return fields


def _read_json(stream: Stream, name: str, mark: Mark, _encoding: str | None) -> Iterator[Row]:
    raw = stream.unpacked.read(LINE_LIMIT)
    if len(raw) == LINE_LIMIT:
        yield Row(1, SourceError(name, f"has over {LINE_LIMIT} bytes", "write one object a line, as .jsonl", reason="size"))
        return
    if raw.lstrip().startswith(b"["):
        try:
            entries = json.loads(raw)
        except (ValueError, RecursionError) as error:
            yield Row(1, SourceError(name, f"is no JSON ({error})", "correct the file", reason="json"))
            return
        for number, entry in enumerate(entries[mark.row :], mark.row + 1):
            good = isinstance(entry, dict)
            yield Row(number, entry if good else SourceError(f"{name}:{number}", "is no object", 'write {"text": "…"}', reason="json"))
    else:
        yield Row(1, _json_fields(raw, name))


def _read_csv(stream: Stream, name: str, mark: Mark, encoding: str | None) -> Iterator[Row]:
    csv.field_size_limit(LINE_LIMIT)
    text = io.TextIOWrapper(
        io.BufferedReader(_Kept(stream.unpacked)), encoding=_encoding_of(stream, name, encoding), errors="replace", newline=""
    )
    reader = csv.DictReader(text, delimiter="\t" if stream.format.kind == "tsv" else _delimiter(text), restkey="")
    row = -1
    while True:
        try:
            fields = next(reader, None)
        except (csv.Error, *BROKEN) as error:
            if row + 1 >= mark.row:
                yield Row(reader.line_num, SourceError(f"{name}:{reader.line_num}", f"the table is damaged from here ({error})", _DAMAGED))
            return
        if fields is None:
            return
        row += 1
        if row >= mark.row:
            yield Row(reader.line_num, {k: v for k, v in fields.items() if k})


def _encoding_of(stream: Stream, name: str, encoding: str | None) -> str:
    head = stream.unpacked.read(1 << 16)
    stream.unpacked.seek(0)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    found = encoding or encoding_of(head, name)
    return "utf-8-sig" if found.lower().replace("_", "-") in ("utf-8", "utf8") else found


def _delimiter(text: TextIO) -> str:
    first = text.readline(1 << 16)
    text.seek(0)
    return max(",;\t|", key=first.count)


class _Kept(io.RawIOBase):
    """A stream that a text wrapper does not close when it goes."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        part = self._stream.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


def _read_parquet(stream: Stream, name: str, mark: Mark, _encoding: str | None) -> Iterator[Row]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = mark.row
    try:
        file = pq.ParquetFile(stream.unpacked)
        groups, skipped = list(range(file.num_row_groups)), mark.row
        while groups and skipped >= (size := file.metadata.row_group(groups[0]).num_rows):
            skipped -= size
            groups.pop(0)
        rows = (row for batch in file.iter_batches(batch_size=64, row_groups=groups) for row in batch.to_pylist())
        for number, row in enumerate(islice(rows, skipped, None), mark.row + 1):
            yield Row(number, row)
    except (pa.ArrowException, ValueError, *BROKEN) as error:
        yield Row(number + 1, SourceError(name, f"is a damaged Parquet file ({error})", _DAMAGED))


def _parquet_rows(stream: Stream, name: str) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return int(pq.ParquetFile(stream.unpacked).metadata.num_rows)
    except (pa.ArrowException, ValueError, *BROKEN):
        return 1
