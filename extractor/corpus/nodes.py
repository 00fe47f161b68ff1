"""What linking organisations works on: equal records of many texts as one node, and what tells whether names can be evidence."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

from extractor.corpus.gather import Key, Organization
from extractor.corpus.names import OrgName, name_of

K = TypeVar("K", bound=Hashable)
UNITS = frozenset({"faculty", "department", "laboratory", "institute"})


class Registry(Protocol):
    """What finds an institution's identifier; None where it would have to guess."""

    def identify(self, name: str, *, country: str | None, kind: str | None) -> str | None: ...
    def country_of(self, identifier: str) -> str | None: ...


class Node(NamedTuple):
    """Equal records of many texts: same words of the name, same country and kind, same scope (a parent, a site, a text, or None)."""

    words: tuple[str, ...]
    scope: str | None
    country: str | None
    kind: str
    ror: str | None


class Doubt(NamedTuple):
    """Two groups that may be one, and why they were kept apart."""

    a: Key
    b: Key
    reason: str


class Grouped(NamedTuple):
    """``groups`` are records (text, id) of one organisation each; ``ror`` is by the first record of the group; ``doubts`` were not
    joined.
    """

    groups: tuple[tuple[Key, ...], ...]
    ror: Mapping[Key, str]
    doubts: tuple[Doubt, ...]


def nodes_of(nodes: Sequence[Node], letters: str) -> Iterator[Node]:
    """The nodes that are named by an acronym alone."""
    return (n for n in nodes if n.words == (letters,))


def buckets(pairs: Iterable[tuple[K, Node]]) -> dict[K, list[Node]]:
    found: dict[K, list[Node]] = defaultdict(list)
    for key, node in pairs:
        found[key].append(node)
    return found


def is_unit(record: Organization) -> bool:
    name = name_of(record.name)
    return record.kind in UNITS or name.is_generic or name.is_acronym


def is_telling(alias: OrgName) -> bool:
    return not alias.is_acronym and bool(alias.core) and alias.has_head and len(alias.words) > 1


def qualifiers(name: OrgName) -> frozenset[str]:
    return frozenset(name.words) - name.core
