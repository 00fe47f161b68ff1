"""A sentence and what was told before in, common nouns that stand for institutions out ("both universities", "the guests")."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from extractor.events.scene import INSTITUTION, Point, Scene, Sentence
from extractor.rules import load_lexicon

_QUALIFIERS = r"(?:(?:partner|host|visiting|fellow|local|said|same|above|foreign|latter|former|two|respective|national)\s+)?"


class Patterns(NamedTuple):
    """Compiled reference patterns; ``kinds`` by noun, ``country`` by demonym."""

    pair: re.Pattern[str]
    ours: re.Pattern[str]
    guests: re.Pattern[str]
    hosts: re.Pattern[str]
    single: re.Pattern[str]
    national: re.Pattern[str]
    kinds: dict[str, list[str]]
    country: dict[str, str]


@cache
def patterns() -> Patterns:
    """The patterns of ``events_references.yaml``."""
    listed = load_lexicon("events_references")
    country = {word: code for code, words in listed["demonyms"].items() for word in words}
    demonym = "|".join(re.escape(word) for word in sorted(country, key=lambda w: (-len(w), w)))
    noun = "|".join(sorted(listed["nouns"], key=lambda w: (-len(w), w)))
    plural = "|".join(listed["pair_nouns"])
    flags = re.IGNORECASE
    return Patterns(
        re.compile(
            rf"\b(?:both(?:\s+of\s+(?:the|these|them))?|the\s+two|two|these\s+two|(?:the|all)\s+(?:three|four|five))\s+(?:\w+\s+)?(?:{plural})\b|"
            rf"\bthe\s+(?:two|pair|three|four|five|parties|sides|duo)\b|\bboth(?=\s+(?:sign|ink|agree|exchang|conclud|renew)\w*)|\b(?:between|of|for|by)\s+both\b(?=\s*(?:[,.;)]|(?:was|were|is|are|has|have|will)\b))",
            flags,
        ),
        re.compile(
            rf"\b(?:our|my)\s+(?:own\s+|beloved\s+)?(?:(?:{noun})\b(?!['\u2019]s\s+\w+\s+of)|side\b|campus\b)|\b(?:we|us|ourselves|ours)\b",
            flags,
        ),
        re.compile(
            r"\bthe\s+(?:\w+\s+)?(?:guests?|visitors?|delegations?|delegates|visiting\s+\w+|mission|team|group|party|newcomers)\b|\btheir\s+guests\b|\bguest\s+side\b",
            flags,
        ),
        re.compile(r"\bthe\s+(?:hosts?|host\s+\w+)\b|\btheir\s+hosts?\b", flags),
        re.compile(rf"\b(?:the|this|that|said)\s+{_QUALIFIERS}({noun})\b", flags),
        re.compile(
            rf"\b(?:the|its|their|our)\s+(?:\w+\s+)?({demonym})\s+(?:\w+\s+)?({noun}|partners?|side|party|counterparts?|institution)\b",
            flags,
        ),
        listed["nouns"],
        country,
    )


class Discourse:
    """Who has been spoken of so far; read and kept up to date sentence by sentence."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.spoken: list[str] = []  # institutions, the last spoken of at the end
        self.pair: tuple[str, ...] = ()  # the sides of the last event
        self.visitors: tuple[str, ...] = ()
        self.hosts: tuple[str, ...] = ()
        self.subject: tuple[str, ...] = ()  # institutions and people that the last clause was about

    def hear(self, sentence: Sentence) -> None:
        """Take note of the institutions that a sentence names."""
        for point in self.scene.points_in(sentence.start, sentence.end, "institution"):
            for entity in point.entities:
                if entity in self.spoken:
                    self.spoken.remove(entity)
                self.spoken.append(entity)

    def latest(self, kinds: list[str], country: str | None = None) -> str | None:
        """The institution of some kind that was spoken of last; the text's own house first where it fits and was spoken of."""
        for entity in reversed(self.spoken):
            institution = self.scene.institutions.get(entity)
            if institution and institution.kind in kinds and (country is None or institution.country == country):
                return entity
        return None

    def sides(self) -> tuple[str, ...]:
        """The two sides of what is being told, each as one institution; empty where they are not clear."""
        sides = self.pair if len(self.pair) > 1 else (*self.hosts, *self.visitors) if self.visitors and self.hosts else ()
        return self.joined(sides)

    def joined(self, sides: tuple[str, ...]) -> tuple[str, ...]:
        """Several units of one house become their house."""
        kept: list[str] = []
        for entity in sides:
            kin = next((k for k in kept if self.scene.top(k) == self.scene.top(entity)), None)
            if kin is None:
                kept.append(entity)
            elif kin != entity:
                kept[kept.index(kin)] = self.scene.common(kin, entity)
        return tuple(dict.fromkeys(kept))

    def last(self, count: int, kinds: list[str] | None = None) -> tuple[str, ...]:
        """The last ``count`` houses (of some kinds) spoken of."""
        houses = [i for i in self.spoken if not self.scene.is_media(i) and (kinds is None or self.scene.institutions[i].kind in kinds)]
        return self.joined(tuple(houses[-count:])) if len(self.joined(tuple(houses[-count:]))) == count else ()


