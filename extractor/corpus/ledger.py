"""A group of tellings of one agreement in, its row, its timeline and what the texts disagree on out."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple, TypeVar

from extractor.corpus.dating import Span, agree, is_slip, years_after
from extractor.corpus.told import LOOSE, Group, Told, best_span

V = TypeVar("V", bound=Hashable)
STEPS = ("planned", "agreed", "signed", "in_force", "renewed", "ended")
_UNIT_DAYS = {"W": 7, "D": 1}
Row = dict[str, Any]


class Dated(NamedTuple):
    """A date as the texts give it."""

    edtf: str
    span: Span


def agreement_row(group: Group) -> Row:
    """What the texts together tell of an agreement: the most told values, of equals the most precise, then the first published."""
    steps = [step for step in STEPS if any(t.telling.action == step for t in group)]
    act = _act(group)
    when = choose_date(act)
    renewed = choose_date([t for t in group if t.telling.action == "renewed"])
    best = min(act, key=lambda t: (t.telling.edtf != (when and when.edtf), t.published or date.max, t.telling.key))
    duration = _most_told((t.telling.duration, t) for t in group if t.telling.duration)
    return {
        "parties": list(choose_parties(group)),
        "instrument": choose_instrument(group),
        "action": _latest(group, steps),
        "date": when.edtf if when else None,
        "date_start": when.span.start if when else None,
        "date_end": when.span.end if when else None,
        "duration": duration,
        "until": _until(renewed or when, duration),
        "ended": (ended := choose_date([t for t in group if t.telling.action == "ended"])) and ended.span.end,
        "topics": sorted({topic for t in group for topic in t.telling.topics}),
        "n_texts": len({t.telling.doc_id for t in group}),
        "n_sources": len({t.source for t in group}),
        "doc_ids": sorted({t.telling.doc_id for t in group}),
        "sentence": best.telling.sentence,
        "conflicts": sorted({c["field"] for c in conflict_rows(group)}),
    }


def _act(group: Group) -> list[Told]:
    """The tellings of the signing; where there is none, those of the step that comes nearest."""
    for step in ("signed", "renewed", "agreed", "planned", "in_force", "ended"):
        if told := [t for t in group if t.telling.action == step]:
            return told
    raise AssertionError("a group has tellings")


def _latest(group: Group, steps: Sequence[str]) -> str:
    if "ended" in steps:
        return "ended"
    done = [step for step in steps if step not in ("planned", "agreed")] or list(steps)
    last = max(
        (t for t in group if t.telling.action in done), key=lambda t: (t.as_of or date.min, done.index(t.telling.action), t.telling.key)
    )
    return last.telling.action


def choose_date(told: Iterable[Told]) -> Dated | None:
    """The date that most sources can mean; of equals the most precise, then the one told soonest after the day."""
    held = list(told)
    best = best_span(held)
    return min((Dated(t.telling.edtf, best) for t in held if best and t.span == best and t.telling.edtf), default=None)


def choose_instrument(group: Group) -> str:
    """The paper: the most told of those that say what it is, else the most told."""
    told = [t for t in _act(group) if t.instrument not in LOOSE] or [t for t in group if t.instrument not in LOOSE] or group
    return _most_told((t.instrument, t) for t in told) or "other"


def choose_parties(group: Group) -> tuple[str, ...]:
    """The parties: those of the most sources; of equals the most parties."""
    by_value = _by_value((t.parties, t) for t in _act(group))
    return min(by_value, key=lambda v: (-len({t.source for t in by_value[v]}), -len(v), _first(by_value[v]), v))


def _most_told(pairs: Iterable[tuple[V | None, Told]]) -> V | None:
    by_value = _by_value(pairs)
    return min(by_value, key=lambda v: (-len({t.source for t in by_value[v]}), _first(by_value[v]), str(v)), default=None)


def _by_value(pairs: Iterable[tuple[V | None, Told]]) -> dict[V, list[Told]]:
    found: dict[V, list[Told]] = defaultdict(list)
    for value, one in pairs:
        if value is not None:
            found[value].append(one)
    return found


def _first(told: Iterable[Told]) -> tuple[date, str]:
    return min((t.published or date.max, t.telling.doc_id) for t in told)


def _until(start: Dated | None, duration: str | None) -> date | None:
    if start is None or duration is None:
        return None
    count, unit = int(duration[1:-1]), duration[-1]
    day = start.span.end
    if unit in _UNIT_DAYS:
        return day + timedelta(days=count * _UNIT_DAYS[unit])
    years, months = (count, 0) if unit == "Y" else divmod(count, 12)
    on = years_after(day, years) if day.year + years < date.max.year else date.max
    return on + timedelta(days=round(months * 365.25 / 12)) if months else on


def timeline_rows(group: Group) -> list[Row]:
    """One row per telling, by the day for which it speaks."""
    ordered = sorted(
        group, key=lambda t: (t.as_of or date.max, STEPS.index(t.telling.action) if t.telling.action in STEPS else 9, t.telling.key)
    )
    return [
        {
            "step": t.telling.action, "date": t.telling.edtf, "date_start": t.telling.start, "date_end": t.telling.end,
            "doc_id": t.telling.doc_id, "event_id": t.telling.id, "published": t.published, "instrument": t.instrument,
            "parties": list(t.parties), "is_copy": t.source != t.telling.doc_id, "sentence": t.telling.sentence,
        }
        for t in ordered
    ]  # fmt: skip


def conflict_rows(group: Group) -> list[Row]:
    """One row per value of each field on which the texts disagree: the date of one act, the paper, the parties."""
    rows: list[Row] = []
    for step in ("signed", "renewed"):
        told = [t for t in group if t.telling.action == step]
        for act in _acts(told):
            spans = {t.span for t in act if t.span}
            if _has_two_sources(act) and any(not agree(a, b) for a in spans for b in spans):
                values = _by_value((t.telling.edtf, t) for t in act if t.span)
                rows += _values("date", values, (chosen := choose_date(act)) and chosen.edtf)
    papers = _by_value((t.instrument, t) for t in group if t.instrument not in LOOSE)
    if len(papers) > 1 and _has_two_sources(group):
        rows += _values("instrument", papers, choose_instrument(group))
    parties = _by_value((t.parties, t) for t in group)
    if len(parties) > 1 and _has_two_sources(group):
        rows += _values("parties", {" ".join(p): told for p, told in parties.items()}, " ".join(choose_parties(group)))
    return rows


def _has_two_sources(told: Sequence[Told]) -> bool:
    """Whether more than one text tells it: what a single text says twice is no disagreement."""
    return len({t.source for t in told}) > 1


def _acts(told: Sequence[Told]) -> list[list[Told]]:
    """Signings of one agreement are one act; renewals are one where their dates agree or differ as a slip does."""
    acts: list[list[Told]] = []
    for one in sorted((t for t in told if t.span), key=lambda t: (t.span or (), t.telling.key)):
        same = (a for a in acts if one.telling.action == "signed" or any(_is_near(one.span, t.span) for t in a))
        if (act := next(same, None)) is not None:
            act.append(one)
        else:
            acts.append([one])
    return acts


def _is_near(a: Span | None, b: Span | None) -> bool:
    return a is not None and b is not None and (agree(a, b) or is_slip(a, b))


def _values(field: str, values: Mapping[str, Sequence[Told]], chosen: str | None) -> list[Row]:
    return [
        {
            "field": field, "value": value, "is_chosen": value == chosen, "n_sources": len({t.source for t in told}),
            "doc_ids": sorted({t.telling.doc_id for t in told}),
        }
        for value, told in sorted(values.items())
    ]  # fmt: skip
