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


def _read_config(ctx: click.Context, _parameter: click.Parameter, path: Path | None) -> None:
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


config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    is_eager=True,
    expose_value=False,
    callback=_read_config,
    metavar="FILE",
    help="TOML file with defaults for these options: model = 'fast'.",
)


def _as_click(value: Any) -> Any:  # noqa: ANN401 - whatever TOML holds
    return value.isoformat() if isinstance(value, date) else value


def _option(setting: str, name: str = "", words: str = "", **how: Any) -> Callable[[Command], Command]:  # noqa: ANN401 - click's own
    """The option of a setting, whose default and description it takes."""
    described = Settings.model_fields[setting].description or ""
    about = f"{described[0].upper()}{described[1:]}.{words}"
    default = how.pop("default", getattr(_DEFAULTS, setting))
    return click.option(name or "--" + setting.replace("_", "-"), default=default, show_default=bool(default), help=about, **how)


_OPTIONS = (
    _option("model"),
    _option("only", words=" Repeatable.", multiple=True, type=click.Choice(values_of(EventType))),
    _option("languages", "--language", " Texts in others are reported and left out; `all` reads all. Repeatable.", multiple=True),
    _option("published", words=" From it 'Friday' is counted.", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD"),
    _option("date_order", type=click.Choice(["DMY", "MDY", "YMD"])),
    _option("fields", "--field", " Write --field text=body. Repeatable.", multiple=True, metavar="NAME=COLUMN", default=()),
    _option("encoding"),
    _option("min_confidence", type=float),
    _option("max_characters", type=int),
    _option("max_seconds", type=float),
    _option("rules", words=" Repeatable.", multiple=True, type=click.Path(dir_okay=False)),
)
