"""A settled draft in, its event record out, with codes, confidence and the words behind each slot."""

from __future__ import annotations

from typing import Any

from extractor.events.codes import codes_of
from extractor.events.confidence import confidence_of
from extractor.events.drafts import Draft
from extractor.events.scene import Scene
from extractor.records import EVENT_TYPES, Argument, Event, Extent, Quote

_RECORDS = {kind.model_fields["type"].default: kind for kind in EVENT_TYPES}


def record_of(scene: Scene, draft: Draft, ident: str) -> Event:
    """The record of one act. Offsets are characters of the text, half-open."""
    kind = _RECORDS[draft.type]
    sentence = scene.sentences[draft.sentence]
    cameo, plover = codes_of(draft)
    fields: dict[str, Any] = {slot: tuple(draft.of(slot)) for slot in kind.slots}
    if draft.type == "agreement":
        fields |= {
            "instrument": draft.instrument or "cooperation_agreement",
            "topics": draft.topics,
            "duration": draft.duration[0] if draft.duration else None,
        }
    return kind(  # type: ignore[return-value]  # one of the members of the union
        id=ident,
        action=draft.action,
        date=draft.date,
        place=scene.text[draft.place[0] : draft.place[1]] if draft.place else None,
        trigger=Quote(start=draft.start, end=draft.end, text=scene.text[draft.start : draft.end]),
        evidence=Extent(start=min(sentence.start, draft.start), end=max(sentence.end, draft.end)),
        rule=draft.rule,
        arguments=_arguments(draft, kind.slots),
        cameo=cameo,
        plover=plover,
        confidence=confidence_of(scene, draft) if draft.chance is None else round(draft.chance, 3),
        **fields,
    )


def _arguments(draft: Draft, slots: tuple[str, ...]) -> tuple[Argument, ...]:
    found = [Argument(slot=f.slot, entity=f.entity, start=f.start, end=f.end, rule=f.rule) for f in draft.fillers if f.slot in slots]
    if draft.date and draft.date_at:
        rule = "date.context" if draft.is_dated_by_context else "date.clause"
        found.append(Argument(slot="date", entity=draft.date, start=draft.date_at[0], end=draft.date_at[1], rule=rule))
    if draft.place:
        found.append(Argument(slot="place", entity=None, start=draft.place[0], end=draft.place[1], rule="place.clause"))
    if draft.duration:
        found.append(Argument(slot="duration", entity=None, start=draft.duration[1], end=draft.duration[2], rule="duration.words"))
    return tuple(found)
