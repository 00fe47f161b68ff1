"""Judgements in, the precision of each table out, with an interval that says how far so few judgements reach."""

from collections.abc import Iterable
from math import sqrt
from typing import NamedTuple

from extractor.corrections.judgements import Correction

Z = 1.959964  # 95 %


class Precision(NamedTuple):
    """Precision of one table: ``judged`` records, ``right`` of them, the estimate and its 95 % interval, 0 to 1."""

    table: str
    judged: int
    right: int
    precision: float
    low: float
    high: float


def wilson(share: float, n: float) -> tuple[float, float]:
    """The 95 % interval of a share of ``n`` trials (E. B. Wilson, JASA 22, 1927); 0 to 1 for none."""
    if n <= 0:
        return 0.0, 1.0
    middle = share + Z**2 / (2 * n)
    spread = Z * sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return max(0.0, (middle - spread) / (1 + Z**2 / n)), min(1.0, (middle + spread) / (1 + Z**2 / n))


def estimate(table: str, corrections: Iterable[Correction]) -> Precision:
    """The precision that judgements show. An edited record counts as wrong; strata count by the records that they stand for.

    The interval is Wilson's at the effective number of judgements, which unequal weights lower (L. Kish, Survey Sampling, 1965).
    """
    strata: dict[str | None, list[tuple[bool, float]]] = {}
    for c in corrections:
        strata.setdefault(c.stratum, []).append((c.verdict == "right", c.weight or 1.0))
    judged = sum(map(len, strata.values()))
    whole = sum(weight for rows in strata.values() for _, weight in rows)
    share = sum(weight for rows in strata.values() for right, weight in rows if right) / whole if whole else 0.0
    low, high = wilson(share, min(float(judged), _effective(strata, whole, share, judged)))
    return Precision(table, judged, sum(right for rows in strata.values() for right, _ in rows), share, low, high)


def _effective(strata: dict[str | None, list[tuple[bool, float]]], whole: float, share: float, judged: int) -> float:
    """Judgements of a simple random sample that would tell as much."""
    variance = 0.0
    for rows in strata.values():
        n, part = len(rows), sum(weight for _, weight in rows) / whole
        right = sum(is_right for is_right, _ in rows) / n
        variance += part**2 * right * (1 - right) / max(1, n - 1)
    return share * (1 - share) / variance if variance else float(judged)


def precision_table(corrections: Iterable[Correction]) -> list[Precision]:
    """One row for each type of event and kind of record that was judged, in alphabetical order.

    Where a sample chose some records of a table, only these count: records judged in passing are no random choice.
    """
    by_table: dict[str, list[Correction]] = {}
    for c in corrections:
        by_table.setdefault(c.type or c.kind, []).append(c)
    drawn = {table: [c for c in rows if c.stratum] for table, rows in by_table.items()}
    return [estimate(table, drawn[table] or rows) for table, rows in sorted(by_table.items())]
