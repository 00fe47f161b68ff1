"""``extractor merge``: folders of shards in, one output folder out."""

import time
from pathlib import Path

import click
from rich.console import Console

from extractor.cli.summary import print_summary


@click.command("merge", short_help="Join the shares of a run that was split with --shard.")
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER...")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Folder for the results; the first FOLDER where not given.")
@click.option("--csv", is_flag=True, help="Write the tables as CSV as well.")
@click.option("--ror", type=click.Path(exists=True, path_type=Path), help="Release of the registry ror.org, or a folder of releases.")
def command(folders: tuple[Path, ...], out: Path | None, *, csv: bool, ror: Path | None) -> int:
    r"""Join the shares of a run that was split with --shard: in one FOLDER that all shares wrote to, or in one FOLDER each.

    Shares that write to one folder are merged by the last of them; this command is for shares on machines with disks of their own.

    \b
    extractor merge out-1 out-2 out-3 -o out
    """
    from extractor.run.job import merge

    started = time.monotonic()
    folder = out or folders[0]
    outcome = merge(folders, folder, csv=csv, ror=ror)
    print_summary(Console(stderr=True), outcome, folder, time.monotonic() - started, outcome.documents)
    return 1 if outcome.failed else 0
