"""An output folder in, its ``report.html`` out; documents stream by, so that memory holds rows and packed texts only."""

import base64
import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

import extractor
from extractor.corrections.sample import Drawn, Sampler
from extractor.errors import RecordError
from extractor.io.jsonl import read_lines, written_whole
from extractor.report.fields import editable, person_slots, slots
from extractor.report.index import COLUMNS, Index
from extractor.report.pack import packed
from extractor.report.world import World

_HERE = Path(__file__).parent / "page"
_SCRIPTS = ("data", "dom", "table", "reader", "check", "pages", "charts", "network", "checkpage", "app")
SAMPLE = 100  # records drawn to be checked where no sample is given: an hour's work, ± 10 points on a table of its own


def write_report(folder: Path, out: Path | None = None, *, title: str | None = None, sample: Iterable[Drawn] | None = None) -> Path:
    """Write the report of an output folder, ``report.html`` in it where no other place is named; the path of the page.

    ``sample`` are the records to check; without one, 100 are drawn. Raises RecordError where the folder holds no documents.
    """
    documents, failures = folder / "documents.jsonl", folder / "failures.jsonl"
    if not documents.is_file():
        raise RecordError(str(folder), "holds no documents.jsonl", f"make it first: extractor run INPUT -o {folder}")
    index, sampler = Index(World.of(folder)), Sampler(SAMPLE)
    for doc in read_lines(documents):
        index.add(doc)
        sampler.add(doc)
    drawn = [d.model_dump(mode="json") for d in (sampler.drawn() if sample is None else sample)]
    rows = index.content(read_lines(failures) if failures.is_file() else (), drawn)
    path = out or folder / "report.html"
    with written_whole(path) as stream:
        stream.write(_page(title or folder.resolve().name, rows, index).encode())
    return path


def _page(title: str, rows: dict[str, list[list[Any]]], index: Index) -> str:
    meta = {
        "title": title,
        "columns": COLUMNS,
        "slots": slots(),
        "person_slots": person_slots(),
        "fields": editable(),
        "stamps": index.stamps,
        "fingerprint": hashlib.sha256(json.dumps([index.stamps, rows["documents"]]).encode()).hexdigest()[:16],
    }
    scripts = [_asset("vendor/d3.min.js"), "\n".join(_asset(f"{name}.js") for name in _SCRIPTS)]
    style = _asset("style.css")
    environment = Environment(loader=PackageLoader("extractor.report", "page"), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("page.html.j2").render(
        title=title,
        version=extractor.__version__,
        script_hashes=Markup(" ").join(_hash(script) for script in scripts),
        style_hash=_hash(style),
        style=Markup(style),  # noqa: S704 - our own file
        scripts=[Markup(script) for script in scripts],  # noqa: S704 - our own files
        parts=index.parts.done,
        index=packed({"meta": meta, "rows": rows}),
    )


def _hash(asset: str) -> Markup:
    """What the page's policy lets run: this text and no other."""
    digest = base64.b64encode(hashlib.sha256(asset.encode()).digest()).decode()
    return Markup("'sha256-{}'").format(digest)


@cache
def _asset(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")
