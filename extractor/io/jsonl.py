"""Records in, files of JSON lines out, whole or not at all."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from pydantic_core import from_json

from extractor.errors import RecordError
from extractor.records import Record


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """A file that appears under its name only when everything is written and on disk."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def line_of(record: Record) -> bytes:
    """A record as one compact line of UTF-8."""
    return record.model_dump_json().encode() + b"\n"


def value_line(value: Any) -> bytes:  # noqa: ANN401 - anything that JSON can say
    """A value as one compact line of UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def json_bytes(value: Any) -> bytes:  # noqa: ANN401 - anything that JSON can say
    """A value as indented JSON for people, keys in their own order."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file of JSON lines. Raises RecordError with the line that is none, or where the file cannot be read."""
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _object(line, f"{path}:{number}")
    except OSError as error:
        raise RecordError(str(path), f"cannot be read ({error.strerror})", "name a file of JSON lines, one document each") from error


def _object(line: bytes, where: str) -> dict[str, Any]:
    try:
        value = from_json(line)
    except ValueError as error:
        raise RecordError(where, f"is no JSON ({error})", "correct or remove the line") from error
    if not isinstance(value, dict):
        raise RecordError(where, "is JSON but no object", "each line is one document")
    return value