def references(scene: Scene, told: Discourse, sentence: Sentence) -> list[Point]:
    """The references of a sentence that can be resolved, in order, never inside one another."""
    known = patterns()
    found: list[Point] = []

    def note(match: re.Match[str], entities: tuple[str, ...], how: str) -> None:
        if entities and not any(p.start < match.end() and match.start() < p.end for p in found):
            found.append(Point(match.start(), match.end(), "institution", entities, how))

    national, pair, ours, guests, hosts, single = _words(scene, sentence)
    for match in national:
        kinds = known.kinds.get(match[2].lower(), [])
        country = known.country[match[1].lower()]
        note(match, _one(_national(told, country, kinds)), "reference.nation")
    for match in pair:
        note(match, _named_before(scene, told, sentence, match) or _several(told, match[0].lower()), "reference.both")
    if scene.publisher and not scene.is_media(scene.publisher):
        for match in ours:
            if not scene.masked[match.end() : match.end() + 2].endswith(INSTITUTION):
                note(match, _one(_ours(told, match[0])), "reference.our")
    for match in guests:
        note(match, told.visitors, "reference.guests")
    for match in hosts:
        note(match, told.hosts, "reference.hosts")
    for match in single:
        note(match, _one(_single(told, match)), "reference.the")
    return sorted(found)


def _words(scene: Scene, sentence: Sentence) -> tuple[list[re.Match[str]], ...]:
    """The words of a sentence that may refer, in the order in which they are weighed."""
    known = patterns()
    found = scene.reference_words.get(sentence.index)
    if found is None:
        looked_for = (known.national, known.pair, known.ours, known.guests, known.hosts, known.single)
        found = tuple(list(pattern.finditer(scene.masked, sentence.start, sentence.end)) for pattern in looked_for)
        scene.reference_words[sentence.index] = found
    return found


def _one(entity: str | None) -> tuple[str, ...]:
    return (entity,) if entity is not None else ()


_PLURALS: list[tuple[str, list[str]]] = [
    ("governments", ["government"]), ("ministries", ["government"]), ("hospitals", ["hospital"]), ("chambers", ["association"]),
    ("companies", ["company"]), ("firms", ["company"]), ("universities", ["university"]), ("academies", ["institute"]),
    ("faculties", ["faculty"]), ("boards", ["government"]),
]  # fmt: skip


def _named_before(scene: Scene, told: Discourse, sentence: Sentence, match: re.Match[str]) -> tuple[str, ...]:
    """The two houses that the same sentence has just named: "after an MoU between A and B both sides …"."""
    if re.search(r"three|four|five", match[0], re.IGNORECASE):
        return ()
    named = tuple(dict.fromkeys(p.entities[0] for p in scene.points_in(sentence.start, match.start(), "institution") if p.entities))
    houses = told.joined(tuple(i for i in named if not scene.is_media(i)))
    return houses if len(houses) == 2 else ()


_COUNTS = {"three": 3, "four": 4, "five": 5}


def _several(told: Discourse, words: str) -> tuple[str, ...]:
    count = next((n for word, n in _COUNTS.items() if word in words), 2)
    if count > 2:
        return told.last(count)
    kinds = next((kinds for plural, kinds in _PLURALS if words.endswith(plural)), None)
    sides = told.sides()
    if kinds is None or (sides and any(told.scene.institutions[s].kind in kinds for s in sides)):
        return sides or told.last(2)
    return told.last(2, kinds) or sides


def _ours(told: Discourse, words: str) -> str | None:
    """As in "Our university" is the head of the publisher's family, "our college" the publisher's own college."""
    scene = told.scene
    kinds = patterns().kinds.get(words.lower().split()[-1])
    if scene.publisher is None:
        return None
    family = (scene.publisher, *scene.ancestors(scene.publisher))
    if kinds is None:
        return scene.actor(scene.publisher)
    above = next((i for kind in kinds for i in family if scene.institutions[i].kind == kind), None)
    below = [i for i in told.spoken if scene.institutions[i].kind in kinds and scene.publisher in scene.ancestors(i)]
    return above or (below[-1] if below else scene.actor(scene.publisher))


def _national(told: Discourse, country: str, kinds: list[str]) -> str | None:
    for entity in (*told.pair, *told.visitors, *told.hosts):
        if told.scene.institutions[entity].country == country:
            return entity
    return told.latest(kinds or ["university", "institute", "hospital", "faculty", "company", "association", "laboratory"], country)


def _single(told: Discourse, match: re.Match[str]) -> str | None:
    words = match[0].lower()
    if "host" in words:
        return told.hosts[0] if told.hosts else None
    if "visiting" in words:
        return told.visitors[0] if told.visitors else None
    for kind in patterns().kinds[match[1].lower()]:
        found = told.latest([kind])
        if found is not None:
            return found
    return None
