"""Groups of tellings in; those joined that tell one signing but leave out a party of it, or name another one for the same signers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from extractor.corpus.dating import Span
from extractor.corpus.told import LOOSE, Group, span_of_group


def join_parties(groups: list[Group]) -> list[Group]:
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
