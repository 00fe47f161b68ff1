"""Inputs in, an output folder out: plan, lock, work, merge, in whatever hands."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from extractor.errors import SettingsError
from extractor.io.origins import STDIN, list_origins
from extractor.run.ledger import (
    STATE,
    Ledger,
    check_folder,
    check_maker,
    check_plan,
    clear,
    fingerprint_of,
    locked,
    maker_of,
    merging,
    read_plan,
)
from extractor.run.merge import Outcome, merge_folders, write_outputs
from extractor.run.shard import Chunk, File, chunks_of, pieces_of, plan_files, read_shard
from extractor.settings import Settings


class Hands(BaseModel):
    """Who does the work and where it goes on; none of it changes a byte of the outputs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    workers: int = Field(default_factory=lambda: os.cpu_count() or 1, ge=0, description="worker processes; 0: this very process")
    engine: Literal["local", "dask"] = Field(default="local", description="who runs the workers")
    scheduler: str | None = Field(default=None, description="address of a Dask cluster; null: one on this machine")
    shard: str | None = Field(default=None, description="share of the work, as 2/3")
    update: bool = Field(default=False, description="bring a folder up to date with changed inputs or settings")
    overwrite: bool = Field(default=False, description="start anew in a folder of an earlier run")
    csv: bool = Field(default=False, description="tables as CSV as well")
    ror: Path | None = Field(default=None, description="release of the registry ror.org, or a folder of releases")


class Watcher(Protocol):
    """What hears how a run goes on."""

    def counted(self, texts: int) -> None:
        """So many more texts were found in the inputs."""

    def begun(self, total: int, done: int) -> None:
        """The work begins; ``done`` of the texts were finished before."""

    def advanced(self, texts: int) -> None:
        """So many more texts are done."""

    def stopping(self) -> None:
        """Ctrl-C was pressed: the chunks at hand are finished, then the run stops."""


class _Nobody:
    def counted(self, texts: int) -> None: ...

    def begun(self, total: int, done: int) -> None: ...

    def advanced(self, texts: int) -> None: ...

    def stopping(self) -> None: ...


def run(
    inputs: Sequence[str], folder: Path, settings: Settings | None = None, hands: Hands | None = None, watcher: Watcher | None = None
) -> Outcome | None:
    """Extract all texts of ``inputs`` into ``folder``; None while other shards are still at work.

    Raises SettingsError for a folder that is in use, not ours, or made otherwise; OutputError where the disk is full.
    """
    settings, hands, watcher = settings or Settings(), hands or Hands(), watcher or _Nobody()
    shard = read_shard(hands.shard) if hands.shard else None
    check_folder(folder)
    with locked(folder, shard):
        if hands.overwrite:
            _refuse_shard(shard)
            clear(folder)
        maker = maker_of(settings)
        check_maker(folder, maker, update=hands.update)
        files = plan_files(list_origins(_spooled(inputs, folder), skip=folder), settings, fingerprint_of(maker), watcher.counted)
        check_plan(folder, files, update=hands.update)
        _work(files, folder, settings, hands, watcher, shard)
        if shard is None:
            return _finish(files, folder, csv=hands.csv, ror=hands.ror)
    with merging(folder):
        is_whole = all(map(Ledger(folder).is_whole, files))
        return write_outputs(folder, csv=hands.csv, ror=hands.ror) if is_whole else None


def merge(folders: Sequence[Path], folder: Path, *, csv: bool = False, ror: Path | None = None) -> Outcome:
    """The outputs of shards that ran in one or several folders. Raises SettingsError where shares are missing."""
    if [f.resolve() for f in folders] != [folder.resolve()]:
        check_folder(folder)
        merge_folders(folders, folder)
    with locked(folder):
        ledger = Ledger(folder)
        missing = sum(sum(e.stop - e.start for e in ledger.entries.get(key, ())) != texts for _, _, key, texts in read_plan(folder))
        if missing:
            raise SettingsError(str(folder), f"{missing} files are not finished", "run the missing shards first")
        return write_outputs(folder, csv=csv, ror=ror)


def _refuse_shard(shard: tuple[int, int] | None) -> None:
    if shard:
        raise SettingsError(
            "--overwrite", "shards share a folder that none of them may clear", "remove the folder first, then start all shards"
        )


def _spooled(inputs: Sequence[str], folder: Path) -> list[str]:
    """The inputs with standard input laid down in a file, as workers cannot read it."""
    if STDIN not in inputs:
        return list(inputs)
    import shutil
    import sys

    path = folder / STATE / "stdin"
    with path.open("wb") as stream:
        shutil.copyfileobj(sys.stdin.buffer, stream)
    return [str(path) if given == STDIN else given for given in inputs]


def _work(files: Sequence[File], folder: Path, settings: Settings, hands: Hands, watcher: Watcher, shard: tuple[int, int] | None) -> None:
    k, n = shard or (1, 1)
    ledger = Ledger(folder)
    mine = [piece for number, piece in enumerate(p for file in files for p in pieces_of(file)) if number % n == k - 1]
    left = [rest for piece in mine for rest in ledger.left_of(piece)]
    total, todo = (sum(piece.stop - piece.start for piece in pieces) for pieces in (mine, left))
    watcher.begun(total, total - todo)
    _run_chunks(chunks_of(left, hands.workers, todo), folder, settings, hands, watcher)


def _run_chunks(chunks: list[Chunk], folder: Path, settings: Settings, hands: Hands, watcher: Watcher) -> None:
    if not chunks:
        return
    if hands.engine == "dask":
        from extractor.run.dask import run_dask

        run_dask(chunks, folder, settings, hands.workers, watcher.advanced, hands.scheduler)
        return
    from extractor.run.local import run_here, run_local

    if hands.workers == 0:
        run_here(chunks, folder, settings, watcher.advanced)
    else:
        run_local(chunks, folder, settings, hands.workers, watcher.advanced, watcher.stopping)


def _finish(files: Sequence[File], folder: Path, *, csv: bool, ror: Path | None) -> Outcome:
    outcome = write_outputs(folder, csv=csv, ror=ror)
    Ledger(folder).drop_stale(files)
    return outcome
