"""Chunks in, finished parts out, by worker processes on this machine; a worker that dies is replaced and its chunk tried again."""

import gc
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from multiprocessing.connection import Connection, wait
from pathlib import Path
from types import FrameType
from typing import Any

from extractor.errors import ExtractorError
from extractor.run.shard import Chunk, singles_of
from extractor.settings import Settings

OnTexts = Callable[[int], None]
_TRIES = 2  # of a chunk, and of a single text, before it is given up
_LOOK = 0.2  # seconds between looks at the workers
_PATIENCE = 2.0  # times the seconds of a text, after which a worker is taken to hang …
_SLACK = 10.0  # … and these seconds on top


class StoppedError(Exception):
    """Ctrl-C: the chunks at hand are finished, the rest is left."""


def run_here(chunks: Sequence[Chunk], folder: Path, settings: Settings, on_texts: OnTexts) -> None:
    """All chunks in this very process."""
    from extractor.run.work import run_chunk

    for chunk in chunks:
        run_chunk(chunk, folder, settings, beat=lambda: on_texts(1))


def run_local(
    chunks: Sequence[Chunk], folder: Path, settings: Settings, workers: int, on_texts: OnTexts, on_stop: Callable[[], None] = lambda: None
) -> None:
    """All chunks by worker processes; ``on_stop`` is called at the first Ctrl-C.

    Raises StoppedError after Ctrl-C, ExtractorError where a worker cannot go on (disk full).
    """
    waiting = deque((chunk, 0) for chunk in chunks)
    pool = [_Worker(folder, settings) for _ in range(min(workers, len(waiting)))]
    try:
        with _interrupts(on_stop) as is_stopped:
            _drive(pool, waiting, folder, settings, on_texts, is_stopped)
    finally:
        for worker in pool:
            worker.end()


class _Worker:
    """A worker process and what it is at."""

    def __init__(self, folder: Path, settings: Settings, texts: int = 0) -> None:
        context = multiprocessing.get_context("spawn")
        self._before = texts  # what the worker in whose place it stands had begun
        self.job: tuple[Chunk, int] | None = None
        self.begun = context.RawValue("d", 0.0)  # when the text at hand was begun; 0: none
        self.texts = context.RawValue("q", texts)
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(
            target=_serve, args=(theirs, folder, settings, self.begun, self.texts, os.getpid()), daemon=True, name="extractor-worker"
        )
        self.process.start()
        theirs.close()

    def give(self, job: tuple[Chunk, int]) -> None:
        self.job = job
        self.pipe.send(job[0])

    def is_idle_since_birth(self) -> bool:
        return bool(self.texts.value == self._before)

    def is_hanging(self, seconds: float) -> bool:
        begun: float = self.begun.value
        return begun > 0 and time.monotonic() - begun > _PATIENCE * seconds + _SLACK

    def end(self) -> None:
        self.pipe.close()
        if self.job is not None:
            self.process.kill()
        self.process.join()


def _serve(pipe: Connection, folder: Path, settings: Settings, begun: Any, texts: Any, parent: int) -> None:  # noqa: ANN401
    """What a worker process does until its pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from extractor.run.work import run_chunk

    def beat() -> None:
        begun.value = time.monotonic()
        texts.value += 1
        if os.getppid() != parent:
            os._exit(1)

    for number in count():
        try:
            chunk = pipe.recv()
        except EOFError:
            return
        if number == 1:  # what the first chunk has loaded stays: looking through it for garbage took 3 % of the time
            gc.freeze()
        try:
            answer: ExtractorError | int = run_chunk(chunk, folder, settings, beat)
        except ExtractorError as error:
            answer = error
        begun.value = 0.0
        pipe.send(answer)


def _drive(
    pool: list[_Worker],
    waiting: deque[tuple[Chunk, int]],
    folder: Path,
    settings: Settings,
    on_texts: OnTexts,
    is_stopped: Callable[[], bool],
) -> None:
    counted = 0
    for worker in pool:
        worker.give(waiting.popleft())
    while busy := [worker for worker in pool if worker.job]:
        wait([source for worker in busy for source in (worker.pipe, worker.process.sentinel)], timeout=_LOOK)
        for worker in busy:
            if worker.pipe.poll() and (answer := _answer(worker)) is not None:
                if isinstance(answer, ExtractorError):
                    raise answer
                worker.job = None
            elif worker.is_hanging(settings.max_seconds):
                worker.process.kill()
                worker.process.join()
                _replace(pool, worker, waiting, folder, settings, "time", f"took over {settings.max_seconds:g} seconds and did not stop")
            elif not worker.process.is_alive():
                _replace(pool, worker, waiting, folder, settings, "crash", f"the worker died of it (exit code {worker.process.exitcode})")
        for worker in pool:
            if worker.job is None and waiting and not is_stopped():
                worker.give(waiting.popleft())
        now = sum(worker.texts.value for worker in pool)
        on_texts(max(0, now - counted))
        counted = max(counted, now)
    if waiting:
        raise StoppedError


def _answer(worker: _Worker) -> Any:  # noqa: ANN401 - an error or a number
    try:
        return worker.pipe.recv()
    except (EOFError, OSError):
        return None


def _replace(
    pool: list[_Worker], worker: _Worker, waiting: deque[tuple[Chunk, int]], folder: Path, settings: Settings, reason: str, what: str
) -> None:
    """Put a new worker in a dead one's place; its chunk is tried again, then text by text, and the culprit alone is given up."""
    assert worker.job is not None
    chunk, tries = worker.job
    worker.job = None
    worker.end()
    if tries + 1 >= _TRIES and worker.is_idle_since_birth():
        raise ExtractorError("workers", f"die before their first text (exit code {worker.process.exitcode})", "see why with --workers 0")
    is_single = sum(piece.stop - piece.start for piece in chunk) == 1
    if tries + 1 < _TRIES and reason == "crash":
        waiting.appendleft((chunk, tries + 1))
    elif is_single:
        _give_up(chunk, folder, reason, what)
    else:
        waiting.extendleft((single, _TRIES - 1) for single in reversed(singles_of(chunk)))
    pool[pool.index(worker)] = _Worker(folder, settings, worker.texts.value)


def _give_up(chunk: Chunk, folder: Path, reason: str, what: str) -> None:
    from extractor.run.work import fail_chunk

    fail_chunk(chunk, folder, reason, f"{what} – look at this text, or lower --max-characters")


@contextmanager
def _interrupts(on_stop: Callable[[], None]) -> Iterator[Callable[[], bool]]:
    """The first Ctrl-C is noted, the second raises KeyboardInterrupt."""
    stopped = False

    def note(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        if stopped:
            raise KeyboardInterrupt
        stopped = True
        on_stop()

    try:
        before = signal.signal(signal.SIGINT, note)
    except ValueError:  # not in the main thread: no signals here
        yield lambda: False
        return
    try:
        yield lambda: stopped
    finally:
        signal.signal(signal.SIGINT, before)
