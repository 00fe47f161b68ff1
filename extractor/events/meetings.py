"""One sentence of a reading in, drafts of the meetings that join institutions out."""

from __future__ import annotations

from extractor.events.drafts import Draft
from extractor.events.judge import time_of
from extractor.events.reading import Reading
from extractor.events.scene import Sentence
from extractor.events.triggers import Hit

_REACH = 160  # characters between what is held and the holding
_ORGANIZING = ("organi", "co-organi", "host", "co-host", "conduct", "conven", "held", "hold")


def read_meetings(reading: Reading, sentence: Sentence) -> list[Draft]:
    """The meetings of a sentence: a noun of a gathering, the word that holds it, and at least two houses."""
    hits = reading.hits_in("meeting", sentence.start, sentence.end)
    verbs = [h for h in hits if h.has("part", "verb")]
    for noun in (h for h in hits if h.has("part", "noun")):
        near = [v for v in verbs if min(abs(v.start - noun.end), abs(noun.start - v.end)) <= _REACH]
        if near:
            verb = min(near, key=lambda v: (abs(v.start - noun.start), v.start))
            draft = _draft(reading, sentence, noun, verb)
            if draft is not None:
                return [draft]
    return []


def _draft(reading: Reading, sentence: Sentence, noun: Hit, verb: Hit) -> Draft | None:
    scene = reading.scene
    zone = (sentence.start, sentence.end)
    time = time_of(scene.masked, verb.start, verb.end, zone)
    if time == "denied":
        return None
    start, end = min(noun.start, verb.start), max(noun.end, verb.end)
    draft = Draft(
        type="meeting", rule=noun.rule, action="planned" if time in {"planned", "agreed"} else "held", start=start, end=end,
        sentence=sentence.index, zone=zone, time=time, is_title=sentence.part == "title",
    )  # fmt: skip
    word = scene.masked[verb.start : verb.end].lower()
    for party in reading.parties([g for g in reading.governed if g.governor not in {"from", "about", "invitation", "of"}]):
        if party.institution is None or scene.is_media(party.institution):
            continue
        draft.add("participants", party.institution, party.at, "meeting.participant", 0.7 * party.weight)
        draft.add("attendees", party.person, party.at, "meeting.attendee", 0.7)
    for party in reading.parties([g for g in reading.governed if g.governor in {"host", "by"} or (g.governor == "subject" and word.startswith(_ORGANIZING))]):
        if party.institution in draft.of("participants"):
            draft.add("organizers", party.institution, party.at, "meeting.organizer", 0.7)
    tops = {scene.top(p) for p in draft.of("participants")}
    return draft if len(tops) >= 2 else None
