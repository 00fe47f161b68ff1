"""The sample texts read once, by the shipped model, for the pages and the notebook that start from them."""

import contextlib
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.cli import cli, main

Run = Callable[[str, str], None]


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
    """Runs the examples of a page in a copy of that folder; plain commands and Python in this process, which is quicker."""
    shutil.copytree(sample, tmp_path, dirs_exist_ok=True)

    def _run(code: str, language: str) -> None:
        with contextlib.chdir(tmp_path):
            if language == "python":
                exec(compile(code, "example", "exec"), {"__name__": "example"})
            else:
                for command in code.splitlines():
                    _command(command)

    return _run


def _command(line: str) -> None:
    words = shlex.split(line, comments=True)
    if words[0] == "extractor" and not {"|", ">", "--workers"} & set(words):
        with pytest.raises(SystemExit) as left:
            main(words[1:] + (["--workers", "0"] if words[1] == "run" else []))
        assert not left.value.code, line
        return
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "PYTHONUTF8": "1"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", line], env=environment, capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
