"""The sample texts read once, by the shipped model, for the pages and the notebook that start from them."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.cli import cli

Run = Callable[..., str]


@pytest.fixture(scope="session")
def sample(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``data/raw`` and ``data/out``, as a reader of the tutorial has it."""
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(root / "data" / "raw", folder / "data" / "raw")
    with contextlib.chdir(folder):
        cli.main(["run", "data/raw", "-o", "data/out", "--workers", "0", "--quiet"], standalone_mode=False)
    return folder


@pytest.fixture
def run(sample: Path, tmp_path: Path) -> Run:
    """Runs the examples of a page in a copy of that folder; what they print."""
    shutil.copytree(sample, tmp_path, dirs_exist_ok=True)
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "120",
        "PYTHONUTF8": "1",
    }

    def _run(code: str, language: str) -> str:
        command = ["bash", "-euo", "pipefail", "-c", code] if language == "bash" else [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=180, check=False)
        assert done.returncode == 0, f"{code}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    return _run
