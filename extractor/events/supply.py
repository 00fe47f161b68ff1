"""A visit that names one side in, the side that its words leave out supplied from what was told before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extractor.events.drafts import Draft
from extractor.events.phrases import Phrase
from extractor.events.reading import Party, Reading
from extractor.events.scene import Point, Scene
from extractor.events.triggers import Hit

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIGHT = Phrase("visits.sight")
_HE = Phrase("visits.he")


def ours(reading: Reading, hit: Hit) -> list[Party]:
    """The house whose page it is, where a visit names no host."""
    scene = reading.scene
    if scene.publisher is None or scene.is_media(scene.publisher):
        return []
    return [Party(scene.actor(scene.publisher), None, Point(hit.start, hit.end, "institution", (), "publisher"), "visit.publisher", 0.55)]


def complete(reading: Reading, draft: Draft, hit: Hit) -> bool:
    """Supply the side that the words leave out; False where nobody visits anybody."""
    scene, told = reading.scene, reading.told
    for host in [h for h in draft.of("hosts") if h in draft.of("visitors")]:
        weight = {f.slot: f.weight for f in draft.fillers if f.entity == host}
        draft.drop("hosts" if weight["hosts"] <= weight["visitors"] else "visitors", host)
    if not draft.of("visitors", "leaders", "delegates"):
        _supply_guest(reading, draft, hit)
    if not draft.of("visitors", "leaders", "delegates"):
        _supply_visitors(reading, draft, hit)
    if not draft.of("hosts") and (hit.value["way"] in {"receive", "meet"} or (hit.value.get("needs") == "people" and draft.of("visitors"))):
        hosts = told.hosts or [p.institution for p in ours(reading, hit) if p.institution]
        _supply(scene, draft, hit, Supply("hosts", "visitors", "visit.host-default", 0.5), hosts)
    for host in draft.of("hosts"):
        if _SIGHT.search(scene.institutions[host].name):
            draft.drop("hosts", host)
    if any(scene.are_kin(visitor, host) for visitor in draft.of("visitors") for host in draft.of("hosts")):
        return False
    if not draft.of("hosts") and hit.value["way"] in {"go", "noun"} and draft.of("visitors"):
        is_trip = hit.has("form", "lead") or hit.value["way"] == "noun" or draft.of("leaders")
        if is_trip:
            reading.trip = draft
            told.visitors = tuple(draft.of("visitors"))
    return bool(draft.of("visitors", "leaders", "delegates")) and bool(draft.of("hosts"))


class Supply(NamedTuple):
    """A slot to fill from what was told before, and the slot of the other side, whose kin stay out."""

    slot: str
    other: str
    rule: str
    weight: float


def _supply(scene: Scene, draft: Draft, hit: Hit, supply: Supply, entities: Iterable[str]) -> None:
    for entity in entities:
        if not any(scene.are_kin(entity, other) for other in draft.of(supply.other)):
            draft.add(supply.slot, entity, (hit.start, hit.end), supply.rule, supply.weight)


def _supply_guest(reading: Reading, draft: Draft, hit: Hit) -> None:
    """As in "He visited B": the last subject, with his house."""
    scene, at = reading.scene, (hit.start, hit.end)
    if _HE.search(scene.masked, max(draft.zone[0], hit.start - 40), hit.start):
        for person in [x for x in reading.told.subject if x in scene.people][:1]:
            draft.add("delegates", person, at, "visit.pronoun", 0.6)
            draft.add("visitors", scene.house(person), at, "visit.pronoun", 0.6)


def _supply_visitors(reading: Reading, draft: Draft, hit: Hit) -> None:
    """The visitors told before, or else the last institution that did something."""
    scene, told = reading.scene, reading.told
    _supply(scene, draft, hit, Supply("visitors", "hosts", "visit.told", 0.6), told.visitors)
    if not draft.of("visitors") and hit.value["way"] in {"go", "noun"} and draft.of("hosts"):
        subjects = [entity for entity in told.subject if entity in scene.institutions]
        _supply(scene, draft, hit, Supply("visitors", "hosts", "visit.last-subject", 0.5), subjects)
