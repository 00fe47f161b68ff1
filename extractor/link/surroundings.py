"""One post in its scene in, the houses around it out: told in its sentence, meant by a noun, named in a heading."""

import itertools
from collections.abc import Iterator
from functools import lru_cache

import regex

from extractor.find.cues import cue
from extractor.find.heads import words_of
from extractor.find.places import country_in, is_place
from extractor.link.houses import Houses
from extractor.link.naming import name_of
from extractor.link.scene import Scene
from extractor.records import Institution, Kind
from extractor.rules.lexicon import load_lexicon

_BULLET = regex.compile(r"\s*(?:[-–—•*■►▪●○·>→👉]|\d{1,2}[.)]|\(\d{1,2}\)|[a-z]\))\s*")
_BACK = 60
_LISTED = regex.compile(r"[^\n.;]{3,60}\s[-–—]\s|[^\n.]{3,120};\n")
_NEAR = 30
_WHOLE = frozenset({"institution", "ateneo", "house"})
_MANY = frozenset({"university", "hospital", "company", "ministry", "embassy"})
_SPELLING = {"centre": "center", "programme": "program", "organisation": "organization", "lab": "laboratory"}
_LINES = 12  # lines looked up for the heading of a list
_HEADING = 90
_NO_SCHOLARS: frozenset[Kind] = frozenset({"government", "media", "company", "association", "hospital"})


@lru_cache(maxsize=1 << 12)
def meant_kinds(noun: str) -> frozenset[Kind] | None:
    """The kinds of house that a common noun can mean; None where it can mean any."""
    kinds = load_lexicon("post_cues")["nouns"].get(noun)
    return frozenset(kinds) if kinds else None


