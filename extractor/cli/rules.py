"""``extractor rules``: a file of rules in, what is wrong with it out."""

from pathlib import Path

import click

from extractor.cli.screen import plain


@click.group("rules", short_help="Check rules of your own.")
def command() -> None:
    """Rules of your own: added to, or in place of, the shipped ones with --rules."""


@command.command("check", short_help="Tell what is wrong or doubtful in a file of rules.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--texts", multiple=True, metavar="INPUT", help="Texts in which each rule should find something. Repeatable.")
def check(file: Path, *, texts: tuple[str, ...]) -> int:
    r"""Check a FILE of rules: their form, their examples and counter-examples, quarrels with the shipped rules, and (with --texts)
    rules that find nothing. Exit status: 0 no errors, 1 errors.

    \b
    extractor rules check my-rules.yaml
    extractor rules check my-rules.yaml --texts data/raw
    """
    from extractor.io.failures import Failure
    from extractor.io.origins import list_origins
    from extractor.io.read import read_texts
    from extractor.rulecheck import check_rules
    from extractor.settings import Settings

    items = (item for origin in list_origins(list(texts)) for item in read_texts(origin, Settings())) if texts else iter(())
    report = check_rules(file, (item.text for item in items if not isinstance(item, Failure)))
    for fault in report.faults:
        click.echo(plain(f"{'error' if fault.is_error else 'warning'}: {fault.rule}: {fault.what}"))
    for rule, count in report.finds.items():
        click.echo(f"{rule}: {count} finds")
    errors = sum(fault.is_error for fault in report.faults)
    click.echo(f"{report.rules} rules, {errors} errors, {len(report.faults) - errors} warnings", err=True)
    return 1 if errors else 0
