"""The address of the registry's releases in, the newest release as a file out: the only part of the program that uses the network, when
asked.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from extractor.errors import SourceError
from extractor.io.jsonl import written_whole

RELEASES = "https://zenodo.org/api/communities/ror-data/records?q=&sort=newest&size=1"  # ror.readme.io/docs/data-dump
_AGENT = {"User-Agent": "extractor (https://extractor.readthedocs.io)", "Accept": "*/*"}
_SECONDS = 60  # without a byte before the server is given up
_LIMIT = 1 << 30  # bytes of a release
_PART = 1 << 16
_NAME = re.compile(r"[A-Za-z0-9][\w.-]{0,120}\.(?:zip|json)")
_REMEDY = "try again later, or download a release by hand from https://doi.org/10.5281/zenodo.6347574"


class Release(NamedTuple):
    """A file of the newest release; ``md5`` is None where the server does not tell it."""

    name: str
    url: str
    md5: str | None


def fetch_release(folder: Path, *, releases: str = RELEASES, told: Callable[[int], None] = lambda _: None) -> Path:
    """Downloads the newest release into a folder, unless it is there already; the file. ``told`` hears the bytes received so far.

    Raises SourceError where the server cannot be reached, or what came is damaged.
    """
    release = newest_release(releases)
    target = folder / release.name
    if target.exists():
        return target
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.md5(usedforsecurity=False), 0
    with _opened(release.url) as answer, written_whole(target) as stream:
        while part := answer.read(_PART):
            size += len(part)
            if size > _LIMIT:
                raise SourceError(release.url, f"is larger than {_LIMIT} bytes", _REMEDY)
            digest.update(part)
            stream.write(part)
            told(size)
        if release.md5 and digest.hexdigest() != release.md5:
            raise SourceError(release.url, "came damaged (its checksum differs)", _REMEDY)
    return target


def newest_release(releases: str = RELEASES) -> Release:
    """The newest release that a list of Zenodo records tells. Raises SourceError where it tells none."""
    with _opened(releases) as answer:
        try:
            held = json.loads(answer.read(_LIMIT))
            return next(_files(held["hits"]["hits"][0]))
        except (ValueError, KeyError, IndexError, TypeError, StopIteration) as error:
            raise SourceError(releases, f"tells no release ({error!r})", _REMEDY) from error


def _files(record: Mapping[str, Any]) -> Iterator[Release]:
    for file in record["files"]:
        if _NAME.fullmatch(file["key"]):
            kind, _, value = file.get("checksum", "").partition(":")
            yield Release(file["key"], file["links"]["self"], value if kind == "md5" else None)


@contextmanager
def _opened(url: str) -> Iterator[IO[bytes]]:
    if urlsplit(url).scheme not in ("http", "https"):
        raise SourceError(url, "is no web address", "use one that starts with https://")
    try:
        with urlopen(Request(url, headers=_AGENT), timeout=_SECONDS) as answer:  # noqa: S310 - the scheme is checked
            yield answer
    except (URLError, TimeoutError, ConnectionError) as error:
        raise SourceError(url, f"cannot be reached ({error})", _REMEDY) from error
