"""``extractor link``: an output folder in, its corpus tables and network files out."""

from pathlib import Path

import click


@click.command("link", short_help="Join the records of all texts: organizations, persons, agreements, ties.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--ror", type=click.Path(exists=True, path_type=Path), help="Release of the registry ror.org (zip, JSON), or a folder of releases."
)
@click.option("--new-ids", is_flag=True, help="Forget the ids that an earlier run gave.")
def command(folder: Path, *, ror: Path | None, new_ids: bool) -> None:
    r"""Join the records of all texts of an output FOLDER: one row per real organization, person and agreement in FOLDER/tables, the
    network as GraphML, GEXF and CSV in FOLDER/network. `extractor run` does so at its end; use this to link anew, with a registry.

    \b
    extractor link data/out
    extractor link data/out --ror v1.63-ror-data.zip
    """
    from extractor.corpus.link import link_folder
    from extractor.corpus.registry import open_registry

    counts = link_folder(folder, registry=open_registry(ror) if ror else None, keep_ids=not new_ids)
    click.echo(", ".join(f"{count} {name}" for name, count in counts.items() if name != "members"), err=True)
