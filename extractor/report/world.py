"""Entities of single texts in, numbered organizations, persons and agreements of all texts out, as the corpus tables join them."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from extractor.corpus.joined import NOTHING_JOINED, Joined, read_joined

Row = Mapping[str, Any]


@dataclass
class Organization:
    """One institution over all texts; ``parent`` is the number of the one that it belongs to."""

    name: str
    kind: str
    country: str | None
    ror: str | None
    aliases: dict[str, None] = field(default_factory=dict)
    parent: int | None = None
    documents: int = 0

    def row(self) -> list[Any]:
        """The columns that the page knows."""
        return [self.name, self.kind, self.country, self.ror, [a for a in self.aliases if a != self.name][:12], self.parent, self.documents]


@dataclass
class Individual:
    """One person over all texts."""

    name: str
    honorific: str | None
    documents: int = 0

    def row(self) -> list[Any]:
        """The columns that the page knows."""
        return [self.name, self.honorific, self.documents]


class World:
    """Tells which entities of two texts are one. Those that the corpus tables do not name are one where their names are equal."""

    def __init__(self, joined: Joined = NOTHING_JOINED) -> None:
        self.organizations: list[Organization] = []
        self.persons: list[Individual] = []
        self._joined = joined
        self._numbers: dict[Hashable, int] = {}
        self._agreements: dict[Hashable, list[int]] = {}

    @classmethod
    def of(cls, folder: Path) -> Self:
        """The world as the corpus tables of an output folder have it."""
        return cls(read_joined(folder))

    def organization(self, doc_id: str, institution: Row) -> int:
        """The number of an institution of a text."""
        alone = ("organization", institution["name"].casefold(), institution["country"], institution["kind"])
        id_ = self._joined.members.get(("organization", doc_id, institution["id"]))
        key = id_ or alone
        if key not in self._numbers:
            row = self._joined.rows["organization"].get(id_ or "", institution)
            self._numbers[key] = len(self.organizations)
            self.organizations.append(Organization(*(row[f] for f in ("name", "kind", "country", "ror"))))
            self.organizations[-1].aliases |= dict.fromkeys((*row.get("acronyms", ()), *row["aliases"]))
        known = self.organizations[self._numbers[key]]
        known.aliases |= dict.fromkeys((institution["name"], *institution["aliases"]))
        return self._numbers[key]

    def person(self, doc_id: str, person: Row) -> int:
        """The number of a person of a text."""
        id_ = self._joined.members.get(("person", doc_id, person["id"]))
        key = id_ or ("person", person["name"].casefold())
        if key not in self._numbers:
            row = self._joined.rows["person"].get(id_ or "", person)
            self._numbers[key] = len(self.persons)
            self.persons.append(Individual(row["name"], row["honorific"]))
        return self._numbers[key]

    def note_parent(self, unit: int, parent: int | None) -> None:
        """A unit's parent, as the first text that tells one has it."""
        if parent is not None and parent != unit and self.organizations[unit].parent is None:
            self.organizations[unit].parent = parent

    def note_event(self, doc_id: str, event: Row, number: int) -> None:
        """Row ``number`` of the events; agreements are gathered by the ledger's id."""
        if event["type"] == "agreement":
            key = self._joined.members.get(("agreement", doc_id, event["id"])) or (doc_id, event["id"])
            self._agreements.setdefault(key, []).append(number)

    def agreements(self) -> list[list[Any]]:
        """One row per real agreement: its tellings as numbers of events, what these do not agree on, and what the ledger says."""
        return [self._agreement(key, numbers) for key, numbers in self._agreements.items()]

    def _agreement(self, key: Hashable, numbers: list[int]) -> list[Any]:
        row = self._joined.rows["agreement"].get(key if isinstance(key, str) else "")
        if row is None:
            return [numbers, [], None, None, None, None, None]
        days = [day and day.isoformat() for day in (row["date_start"], row["date_end"])]
        return [numbers, self._joined.conflicts.get(row["id"], []), row["action"], row["instrument"], row["date"], *days]
