"""``extractor run``: inputs in, an output folder and a summary out."""

import time
from collections import Counter
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from extractor.cli.options import config_option, settings_of, settings_options
from extractor.cli.progress import watcher_for
from extractor.cli.summary import print_summary


@click.command("run", short_help="Extract the records of texts into a folder.")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-o", "--out", required=True, type=click.Path(path_type=Path), help="Folder for the results; new, empty, or of an earlier run."
)
@settings_options
@click.option("--workers", type=click.IntRange(0), help="Worker processes; 0 works in this very process.  [default: cores]")
@click.option("--engine", type=click.Choice(["local", "dask"]), default="local", show_default=True, help="Who runs the workers.")
@click.option("--scheduler", metavar="ADDRESS", help="Dask cluster to use (tcp://host:8786); without it, one on this machine.")
@click.option("--shard", metavar="K/N", help="Do only this share of the work, for job schedulers; the last share to end merges all.")
@click.option("--update", is_flag=True, help="Bring the folder up to date: do new and changed texts, drop vanished ones.")
@click.option("--overwrite", is_flag=True, help="Start anew in a folder of an earlier run.")
@click.option("--csv", is_flag=True, help="Write the tables as CSV as well.")
@click.option("--ror", type=click.Path(exists=True, path_type=Path), help="Release of the registry ror.org, or a folder of releases.")
@click.option("--quiet", is_flag=True, help="No progress, no summary; errors only.")
@config_option
def command(inputs: tuple[str, ...], out: Path, **options: Any) -> int:  # noqa: ANN401 - one for each option
    r"""Extract the records of INPUTs: files (.txt .md .html .json .jsonl .csv .tsv .parquet .warc, also .gz and .zst), folders, globs,
    or - for standard input.

    OUT gets documents.jsonl, failures.jsonl, tables/*.parquet, network/* and datapackage.json. A stopped run goes on when it is
    started again.
    Exit status: 0 done, 1 some texts failed (see failures.jsonl), 2 wrong use.

    \b
    extractor run data/raw -o data/out
    extractor run pages/*.html more.jsonl.gz -o out --csv
    extractor run crawl.jsonl -o out --field text=body --published 2024-05-01
    extractor run news -o out --only agreement --workers 8
    extractor run news -o out --shard 2/10
    """
    from extractor.run.job import Hands, run
    from extractor.run.local import StoppedError

    console = Console(stderr=True, quiet=options["quiet"])
    own = {key: options[key] for key in ("engine", "scheduler", "shard", "update", "overwrite", "csv", "ror")}
    if options["workers"] is not None:
        own["workers"] = options["workers"]
    started = time.monotonic()
    try:
        with watcher_for(console) as watcher:
            outcome = run(inputs, out, settings_of(options), Hands(**own), watcher)
    except StoppedError as error:
        raise click.Abort from error
    if outcome is None:
        console.print("This share is done; others are still at work.")
        return 0
    print_summary(console, outcome, out, time.monotonic() - started, watcher.done)
    _correct_again(console, out)
    return 1 if outcome.failed else 0


def _correct_again(console: Console, out: Path) -> None:
    """Corrections that were applied to an earlier run are applied to this one."""
    from extractor.corrections import KEPT, correct_folder

    if (out / KEPT).is_file():
        outcomes = Counter(applied.outcome for applied in correct_folder(out))
        told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
        console.print(f"corrections applied again in {out / 'corrected'}: {told}", markup=False, highlight=False, soft_wrap=True)