class Surroundings:
    """What stands around one post: the houses told before and after it, headings, places, nations."""

    def __init__(self, scene: Scene, at: int, houses: Houses) -> None:
        self.scene, self.at, self.houses = scene, at, houses
        self.start, self.end = scene.sentence(at)
        self._records = {record.id: record for record in houses.records}

    def record(self, house: str) -> Institution:
        """The record of a house."""
        return self._records[house]

    def kind(self, house: str) -> Kind:
        """The kind of a house."""
        return self._records[house].kind

    def root(self, house: str) -> str:
        """The topmost parent of a house."""
        seen = {house}
        while (up := self._records[house].part_of) and up not in seen:
            house = up
            seen.add(up)
        return house

    def opening(self) -> str | None:
        """The house in which all of the sentence happens: "At the University of Florence, …"."""
        on = self.at
        while on > 0 and self.scene.items[on - 1].start >= self.start:
            on -= 1
        if on == self.at or self.scene.kind(on) != "institution":
            return None
        return self.scene.who(on) if cue("opens_at").fullmatch(self.scene.text, self.start, self.scene.items[on].start) else None

    def inside(self) -> Iterator[str]:
        """Houses told before the post in its sentence, first to last."""
        on = self.at
        while on > 0 and self.scene.items[on - 1].start >= self.start:
            on -= 1
        return (self.scene.who(i) for i in range(on, self.at) if self.scene.kind(i) == "institution")

    def last(self, kinds: frozenset[Kind] | None = None) -> str | None:
        """The house told last before the post."""
        back = range(self.at - 1, max(-1, self.at - 60), -1)
        told = (self.scene.who(i) for i in back if self.scene.kind(i) == "institution")
        return next((house for house in told if kinds is None or self.kind(house) in kinds), None)

    def after(self, gap: "regex.Pattern[str]") -> str | None:
        """The house that follows the post after some words."""
        if self.scene.kind(self.at + 1) == "institution" and gap.fullmatch(self.scene.gap(self.at)):
            return self.scene.who(self.at + 1)
        return None

    def for_whom(self, person: int) -> str | None:
        """The house in "Rector Chen signed for NWU"."""
        last = max(person, self.at)
        if (
            self.scene.kind(last + 1) == "institution"
            and self.scene.items[last + 1].start < self.end
            and cue("signed_for").fullmatch(self.scene.gap(last))
        ):
            return self.scene.who(last + 1)
        noun = cue("signed_for_noun").match(self.scene.text, self.scene.items[last].end)
        if not noun or meant_kinds(noun["noun"].casefold()) is None:
            return None
        kinds = meant_kinds(noun["noun"].casefold()) or frozenset()
        return self.last(kinds) or next((record.id for record in self.houses.records if record.kind in kinds), None)

    def meant(self, which: str, noun: str, nation: str | None) -> str | None:
        """The house that "the university", "our college" or "the Chinese hospital" means."""
        kinds = meant_kinds(noun)
        if nation and (code := country_in(nation)):
            abroad = (house for house in self._all() if self.record(house).country == code and (kinds is None or self.kind(house) in kinds))
            if house := next(abroad, None):
                return house
        subject = self.houses.subject
        if which in ("our", "this"):
            return self._ours(noun, kinds)
        if noun in _WHOLE and subject:
            return subject
        named = self._named(noun)
        if named and noun not in _MANY:
            return named
        inside = [house for house in self.inside() if kinds is None or self.kind(house) in kinds]
        if inside:
            return inside[-1]
        if (
            subject
            and kinds
            and self.kind(subject) in kinds
            and not cue("counterpart").search(self.scene.text, self.start, self.scene.items[self.at].start)
        ):
            return subject
        return self.last(kinds) or named or subject

    def _ours(self, noun: str, kinds: frozenset[Kind] | None) -> str | None:
        """The publisher or the house told of, whichever is what the noun says; else a unit of it that bears the noun."""
        for house in (self.houses.publisher, self.houses.subject):
            if house and kinds and self.kind(house) in kinds:
                return house
        return self._named(noun) or self.houses.subject

    def _named(self, noun: str) -> str | None:
        """The house told last whose name has the noun in it."""
        word = _SPELLING.get(noun, noun)
        return next((house for house in self._all() if word in name_of(self.record(house).name).key), None)

    def owner(self, who: str, previous: tuple[int, str] | None) -> str | None:
        """The house that "its", "their" or "our" means."""
        if who == "our":
            return self.houses.subject
        if who == "their" and previous and self.scene.items[previous[0]].start >= self.start:
            return previous[1]
        return self.last() or self.houses.subject

    def _all(self) -> Iterator[str]:
        """Houses of the text, the one told last before the post first, then those after it."""
        back = (self.scene.who(i) for i in range(self.at - 1, -1, -1) if self.scene.kind(i) == "institution")
        return itertools.chain(back, (record.id for record in self.houses.records))

    def by_place(self) -> str | None:
        """The university of a place that the words before the title name: "In Braga they were received by Rector Outeiro"."""
        scene = self.scene
        if any(scene.items[self.at].start - scene.items[i].end > _NEAR for i in range(max(0, self.at - 1), self.at)) and list(
            self.inside()
        ):
            return None
        floor = max(self.start, scene.items[self.at - 1].end if self.at else 0)
        words = words_of(scene.text[floor : scene.items[self.at].start])
        after = words_of(_place_after(scene.text, self.at, scene))
        seats = {
            word: record.id
            for record in reversed(self.houses.records)
            if record.kind in ("university", "hospital")
            for word in name_of(record.name).core
        }
        return next((seats[word] for word in (*after, *reversed(words)) if word in seats and is_place(word)), None)

    def by_nation(self) -> str | None:
        """The university of the country in "the Tajik Vice-Rector"."""
        before = cue("nation").search(
            self.scene.text, max(self.start, self.scene.items[self.at].start - _BACK), self.scene.items[self.at].start
        )
        code = country_in(before["nation"]) if before else None
        if code is None:
            return None
        return next((house for house in self._all() if self.record(house).country == code and self.kind(house) == "university"), None)

    def fitting(self, house: str | None) -> str | None:
        """The house, or for a rector or a dean the university told last where the house is no university."""
        if house is None or not cue("scholar").search(self.scene.items[self.at].text) or self.kind(house) not in _NO_SCHOLARS:
            return house
        return self.last(frozenset({"university"})) or house

    def nearest(self, previous: tuple[int, str] | None) -> str | None:
        """The house told last in the sentence, or that of the post before it there; not the guests of whoever receives them."""
        if opening := self.opening():
            return opening
        scene = self.scene
        back = self.at - 1
        while back >= 0 and scene.items[back].start >= self.start and scene.kind(back) != "institution":
            back -= 1
        if back < 0 or scene.items[back].start < self.start:
            return previous[1] if previous and scene.items[previous[0]].start >= self.start else None
        house = scene.who(back)
        if scene.kind(back - 1) == "role" and cue("member").search(scene.items[back - 1].text):
            return None
        if cue("counterpart").search(scene.text, scene.items[back].end, scene.items[self.at].start) and self.houses.subject not in (
            None,
            self.root(house),
        ):
            return self.houses.subject
        return house

    def mission(self) -> str | None:
        """The embassy or ministry that the sentence names before an office of a state, or whose page this is."""
        title = self.scene.items[self.at].text
        if country_in(title) is not None or not cue("diplomat").search(title):
            return None
        told = next((house for house in reversed(list(self.inside())) if cue("mission").search(self.record(house).name)), None)
        subject = self.houses.subject
        return subject if told is None and subject and cue("mission").search(self.record(subject).name) else told

    def is_dean(self) -> bool:
        """Whether the post is one of a faculty."""
        return bool(cue("dean").search(self.scene.items[self.at].text))

    def faculty(self) -> str | None:
        """The faculty told last, for a dean."""
        return self.last(frozenset({"faculty"})) if self.is_dean() else None

    def heading(self) -> str | None:
        """The house of the line that opens the list or section of the post."""
        text, post = self.scene.text, self.scene.items[self.at]
        line = text.rfind("\n", 0, post.start) + 1
        is_listed = bool(_BULLET.match(text, line) or _LISTED.match(text, line))
        for _ in range(_LINES):
            end = line - 1
            line = text.rfind("\n", 0, max(0, end)) + 1
            above = text[line:end].strip() if end > 0 else ""
            if not above:
                if not is_listed:
                    return None
                continue
            told = self._told(line, end)
            if is_listed and above.endswith(":"):
                return self.root(told[0]) if told else self._guest(above)
            if told and len(above) < _HEADING and above[-1] not in ".;,:" and _opens_with(text, line, self.scene, self.at):
                return self.root(told[0])
        return None

    def _told(self, start: int, end: int) -> list[str]:
        scene = self.scene
        back = self.at
        while back > 0 and scene.items[back - 1].start >= start:
            back -= 1
        sentence = max((s for s in (scene.text.rfind(". ", start, end),) if s > 0), default=start)
        inside = [i for i in range(back, self.at) if scene.kind(i) == "institution" and scene.items[i].start < end]
        return [scene.who(i) for i in inside if scene.items[i].start >= sentence] or [scene.who(i) for i in inside]

    def _guest(self, intro: str) -> str | None:
        """The house of the guests, told last that is not the one told of."""
        if not cue("guests").search(intro):
            return None
        back = (self.scene.who(i) for i in range(self.at - 1, -1, -1) if self.scene.kind(i) == "institution")
        return next((root for house in back if (root := self.root(house)) != self.houses.subject), None)


def _opens_with(text: str, line: int, scene: Scene, at: int) -> bool:
    """Whether a line begins, behind a bullet, with an institution."""
    bullet = _BULLET.match(text, line)
    first = bullet.end() if bullet else line
    return any(
        scene.items[i].start <= first + 4 < scene.items[i].end
        for i in range(at - 1, max(-1, at - 40), -1)
        if scene.kind(i) == "institution"
    )


def _place_after(text: str, at: int, scene: Scene) -> str:
    """The place in "Vice-President Blechschmidt for Berlin"."""
    last = at + 1 if scene.kind(at + 1) == "person" else at
    match = cue("place_for").match(text, scene.items[last].end)
    return match["place"] if match else ""
