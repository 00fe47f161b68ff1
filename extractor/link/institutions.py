"""Institution mentions in, groups of mentions that name one institution out: acronyms, variants, short forms, units by parent."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import regex
from rapidfuzz.fuzz import ratio

from extractor.find.acronyms import IMPOSSIBLE, STRICT, cost_of, is_made_of
from extractor.find.places import is_country, is_place
from extractor.link.adjacency import MAX_GAP, Relation, relation_of
from extractor.link.clusters import Clusters
from extractor.link.naming import Name, is_legal_form, name_of
from extractor.records import Mention

# Spellings of one long name differ by a letter or two: "Universiti Technologi Malaysia". 93 keeps "Second" from "Seventh Hospital".
_SAME_SPELLING = 93
_SAME_WORD = 80
_LONG = 12
_TAKEN = 0.5  # a name that has another acronym already
_IN_BRACKET = 4  # mentions within one bracket
_CUT = 3  # words
_WORDLIKE = 5  # capitals of this length may be a word of a headline
_PIECES = regex.compile(r"[\s-]+")
_LIST = regex.compile(r"\s?(?:,|,? and|,? as well as|,? &|,? und|,? y) (?:the )?")
_GOES_ON = frozenset({"under", "named", "for", "in"})
_MANY = frozenset({"ministry", "government", "embassy", "consulate"})  # each country has one
_HARMLESS = frozenset({"state", "national", "federal", "royal", "public"})
_TELLING = frozenset({"muhammadiyah", "islam", "islamic", "catholic", "negeri", "open", "technical"})
_PREFERRED = ("university", "company", "hospital")


class Tie(NamedTuple):
    """Mention ``a`` (its number) stands to the next mention ``b`` in a relation."""

    a: int
    b: int
    relation: Relation


class Grouping(NamedTuple):
    """Names of the mentions, their groups, and the unit-parent pairs (mention numbers) that the text prints."""

    names: tuple[Name, ...]
    clusters: Clusters
    parts: tuple[tuple[int, int], ...]


def group_institutions(text: str, mentions: Sequence[Mention], whole: Sequence[str]) -> Grouping:
    """Which mentions name the same institution; ``whole`` are their names with the head nouns that they share."""
    names = tuple(name_of(name) for name in whole)
    clusters = Clusters(len(mentions))
    ties = list(_ties(text, mentions, names))
    parts = _parts(ties, text, mentions, names)
    generic = {i for i, name in enumerate(names) if name.is_generic}
    _join_equal(names, clusters, generic)
    for tie in ties:
        if tie.relation == "alias":
            clusters.join(_meant(tie, names, dict(parts)), tie.b)
    _join_placeless(names, clusters, generic)
    _join_variants(names, clusters, generic)
    _join_acronyms(names, clusters)
    _join_short_forms(names, clusters, generic)
    _join_units(names, clusters, generic, dict(parts))
    return Grouping(names, clusters, parts)


def _ties(text: str, mentions: Sequence[Mention], names: Sequence[Name]) -> Iterator[Tie]:
    explained = _explained(names)
    for i in range(len(mentions) - 1):
        a, b = mentions[i], mentions[i + 1]
        if b.start - a.end <= MAX_GAP:
            before = _before_bracket(text, mentions, i)
            left, right = names[before], names[i + 1]
            known = right.key in explained and right.key != left.key
            elsewhere = any(explained.get(x.key, IMPOSSIBLE) < cost_of(x.text, y.text) for x, y in ((left, right), (right, left)))
            relation = relation_of(left, text[a.end : b.start], right, text[b.end : b.end + 1], known=known, elsewhere=elsewhere)
            if relation is None and before != i:
                before, left = i, names[i]
                relation = relation_of(left, text[a.end : b.start], right, text[b.end : b.end + 1], known=known, elsewhere=elsewhere)
            if relation and not (relation == "part" and _is_listed(text, mentions, names, i)):
                yield Tie(i if relation == "alias" else before, i + 1, relation)


def _is_listed(text: str, mentions: Sequence[Mention], names: Sequence[Name], i: int) -> bool:
    """Whether a comma behind mention ``i`` parts the first two of several houses: "Mercy Hospital, Lund University and Oslo University"."""
    if i + 2 >= len(mentions) or names[i].is_generic or text[mentions[i].end : mentions[i + 1].start].strip() != ",":
        return False
    gap = text[mentions[i + 1].end : mentions[i + 2].start]
    return bool(_LIST.fullmatch(gap)) and ("," not in gap or "and" in gap or names[i + 1].kind == names[i + 2].kind)


def _before_bracket(text: str, mentions: Sequence[Mention], i: int) -> int:
    """The mention that a bracket explains in which mention ``i`` is the last: "Tongji Hospital (the East Branch, …) of TJMC"."""
    if not text.startswith(")", mentions[i].end):
        return i
    at = i
    while at > 0 and i - at < _IN_BRACKET and ")" not in (gap := text[mentions[at - 1].end : mentions[at].start]):
        at -= 1
        if "(" in gap:
            return at
    return i


def _explained(names: Sequence[Name]) -> dict[tuple[str, ...], float]:
    """Acronyms that are the initials of a university or another house of its own somewhere in the text, and how well they fit it."""
    houses = {name.key: name for name in names if name.key and not name.is_acronym and name.kind == "university"}
    short = {name.key: name for name in names if name.key and name.is_acronym}
    fits = {
        key: min((cost_of(name.text, h.text) for h in houses.values() if h.key[0][:1] == key[0][:1]), default=IMPOSSIBLE)
        for key, name in short.items()
    }
    return {key: cost for key, cost in fits.items() if cost <= STRICT}


def _meant(tie: Tie, names: Sequence[Name], parents: Mapping[int, int]) -> int:
    """The name that a bracket shortens: in "Urgench branch of the Tashkent Medical Academy (UB TMA)" the unit with its parent."""
    unit = tie.a - 1
    if parents.get(unit) != tie.a or cost_of(names[tie.b].text, names[tie.a].text) <= STRICT:
        return tie.a
    whole = f"{names[unit].text} {names[tie.a].text}"
    taken = any(cost_of(name.text, names[tie.a].text) <= STRICT for name in names if name.is_acronym)
    return unit if taken or cost_of(names[tie.b].text, whole) <= STRICT else tie.a


def _parts(ties: Sequence[Tie], text: str, mentions: Sequence[Mention], names: Sequence[Name]) -> tuple[tuple[int, int], ...]:
    """(unit, parent) pairs; in "A and B of X" A is a unit of X too, where it is generic."""
    parts: dict[int, int] = {}
    for tie in ties:
        if tie.relation == "part":
            parts[tie.a] = tie.b
        elif tie.relation == "owner":
            parts.setdefault(tie.b, tie.a)
    for i in reversed(range(len(mentions) - 1)):
        gap = text[mentions[i].end : mentions[i + 1].start].strip()
        if i not in parts and i + 1 in parts and names[i].is_generic and gap in ("and", ",", ", and", "&", "as well as"):
            parts[i] = parts[i + 1]
    return tuple(parts.items())


def _join_equal(names: Sequence[Name], clusters: Clusters, generic: set[int]) -> None:
    first: dict[tuple[str, ...], int] = {}
    for i, name in enumerate(names):
        if i not in generic and name.key:
            letters = "".join(name.key)
            clusters.join(first.setdefault((letters,) if len(letters) >= _LONG else name.key, i), i)


def _join_placeless(names: Sequence[Name], clusters: Clusters, generic: set[int]) -> None:
    """A university without its place, where one alone goes on so: "Federal University of Technology", Owerri."""
    for i in sorted(i for i in generic if names[i].kind == "university" and len(names[i].key) >= _CUT):
        size = len(names[i].key)
        whole = {clusters.head(j) for j, name in enumerate(names) if j not in generic and name.key[:size] == names[i].key}
        if len(whole) == 1:
            clusters.join(i, whole.pop())


def _join_variants(names: Sequence[Name], clusters: Clusters, generic: set[int]) -> None:
    """University of X = X University; one more given name or place; a slip of spelling."""
    full = [i for i, name in enumerate(names) if name.kind and not name.is_acronym and i not in generic]
    by_word: dict[str, list[int]] = defaultdict(list)
    seen: set[tuple[str, ...]] = set()
    for i in full:
        if names[i].key in seen:
            continue
        seen.add(names[i].key)
        for j in dict.fromkeys(j for word in names[i].core for j in by_word[word]):
            if is_variant(names[i], names[j]):
                clusters.join(i, j)
        for word in names[i].core:
            by_word[word].append(i)


def is_variant(a: Name, b: Name) -> bool:
    """Whether two full names are spellings of one."""
    short, full = sorted((a, b), key=lambda n: len(n.key))
    if full.key[: len(short.key)] == short.key and all(is_legal_form(word) for word in full.key[len(short.key) :]):
        return True
    if a.kind != b.kind:
        return False
    if _bare_core(a) == _bare_core(b) and a.subjects == b.subjects:
        return True
    if short.subjects <= full.subjects and set(short.core) <= set(full.core) and (is_cut(short, full) or _is_by_name(short, full)):
        return True
    if a.subjects == b.subjects and a.kind == "university" and (set(a.core) < set(b.core) or set(b.core) < set(a.core)):
        return min(len(a.core), len(b.core)) * 2 >= max(len(a.core), len(b.core))
    return _is_misspelt(a, b)


def _is_misspelt(a: Name, b: Name) -> bool:
    """Whether two long names differ by letters within words, not by words."""
    x, y = " ".join(a.key), " ".join(b.key)
    if len(a.key) != len(b.key) or min(len(x), len(y)) < _LONG or ratio(x, y) < _SAME_SPELLING:
        return False
    return all(v == w or (min(len(v), len(w)) >= _WORDLIKE and ratio(v, w) >= _SAME_WORD) for v, w in zip(a.key, b.key, strict=True))


def _bare_core(name: Name) -> tuple[str, ...]:
    core = tuple(word for word in name.core if word not in name.tail)
    return core or name.core


def _is_by_name(short: Name, full: Name) -> bool:
    """Whether a name keeps the person in a longer one: "Karazin University"."""
    if (
        short.kind not in ("university", "hospital")
        or (full.subjects - short.subjects) & _TELLING
        or short.subjects - {"state", "national"}
    ):
        return False
    return any(not is_place(word) and len(word) > 3 and not word.startswith("@") for word in short.core)


def is_cut(short: Name, full: Name) -> bool:
    """Whether a name is a longer one without its beginning or its end."""
    size = len(short.key)
    for at in range(len(full.key) - size + 1):
        if full.key[at : at + size] == short.key:
            following = full.key[at + size : at + size + 1]
            if short.kind != "university":
                return True
            return (not following or following[0] in _GOES_ON) and not (set(full.key[:at]) & full.subjects) - _HARMLESS
    return False


def _join_acronyms(names: Sequence[Name], clusters: Clusters) -> None:
    """Acronyms that no bracket explains, by the initials of the names in the text."""
    full: dict[tuple[str, ...], int] = {}
    acronyms: dict[tuple[str, ...], int] = {}
    for i, name in enumerate(names):
        if not name.is_acronym and len(name.key) > 1:
            full.setdefault(name.key, i)
        if name.is_bare and name.key and (len(name.key) == 1 or _PIECES.split(name.text)[0].isupper()):
            acronyms.setdefault(name.key, i)
    named = {clusters.head(i) for i in full.values() if names[i].kind}
    taken = {clusters.head(i) for i in acronyms.values()} & named
    by_initial: dict[str, list[int]] = defaultdict(list)
    for key, i in full.items():
        for initial in {word[0] for word in key[:4]}:
            by_initial[initial].append(i)
    for key, i in acronyms.items():
        if clusters.head(i) in named:
            continue
        able = (j for j in by_initial[key[0][0]] if names[j].key != key and not _is_unit_of(names[j], names[i]))
        fitting = [j for j in able if is_made_of(names[i].text, names[j].text)]
        if fitting:
            clusters.join(i, min(fitting, key=lambda j: (cost_of(names[i].text, names[j].text) + (clusters.head(j) in taken) * _TAKEN, j)))


def _join_short_forms(names: Sequence[Name], clusters: Clusters, generic: set[int]) -> None:
    """As in "Melbourne" after "University of Melbourne": a bare name whose words are all in one full name."""
    counts = Counter(clusters.head(i) for i in range(len(names)))
    named = {clusters.head(i) for i, name in enumerate(names) if name.kind}
    by_word: dict[str, list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        if (name.kind and i not in generic) or len(name.key) > 1:
            for word in {*name.key, *name.core}:
                by_word[word].append(i)
    done: set[tuple[str, ...]] = set()
    for i, name in enumerate(names):
        if name.kind or name.key in done or not name.core or clusters.head(i) in named or is_country(name.text):
            continue
        done.add(name.key)
        fitting = [j for j in by_word[min(name.core)] if clusters.head(j) != clusters.head(i) and _holds(names[j], name)]
        if fitting:
            clusters.join(i, min(fitting, key=lambda j: (_rank(names[j], name), -counts[clusters.head(j)], j)))


def _is_unit_of(unit: Name, house: Name) -> bool:
    """As "Museum of BMSTU" and "BMSTU"."""
    return house.is_acronym and unit.text.endswith(f" of {house.text}")


def _holds(full: Name, short: Name) -> bool:
    if _is_unit_of(full, short):
        return False
    if full.kind and (not short.is_acronym or len(short.text) >= _WORDLIKE or (full.kind == "company" and full.key[0] == short.key[0])):
        return set(short.core) <= set(full.core)
    return full.is_bare and len(full.key) > len(short.key) and full.key[: len(short.key)] == short.key


def _rank(full: Name, short: Name) -> tuple[int, bool]:
    place = _PREFERRED.index(full.kind) if full.kind in _PREFERRED else len(_PREFERRED)
    return place, set(short.core) != set(full.core)


def _join_units(names: Sequence[Name], clusters: Clusters, generic: set[int], parents: Mapping[int, int]) -> None:
    """Generic units are one where their printed parents are; without a printed parent they are the one told last."""
    by_key: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in sorted(generic):
        by_key[names[i].key].append(i)
    counts = Counter(clusters.head(i) for i in range(len(names)) if i not in generic)
    main = {max(counts, key=lambda head: (counts[head], -head), default=None), min(counts, default=None)}
    for members in by_key.values():
        owned: dict[int, int] = {}
        last: int | None = None
        orphans: list[int] = []
        for i in members:
            parent = clusters.head(parents[i]) if i in parents else None
            if parent is not None:
                clusters.join(owned.setdefault(parent, i), i)
                last = i
            elif last is not None:
                clusters.join(last, i)
            else:
                orphans.append(i)
        home = next((first for parent, first in owned.items() if parent in main), None)
        for i in orphans:
            clusters.join(i, orphans[0] if home is None else home)
        if not owned and names[members[0]].key[0] not in _MANY:
            _join_cut(members[0], names, clusters, generic)


def _join_cut(i: int, names: Sequence[Name], clusters: Clusters, generic: set[int]) -> None:
    """A generic name without a parent that is the end or beginning of the one longer name in the text: "City Council"."""
    holders = {
        clusters.head(j): j
        for j, name in enumerate(names)
        if name.kind == names[i].kind
        and len(name.key) > len(names[i].key)
        and (j not in generic or len(names[i].key) == 1)
        and is_cut(names[i], name)
    }
    if len(holders) == 1:
        clusters.join(i, next(iter(holders.values())))
