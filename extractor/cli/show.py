"""``extractor show``: a text in, its mentions highlighted and its records in the terminal out."""

from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from extractor.cli.options import config_option, settings_of, settings_options
from extractor.cli.screen import plain
from extractor.records import Document, Event

if TYPE_CHECKING:
    from extractor.pipeline import Extractor

_STYLES = {"institution": "bold cyan", "person": "bold green", "role": "magenta", "date": "yellow"}


@click.command("show", short_help="Show one text, its mentions highlighted, its records below.")
@click.argument("file")
@settings_options
@click.option("--why", is_flag=True, help="Tell which rule or model found each mention and filled each slot.")
@click.option("--why-not", metavar="WORDS", help="Tell what was read in the sentences with these words, and what was missing.")
@click.option("--json", "as_json", is_flag=True, help="Print the documents as JSON lines.")
@config_option
def command(file: str, *, why: bool, why_not: str | None, as_json: bool, **options: Any) -> int:  # noqa: ANN401 - one for each setting
    r"""Show the texts of FILE (or - for standard input), their mentions highlighted, their records below.

    \b
    extractor show article.txt
    extractor show page.html --why
    extractor show page.html --why-not "Jena and Kyoto signed"
    echo "Jena and Kyoto Universities signed an MoU on May 5, 2021." | extractor show -
    """
    from extractor.io.failures import Failure
    from extractor.io.origins import list_origins
    from extractor.io.read import read_texts
    from extractor.pipeline import extractor_of

    settings, console, status = settings_of(options), Console(), 0
    for origin in list_origins([file]):
        for item in read_texts(origin, settings):
            if isinstance(item, Failure):
                status = 1
                click.echo(f"Error: {plain(item.message)}", err=True)
                continue
            doc = extractor_of(settings).extract(item)
            if why_not:
                _print_why_not(console, extractor_of(settings), doc, why_not)
            elif as_json:
                click.echo(doc.model_dump_json())
            else:
                show_document(console, doc, why=why)
    return status


def show_document(console: Console, doc: Document, *, why: bool = False) -> None:
    """Print a document for people."""
    published = f", {doc.source.published}" if doc.source.published else ""
    console.print(Rule(Text(plain(doc.doc_id) + published), align="left"))
    console.print(_highlighted(doc))
    console.print(Rule(_legend(), align="left"))
    for table in (_institutions(doc), _people(doc), _roles(doc), _dates(doc), _events(doc)):
        if table.row_count:
            console.print(table)
    for warning in doc.warnings:
        console.print(Text(f"warning: {plain(warning)}", style="yellow"))
    if why:
        _print_why(console, doc)


def _highlighted(doc: Document) -> Text:
    text = Text(plain(doc.text))
    for mention in doc.mentions:
        text.stylize(_STYLES[mention.label], mention.start, mention.end)
    for event in doc.events:
        text.stylize("underline", event.trigger.start, event.trigger.end)
    return text


def _legend() -> Text:
    legend = Text()
    for label, style in _STYLES.items():
        legend.append(label, style).append("  ")
    return legend.append("what tells an event", "underline")


def _table(title: str, *columns: str) -> Table:
    return Table(*columns, title=title, title_justify="left", title_style="bold")


def _row(table: Table, *cells: object) -> None:
    table.add_row(*(Text("" if cell is None else plain(str(cell))) for cell in cells))


def _institutions(doc: Document) -> Table:
    table = _table("Institutions", "id", "name", "also", "kind", "country", "part of")
    for i in doc.institutions:
        _row(table, i.id, i.name, ", ".join(i.aliases), i.kind, i.country, i.part_of)
    return table


def _people(doc: Document) -> Table:
    table = _table("People", "id", "name", "honorific", "byline")
    for p in doc.people:
        _row(table, p.id, p.name, p.honorific, "yes" if p.byline else "")
    return table


def _roles(doc: Document) -> Table:
    names = _names(doc)
    table = _table("Roles", "id", "title", "person", "institution", "status")
    for r in doc.roles:
        _row(table, r.id, r.title, names.get(r.person), names.get(r.institution), r.status)
    return table


def _dates(doc: Document) -> Table:
    words = {m.id: m.text for m in doc.mentions}
    table = _table("Dates", "id", "words", "value", "why")
    for d in doc.dates:
        _row(table, d.id, words[d.mention], d.edtf, d.why)
    return table


def _events(doc: Document) -> Table:
    table = _table("Events", "id", "type", "action", "when", "who", "told by")
    names, values = _names(doc), {d.id: d.edtf for d in doc.dates}
    for e in doc.events:
        kind = e.instrument if e.type == "agreement" else e.type
        _row(table, e.id, kind.replace("_", " "), e.action, values.get(e.date or ""), _fillers(e, names), e.trigger.text)
    return table


def _fillers(event: Event, names: dict[str | None, str]) -> str:
    filled = ((slot, getattr(event, slot)) for slot in event.slots)
    return "\n".join(f"{slot}: {', '.join(names[who] for who in ids)}" for slot, ids in filled if ids)


def _names(doc: Document) -> dict[str | None, str]:
    names: dict[str | None, str] = {i.id: i.name for i in doc.institutions}
    return {**names, **{p.id: p.name for p in doc.people}}


def _print_why(console: Console, doc: Document) -> None:
    mentions = _table("Why: mentions", "words", "label", "entity", "found by")
    for m in doc.mentions:
        _row(mentions, m.text, m.label, m.entity, m.rule)
    slots = _table("Why: events", "event", "slot", "entity", "words", "rule")
    for e in doc.events:
        _row(slots, e.id, "", "", e.trigger.text, e.rule)
        for a in e.arguments:
            _row(slots, e.id, a.slot, a.entity, doc.text[a.start : a.end], a.rule)
    for table in (mentions, slots):
        if table.row_count:
            console.print(table)


def _print_why_not(console: Console, extractor: "Extractor", doc: Document, words: str) -> None:
    from extractor.whynot import explain

    explained = explain(extractor, doc, words)
    if not explained:
        console.print(Text(plain(f"{doc.doc_id}: no sentence holds {words!r}")))
    for sentence in explained:
        console.print(Rule(Text(plain(doc.doc_id)), align="left"))
        console.print(Text(plain(sentence.sentence)))
        console.print(Text(plain("read in it: " + ("; ".join(f"{label} {name}" for label, name in sentence.mentions) or "nothing"))))
        for r in sentence.reasons:
            fired = f"{r.event}: " if r.event else ""
            console.print(Text(plain(f"- {fired}{r.words!r} ({r.rule}): {r.why}" if r.words else f"- {r.why}")))
