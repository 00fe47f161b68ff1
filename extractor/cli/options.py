"""The options that several commands share, made into settings."""

import tomllib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic import ValidationError

from extractor.errors import SettingsError
from extractor.io.fields import NAMES
from extractor.records import EventType, values_of
from extractor.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])
_DEFAULTS = Settings()


def settings_options(command: Command) -> Command:
    """Add one option for each setting."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def settings_of(options: dict[str, Any]) -> Settings:
    """The settings that options say. Raises SettingsError."""
    languages = options["language"]
    published = options["published"]
    chosen = {
        "model": options["model"],
        "languages": () if "all" in languages else tuple(languages),
        "date_order": options["date_order"],
        "only": tuple(options["only"]),
        "min_confidence": options["min_confidence"],
        "fields": tuple(sorted(map(_field, options["field"]))),
        "encoding": options["encoding"],
        "published": published.date() if isinstance(published, datetime) else published,
        "max_characters": options["max_characters"],
        "max_seconds": options["max_seconds"],
        "rules": tuple(options["rules"]),
    }
    try:
        return Settings(**chosen)
    except ValidationError as error:
        first = error.errors()[0]
        option = "--" + str(first["loc"][0]).replace("_", "-")
        raise SettingsError(option, first["msg"], "see `extractor run --help`") from error


def _field(words: str) -> tuple[str, str]:
    name, _, column = words.partition("=")
    if name not in NAMES or not column:
        raise SettingsError("--field", f"{words!r} is no mapping", f"write NAME=COLUMN, NAME one of {', '.join(NAMES)}")
    return name, column


def read_config(ctx: click.Context, _parameter: click.Parameter, path: Path | None) -> None:
    """Take the defaults of a command's options from a TOML file, whose keys are the long options' names."""
    if path is None:
        return
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(str(path), f"cannot be read ({error})", "give a TOML file such as: model = 'fast'") from error
    known = {o.removeprefix("--").replace("-", "_"): p for p in ctx.command.params for o in (*p.opts, p.name or "")}
    for key in told:
        if key.replace("-", "_") not in known:
            raise SettingsError(f"{path}, {key}", "is no option", f"see `{ctx.command_path} --help`")
    ctx.default_map = {str(known[k.replace("-", "_")].name): _as_click(v) for k, v in told.items()}


def _as_click(value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    return value.isoformat() if isinstance(value, date) else value


_OPTIONS = (
    click.option("--model", default=_DEFAULTS.model, show_default=True, help="accurate, fast, rules (no model), or an installed spaCy pipeline."),
    click.option("--only", multiple=True, type=click.Choice(values_of(EventType)), help="Extract this type of event only; texts without its words are skipped at once. Repeatable."),
    click.option("--language", multiple=True, default=_DEFAULTS.languages, show_default=True, help="Language to read (ISO 639-1), or all. Repeatable; texts in others are reported and left out."),
    click.option("--published", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication of texts that do not tell their own, from which 'Friday' is counted."),
    click.option("--date-order", default=_DEFAULTS.date_order, show_default=True, type=click.Choice(["DMY", "MDY", "YMD"]), help="How 05/06/2023 is read where the text does not tell."),
    click.option("--field", multiple=True, metavar="NAME=COLUMN", help="Where JSONL, CSV and Parquet hold id, text, title, published, url or site: --field text=body. Repeatable."),
    click.option("--encoding", help="Encoding of text, HTML and CSV files; found out where not given."),
    click.option("--min-confidence", type=float, default=_DEFAULTS.min_confidence, show_default=True, help="Leave out records below (0 to 1)."),
    click.option("--max-characters", type=int, default=_DEFAULTS.max_characters, show_default=True, help="Characters read of one text; the rest is cut off and reported."),
    click.option("--max-seconds", type=float, default=_DEFAULTS.max_seconds, show_default=True, help="Seconds spent on one text before it is given up and reported."),
    click.option("--rules", multiple=True, type=click.Path(dir_okay=False), help="YAML file whose rules are added to, or override, the shipped ones. Repeatable."),
)  # fmt: skip
