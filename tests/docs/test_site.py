"""The documentation builds without a warning, its generated pages hold what the code holds, its codebook knows every value."""

import logging
import re
import typing
from pathlib import Path

import pytest

from extractor import records
from extractor.records import EVENT_TYPES, values_of

pytest.importorskip("mkdocs", reason="the documentation's builder is not installed")


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    told: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: told.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("mkdocs").addHandler(handler)
    out = tmp_path_factory.mktemp("site")
    build(load_config(str(root / "mkdocs.yml"), site_dir=str(out)))
    assert told == []
    return out


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_the_site_builds_and_asks_for_nothing_outside(site: Path):
    pages = list(site.rglob("*.html"))
    assert len(pages) >= 16
    for page in pages:
        asked = re.findall(r'<(?:script|link|img)[^>]+(?:src|href)="(https?://[^"]+)"', page.read_text(encoding="utf-8"))
        assert [url for url in asked if "extractor.readthedocs.io" not in url] == [], page.name


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_the_reference_holds_every_command_field_and_setting(site: Path):
    from click import Context

    from extractor.cli import cli
    from extractor.io.columns import tables
    from extractor.settings import Settings

    pages = {p.stem: p.read_text(encoding="utf-8") for p in (site / "reference").glob("*.html")}
    assert all(f"extractor {name}" in pages["commands"] for name in cli.list_commands(Context(cli)))
    assert "\\b" not in pages["commands"]
    assert all(f"<code>{name}</code>" in pages["settings"] for name in Settings.model_fields)
    assert all(f"<code>{c.name}</code>" in pages["tables"] for table in tables().values() for c in table.columns)
    assert all(f"<code>{name}</code>" in pages["records"] for event in EVENT_TYPES for name in event.model_fields)


def test_every_field_of_a_record_is_explained(root: Path):
    import runpy

    page = runpy.run_path(str(root / "docs" / "reference.py"))["pages"]()["records"]
    bare = [line for line in page.splitlines() if line.startswith("| `") and line.rstrip().endswith("|  |")]
    assert bare == []


def vocabularies() -> dict[str, tuple[str, ...]]:
    named = ("Kind", "Status", "Rank", "Grain", "Action", "Instrument", "Topic", "EventType")
    found = {name: values_of(getattr(records, name)) for name in named}
    assert all(typing.get_origin(getattr(records, name)) is typing.Literal for name in named)
    return found | {"slots": tuple(slot for event in EVENT_TYPES for slot in event.slots)}


@pytest.mark.parametrize("name", vocabularies())
def test_the_codebook_knows_every_value(root: Path, name: str):
    codebook = (root / "docs" / "reference" / "codebook.md").read_text(encoding="utf-8")
    assert [value for value in vocabularies()[name] if f"`{value}`" not in codebook] == []
