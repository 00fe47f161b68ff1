"""Paths, folders, globs and addresses in, the files to read out, sorted, each with a lasting name and id."""

import glob
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from extractor.errors import SettingsError
from extractor.io.formats import stem_of
from extractor.io.remote import is_remote, list_remote

STDIN = "-"


class Origin(NamedTuple):
    """An input file: the path that opens it, its name as outputs print it, and the id of its text (or the stem of its texts' ids)."""

    path: str
    name: str
    doc_id: str


def list_origins(inputs: Sequence[str], *, skip: Path | None = None) -> list[Origin]:
    """The files behind paths, folders, globs and remote addresses, sorted by name: the order of outputs, whatever the order of ``inputs``.

    Files in folders are found at any depth; hidden ones and those under ``skip`` are left out. A path that is not there is kept: reading
    it will fail and be reported. Raises SettingsError where nothing at all is found.
    """
    found = {path: name for given in inputs for path, name in _found(given, skip)}
    if len(set(found.values())) < len(found):
        found = _told_apart(found)
    if not found:
        raise SettingsError(" ".join(inputs), "holds no files", "name files, folders or globs with texts")
    stems = Counter(stem_of(name) for name in found.values())
    named = ((name, path) for path, name in found.items())
    return [Origin(path, name, stem_of(name) if stems[stem_of(name)] == 1 else name) for name, path in sorted(named)]


def _found(given: str, skip: Path | None) -> Iterator[tuple[str, str]]:
    if given == STDIN:
        yield STDIN, "stdin"
    elif is_remote(given):
        yield from list_remote(given)
    elif Path(given).is_dir():
        yield from _in_folder(Path(given), skip)
    elif not Path(given).exists() and glob.has_magic(given):
        for path in sorted(glob.glob(given, recursive=True)):  # noqa: PTH207 - a glob may be absolute
            yield from _found(path, skip)
    else:
        yield given, Path(given).name


def _in_folder(folder: Path, skip: Path | None) -> Iterator[tuple[str, str]]:
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and (skip is None or not _same(Path(here, f), skip)))
        for file in files:
            if not file.startswith("."):
                path = Path(here, file)
                yield str(path), PurePosixPath(path.relative_to(folder)).as_posix()


def _same(a: Path, b: Path) -> bool:
    return a.resolve() == b.resolve()


def _told_apart(found: dict[str, str]) -> dict[str, str]:
    """Names from the common parent folder, where files of several inputs bear the same name."""
    full = {path: path if is_remote(path) else str(Path(path).resolve()) for path in found}
    parent = os.path.commonpath([Path(p).parent for p in full.values()]) if not any(map(is_remote, found)) else ""
    return {path: os.path.relpath(p, parent).replace(os.sep, "/") if parent else p for path, p in full.items()}
