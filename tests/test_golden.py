"""Frozen output for a few sample texts: a change of rules shows here as a diff. ``make golden`` writes it anew."""

import json
import os
from pathlib import Path

import pytest

import extractor
from extractor.io.jsonl import json_bytes
from extractor.settings import Settings

GOLDEN = Path(__file__).parent / "golden"
NAMES = ("aarlund-kyushin-mou", "harrowgate-lusaka-renewal", "library-hours", "san-telmo-plan", "westmoor-partners-list")


def _without_confidence(value):
    """Calibration is measured elsewhere, and moves every figure at once."""
    if isinstance(value, dict):
        return {k: _without_confidence(v) for k, v in value.items() if k != "confidence"}
    return [_without_confidence(v) for v in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", NAMES)
def test_documents_are_as_they_were_frozen(root, name):
    (doc,) = extractor.extract_many(root / "data" / "raw" / f"{name}.txt", settings=Settings(model="rules"))
    record = _without_confidence(doc.model_dump(mode="json", exclude={"extractor"}))
    path = GOLDEN / f"{name}.json"
    if os.environ.get("EXTRACTOR_GOLDEN") == "write":
        GOLDEN.mkdir(exist_ok=True)
        path.write_bytes(json_bytes(record))
    assert record == json.loads(path.read_bytes()), "the output changed: make golden, and look at the diff"
