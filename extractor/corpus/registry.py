"""Where a release of the registry lies in, what identifies institutions by it out; imported on use, as an index takes seconds to load."""

from pathlib import Path

from extractor.corpus.nodes import Registry

RELEASES_FOLDER = Path("~/.cache/extractor/ror")


def open_registry(release: Path) -> Registry:
    """What identifies institutions by a release (zip or JSON), or by the newest release in a folder; its index is kept beside it.

    Raises SourceError where there is no release or it cannot be read.
    """
    from extractor.corpus.ror.index import load_index
    from extractor.corpus.ror.match import Identifier

    return Identifier(load_index(find_release(release)))


def find_release(path: Path) -> Path:
    """A release itself, or the one of a folder whose name sorts last (names begin with version and day)."""
    from extractor.errors import SourceError

    if not path.is_dir():
        return path
    releases = sorted((p for p in path.iterdir() if p.suffix in (".zip", ".json") and not p.name.startswith(".")), key=_version)
    if not releases:
        raise SourceError(str(path), "holds no release of the registry", "fetch one: extractor ror fetch")
    return releases[-1]


def _version(path: Path) -> tuple[list[int], str]:
    """Numbers of a name such as ``v1.63-2025-04-03-ror-data.zip``, so that 1.10 comes after 1.9."""
    return [int(part) for part in path.stem.replace("-", ".").lstrip("v").split(".") if part.isdigit()], path.name
