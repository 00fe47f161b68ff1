"""``extractor ror``: fetch and index releases of the registry of research organizations, or try one on an affiliation."""

from pathlib import Path

import click

from extractor.cli.screen import plain

_FOLDER = Path("~/.cache/extractor/ror").expanduser()


@click.group("ror", short_help="Fetch and index the registry of research organizations (ror.org).")
def command() -> None:
    """Fetch, index and try releases of the registry of research organizations (ror.org)."""


@command.command("fetch", short_help="Download the newest release.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=_FOLDER,
    help="Folder of releases.  [default: ~/.cache/extractor/ror]",
)
@click.option("--source", help="Address of a list of releases.  [default: the registry's on Zenodo]")
def fetch(folder: Path, source: str | None) -> None:
    r"""Download the newest release of the registry: the only command that uses the network.

    \b
    extractor ror fetch
    extractor link data/out --ror ~/.cache/extractor/ror
    """
    from extractor.corpus.ror.fetch import RELEASES, fetch_release

    click.echo(fetch_release(folder, releases=source or RELEASES))


@command.command("index", short_help="Build the index of a release.")
@click.argument("release", type=click.Path(exists=True, path_type=Path), default=_FOLDER)
def index(release: Path) -> None:
    """Build the index of a RELEASE (zip, JSON, or a folder of releases) and keep it beside it, so that later runs start at once."""
    from extractor.corpus.registry import find_release
    from extractor.corpus.ror.index import load_index

    built = load_index(find_release(release))
    click.echo(f"{len(built.entries)} organizations, {len(built.by_words)} names", err=True)


@command.command("match", short_help="Tell which organizations an affiliation names.")
@click.argument("affiliation")
@click.option("--ror", type=click.Path(exists=True, path_type=Path), default=_FOLDER, help="Release, or folder of releases.")
@click.option("--sure", type=click.FloatRange(0, 1), help="Least chance of being right.  [default: 0.8]")
def match(affiliation: str, ror: Path, sure: float | None) -> None:
    r"""Print the organizations that an AFFILIATION names for certain: identifier, name, chance of being right; nothing where it would be
    a guess.

    \b
    extractor ror match "Department of Physics, University of Jena, Germany" --ror v1.63-ror-data.zip
    """
    from extractor.corpus.registry import find_release
    from extractor.corpus.ror.index import load_index
    from extractor.corpus.ror.match import SURE, match_affiliation

    for found in match_affiliation(affiliation, load_index(find_release(ror)), sure=SURE if sure is None else sure):
        click.echo(plain(f"https://ror.org/{found.id}\t{found.name}\t{found.score:.2f}"))
