"""An agreement's clause and the sentences about it in, its topics and its duration out."""

from __future__ import annotations

import re
from functools import cache

from extractor.events.drafts import Draft
from extractor.events.phrases import Phrase
from extractor.events.scene import Scene, Sentence
from extractor.records import Topic
from extractor.rules import load_lexicon

_ABOUT = Phrase("terms.about")
_FOLLOWS = 3  # sentences after the signing that may tell what it is for
_NUMBERS = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "fifteen": 15, "twenty": 20,
}  # fmt: skip
_LENGTH = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})[\s-]*(?:\(\d+\)\s*)?(?:more\s+|further\s+|additional\s+|other\s+)?(?P<unit>year|yr|month|week|day)s?\b",
    re.IGNORECASE,
)
_UNITS = {"year": "Y", "yr": "Y", "month": "M", "week": "W", "day": "D"}
_IS_TERM = Phrase("terms.is_term")
_NO_TERM = Phrase("terms.no_term")
_PAST_TERM = Phrase("terms.past_term")


@cache
def _topics() -> tuple[tuple[Topic, re.Pattern[str]], ...]:
    return tuple((topic, re.compile("|".join(patterns), re.IGNORECASE)) for topic, patterns in load_lexicon("events_topics").items())


def add_terms(scene: Scene, drafts: list[Draft]) -> None:
    """Read what each agreement is for, and how long it runs."""
    pacts = [d for d in drafts if d.type == "agreement"]
    for n, draft in enumerate(pacts):
        stretches = [draft.zone, *_about(scene, draft, pacts[n + 1 :])]
        words = " . ".join(scene.masked[start:end] for start, end in stretches)
        found = [topic for topic, pattern in _topics() if pattern.search(words)]
        if draft.instrument == "joint_degree_agreement" and "joint_degree" not in found:
            found.append("joint_degree")
        draft.topics = tuple(dict.fromkeys((*draft.topics, *found)))
        draft.duration = draft.duration or next((term for start, end in stretches if (term := term_in(scene.masked, start, end))), None)


def _about(scene: Scene, draft: Draft, later: list[Draft]) -> list[tuple[int, int]]:
    """The sentences after an agreement that speak of it, up to the next one."""
    if draft.time == "long_past" or draft.is_echo or draft.action in {"in_force", "ended"}:
        return []
    stop = min((d.sentence for d in later if d.sentence > draft.sentence), default=len(scene.sentences))
    near = scene.sentences[draft.sentence + 1 : min(stop, draft.sentence + 1 + _FOLLOWS)]
    return [(s.start, s.end) for s in near if _speaks_of_it(scene, s)]


def _speaks_of_it(scene: Scene, sentence: Sentence) -> bool:
    return _ABOUT.match(scene.masked[sentence.start : sentence.end]) is not None


def term_in(masked: str, start: int, end: int) -> tuple[str, int, int] | None:
    """The length of time that a stretch tells as a term, in ISO 8601, with its place."""
    for found in _LENGTH.finditer(masked, start, end):
        before, after = masked[max(start, found.start() - 30) : found.start()], masked[found.end() : found.end() + 20]
        if _NO_TERM.match(after) or _PAST_TERM.search(before) or not _IS_TERM.search(before):
            continue
        count = found["count"].lower()
        number = int(count) if count.isdigit() else _NUMBERS[count]
        if number and not (count == "a" and "-" not in found[0]):
            return f"P{number}{_UNITS[found['unit'].lower()]}", found.start(), found.end()
    return None
