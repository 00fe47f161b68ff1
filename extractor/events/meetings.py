"""One sentence of a reading in, drafts of the meetings that join institutions out."""

from __future__ import annotations

from extractor.events.drafts import Draft
from extractor.events.judge import time_of
from extractor.events.phrases import Phrase
from extractor.events.reading import Party, Reading
from extractor.events.scene import Scene, Sentence
from extractor.events.triggers import Hit

_REACH = 160  # characters between what is held and the holding
_FOLLOWS = 5  # sentences that may name further participants
_BEHIND = 3  # characters between a gathering and the "of" of those who gather
_SPEECHES = 12  # sentences in which its guests may speak
_ORGANIZING = Phrase("meetings.organizing")
_JOINING = Phrase("meetings.joining")
_SPEAKING = Phrase("meetings.speaking")
_GUESTS = Phrase("meetings.guests")
_GUESTS_OF = Phrase("meetings.guests_of")
_PARTS = Phrase("meetings.parts")
_TOGETHER = Phrase("meetings.together")
_AT_HOME = Phrase("meetings.at_home")
_SIDELINES = frozenset({"about", "invitation", "of"})


def read_meetings(reading: Reading, sentence: Sentence) -> list[Draft]:
    """The meetings of a sentence: a noun of a gathering and the word that holds it. They may yet lack a second house."""
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
    draft = Draft(
        type="meeting", rule=noun.rule, action="planned" if time in {"planned", "agreed"} else "held", start=min(noun.start, verb.start),
        end=max(noun.end, verb.end), sentence=sentence.index, zone=zone, time=time, is_title=sentence.part == "title",
    )  # fmt: skip
    theirs = [
        g
        for g in reading.governed
        if g.governor not in _SIDELINES | {"at"}
        or (g.governor == "of" and (0 <= g.cue - noun.end <= _BEHIND or _GUESTS_OF.search(scene.masked, sentence.start, g.cue)))
    ]
    _join(draft, reading, reading.parties(theirs), 0.7)
    for party in reading.parties([g for g in reading.governed if g.governor == "at" and g.point.label == "institution"]):
        if party.institution is not None and not scene.is_media(party.institution):
            draft.add("participants", party.institution, party.at, "meeting.venue", 0.4)
    if _is_part(reading, draft, noun):
        return None
    organizing = _ORGANIZING.match(scene.masked, verb.start) is not None
    for party in reading.parties([g for g in reading.governed if g.governor == "host" or (organizing and g.governor in {"by", "subject"})]):
        if party.institution in draft.of("participants"):
            draft.add("organizers", party.institution, party.at, "meeting.organizer", 0.7)
    _default(draft, reading, noun)
    return draft if draft.of("participants") else None


def _default(draft: Draft, reading: Reading, noun: Hit) -> None:
    """As in "A symposium will be held together": the two sides; a guest's lecture at home: the text's own house."""
    scene = reading.scene
    if len({scene.top(p) for p in draft.of("participants")}) >= 2:
        return
    words, at = scene.masked[draft.zone[0] : draft.zone[1]], (noun.start, noun.end)
    if _TOGETHER.search(words):
        for side in reading.told.sides():
            draft.add("participants", side, at, "meeting.sides", 0.4)
    elif _AT_HOME.search(words) and scene.publisher and not scene.is_media(scene.publisher):
        draft.add("participants", scene.actor(scene.publisher), at, "meeting.publisher", 0.4)


def _is_part(reading: Reading, draft: Draft, noun: Hit) -> bool:
    """A lecture or session within the gathering told just before is no gathering of its own."""
    last = next((d for d in reversed(reading.drafts) if d.type == "meeting"), None)
    is_near = last is not None and 0 < draft.sentence - last.sentence <= _FOLLOWS and not last.is_title
    return is_near and _PARTS.match(reading.scene.masked, noun.start) is not None


def _join(draft: Draft, reading: Reading, parties: list[Party], weight: float) -> None:
    """Houses named themselves take part; of the people, the houses that nobody there belongs to yet."""
    scene = reading.scene
    for party in sorted(parties, key=lambda p: p.person is not None):
        house = party.institution
        if house is not None and party.person is not None:
            house = None if any(scene.top(house) == scene.top(p) for p in draft.of("participants")) else _host(scene, house)
        if house is not None and not scene.is_media(house):
            draft.add("participants", house, party.at, "meeting.participant", weight * party.weight)
        draft.add("attendees", party.person, party.at, "meeting.attendee", 0.7)


def _host(scene: Scene, house: str) -> str:
    """Guests stand for their university, hospital or firm, not for their own department."""
    above = [house, *scene.ancestors(house)]
    return next((i for i in above if scene.institutions[i].kind not in {"department", "faculty", "laboratory"}), house)


def follow_meetings(reading: Reading, sentence: Sentence) -> None:
    """Participants told after the meeting: who attended, spoke, or came from where."""
    last = next((d for d in reversed(reading.drafts) if d.type == "meeting"), None)
    if (
        last is None
        or last.sentence == sentence.index
        or sentence.index - last.sentence > _SPEECHES
        or sentence.part in {"title", "heading", "footer"}
    ):
        return
    if _SPEAKING.search(reading.scene.masked, sentence.start, sentence.end) is not None and not _is_other_story(reading, last, sentence):
        speakers = [g for g in reading.governed if g.point.label == "person" and g.governor in {"subject", "object"}]
        for party in reading.parties(speakers):
            if party.person is not None and not reading.scene.people[party.person].byline:
                last.add("attendees", party.person, party.at, "meeting.speaker", 0.6)
    if _is_guest_list(reading, last, sentence):
        _join(last, reading, reading.parties(list(reading.governed)), 0.6)
    if sentence.index - last.sentence > _FOLLOWS:
        return
    if _JOINING.search(reading.scene.masked, sentence.start, sentence.end) is not None:
        _join(last, reading, reading.parties([g for g in reading.governed if g.governor not in _SIDELINES]), 0.5)
    for party in reading.parties([g for g in reading.governed if g.governor == "host"]):
        last.add("participants", party.institution, party.at, "meeting.participant", 0.6)
        last.add("organizers", party.institution, party.at, "meeting.organizer", 0.7)


def _is_guest_list(reading: Reading, last: Draft, sentence: Sentence) -> bool:
    """Whether a sentence is an entry of the list below "Among the guests:"."""
    if not sentence.is_item:
        return False
    for head in reversed(reading.scene.sentences[last.sentence : sentence.index]):
        if not head.is_item:
            return _GUESTS.search(reading.scene.masked, head.start, head.end) is not None
    return False


def _is_other_story(reading: Reading, draft: Draft, sentence: Sentence) -> bool:
    """Whether another act has become the story since."""
    return (
        any(d.type in {"visit", "agreement"} and draft.sentence < d.sentence <= sentence.index for d in reading.drafts) or sentence.is_item
    )


def joins_houses(scene: Scene, draft: Draft) -> bool:
    """Whether at least two houses meet; a mere venue is left out where they do without it."""
    for venue in [f for f in draft.fillers if f.rule == "meeting.venue"]:
        others = {scene.top(f.entity) for f in draft.fillers if f.slot == "participants" and f is not venue}
        if len(others) >= 2 and venue.entity not in draft.of("organizers"):
            draft.drop("participants", venue.entity)
    return len({scene.top(p) for p in draft.of("participants")}) >= 2
