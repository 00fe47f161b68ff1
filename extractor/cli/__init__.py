"""The command line: words in, one library call each, words and an exit status out; the only place that prints."""

import importlib
import keyword
import sys
from collections.abc import Sequence
from typing import Any

import click

import extractor

_COMMANDS = {
    "run": "Extract the records of texts into a folder.",
    "show": "Show one text, its mentions highlighted, its records below.",
    "evaluate": "Measure documents against annotated texts.",
    "merge": "Join the shares of a run that was split with --shard.",
    "link": "Join the records of all texts: organizations, persons, agreements, ties.",
    "ror": "Fetch and index the registry of research organizations (ror.org).",
    "report": "Make one HTML page to read, search and check the records.",
    "sample": "Draw records to check, so that the precision of each table can be told.",
    "apply": "Correct an output folder, now and after each later run.",
    "export": "Write the records in the form of another tool.",
    "import": "Read annotated texts from an annotation tool.",
    "rules": "Check rules of your own.",
    "doctor": "Tell versions, models and optional parts.",
    "completion": "Print a script that completes commands and options in your shell.",
    "schema": "Print the JSON Schema of documents.jsonl.",
}


class _Commands(click.Group):
    """Commands that are imported when they are called, so that --help is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        command: click.Command = importlib.import_module(f"extractor.cli.{module}").command
        return _with_examples(command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(extractor.__version__, prog_name="extractor")
def cli() -> None:
    r"""Institutions, people, roles, dates and agreement events from raw news texts.

    \b
    extractor run data/raw -o data/out     texts in, records out
    extractor show article.txt             one text in the terminal
    """


def _with_examples(command: click.Command) -> click.Command:
    """Keep the lines of examples apart: click wants a backspace before them, which raw docstrings write as two characters."""
    command.help = (command.help or "").replace("\\b\n", "\b\n")
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        _with_examples(below)
    return command


_with_examples(cli)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with its exit status: 0 done, 1 some inputs failed, 2 wrong use, 130 interrupted."""
    sys.exit(_status(arguments))


def _status(arguments: Sequence[str] | None) -> int:
    from extractor.errors import ExtractorError, ModelError, RuleError, SettingsError

    try:
        result: Any = cli.main(arguments, prog_name="extractor", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. A run goes on when the same command is given again.", err=True)
        return 130
    except ExtractorError as error:
        click.echo(f"Error: {error}", err=True)
        return 2 if isinstance(error, SettingsError | RuleError | ModelError) else 1
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return result if isinstance(result, int) else 0
