"""Every knob of an extraction with its unit and default, written nowhere else."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from extractor.records import EventType


class Settings(BaseModel):
    """How texts are read. Equal settings, versions and inputs give equal bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str = Field(default="accurate", description="`accurate` or `fast` (shipped), `rules` (no model), or an installed spaCy pipeline")
    languages: tuple[str, ...] = Field(default=("en",), description="ISO 639-1 codes of the languages to read; empty: all")
    date_order: Literal["DMY", "MDY", "YMD"] = Field(default="DMY", description="how 05/06/2023 is read where the text does not tell")
    only: tuple[EventType, ...] = Field(default=(), description="event types to extract; empty: all. A text without their words is skipped")
    min_confidence: float = Field(default=0.0, ge=0, le=1, description="records below are left out")
    fields: tuple[tuple[str, str], ...] = Field(
        default=(),
        description="(`id`, `text`, `title`, `published`, `url` or `site`; column that holds it) of JSONL, CSV and Parquet inputs",
    )
    encoding: str | None = Field(default=None, description="encoding of text, HTML and CSV files; null: found out for each file")
    published: date | None = Field(default=None, description="day of publication of texts that do not tell their own")
    max_characters: int = Field(default=1_000_000, gt=0, description="characters read of one text; the rest is cut off and reported")
    max_seconds: float = Field(default=60.0, gt=0, description="seconds spent on one text before it is given up and reported")
    rules: tuple[str, ...] = Field(default=(), description="paths of YAML files whose rules are added to, or override, the shipped ones")
