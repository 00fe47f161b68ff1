"""Tellings of agreements from many texts in, groups that are one agreement in the world out.

Tellings meet only where their parties have the same top houses, so that cost stays near linear. Signings make the agreements: those that
agree in
date and paper, or whose dates differ as a slip does. Plans go to the signing that follows, renewals, mentions in force and ends to the
one before.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta

from extractor.corpus.dating import agree, gap, is_slip
from extractor.corpus.parties import join_parties
from extractor.corpus.told import LOOSE, Group, Told, span_of_group

_PLANS = frozenset({"planned", "agreed"})
_LEAD = timedelta(days=3 * 365)  # a plan is signed within three years
_LAG = timedelta(days=60)  # a text without the day of signing is published within two months
_SLACK = timedelta(days=31)  # months and vague days


Above = Callable[[str], tuple[str, ...]]


def group_agreements(told: Iterable[Told], above: Above) -> list[Group]:
    """One group per agreement. ``above`` gives the houses above an organisation, nearest first."""
    buckets: dict[tuple[str, ...], list[Told]] = defaultdict(list)
    for one in told:
        buckets[one.houses if len(one.houses) > 1 else one.parties].append(one)
    groups = [group for bucket in buckets.values() for group in _group_bucket(bucket, above)]
    return sorted(join_parties(groups), key=lambda g: [t.telling.key for t in g])


def _group_bucket(bucket: Sequence[Told], above: Above) -> Iterator[Group]:
    if len(bucket[0].parties) < 2:
        yield from _group_copies(bucket)
        return
    for side in _sides(bucket, above):
        signed = _group_signed([t for t in side if t.telling.action == "signed"])
        groups = [*signed, *_group_signed(_place_renewals([t for t in side if t.telling.action == "renewed"], signed))]
        rest = [t for t in side if t.telling.action not in ("signed", "renewed")]
        yield from _place_rest(rest, groups)


def _place_renewals(renewals: Sequence[Told], signed: Sequence[Group]) -> list[Told]:
    """Adds each renewal to the signing before it; those without one are given back. What one text tells as renewed twice is two
    agreements.
    """
    homeless = []
    for one in renewals:
        home = _home(one, [g for g in signed if _is_apart(one, g) and not _is_same_day(one, g)])
        if home is None:
            homeless.append(one)
        else:
            home.append(one)
    return homeless


def _is_same_day(one: Told, group: Group) -> bool:
    """Whether a group is signed on the very day of a renewal, and so is another agreement."""
    return any(t.telling.action == "signed" and t.span is not None and t.span == one.span for t in group)


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
    return len(units) == len(houses) and all({unit, *above(unit)} & set(houses) for unit in units)


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
    """Whether no text of the group tells the telling as a second act, or as one of other parties."""
    same = [t for t in group if t.telling.doc_id == one.telling.doc_id]
    return all(t.telling.action != one.telling.action and t.parties == one.parties for t in same)


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
    unsigned: list[Group] = []
    for one in sorted(rest, key=lambda t: (t.as_of or date.max, t.telling.key)):
        is_plan = one.telling.action in _PLANS
        apart = [g for g in groups if _has_parties(one, g)]
        home = _follows(one, apart) if is_plan else _home(one, apart)
        if home is None:
            home = next((g for g in unsigned if _fits_unsigned(one, g)), None)
        _add(one, home, unsigned)
    yield from groups
    yield from unsigned


def _has_parties(one: Told, group: Group) -> bool:
    return all(t.parties == one.parties for t in group if t.telling.doc_id == one.telling.doc_id)


def _fits_unsigned(one: Told, group: Group) -> bool:
    """Whether a group that no text tells as signed is of the same paper and time; a plan follows only plans."""
    plans = all(t.telling.action in _PLANS for t in group)
    follows = plans if one.telling.action in _PLANS else True
    return follows and _has_parties(one, group) and _fits_paper(one, group) and _is_same_time(one, group)


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
