"""A telling with the organisations behind it, and groups of tellings: when, and in what paper, they say that it was."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from extractor.corpus.dating import Span, agree, span_of
from extractor.corpus.gather import Telling

LOOSE = frozenset({"cooperation_agreement", "partnership", "other"})  # papers that texts name without care
_FAR = 100_000  # days


class Told(NamedTuple):
    """A telling with the organisations behind its parties; ``houses`` are their top houses, ``source`` is the text that it copies, or its
    own.
    """

    telling: Telling
    parties: tuple[str, ...]
    houses: tuple[str, ...]
    published: date | None
    source: str
    signers: frozenset[tuple[str, ...]]

    @property
    def span(self) -> Span | None:
        return span_of(self.telling.start, self.telling.end)

    @property
    def instrument(self) -> str:
        return self.telling.instrument or "other"

    @property
    def as_of(self) -> date | None:
        """The day for which the telling speaks: its own date, else its publication."""
        return self.span.end if self.span else self.published


Group = list[Told]


def span_of_group(group: Iterable[Told]) -> Span:
    """The date of the signing as most sources give it, else of the other steps; far in the future where none does."""
    told = list(group)
    return best_span(t for t in told if t.telling.action == "signed") or best_span(told) or Span(date.max, date.max)


def best_span(told: Iterable[Told]) -> Span | None:
    """The date that most sources can mean; of equals the most precise, then the one told soonest after the day."""
    dated = [(t.span, t) for t in told if t.span]
    spans = sorted({span for span, _ in dated})
    support = {span: len({t.source for other, t in dated if agree(span, other)}) for span in spans}
    lag = {span: min(_lag(t) for other, t in dated if other == span) for span in spans}
    return min(spans, key=lambda s: (-support[s], s.days, lag[s], s), default=None)


def _lag(one: Told) -> int:
    """Days from the date told to publication; a day after publication counts as far away."""
    if one.span is None or one.published is None or one.published < one.span.start:
        return _FAR
    return (one.published - one.span.start).days
