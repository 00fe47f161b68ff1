"""Bytes and files in, their SHA-256 out."""

import hashlib
from pathlib import Path
from typing import IO


def digest_of(raw: bytes) -> str:
    """Hexadecimal SHA-256 of bytes."""
    return hashlib.sha256(raw).hexdigest()


def digest_stream(stream: IO[bytes]) -> str:
    """Hexadecimal SHA-256 of all that a stream still holds, in constant memory."""
    digest = hashlib.sha256()
    while part := stream.read(1 << 20):
        digest.update(part)
    return digest.hexdigest()


def digest_file(path: Path) -> str:
    """Hexadecimal SHA-256 of a file."""
    with path.open("rb") as stream:
        return digest_stream(stream)
