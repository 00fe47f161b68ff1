"""Entries of a list and the sentence that heads it in, one agreement or appointment for each entry out."""

from __future__ import annotations

from dataclasses import replace

from extractor.events.drafts import Draft
from extractor.events.phrases import Phrase
from extractor.events.reading import Party, Reading
from extractor.events.scene import Sentence

_HEADS = Phrase("lists.heads")
_MEMBERS = Phrase("lists.members")
_REACH = 12  # sentences from a head to its entries


def note_head(reading: Reading, sentence: Sentence, told: list[Draft]) -> None:
    """Remember a sentence that introduces a list, and the act that it tells."""
    masked = reading.scene.masked
    line = reading.scene.layout.line_at(sentence.start)
    heads = _HEADS.search(masked, max(sentence.start, sentence.end - 80), sentence.end) is not None
    ends_line = line is not None and sentence.end >= line.end - 1
    if heads and ends_line:
        days = reading.scene.points_in(sentence.start, sentence.end, "date")
        reading.list_day = (days[-1], sentence.index) if days and days[-1].entities else None
    if heads and ends_line and not sentence.is_item:
        waiting = reading.pending if reading.pending is not None and reading.pending.sentence == sentence.index else None
        head = next((d for d in told if d.type in {"agreement", "appointment"} and _is_open(d)), waiting)
        reading.head = head
        reading.entries = 0


def _is_open(draft: Draft) -> bool:
    return draft.type == "appointment" or len(draft.of("parties", "counterpart")) < 2 or draft.is_plural


def read_entry(reading: Reading, sentence: Sentence, own: list[Draft]) -> list[Draft]:
    """The agreement that an entry of a list completes; none where the entry tells its own."""
    head = reading.head
    if head is None or own or head.type != "agreement" or sentence.index - head.sentence > _REACH + reading.entries:
        return []
    if not (sentence.is_item or _starts_with_date(reading, sentence)):
        if sentence.end - sentence.start > 90 and _starts_line(reading, sentence):
            reading.head = None
        return []
    named = [
        p
        for p in reading.parties([g for g in reading.governed if g.point.label == "institution" and g.point.how == "mention"])
        if p.institution
    ]
    first = _distinct(reading, named)
    if not first:
        return []
    reading.entries += 1
    return [_entry(reading, head, sentence, first)]


def _entry(reading: Reading, head: Draft, sentence: Sentence, parties: list[Party]) -> Draft:
    one = replace(
        head,
        sentence=sentence.index,
        zone=(sentence.start, sentence.end),
        fillers=[f for f in head.fillers if f.slot == "witnesses"],
        is_title=False,
    )
    owners = [f for f in head.fillers if f.slot == "parties"]
    if len(parties) == 1 or owners:
        for filler in owners:
            one.add("parties", filler.entity, (filler.start, filler.end), filler.rule, filler.weight)
        if not owners and reading.scene.publisher and not reading.scene.is_media(reading.scene.publisher):
            one.add("parties", reading.scene.actor(reading.scene.publisher), (head.start, head.end), "agreement.publisher", 0.55)
    for party in parties[: 1 if owners else 2]:
        one.add("parties", party.institution, party.at, "agreement.entry", 0.8)
    dates = reading.scene.points_in(sentence.start, sentence.end, "date")
    if dates and dates[0].entities:
        one.date, one.date_at, one.is_dated_by_context = dates[0].entities[0], (dates[0].start, dates[0].end), False
    return one


def _distinct(reading: Reading, named: list[Party]) -> list[Party]:
    kept: list[Party] = []
    for party in named:
        if not any(k.institution and party.institution and reading.scene.are_kin(k.institution, party.institution) for k in kept):
            kept.append(party)
    return kept


def read_members(reading: Reading, sentence: Sentence) -> list[Draft]:
    """As in "The partners:" and a list below or behind it: the parties of the one instrument told before."""
    masked, scene = reading.scene.masked, reading.scene
    head = reading.pending or next((d for d in reversed(reading.drafts) if d.type == "agreement"), None)
    if head is None or head.type != "agreement" or _MEMBERS.match(masked, sentence.start, sentence.end) is None:
        return []
    end = sentence.end
    for later in scene.sentences[sentence.index + 1 :]:
        if not later.is_item:
            break
        end = later.end
    found = list(dict.fromkeys(p.entities[0] for p in scene.points_in(sentence.start, end, "institution") if p.entities))
    found = [f for f in found if not scene.is_media(f) and not any(f in scene.ancestors(o) for o in found)]
    if len(found) < 3 and not (head is reading.pending and len(found) > 1):
        return []
    target = replace(head, fillers=[f for f in head.fillers if f.slot != "counterpart"]) if head is reading.pending else head
    for entity in found:
        target.add("parties", entity, (sentence.start, sentence.end), "agreement.members", 0.7)
    if head is reading.pending:
        reading.pending = None
        return [target]
    return []


def _starts_line(reading: Reading, sentence: Sentence) -> bool:
    line = reading.scene.layout.line_at(sentence.start)
    return line is not None and line.start == sentence.start


def _starts_with_date(reading: Reading, sentence: Sentence) -> bool:
    dates = reading.scene.points_in(sentence.start, sentence.start + 4, "date")
    return bool(dates) and _starts_line(reading, sentence)
