"""Addresses such as ``s3://bucket/pages/*.gz`` in, open files out, through fsspec (an extra)."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any

from extractor.errors import SettingsError, SourceError


def is_remote(path: str) -> bool:
    """Whether a path is an address of another file system."""
    return "://" in path


def list_remote(address: str) -> Iterator[tuple[str, str]]:
    """(address, name) of every file behind an address, a folder or a glob; names are relative to the folder."""
    system, root = _system(address)
    scheme = address.partition("://")[0]
    if "*" in root:
        paths = system.glob(root)
    elif system.isdir(root):
        paths = system.find(root)
    else:
        paths = [root]
    base = root.rstrip("/") + "/" if paths != [root] and "*" not in root else None
    for path in sorted(paths):
        full = system.unstrip_protocol(path) if scheme != "memory" else f"memory://{path}"
        yield full, path.removeprefix(base) if base and path.startswith(base) else PurePosixPath(path).name


def open_remote(address: str) -> IO[bytes]:
    """A remote file, open for reading, seekable. Raises SourceError where it cannot be opened."""
    system, path = _system(address)
    try:
        opened: IO[bytes] = system.open(path, "rb")
    except FileNotFoundError as error:
        raise SourceError(address, "is not there", "check the address", reason="missing") from error
    except OSError as error:
        raise SourceError(address, f"cannot be opened ({error})", "check address and credentials") from error
    return opened


def _system(address: str) -> tuple[Any, str]:
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise SettingsError(address, "is a remote address", "pip install 'extractor[remote]'") from error
    try:
        system, path = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise SettingsError(address, str(error), "install the fsspec driver for this kind of address") from error
    return system, str(path)
