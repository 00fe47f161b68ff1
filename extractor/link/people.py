"""Person mentions in, one record for each human being out: short forms, capitals, initials, honorifics, bylines."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import regex
from rapidfuzz.distance import DamerauLevenshtein

from extractor.find.cues import cue
from extractor.find.honorifics import honorific_before
from extractor.layout import Layout
from extractor.link.clusters import Clusters
from extractor.link.names import is_initial, keys_of, split_name, tokens_of
from extractor.records import Mention, Person

_JOINED = regex.compile(r"\s*(?:,|and|&|/|;|, and)\s*(?:(?:edited|photos?|translated|text) by:?\s*)?")
_LATIN = regex.compile(r"\p{Latin}")
_TYPO = 1
_LONG = 6


class People(NamedTuple):
    """Records in order of first mention, and the record of each mention."""

    records: tuple[Person, ...]
    by_mention: Mapping[str, str]


def link_people(text: str, mentions: Sequence[Mention], layout: Layout, *, scores: Mapping[str, float]) -> People:
    """The human beings that the mentions name."""
    clusters = _group(text, mentions)
    bylines = _bylines(text, mentions, layout)
    records: list[Person] = []
    by_mention: dict[str, str] = {}
    for members in clusters.groups().values():
        person = f"p{len(records) + 1}"
        records.append(_record(person, text, [mentions[i] for i in members], is_byline=any(i in bylines for i in members), scores=scores))
        by_mention |= {mentions[i].id: person for i in members}
    return People(tuple(records), by_mention)


def _record(person: str, text: str, mentions: Sequence[Mention], *, is_byline: bool, scores: Mapping[str, float]) -> Person:
    name = " ".join(max((m.text for m in mentions), key=_fullness).split())
    split = split_name(name)
    honorifics = [h for m in mentions if (h := honorific_before(text, m.start))]
    score = max(scores.get(m.id, 1.0) for m in mentions)
    return Person(
        id=person,
        name=name,
        family=split.family,
        given=split.given,
        honorific=max(honorifics, key=len, default=None),
        byline=is_byline,
        confidence=round(score * (1.0 if split.given else 0.9), 3),
    )


def _fullness(name: str) -> tuple[bool, int, int]:
    return bool(_LATIN.search(name)), len([t for t in tokens_of(name) if not is_initial(t)]), len(tokens_of(name))


def _group(text: str, mentions: Sequence[Mention]) -> Clusters:
    clusters = Clusters(len(mentions))
    by_set: dict[frozenset[str], int] = {}
    by_word: dict[str, list[int]] = defaultdict(list)
    order = sorted(range(len(mentions)), key=lambda i: (-len(keys_of(mentions[i].text)), i))
    for i in order:
        keys = frozenset(keys_of(mentions[i].text))
        if len(keys) > 1 and keys in by_set:
            clusters.join(by_set[keys], i)
            continue
        other = _fuller(i, mentions, by_word)
        if other is not None:
            clusters.join(other, i)
        if len(keys) > 1:
            by_set.setdefault(keys, i)
        for key in keys:
            by_word[key].append(i)
    for a, b in _renderings(text, mentions):
        clusters.join(a, b)
    return clusters


def _renderings(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """A name followed by itself in another script: "Koji Hashimoto (橋本公二)"."""
    for i in range(len(mentions) - 1):
        a, b = mentions[i], mentions[i + 1]
        if b.start - a.end <= 3 and "(" in text[a.end : b.start] and bool(_LATIN.search(a.text)) != bool(_LATIN.search(b.text)):
            yield i, i + 1


def _fuller(i: int, mentions: Sequence[Mention], by_word: Mapping[str, list[int]]) -> int | None:
    """A fuller (or equal) name that a mention cuts short; the one told last before it, else the first after it."""
    name = mentions[i].text
    words = {k for k in keys_of(name) if len(k) > 1} or set(keys_of(name))
    candidates = dict.fromkeys(j for word in words for j in by_word.get(word, ()))
    fitting = [j for j in candidates if _is_short_for(name, mentions[j].text)]
    if not fitting and len(tokens_of(name)) > 0:
        fitting = [j for j in _misspelt(name, by_word) if _is_short_for(name, mentions[j].text, typo=True)]
    if not fitting:
        return None
    before = [j for j in fitting if mentions[j].start < mentions[i].start]
    return max(before, key=lambda j: (_by_family(name, mentions[j].text), mentions[j].start)) if before else min(fitting)


def _by_family(short: str, full: str) -> bool:
    family = split_name(full).family
    return bool(family) and set(keys_of(short)) <= set(keys_of(family or ""))


def _misspelt(name: str, by_word: Mapping[str, list[int]]) -> list[int]:
    longest = max(keys_of(name), key=len, default="")
    if len(longest) < _LONG:
        return []
    near = (word for word in by_word if word[0] == longest[0] and abs(len(word) - len(longest)) <= _TYPO)
    return [j for word in near if DamerauLevenshtein.distance(word, longest) <= _TYPO for j in by_word[word]]


def _is_short_for(short: str, full: str, *, typo: bool = False) -> bool:
    """Whether every word of a name is in the fuller one, initials standing for words."""
    left = list(keys_of(full))
    strong = 0
    for key in sorted(keys_of(short), key=lambda k: -len(k)):
        hit = next((k for k in left if _is_same(key, k, typo=typo)), None)
        if hit is None:
            return False
        left.remove(hit)
        strong += len(key) > 1 and len(hit) > 1
    return strong > 0 and (strong > 1 or not any(is_initial(t) for t in tokens_of(short)) or _initials_fit(short, full))


def _initials_fit(short: str, full: str) -> bool:
    return len(keys_of(short)) <= len(keys_of(full))


def _is_same(a: str, b: str, *, typo: bool) -> bool:
    if a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]):
        return True
    return typo and min(len(a), len(b)) >= _LONG and DamerauLevenshtein.distance(a, b) <= _TYPO


def _bylines(text: str, mentions: Sequence[Mention], layout: Layout) -> set[int]:
    found: set[int] = set()
    for i, mention in enumerate(mentions):
        before = text[max(0, mention.start - 60) : mention.start]
        joined = i - 1 in found and _JOINED.fullmatch(text[mentions[i - 1].end : mention.start])
        if joined or cue("byline").search(before) or layout.part_at(mention.start) == "byline":
            found.add(i)
    return found
