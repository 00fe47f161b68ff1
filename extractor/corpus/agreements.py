"""Tellings of agreements from many texts in, groups that are one agreement in the world out.

Tellings meet only where their parties have the same top houses, so that cost stays near linear. Signings make the agreements: those that agree in
date and paper, or whose dates differ as a slip does. Plans go to the signing that follows, renewals, mentions in force and ends to the one before.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from extractor.corpus.dating import Span, agree, gap, is_slip, span_of
from extractor.corpus.gather import Key, Telling

LOOSE = frozenset({"cooperation_agreement", "partnership", "other"})  # papers that texts name without care
_LEAD = timedelta(days=3 * 365)  # a plan is signed within three years
_LAG = timedelta(days=60)  # a text without the day of signing is published within two months
_FAR = 100_000  # days
_SLACK = timedelta(days=31)  # months and vague days


class Told(NamedTuple):
    """A telling with the organisations behind its parties; ``houses`` are their top houses, ``source`` is the text that it copies, or its own."""

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
Above = Callable[[str], tuple[str, ...]]


def group_agreements(told: Iterable[Told], above: Above) -> list[Group]:
    """One group per agreement. ``above`` gives the houses above an organisation, nearest first."""
    buckets: dict[tuple[str, ...], list[Told]] = defaultdict(list)
    for one in told:
        buckets[one.houses if len(one.houses) > 1 else one.parties].append(one)
    groups = [group for bucket in buckets.values() for group in _group_bucket(bucket, above)]
    return sorted(_join_parties(groups), key=lambda g: [t.telling.key for t in g])


def _group_bucket(bucket: Sequence[Told], above: Above) -> Iterator[Group]:
    if len(bucket[0].parties) < 2:
        yield from _group_copies(bucket)
        return
    for side in _sides(bucket, above):
        signed = _group_signed([t for t in side if t.telling.action == "signed"])
        groups = [*signed, *_group_signed([t for t in side if t.telling.action == "renewed" and not _home(t, signed)])]
        for one in side:
            if one.telling.action == "renewed" and (home := _home(one, signed)):
                home.append(one)
        rest = [t for t in side if t.telling.action not in ("signed", "renewed")]
        yield from _place_rest(rest, groups)


def _group_copies(bucket: Sequence[Told]) -> Iterator[Group]:
    """Tellings of one known party are one only where a text copies another."""
    same: dict[tuple[str, str, str], Group] = defaultdict(list)
    for one in bucket:
        same[one.source, one.telling.action, one.telling.sentence].append(one)
    yield from same.values()


def _sides(bucket: Sequence[Told], above: Above) -> Iterator[list[Told]]:
    """Tellings whose parties are the same, or a unit here and its house there; two units of one house are two parties."""
    by_parties: dict[tuple[str, ...], list[Told]] = defaultdict(list)
    for one in bucket:
        by_parties[one.parties].append(one)
    exact = sorted(by_parties)
    homes: dict[tuple[str, ...], tuple[str, ...]] = {}
    for parties in exact:
        wider = [p for p in exact if p != parties and is_within(parties, p, above)]
        narrower = [p for p in exact if p != parties and is_within(p, parties, above)]
        lone = len(narrower) == 1 and not wider
        homes[parties] = parties if not lone else narrower[0]
    sides: dict[tuple[str, ...], list[Told]] = defaultdict(list)
    for parties in exact:
        sides[homes[parties]] += by_parties[parties]
    yield from sides.values()


def is_within(units: Sequence[str], houses: Sequence[str], above: Above) -> bool:
    """Whether each of the units is one of the houses, or below one."""
    return len(units) == len(houses) and all(set((unit, *above(unit))) & set(houses) for unit in units)


def _group_signed(told: Sequence[Told]) -> list[Group]:
    dated = sorted((t for t in told if t.span), key=lambda t: (t.span.days if t.span else 0, t.span or (), t.telling.key))
    groups: list[Group] = []
    both = _told_together(told)
    for one in dated:
        fitting = [g for g in groups if _fits_dates(one, g) and _fits_paper(one, g, both) and _is_apart(one, g)]
        _add(one, min(fitting, key=lambda g: _papers_apart(one, g)) if fitting else None, groups)
    groups = _join_slips(groups, both)
    for one in sorted((t for t in told if not t.span), key=lambda t: (t.published or date.max, t.telling.key)):
        _add(one, _nearest(one, [g for g in groups if _fits_paper(one, g, both) and _is_apart(one, g)]), groups)
    return groups


def _add(one: Told, group: Group | None, groups: list[Group]) -> None:
    if group is None:
        groups.append([one])
    else:
        group.append(one)


def _told_together(told: Sequence[Told]) -> frozenset[frozenset[str]]:
    """Pairs of papers that one text tells side by side, and that so are two."""
    by_text: dict[str, set[str]] = defaultdict(set)
    for one in told:
        by_text[one.telling.doc_id].add(one.instrument)
    return frozenset(frozenset((a, b)) for papers in by_text.values() for a in papers for b in papers if a < b)


def _fits_dates(one: Told, group: Group) -> bool:
    return all(one.span and t.span and agree(one.span, t.span) for t in group)


def _fits_paper(one: Told, group: Group, both: frozenset[frozenset[str]] = frozenset()) -> bool:
    """Whether a paper may be that of a group: the same, a loose word for it, or another word for the paper of the same day."""
    papers = {t.instrument for t in group}
    if any(frozenset((one.instrument, paper)) in both for paper in papers):
        return False
    if one.instrument in papers or one.instrument in LOOSE or papers <= LOOSE:
        return True
    return any(one.span is not None and one.span == t.span for t in group)


def _papers_apart(one: Told, group: Group) -> int:
    return sum(one.instrument != t.instrument for t in group)


def _is_apart(one: Told, group: Group) -> bool:
    """Whether no text of the group tells the telling as a second act."""
    return all(t.telling.doc_id != one.telling.doc_id or t.telling.action != one.telling.action for t in group)


def _join_slips(groups: list[Group], both: frozenset[frozenset[str]]) -> list[Group]:
    """Groups whose dates differ as a slip does, most tellings first."""
    kept: list[Group] = []
    for group in sorted(groups, key=lambda g: (-len({t.source for t in g}), [t.telling.key for t in g])):
        fitting = [
            k
            for k in kept
            if is_slip(span_of_group(group), span_of_group(k)) and all(_fits_paper(t, k, both) and _is_apart(t, k) for t in group)
        ]
        if fitting:
            min(fitting, key=lambda k: (gap(span_of_group(k), span_of_group(group)), [t.telling.key for t in k])).extend(group)
        else:
            kept.append(list(group))
    return kept


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


def _nearest(one: Told, groups: Sequence[Group]) -> Group | None:
    """The group that a signing without a date tells: signed not long before publication, or the only one."""
    if one.published is None:
        return groups[0] if len(groups) == 1 else None
    before = [(one.published - span_of_group(g).start, i) for i, g in enumerate(groups) if any(t.span for t in g)]
    close = [(lag, i) for lag, i in before if timedelta(-1) <= lag <= _LAG]
    undated = [g for g in groups if not any(t.span for t in g) and any(_is_same_news(one, t) for t in g)]
    if close:
        return groups[min(close)[1]]
    return undated[0] if undated else None


def _is_same_news(one: Told, other: Told) -> bool:
    return one.published is not None and other.published is not None and abs(one.published - other.published) <= _LAG


def _home(one: Told, signed: Sequence[Group]) -> Group | None:
    """The signing that a renewal, a mention or an end is about: the last one before, of the same paper where there is one."""
    day = one.as_of
    if one.telling.action == "in_force" and one.span:
        named = [g for g in signed if any(t.span and agree(t.span, one.span) for t in g)]
        if len(named) == 1:
            return named[0]
    before = [g for g in signed if day is None or span_of_group(g).start <= day + _SLACK or not any(t.span for t in g)]
    fitting = [g for g in before if _fits_paper(one, g)]
    if day is None:
        return fitting[0] if len(fitting) == 1 else None
    return max(fitting, key=lambda g: (any(t.instrument == one.instrument for t in g), span_of_group(g).start), default=None)


def _place_rest(rest: Sequence[Told], groups: list[Group]) -> Iterator[Group]:
    open_plans: list[Group] = []
    anchors = list(groups)
    for one in sorted(rest, key=lambda t: (t.as_of or date.max, t.telling.key)):
        home = _follows(one, anchors) if one.telling.action in ("planned", "agreed") else _home(one, anchors)
        if home is None:
            home = next((g for g in open_plans if _fits_paper(one, g) and _is_same_time(one, g)), None)
        if home is None:
            open_plans.append([one])
        else:
            home.append(one)
    yield from groups
    yield from open_plans


def _follows(one: Told, groups: Sequence[Group]) -> Group | None:
    """The signing that a plan leads to: the first one after it, within three years; a day that was set and kept counts too."""
    said = one.published or one.as_of
    later = []
    for at, group in enumerate(groups):
        signing = span_of_group(group)
        if (
            said
            and any(t.span for t in group)
            and said - _SLACK <= signing.end
            and signing.start <= said + _LEAD
            and _fits_paper(one, group)
        ):
            later.append((signing.start, at))
    return groups[min(later)[1]] if later else None


def _is_same_time(one: Told, group: Group) -> bool:
    return all(t.as_of is None or one.as_of is None or abs(t.as_of - one.as_of) <= _LEAD for t in group)


def _join_parties(groups: list[Group]) -> list[Group]:
    """Joins a signing that leaves out a party, or names another one for the same signers, to the one of the same day that it repeats."""
    by_day: dict[tuple[Span, str], list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        span = span_of_group(group)
        if span.days == 1 and any(t.telling.action == "signed" and t.span for t in group):
            for house in group[0].houses:
                by_day[span, house].append(at)
    pairs = sorted({(a, b) for held in by_day.values() for a in held for b in held if a < b})
    targets = _targets(groups, pairs)
    for small, large in sorted(targets.items()):
        groups[large] = groups[large] + groups[small]
        groups[small] = []
    return [group for group in groups if group]


def _targets(groups: Sequence[Group], pairs: Sequence[tuple[int, int]]) -> Mapping[int, int]:
    found: dict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        small, large = sorted((a, b), key=lambda at: (len(groups[at][0].houses), len(groups[at]), at))
        if _is_same_signing(groups[small], groups[large]):
            found[small].add(large)
    onto: dict[int, set[tuple[str, ...]]] = defaultdict(set)
    for small, larges in found.items():
        for large in larges:
            onto[large].add(groups[small][0].houses)
    lone = {small: min(larges) for small, larges in found.items() if len(larges) == 1 and small not in onto}
    return {small: large for small, large in lone.items() if len(onto[large]) == 1}  # "MoUs with A and B" told as one is not the MoU with A


def _is_same_signing(small: Group, large: Group) -> bool:
    papers = all(a.instrument == b.instrument or {a.instrument, b.instrument} & LOOSE for a in small for b in large)
    texts = not {t.telling.doc_id for t in small} & {t.telling.doc_id for t in large}
    houses, others = set(small[0].houses), set(large[0].houses)
    signers = frozenset().union(*(t.signers for t in small)) & frozenset().union(*(t.signers for t in large))
    shared = len(houses & others)
    left_out = shared > 1 and houses < others
    return papers and texts and (left_out or (shared > 0 and len(signers) > shared))  # one of the signers signs for the party in question


def keys_of(group: Iterable[Told]) -> tuple[Key, ...]:
    """The tellings (text, event) of a group."""
    return tuple(sorted(t.telling.key for t in group))
