"""``extractor report``: an output folder in, one HTML page out."""

from pathlib import Path

import click


@click.command("report", short_help="Make one HTML page to read, search and check the records.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="The page.  [default: FOLDER/report.html]")
@click.option("--title", help="Title of the page.  [default: the folder's name]")
@click.option("--sample", type=click.Path(exists=True, path_type=Path), help="Records to check, as `extractor sample` wrote them.")
def command(folder: Path, *, out: Path | None, title: str | None, sample: Path | None) -> None:
    r"""Make one self-contained HTML page of the output FOLDER: agreements, institutions, people, timeline, network, every text with its
    records marked, and a sample to check. It opens from disk in any browser and needs no network.

    \b
    extractor report data/out
    extractor report data/out -o may.html --title "News of May"
    """
    from extractor.corrections import read_sample
    from extractor.report import write_report

    page = write_report(folder, out, title=title, sample=read_sample(sample) if sample else None)
    click.echo(f"{page} ({page.stat().st_size / 1e6:.1f} MB)", err=True)
