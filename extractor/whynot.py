"""A text and some of its words in, what the program read there out: which rules fired, which nearly did, and what was missing."""

from collections.abc import Iterator
from typing import NamedTuple

from extractor.clean import clean_text
from extractor.events.judge import time_of
from extractor.events.scene import Scene, Sentence
from extractor.events.triggers import TYPES, Hit, find_triggers
from extractor.layout import read_layout
from extractor.pipeline import Extractor
from extractor.records import Document, Entities, EventType

_HEARD = frozenset({"menu", "footer", "contact"})  # parts of a page that tell no news
_TIMES = {
    "denied": "words before it say that it did not happen",
    "planned": "words around it say that it is still to come",
    "agreed": "words before it say that it is to come",
    "purpose": "it is told as a purpose, not as an act",
    "long_past": "it is told as long past",
}
_NEEDED: dict[EventType, tuple[str, int]] = {
    "agreement": ("institution", 2), "visit": ("institution", 1), "meeting": ("institution", 1), "appointment": ("person", 1),
    "establishment": ("institution", 1),
}  # fmt: skip


class Reason(NamedTuple):
    """Why one trigger (or, with ``words`` empty, a whole sentence) did or did not become an event."""

    words: str
    type: str | None
    rule: str | None
    event: str | None
    why: str


class Explained(NamedTuple):
    """A sentence that holds the words asked for, the mentions read in it, and the reasons."""

    sentence: str
    mentions: tuple[tuple[str, str], ...]
    reasons: tuple[Reason, ...]


def explain(extractor: Extractor, doc: Document, words: str) -> list[Explained]:
    """What was read in the sentences of a document that hold some words, case and white space aside; none where it has no such words."""
    text = clean_text(doc.text)
    layout, parsed = read_layout(text, doc.source.title), extractor.parser.parse(text)
    entities = Entities(mentions=doc.mentions, institutions=doc.institutions, people=doc.people, roles=doc.roles, dates=doc.dates)
    scene = Scene(parsed, entities, layout)
    hits = {kind: find_triggers(scene.masked, extractor.rules, kind) for kind in TYPES}
    return [_explained(doc, scene, s, hits) for s in scene.sentences if _plain(words) in _plain(doc.text[s.start : s.end])]


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _explained(doc: Document, scene: Scene, sentence: Sentence, hits: dict[EventType, list[Hit]]) -> Explained:
    mentions = tuple((m.label, m.text) for m in doc.mentions if sentence.start <= m.start < sentence.end)
    return Explained(doc.text[sentence.start : sentence.end].strip(), mentions, tuple(_reasons(doc, scene, sentence, hits)))


def _reasons(doc: Document, scene: Scene, sentence: Sentence, hits: dict[EventType, list[Hit]]) -> Iterator[Reason]:
    if sentence.part in _HEARD:
        yield Reason("", None, None, None, f"the sentence stands in the page's {sentence.part}, where no event is read")
        return
    here = [(kind, hit) for kind in TYPES for hit in hits[kind] if sentence.start <= hit.start < sentence.end]
    if not here:
        yield Reason("", None, None, None, "no rule knows words of it that tell an event: a rule of your own can (--rules)")
    for kind, hit in here:
        yield _reason(doc, scene, sentence, kind, hit, [h for k, h in here if k == kind])


def _reason(doc: Document, scene: Scene, sentence: Sentence, kind: EventType, hit: Hit, beside: list[Hit]) -> Reason:
    words = doc.text[hit.start : hit.end]
    event = next((e for e in doc.events if e.type == kind and e.trigger.start < hit.end and hit.start < e.trigger.end), None)
    if event is not None:
        return Reason(words, kind, hit.rule, event.id, f"fired: {event.action}, confidence {event.confidence:.2f}")
    return Reason(words, kind, hit.rule, None, "; ".join(_missing(scene, sentence, kind, hit, beside)) or _elsewhere(doc, kind, sentence))


def _missing(scene: Scene, sentence: Sentence, kind: EventType, hit: Hit, beside: list[Hit]) -> Iterator[str]:
    time = time_of(scene.masked, hit.start, hit.end, (sentence.start, sentence.end))
    if time in _TIMES:
        yield _TIMES[time]
    if hit.has("weak", "yes") and not any(h.has("part", "noun") and h is not hit for h in beside):
        yield "these words alone are too weak: they need an instrument (agreement, memorandum …) beside them"
    elif hit.has("part", "noun") and not any(h.has("part", "verb") for h in beside):
        yield "an instrument is named, but no act (signed, renewed …) beside it"
    label, needed = _NEEDED[kind]
    named = {entity for point in scene.points_in(sentence.start, sentence.end, label) for entity in point.entities}
    if len(named) < needed:
        yield f"{needed} {label}{'s' if needed > 1 else ''} needed, {len(named) or 'none'} named in this sentence"


def _elsewhere(doc: Document, kind: str, sentence: Sentence) -> str:
    """A trigger that lacks nothing gave way to another telling of the same act, or to the limits of the rules."""
    told = [e.id for e in doc.events if e.type == kind and e.evidence.start < sentence.end and sentence.start < e.evidence.end]
    same = [e.id for e in doc.events if e.type == kind]
    if told:
        return f"read as part of {', '.join(told)}"
    return (
        f"read, but not kept: it may tell the same act as {', '.join(same)}"
        if same
        else "read, but who did it to whom could not be made out"
    )
