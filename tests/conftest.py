"""What several tests share: where the annotated texts lie, settings that need no model, a folder of small inputs."""

import os
from pathlib import Path

import pytest

from extractor.settings import Settings

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = Path(os.environ.get("EXTRACTOR_SHARED", ROOT.parent / "shared"))
    if not (folder / "eval" / "score.py").exists():
        pytest.skip("the shared evaluation folder is not here (EXTRACTOR_SHARED)")
    return folder


@pytest.fixture(scope="session")
def by_rules() -> Settings:
    """No model: quick to load, the same everywhere."""
    return Settings(model="rules")


@pytest.fixture
def write(tmp_path):
    """Writes a file of the given words or bytes and gives its path."""

    def _write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return _write
