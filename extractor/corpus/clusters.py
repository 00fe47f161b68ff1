"""Items and pairs that belong together in, groups out; a pair may be refused by what its groups hold."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Clusters(Generic[T]):
    """Disjoint sets. Groups and heads do not depend on the order in which equal pairs are joined."""

    def __init__(self, items: Iterable[T]) -> None:
        self._head: dict[T, T] = {item: item for item in items}
        self._place = {item: at for at, item in enumerate(self._head)}
        self._size = dict.fromkeys(self._head, 1)

    def __contains__(self, item: object) -> bool:
        return item in self._head

    def head(self, item: T) -> T:
        """One item that stands for the whole group."""
        while (up := self._head[item]) != item:
            self._head[item] = item = self._head[up]
        return item

    def join(self, a: T, b: T) -> T:
        """Makes the groups of two items one; the new head."""
        a, b = self.head(a), self.head(b)
        if a != b:
            if (-self._size[a], self._place[a]) > (-self._size[b], self._place[b]):
                a, b = b, a
            self._head[b] = a
            self._size[a] += self._size[b]
        return a

    def groups(self) -> list[list[T]]:
        """The groups, by their first items; items in the order in which they were given."""
        found: dict[T, list[T]] = {}
        for item in self._head:
            found.setdefault(self.head(item), []).append(item)
        return list(found.values())


class Guarded(Clusters[T]):
    """Disjoint sets whose groups never hold two different values of a mark, such as a registry id or a country."""

    def __init__(self, marks: Mapping[T, tuple[Hashable | None, ...]]) -> None:
        super().__init__(marks)
        self._marks = dict(marks)

    def extend(self, marks: Mapping[T, tuple[Hashable | None, ...]]) -> None:
        """Further items, each a group of its own."""
        for item, values in marks.items():
            self._place[item] = len(self._head)
            self._head[item] = item
            self._size[item] = 1
            self._marks[item] = values

    def marks(self, item: T) -> tuple[Hashable | None, ...]:
        """The marks of an item's group."""
        return self._marks[self.head(item)]

    def fits(self, a: T, b: T) -> bool:
        """Whether two groups may be one."""
        return all(x is None or y is None or x == y for x, y in zip(self.marks(a), self.marks(b), strict=True))

    def join(self, a: T, b: T) -> T:
        """As ``Clusters.join``; where the groups do not fit, nothing happens and the head of ``a`` is given."""
        if self.head(a) == self.head(b) or not self.fits(a, b):
            return self.head(a)
        marks = tuple(x if x is not None else y for x, y in zip(self.marks(a), self.marks(b), strict=True))
        head = super().join(a, b)
        self._marks[head] = marks
        return head
