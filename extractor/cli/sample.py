"""``extractor sample``: an output folder in, records to check out."""

from pathlib import Path

import click


@click.command("sample", short_help="Draw records to check, so that the precision of each table can be told.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-n", "--size", type=click.IntRange(1), default=100, show_default=True, help="Records to draw.")
@click.option("--seed", default="", help="Any words; others draw other records.")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="The sample.  [default: FOLDER/sample.jsonl]")
def command(folder: Path, *, size: int, seed: str, out: Path | None) -> None:
    r"""Draw a stratified random sample of the records in FOLDER: each table has an equal share, in it each band of confidence its own.

    Check it in the report (Check) or write "right" or "wrong" into the field `verdict`; then `extractor evaluate --corrections` tells
    the precision of each table with its interval.

    \b
    extractor sample data/out -n 200
    extractor report data/out --sample data/out/sample.jsonl
    extractor evaluate --corrections corrections.jsonl
    """
    from extractor.corrections import draw, write_sample
    from extractor.io.jsonl import read_lines

    sample = draw(read_lines(folder / "documents.jsonl"), size, seed)
    path = out or folder / "sample.jsonl"
    write_sample(path, sample)
    click.echo(f"{path} ({len(sample)} records)", err=True)
