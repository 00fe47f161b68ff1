"""``extractor export``: an output folder in, its records in the form of another tool out."""

from pathlib import Path

import click

from extractor.export import FORMATS, export_folder

_LIST = "\n".join(f"    {name:<12} {form.description}" for name, form in FORMATS.items())


@click.command(
    "export",
    short_help="Write the records in the form of another tool.",
    help=f"""Write the records of the output FOLDER in the form of another tool.

    \b
{_LIST}

    \b
    extractor export duckdb data/out
    extractor export brat data/out -o brat/data/news
    """,
)
@click.argument("form", type=click.Choice(list(FORMATS)), metavar="FORM")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--out", type=click.Path(path_type=Path), help="What to write.  [default: FOLDER/exports/...]")
def command(form: str, folder: Path, *, out: Path | None) -> None:
    click.echo(export_folder(form, folder, out), err=True)
