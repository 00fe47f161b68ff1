"""``extractor doctor``: what is installed and what is missing."""

import click


@click.command("doctor", short_help="Tell versions, models and optional parts.")
def command() -> int:
    r"""Tell what is installed and what is missing; put its words into a report of a fault. Exit status 1 where something needed is missing.

    \b
    extractor doctor
    """
    from extractor.doctor import examine

    findings = list(examine())
    signs = {"ok": "ok      ", "missing": "MISSING ", "optional": "-       "}
    for finding in findings:
        click.echo(f"{signs[finding.state]} {finding.what:<16} {finding.detail}")
    return 1 if any(f.state == "missing" for f in findings) else 0
