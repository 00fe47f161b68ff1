"""The house: a light front door, one-way floors, nothing of anyone's machine."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_front_door_is_light():
    heavy = "spacy pandas pyarrow dateparser onnxruntime trafilatura yaml"
    code = f"import extractor, sys; print([m for m in '{heavy}'.split() if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_the_front_door_opens():
    import extractor

    assert all(getattr(extractor, name) is not None for name in extractor.__all__)


def test_modules_know_only_what_they_may():
    linted = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert linted.returncode == 0, linted.stdout
