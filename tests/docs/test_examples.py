"""Every example of the documentation runs, in the order of its page; ``sh`` blocks need a cluster, a reader or the network."""

import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(ROOT.joinpath("docs").rglob("*.md"))
FENCE = re.compile(r'^```(\w+)(?: title="([\w.-]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)


def examples(page: Path) -> list[tuple[str, str, str]]:
    return FENCE.findall(page.read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("page", [p for p in PAGES if any(lang in ("bash", "python") for lang, _, _ in examples(p))], ids=lambda p: p.stem)
def test_the_examples_of_a_page_run(page: Path, run: Callable[[str, str], None], tmp_path: Path):
    for language, title, code in examples(page):
        if title:
            (tmp_path / title).write_text(code, encoding="utf-8")
        elif language in ("bash", "python"):
            run(code, language)


def test_every_block_has_a_language_that_we_know():
    assert {lang for page in PAGES for lang, _, _ in examples(page)} <= {"bash", "sh", "python", "yaml", "json", "toml", "text"}
    for page in PAGES:
        assert page.read_text(encoding="utf-8").count("```") == 2 * len(examples(page)), page


@pytest.mark.slow
def test_the_notebook_runs(sample: Path, monkeypatch: pytest.MonkeyPatch):
    from nbclient import NotebookClient

    monkeypatch.setenv("EXTRACTOR_OUT", str(sample / "data" / "out"))
    notebook = nbformat.read(ROOT / "notebooks" / "agreements.ipynb", as_version=4)
    NotebookClient(notebook, timeout=180, resources={"metadata": {"path": str(ROOT / "notebooks")}}).execute()
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert sum("image/png" in output.get("data", {}) for output in outputs) == 3
    assert not any(output.output_type == "error" for output in outputs)


def test_the_notebook_holds_no_outputs():
    notebook = nbformat.read(ROOT / "notebooks" / "agreements.ipynb", as_version=4)
    assert [cell for cell in notebook.cells if cell.get("outputs")] == []
