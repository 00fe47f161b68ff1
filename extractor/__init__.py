"""Institutions, people, roles, dates and agreement events from raw news texts: grounded, typed, offline, repeatable."""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.errors import ExtractorError as ExtractorError
    from extractor.io.tables import read_tables as read_tables
    from extractor.pipeline import extract as extract
    from extractor.pipeline import extract_many as extract_many
    from extractor.records import Document as Document
    from extractor.settings import Settings as Settings

__version__ = "0.1.0"

_HOME = {
    "extract": "extractor.pipeline",
    "extract_many": "extractor.pipeline",
    "read_tables": "extractor.io.tables",
    "Document": "extractor.records",
    "Settings": "extractor.settings",
    "ExtractorError": "extractor.errors",
}
__all__ = ["Document", "ExtractorError", "Settings", "__version__", "extract", "extract_many", "read_tables"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the door opens to functions and classes alike
    if name not in _HOME:
        raise AttributeError(f"module 'extractor' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)
