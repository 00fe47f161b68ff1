"""Chunks in, finished parts out, by the workers of a Dask cluster that see the same files."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from extractor.errors import SettingsError
from extractor.run.shard import Chunk, singles_of
from extractor.run.work import fail_chunk, run_chunk
from extractor.settings import Settings

_AHEAD = 4  # chunks in the scheduler's hands for each worker thread: memory stays flat however many there are


def run_dask(
    chunks: Sequence[Chunk], folder: Path, settings: Settings, workers: int, on_texts: Callable[[int], None], scheduler: str | None = None
) -> None:
    """All chunks by a cluster: the one at ``scheduler``, or ``workers`` processes here. Raises SettingsError without Dask or a cluster."""
    with _client(scheduler, workers) as client:
        threads = sum(client.nthreads().values())
        _drive(client, iter(chunks), folder.resolve(), settings, on_texts, _AHEAD * max(threads, 1))


def _drive(client: Any, chunks: Iterator[Chunk], folder: Path, settings: Settings, on_texts: Callable[[int], None], ahead: int) -> None:  # noqa: ANN401
    from distributed import KilledWorker, as_completed

    def submit(chunk: Chunk) -> Any:  # noqa: ANN401 - a future
        future = client.submit(run_chunk, chunk, folder, settings, pure=False)
        chunk_by_key[future.key] = chunk
        return future

    chunk_by_key: dict[str, Chunk] = {}
    running = as_completed([submit(chunk) for chunk in islice(chunks, ahead)])
    for future in running:
        chunk = chunk_by_key.pop(future.key)
        try:
            on_texts(future.result())
        except KilledWorker:
            if sum(piece.stop - piece.start for piece in chunk) == 1:
                fail_chunk(chunk, folder, "crash", "workers died of it – look at this text, or lower --max-characters")
            else:
                running.update([submit(single) for single in singles_of(chunk)])
        for following in islice(chunks, 1):
            running.add(submit(following))


@contextmanager
def _client(scheduler: str | None, workers: int) -> Iterator[Any]:
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise SettingsError("--engine dask", "Dask is not installed", "pip install 'extractor[dask]'") from error
    if scheduler:
        try:
            client = Client(scheduler, timeout=10)
        except (OSError, ValueError) as error:
            raise SettingsError("--scheduler", f"no cluster answers at {scheduler!r}", "give an address such as tcp://host:8786") from error
        with client:
            yield client
        return
    with (
        LocalCluster(n_workers=max(workers, 1), threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        yield client
