"""``extractor evaluate``: gold and documents in, a table of figures out."""

import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from extractor.cli.screen import plain
from extractor.evaluate import Evaluation, Figures, evaluate
from extractor.io.jsonl import read_lines


@click.command("evaluate", short_help="Measure documents against annotated texts.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="GOLD... DOCUMENTS")
@click.option("--corrections", type=click.Path(exists=True, path_type=Path), help="Tell the precision that these judgements show instead.")
@click.option("--errors", is_flag=True, help="List what was missed and what is extra, one line each, separated by tabs.")
@click.option("--ci", is_flag=True, help="Give the 95 % bootstrap interval of each F1 over texts.")
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
def command(paths: tuple[Path, ...], *, corrections: Path | None, errors: bool, ci: bool, as_json: bool) -> None:
    r"""Measure DOCUMENTS (an output folder or a documents.jsonl) against GOLD (files of the same form, annotated by hand).

    Precision, recall and F1 for mentions, entities, roles, dates, events and ties, micro-averaged over texts; gold records with
    "optional": true count neither way.

    \b
    extractor evaluate gold.jsonl data/out
    extractor evaluate gold.jsonl data/out --errors | sort | less
    extractor evaluate --corrections corrections.jsonl
    """
    if corrections:
        _print_precision(corrections, as_json=as_json)
        return
    if len(paths) < 2:
        raise click.UsageError("name at least one GOLD file and the DOCUMENTS, or --corrections")
    *gold, documents = paths
    path = documents / "documents.jsonl" if documents.is_dir() else documents
    truth = [doc for file in gold for doc in read_lines(file)]
    result = evaluate(truth, read_lines(path))
    if errors:
        for fault in result.faults:
            click.echo("\t".join(plain(part.replace("\n", " ").replace("\t", " ")) for part in fault))
    scores = result.scores(intervals=ci)
    if as_json:
        click.echo(_json(len(truth), scores, result))
    elif not errors:
        _print(Console(), len(truth), scores, result)


def _print_precision(corrections: Path, *, as_json: bool) -> None:
    from extractor.corrections import precision_table, read_judgements

    rows = precision_table(read_judgements(corrections))
    if as_json:
        click.echo(json.dumps([row._asdict() for row in rows], indent=1))
        return
    table = Table("table", "right", "of", "precision", "95 %")
    for row in rows:
        table.add_row(row.table, str(row.right), str(row.judged), f"{row.precision:.3f}", f"{row.low:.3f}–{row.high:.3f}")
    Console().print(table)


def _json(documents: int, scores: dict[str, Figures], result: Evaluation) -> str:
    table: dict[str, dict[str, object]] = {}
    for measure, f in scores.items():
        table[measure] = {"p": round(f.precision, 4), "r": round(f.recall, 4), "f1": round(f.f1, 4), "gold": f.gold}
        if f.interval:
            table[measure]["ci95"] = [round(end, 4) for end in f.interval]
    shares = {measure: {"accuracy": round(share, 4), "of": total} for measure, (share, total) in result.accuracies().items()}
    return json.dumps({"documents": documents, "scores": table, "accuracy": shares}, indent=1)


def _print(console: Console, documents: int, scores: dict[str, Figures], result: Evaluation) -> None:
    has_intervals = any(f.interval for f in scores.values())
    table = Table("measure", "P", "R", "F1", *(["95 %"] if has_intervals else []), "gold", title=f"{documents} texts", title_justify="left")
    for column in table.columns[1:]:
        column.justify = "right"
    for measure, f in sorted(scores.items()):
        interval = ["{:.3f}–{:.3f}".format(*f.interval) if f.interval else ""] if has_intervals else []
        table.add_row(measure, f"{f.precision:.3f}", f"{f.recall:.3f}", f"{f.f1:.3f}", *interval, str(f.gold))
    console.print(table)
    fields = Table("field of matched records", "accuracy", "of")
    for measure, (share, total) in sorted(result.accuracies().items()):
        fields.add_row(measure, f"{share:.3f}", str(total))
    console.print(fields)
