"""A report of a few documents, and a headless Chromium that keeps its log; without one the tests skip and say so."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sample_documents import attack, document, signing, visit

from extractor.report import write_report

FAILURES = [{"path": "scan.pdf", "line": None, "doc_id": None, "reason": "binary", "message": "scan.pdf: is no text <b>– convert it first"}]


def write_folder(folder: Path, documents: list[dict[str, Any]], failures: list[dict[str, Any]] = FAILURES) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in (("documents.jsonl", documents), ("failures.jsonl", failures)):
        (folder / name).write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return folder


def filler(number: int) -> dict[str, Any]:
    """One of many small texts: a contract of two numbered colleges."""
    first, second, year = f"College {number}", f"Institute {number % 7}", str(1990 + number % 30)
    text = f"{first} and {second} signed a contract in {year}.\n"
    return document(
        f"filler-{number}",
        text,
        mentions=[("institution", "i1", first), ("institution", "i2", second), ("date", "d1", year)],
        institutions=[{"id": "i1", "name": first, "kind": "university"}, {"id": "i2", "name": second, "kind": "institute"}],
        dates=[{"id": "d1", "mention": "m3", "edtf": year, "start": f"{year}-01-01", "end": f"{year}-12-31"}],
        events=[
            {"id": "e1", "type": "agreement", "action": "signed", "instrument": "contract", "date": "d1", "parties": ["i1", "i2"],
             "trigger": {"start": text.index("signed"), "end": text.index("signed") + 17, "text": "signed a contract"},
             "evidence": {"start": 0, "end": len(text) - 1}, "rule": "agreement.sign", "confidence": 0.8},
        ],
    )  # fmt: skip


def of_a_unit() -> dict[str, Any]:
    """A faculty of a house that other texts know signs."""
    text = "The Faculty of Law of Kyoto University, led by Dean Aiko Mori, signed a contract with Charité in 2019.\n"
    words = {"start": text.index("signed"), "end": text.index("signed") + 17, "text": "signed a contract"}
    return document(
        "unit",
        text,
        mentions=[
            ("institution", "i1", "Faculty of Law"),
            ("institution", "i2", "Kyoto University"),
            ("role", "r1", "Dean"),
            ("person", "p1", "Aiko Mori"),
            ("institution", "i3", "Charité"),
            ("date", "d1", "2019"),
        ],
        institutions=[
            {"id": "i1", "name": "Faculty of Law", "kind": "faculty", "country": "JP", "part_of": "i2"},
            {"id": "i2", "name": "Kyoto University", "kind": "university", "country": "JP"},
            {"id": "i3", "name": "Charité", "kind": "hospital", "country": "DE"},
        ],
        people=[{"id": "p1", "name": "Aiko Mori"}],
        roles=[{"id": "r1", "title": "Dean", "rank": "dean", "person": "p1", "institution": "i1", "mention": "m3", "evidence": {"start": 4, "end": 60}}],
        dates=[{"id": "d1", "mention": "m6", "edtf": "2019", "start": "2019-01-01", "end": "2019-12-31"}],
        events=[
            {"id": "e1", "type": "agreement", "action": "signed", "instrument": "contract", "date": "d1", "parties": ["i1", "i3"],
             "trigger": words, "evidence": {"start": 0, "end": 90}, "rule": "agreement.sign", "confidence": 0.8},
        ],
    )  # fmt: skip


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("out"), [signing(), visit(), attack(), of_a_unit(), *map(filler, range(300))])


@pytest.fixture(scope="session")
def report(folder: Path) -> Path:
    return write_report(folder, title="News <of> May")


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    binary = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    if not binary or not driver:
        pytest.skip("no Chromium with its driver here: apt-get install chromium chromium-driver")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = binary
    for switch in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
                   "--disable-component-update", "--no-first-run", "--window-size=1280,900"):  # fmt: skip
        options.add_argument(switch)
    options.add_experimental_option("prefs", {"download.default_directory": str(tmp_path_factory.mktemp("downloads"))})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    yield browser
    browser.quit()
