import os

from extractor.io.schema import SHIPPED, schema_text, write_schema


def test_the_shipped_schema_is_the_contract_as_it_was_frozen():
    before = SHIPPED.read_bytes()
    write_schema()
    after = SHIPPED.read_bytes()
    if os.environ.get("EXTRACTOR_GOLDEN") != "write":
        SHIPPED.write_bytes(before)
    assert after == before or os.environ.get("EXTRACTOR_GOLDEN") == "write", "the contract changed: make golden, and look at the diff"
    assert schema_text().startswith('{\n "$schema"')
