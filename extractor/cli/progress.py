"""How a run goes on, told to people: a bar on a terminal, plain lines elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

_EVERY = 10.0  # seconds between plain lines
_STOPPING = "Finishing the texts at hand; Ctrl-C again stops at once."


class Lines:
    """Tells progress in lines; ``done`` counts the texts of this run."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._total = self._before = self.done = 0
        self._start = self._told = time.monotonic()

    def counted(self, texts: int) -> None:
        self._total += texts

    def begun(self, total: int, done: int) -> None:
        self._total, self._before = total, done
        self._start = time.monotonic()
        found = f"{total:,} texts found" + (f", {done:,} of them done before" if done else "")
        self._console.print(found, highlight=False)

    def advanced(self, texts: int) -> None:
        self.done += texts
        now = time.monotonic()
        if now - self._told < _EVERY or not self.done:
            return
        self._told = now
        rate = self.done / max(now - self._start, 0.001)
        left = (self._total - self._before - self.done) / max(rate, 0.001)
        done = f"{self._before + self.done:,} of {self._total:,} texts, {rate:.0f} texts/s, {left:.0f} s left"
        self._console.print(done, highlight=False)

    def stopping(self) -> None:
        self._console.print(_STOPPING, highlight=False)


class Bar:
    """Tells progress in a bar; ``done`` counts the texts of this run."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("Looking at the inputs", total=None)
        self.done = 0

    def counted(self, texts: int) -> None:
        self._progress.advance(self._task, texts)

    def begun(self, total: int, done: int) -> None:
        self._progress.update(self._task, description="Extracting", total=total, completed=done)

    def advanced(self, texts: int) -> None:
        self.done += texts
        self._progress.advance(self._task, texts)

    def stopping(self) -> None:
        self._progress.console.print(_STOPPING, highlight=False)


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:,.0f} texts/s" if task.speed else "")


@contextmanager
def watcher_for(console: Console) -> Iterator[Lines | Bar]:
    """The watcher that suits a console."""
    if not console.is_terminal:
        yield Lines(console)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        yield Bar(progress)
