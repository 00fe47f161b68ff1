"""``extractor schema``: the JSON Schema of one line of documents.jsonl."""

import click

from extractor.io.schema import schema_text


@click.command("schema", short_help="Print the JSON Schema of documents.jsonl.")
def command() -> None:
    r"""Print the JSON Schema that every line of documents.jsonl follows.

    \b
    extractor schema > document.schema.json
    """
    click.echo(schema_text(), nl=False)
