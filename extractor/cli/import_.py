"""``extractor import``: annotated texts in, a file of documents out."""

from pathlib import Path

import click


@click.command("import", short_help="Read annotated texts from an annotation tool.")
@click.argument("form", type=click.Choice(["brat", "labelstudio"]), metavar="FORM")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o", "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File of documents to write (JSON lines)."
)
def command(form: str, path: Path, *, out: Path) -> None:
    r"""Read the texts that people annotated in PATH: a folder of brat, or the JSON that Label Studio exports.

    What comes out has the form of documents.jsonl and can be gold for `extractor evaluate`.

    \b
    extractor import brat brat/data/news -o gold.jsonl
    extractor import labelstudio project-1.json -o gold.jsonl
    """
    from extractor.export import import_annotations

    click.echo(f"{out} ({import_annotations(form, path, out)} texts)", err=True)
