"""An output folder of three documents, with its tables."""

import json
from pathlib import Path
from typing import Any

import pytest
from sample_documents import attack, signing, visit

from extractor.corpus.columns import CORPUS_TABLES
from extractor.corpus.world import link_corpus
from extractor.io.tables import TableWriter, write_table


@pytest.fixture(scope="session")
def docs() -> list[dict[str, Any]]:
    return [signing(), visit(), attack()]


@pytest.fixture(scope="session")
def folder(docs: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    (out / "documents.jsonl").write_text("".join(json.dumps(d, ensure_ascii=False) + "\n" for d in docs), encoding="utf-8")
    with TableWriter(out / "tables") as tables:
        for doc in docs:
            tables.add(doc)
    world = link_corpus(docs)
    for name, table in CORPUS_TABLES.items():
        write_table(out / "tables" / f"{name}.parquet", table, world.rows[name])
    return out
