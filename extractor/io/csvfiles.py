"""Parquet tables in, CSV files out, safe to open in a spreadsheet."""

import csv
import io
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from extractor.io.jsonl import written_whole

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(table: Path, path: Path) -> None:
    """One Parquet file as CSV in UTF-8: lists joined by ``; ``, words that a spreadsheet would take for a formula after a ``'``."""
    file = pq.ParquetFile(table)
    with written_whole(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(file.schema_arrow.names)
        for batch in file.iter_batches(batch_size=1000):
            writer.writerows(zip(*([_cell(v) for v in column.to_pylist()] for column in batch.columns), strict=True))
        text.detach()


def _cell(value: Any) -> Any:  # noqa: ANN401 - a cell of any column
    if isinstance(value, list):
        return _cell("; ".join(value))
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return "" if value is None else value
