"""What a run gave, as a table for people."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from extractor.cli.screen import plain
from extractor.run.merge import Outcome

_ROWS = ("institutions", "people", "roles", "dates", "events")
_JOINED = ("organizations", "persons", "agreements")


def print_summary(console: Console, outcome: Outcome, folder: Path, seconds: float, texts: int) -> None:
    """Counts, failures in words, and where the results are."""
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(justify="right")
    table.add_column()
    table.add_row(f"{outcome.documents + outcome.failed:,}", "texts in")
    table.add_row(f"{outcome.documents:,}", "documents out")
    if outcome.failed:
        reasons = ", ".join(f"{count} {reason}" for reason, count in outcome.failures.items())
        table.add_row(f"{outcome.failed:,}", f"failed ({reasons})", style="yellow")
    for name in _ROWS:
        table.add_row(f"{outcome.rows[name]:,}", name)
    for kind, count in outcome.events.items():
        table.add_row(f"{count:,}", f"  {kind}", style="dim")
    for name in _JOINED:
        table.add_row(f"{outcome.rows[name]:,}", f"{name} over all texts")
    console.print(table)
    for message in outcome.messages:
        console.print(f"failed: {plain(message)}", style="yellow", markup=False, highlight=False, soft_wrap=True)
    if outcome.failed > len(outcome.messages):
        console.print(
            f"… and {outcome.failed - len(outcome.messages):,} more in {folder / 'failures.jsonl'}", markup=False, highlight=False
        )
    rate = f", {texts / max(seconds, 0.001):,.0f} texts/s" if texts else ", nothing new"
    console.print(f"{folder}: done in {seconds:.1f} s{rate}", markup=False, highlight=False, soft_wrap=True)
