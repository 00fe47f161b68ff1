"""The installation in, what is there and what is missing out: versions, shipped models, optional parts."""

import importlib.metadata
import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import extractor
from extractor.errors import ExtractorError
from extractor.records import SCHEMA_VERSION
from extractor.rules import load_rules
from extractor.rules.loader import shipped_files

_NEEDED = ("spacy", "dateparser", "pydantic", "pandas", "pyarrow", "onnxruntime", "trafilatura")
_OPTIONAL = {
    "duckdb": "extractor export duckdb",
    "distributed": "extractor run --engine dask",
    "fastwarc": "web archives (.warc.gz)",
    "fsspec": "addresses such as s3://",
}


class Finding(NamedTuple):
    """One thing looked at: ``state`` is ok, missing (something cannot be done) or optional (not installed, and needed by few)."""

    what: str
    state: Literal["ok", "missing", "optional"]
    detail: str


def examine() -> Iterator[Finding]:
    """Everything that a report of a fault should name."""
    yield Finding("extractor", "ok", f"{extractor.__version__}, schema {SCHEMA_VERSION}")
    yield Finding("Python", "ok", f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    for package in _NEEDED:
        version = _version(package)
        yield Finding(package, "ok" if version else "missing", version or f"pip install {package}")
    yield _rules()
    yield _model("accurate", "missing")
    yield _model("fast", "optional")
    for package, use in _OPTIONAL.items():
        version = _version(package)
        yield Finding(package, "ok" if version else "optional", f"{version or 'not installed'} ({use})")
    encoding = sys.getfilesystemencoding()
    yield Finding(
        "file names", "ok" if encoding == "utf-8" else "missing", encoding if encoding == "utf-8" else f"{encoding}: set PYTHONUTF8=1"
    )


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _rules() -> Finding:
    try:
        rules = load_rules()
    except ExtractorError as error:
        return Finding("rules", "missing", str(error))
    count = sum(map(len, rules.by_label.values()))
    return Finding("rules", "ok", f"{count} rules in {len(shipped_files())} files, {rules.digest}")


def _model(name: str, without: Literal["missing", "optional"]) -> Finding:
    from extractor.parse import Parser

    folder = Path(extractor.__file__).parent / "model" / name
    if not folder.is_dir():
        return Finding(f"model {name}", without, "is not in this installation")
    try:
        return Finding(f"model {name}", "ok", Parser(name).name)
    except ExtractorError as error:
        return Finding(f"model {name}", "missing", str(error))
