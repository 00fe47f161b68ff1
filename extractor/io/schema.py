"""The JSON Schema of the output, shipped with the package and generated from the records."""

from pathlib import Path

from extractor.io.jsonl import json_bytes
from extractor.records import json_schema

SHIPPED = Path(__file__).parents[1] / "document.schema.json"


def schema_text() -> str:
    """The shipped schema."""
    return SHIPPED.read_text(encoding="utf-8")


def write_schema() -> None:
    """Make the shipped schema anew; a test freezes it, so that a change of the contract is seen."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    SHIPPED.write_bytes(json_bytes({**head, **json_schema()}))
