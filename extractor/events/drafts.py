"""An event on its way: what has been read about one act, with the words behind each slot."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.events.judge import Time
from extractor.events.scene import Point
from extractor.records import Action, EventType, Instrument


@dataclass(frozen=True)
class Filler:
    """One slot value: ``weight`` (0 to 1) tells how well the words support it."""

    slot: str
    entity: str
    start: int
    end: int
    rule: str
    weight: float


@dataclass
class Draft:
    """One telling of one act; characters are half-open."""

    type: EventType
    rule: str
    action: Action
    start: int
    end: int
    sentence: int
    zone: tuple[int, int]
    time: Time = "past"
    fillers: list[Filler] = field(default_factory=list)
    date: str | None = None
    date_at: tuple[int, int] | None = None
    is_dated_by_context: bool = False
    place: tuple[int, int] | None = None
    instrument: Instrument | None = None
    topics: tuple[str, ...] = ()
    duration: tuple[str, int, int] | None = None
    is_definite: bool = False
    is_plural: bool = False
    is_title: bool = False
    is_weak: bool = False
    is_bare: bool = False  # an act whose instrument is left unsaid ("both rectors signed")
    is_many: bool = False  # "five agreements"
    is_echo: bool = False  # told only by the way ("the MoU of 2012")
    what: str = ""  # the common noun of a unit or a gathering
    not_dates: tuple[str, ...] = ()
    tellings: int = 1
    also: tuple[tuple[int, int], ...] = ()  # other words that tell the same act
    batch: int = 0
    chance: float | None = None  # that the whole row is right, None before it is weighed

    def of(self, *slots: str) -> list[str]:
        """The entities in some slots, in order of finding, without doubles."""
        return list(dict.fromkeys([f.entity for f in self.fillers if f.slot in slots]))

    def add(self, slot: str, entity: str | None, at: Point | tuple[int, int], rule: str, weight: float) -> None:
        """Fill a slot, once for each entity."""
        if entity is None or any(f.slot == slot and f.entity == entity for f in self.fillers):
            return
        self.fillers.append(Filler(slot, entity, at[0], at[1], rule, weight))

    def drop(self, slot: str, entity: str) -> None:
        """Take an entity out of a slot."""
        self.fillers = [f for f in self.fillers if (f.slot, f.entity) != (slot, entity)]
