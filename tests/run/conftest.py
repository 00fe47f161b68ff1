"""Small inputs of many kinds and what must be equal of two runs over them."""

import gzip
import json
from pathlib import Path

import pytest

from extractor.run.job import Hands, run
from extractor.settings import Settings

RULES = Settings(model="rules")
STATE = ".extractor"


@pytest.fixture(autouse=True, scope="session")
def _program_stays():
    """The program's files may be edited while its tests run; that is not what these tests are about."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("extractor.run.ledger._program_digest", lambda: "the program")
        yield


def text(number: int) -> str:
    day = number % 28 + 1
    return (
        f"Guests from Kyushin, part {number}\n\nOn {day} May 2021, Aarlund University and Kyushin University signed a memorandum of "
        f"understanding. Rector Ingunn Solheim and President Haruto Mizukami of Kyushin University, who came with delegation {number}, were present."
    )


@pytest.fixture(scope="session")
def inputs(tmp_path_factory) -> Path:
    """140 texts in rows, packed and plain, 12 in files of their own, and six that fail."""
    folder = tmp_path_factory.mktemp("inputs")
    rows = [json.dumps({"id": f"r{n}", "text": text(n), "published": "2021-06-01"}) + "\n" for n in range(140)]
    rows[70] = "{broken\n"
    (folder / "rows.jsonl").write_text("".join(rows[:90]), encoding="utf-8")
    (folder / "more.jsonl.gz").write_bytes(gzip.compress("".join(rows[90:] + rows[:2]).encode(), mtime=0))
    for n in range(12):
        path = folder / ("a" if n % 2 else "b") / f"{n}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text(n), encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "junk.bin").write_bytes(bytes(range(256)))
    return folder


def outputs(folder: Path) -> dict[str, bytes]:
    """Every byte that a run gives, by file; not how it got there."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and STATE not in p.parts}


@pytest.fixture(scope="session")
def expected(inputs, tmp_path_factory) -> dict[str, bytes]:
    """The outputs of one process."""
    folder = tmp_path_factory.mktemp("expected") / "out"
    outcome = run([str(inputs)], folder, RULES, Hands(workers=0, csv=True))
    assert (outcome.documents, outcome.failed) == (153, 3)
    return outputs(folder)
