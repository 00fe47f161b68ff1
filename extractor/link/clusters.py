"""Mentions in, groups of mentions that name the same thing out."""


class Clusters:
    """A union of mentions (numbered from 0) that grows; the first mention of a group stands for it."""

    def __init__(self, size: int) -> None:
        self._head = list(range(size))

    def head(self, member: int) -> int:
        """The first mention of a member's group."""
        while self._head[member] != member:
            self._head[member] = self._head[self._head[member]]
            member = self._head[member]
        return member

    def join(self, a: int, b: int) -> None:
        """Make one group of two."""
        first, second = sorted((self.head(a), self.head(b)))
        self._head[second] = first

    def groups(self) -> dict[int, list[int]]:
        """Members by head, both in order."""
        groups: dict[int, list[int]] = {}
        for member in range(len(self._head)):
            groups.setdefault(self.head(member), []).append(member)
        return groups
