"""The program's own classes and commands in, the pages of the reference out; run by MkDocs as a hook, so that they cannot go stale."""

import types
import typing
from collections.abc import Iterator
from typing import Any, Literal

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from extractor import records
from extractor.cli import cli
from extractor.corpus.columns import CORPUS_TABLES
from extractor.io.columns import Table, tables
from extractor.io.failures import Failure
from extractor.records import EVENT_TYPES, PERSON_SLOTS
from extractor.settings import Settings

_RECORDS = (
    records.Document, records.Stamp, records.Source, records.Mention, records.Institution, records.Person, records.Role, records.Date,
    *EVENT_TYPES, records.Argument, records.Quote, records.Extent, Failure,
)  # fmt: skip

_WHOLE = {
    "schema_version": "Version of this form; additions raise the part after the dot.",
    "extractor": "What made the document.",
    "source": "Where the text came from.",
    "mentions": "Words that name something, in text order.",
    "institutions": "Institutions that the text names.",
    "people": "People that the text names.",
    "roles": "Posts that the text tells.",
    "dates": "Values of the dates that the text names.",
    "events": "Acts that the text tells, each once.",
    "trigger": "The words that tell the act.",
    "evidence": "The passage that shows it.",
    "arguments": "Words and rule behind each filled slot.",
}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages to those that lie in the folder."""
    for name, page in pages().items():
        files.append(File.generated(config, f"reference/{name}.md", content=page))
    return files


def pages() -> dict[str, str]:
    """Each generated page by its name."""
    return {"commands": _commands(), "records": _records(), "tables": _tables(), "settings": _settings()}


def _commands() -> str:
    lines = ["# Commands", "", "What the program says of itself.", ""]
    for name, command in [("", cli), *_subcommands(cli, "")]:
        full = f"extractor {name}".strip()
        lines += [f"## {full}", "", "```text", _help(command, full), "```", ""]
    return "\n".join(lines)


def _subcommands(group: click.Group, prefix: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            yield f"{prefix}{name}", command
            if isinstance(command, click.Group):
                yield from _subcommands(command, f"{prefix}{name} ")


def _help(command: click.Command, name: str) -> str:
    with click.Context(command, info_name=name, help_option_names=["-h", "--help"], max_content_width=100, terminal_width=100) as context:
        return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


def _records() -> str:
    lines = [
        "# Records", "",
        "One line of `documents.jsonl` is a **Document** in JSON. No key is ever absent: unknown is `null`, none is `[]`. Offsets are",
        "Unicode code points from the start of `text`, half-open: `text[start:end]` are the words. Every id resolves within its document.",
        "The JSON Schema, which other programs can validate with, is printed by `extractor schema`.", "",
    ]  # fmt: skip
    for record in _RECORDS:
        lines += [
            f"## {record.__name__}",
            "",
            _plain(record.__doc__ or ""),
            "",
            "| field | type | default | meaning |",
            "| --- | --- | --- | --- |",
        ]
        lines += [_field(record, name, info) for name, info in record.model_fields.items()]
        lines.append("")
    return "\n".join(lines)


def _field(record: type[BaseModel], name: str, info: FieldInfo) -> str:
    default = (
        ""
        if info.default is PydanticUndefined
        else f"`{info.default!r}`"
        if info.default not in ((), None)
        else {(): "`[]`", None: "`null`"}[info.default]
    )
    return f"| `{name}` | {_type(info.annotation)} | {default} | {_meaning(record, name, info)} |"


def _meaning(record: type[BaseModel], name: str, info: FieldInfo) -> str:
    if info.description or name in _WHOLE:
        return info.description or _WHOLE[name]
    if name in getattr(record, "slots", ()):
        return f"slot: ids of {'people' if name in PERSON_SLOTS else 'institutions'}"
    described = {c.name: c.description for table in tables().values() for c in table.columns}
    own = {
        "Mention": "mentions",
        "Institution": "institutions",
        "Person": "people",
        "Role": "roles",
        "Date": "dates",
        "Source": "documents",
    }
    table = tables().get(own.get(record.__name__, "events"))
    return next((c.description for c in table.columns if c.name == name), described.get(name, "")) if table else described.get(name, "")


def _type(annotation: Any) -> str:  # noqa: ANN401 - type expressions have no common type
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _type(arguments[0])
    if origin is Literal:
        return "one of " + ", ".join(f"`{value}`" for value in arguments)
    if origin is tuple:
        return f"list of {_type(arguments[0])}"
    if origin in (types.UnionType, typing.Union):
        return " or ".join("null" if a is type(None) else _type(a) for a in arguments)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    names = {str: "string", int: "integer", float: "number", bool: "boolean"}
    return names.get(annotation, "object" if origin is not None else getattr(annotation, "__name__", str(annotation)))


def _tables() -> str:
    lines = [
        "# Tables", "",
        "Parquet files in the folder `tables` (CSV with `--csv`), described for machines in `datapackage.json`. A column's type never",
        "depends on the data. The first tables hold what single texts say, keyed by `doc_id` and the id within the text; the others, from",
        "`organizations` on, what all texts together say.", "",
    ]  # fmt: skip
    for table in (*tables().values(), *CORPUS_TABLES.values()):
        lines += _table(table)
    return "\n".join(lines)


def _table(table: Table) -> list[str]:
    rows = [f"| `{c.name}` | {c.type} | {c.description}{f' → `{c.refers_to}`' if c.refers_to else ''} |" for c in table.columns]
    key = ", ".join(f"`{k}`" for k in table.key)
    return [
        f"## {table.name}",
        "",
        f"{_plain(table.description)} Key: {key}.",
        "",
        "| column | type | meaning |",
        "| --- | --- | --- |",
        *rows,
        "",
    ]


def _settings() -> str:
    lines = [
        "# Settings", "",
        "Each is an option of `extractor run` and `extractor show`, a key of the TOML file that `--config` names, and a field of",
        "`extractor.Settings`.", "", "| setting | type | default | meaning |", "| --- | --- | --- | --- |",
    ]  # fmt: skip
    for name, info in Settings.model_fields.items():
        default = "" if info.default is None else f"`{info.default!r}`"
        lines.append(f"| `{name}` | {_type(info.annotation)} | {default} | {info.description} |")
    return "\n".join([*lines, ""])


def _plain(words: str) -> str:
    return " ".join(words.replace("``", "`").split())
