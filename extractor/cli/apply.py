"""``extractor apply``: a reader's corrections in, corrected documents and tables out."""

from collections import Counter
from pathlib import Path

import click

from extractor.cli.screen import plain


@click.command("apply", short_help="Correct an output folder, now and after each later run.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="[CORRECTIONS] FOLDER")
def command(paths: tuple[Path, ...]) -> int:
    r"""Apply CORRECTIONS, saved from the report, to the output FOLDER.

    They are kept in FOLDER/corrections.jsonl; corrected documents and tables are written to FOLDER/corrected, the program's own output
    stays as it is. After a later run, `extractor apply FOLDER` applies what is kept again. A correction whose record is no longer
    there is told. Exit status: 0 all fit, 1 some did not.

    \b
    extractor apply corrections.jsonl data/out
    extractor apply data/out
    """
    from extractor.corrections import correct_folder

    *new, folder = paths
    if len(new) > 1 or not folder.is_dir():
        raise click.UsageError("name one file of corrections (or none) and the output folder")
    applied = correct_folder(folder, *new)
    unfit = [a for a in applied if a.outcome == "unfit"]
    for a in unfit:
        click.echo(plain(f"does not fit: {a.correction.doc_id}, {a.correction.kind} {a.correction.id}: {a.why}"), err=True)
    counts = Counter(a.outcome for a in applied)
    click.echo(", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())), err=True)
    return 1 if unfit else 0
