"""A post whose institution is not printed beside it in, the institution that the context gives out."""

import itertools
from functools import cache

from extractor.find.cues import cue
from extractor.find.heads import fold
from extractor.link.houses import Houses
from extractor.link.posts import is_of_state
from extractor.link.scene import Scene
from extractor.link.surroundings import Surroundings
from extractor.rules.lexicon import load_lexicon

_BACK = 60
_LEADS = frozenset(
    {"chief", "head", "senior", "principal", "lead", "deputy", "superintending", "managing", "general", "distinguished", "consultant"}
)


def told_house(scene: Scene, at: int, houses: Houses, *, person: int | None, previous: tuple[int, str] | None) -> str | None:
    """The house that the words around the post at item ``at`` point to: a pronoun, a common noun, a nation, a place, an award."""
    if person is not None and (shared := _shared_house(scene, at)):
        return shared
    context = Surroundings(scene, at, houses)
    title = scene.items[at]
    before = max(context.start, title.start - _BACK)
    if cue("award").search(scene.text, before, title.start) and is_honour(title.text):
        giver = context.after(cue("by")) or next(context.inside(), None)
        return giver or houses.subject
    lead = cue("pronoun").search(scene.text, max(0, title.start - _BACK), title.start)
    if lead:
        return context.owner(lead["who"].casefold(), previous)
    if is_of_state(title.text):
        return context.mission()
    noun = cue("meant").match(scene.text, title.end) or cue("meant_owner").search(scene.text, before, title.start)
    if noun:
        return context.meant(noun["which"].casefold(), noun["noun"].casefold(), noun["nation"])
    if person is not None and (named := context.for_whom(person)):
        return named
    if cue("where").search(scene.text, before, title.start) and (inside := list(context.inside())):
        return inside[-1]
    return context.by_place() or context.by_nation()


def _shared_house(scene: Scene, at: int) -> str | None:
    """The house behind a list of people with their posts: "Chen, Dean, Li, Registrar, and Wang, Bursar, from Fudan University"."""
    _, end = scene.sentence(at)
    people, on = 0, at
    while on + 1 < len(scene.items) and scene.items[on + 1].start < end:
        gap, on = scene.gap(on), on + 1
        if scene.kind(on) == "institution" and scene.kind(on - 1) == "role":
            if people and cue("list_from").fullmatch(gap):
                return scene.who(on)
            continue
        if scene.kind(on) not in ("person", "role") or not cue("list_goes_on").fullmatch(gap):
            return None
        people += scene.kind(on) == "person" and scene.kind(on - 1) == "role"
    return None


def house_in_context(scene: Scene, at: int, houses: Houses, *, previous: tuple[int, str] | None) -> str | None:
    """The house of a post to which nothing points; ``previous`` is the item and the house of the post told before it."""
    if is_of_state(scene.items[at].text):
        return None
    context = Surroundings(scene, at, houses)
    near = context.nearest(previous)
    if near:
        return near if context.is_dean() and context.kind(near) == "faculty" else context.fitting(context.root(near))
    return context.fitting(context.heading() or context.faculty() or houses.subject)


def houses_apart(scene: Scene, at: int, houses: Houses, count: int) -> list[str]:
    """One house for each of several holders ("Presidents of the two academies"): the last so many told; empty where too few are."""
    context = Surroundings(scene, at, houses)
    back = (scene.who(i) for i in range(at - 1, max(-1, at - 20), -1) if scene.kind(i) == "institution")
    apart = list(itertools.islice(dict.fromkeys(context.root(house) for house in back), count))
    return apart[::-1] if len(apart) == count else []


def is_honour(title: str) -> bool:
    """Whether a title is one that a house gives: honorary professor, doctor honoris causa, guest professor."""
    return bool(cue("honour").search(title))


@cache
def _occupations() -> frozenset[str]:
    ranks = load_lexicon("titles")
    return frozenset(fold(word) for word in ranks["occupations"])


def is_occupation(title: str) -> bool:
    """Whether a title is a way to earn one's bread and no post: engineer, soprano."""
    words = fold(title).split(" ")
    if cue("academic_degree").match(fold(title)):
        return True
    return words[-1] in _occupations() and (len(words) == 1 or (title[-1].islower() and words[0] not in _LEADS and not title.istitle()))


def points_to_house(text: str, end: int) -> bool:
    """Whether a common noun for a house follows a title: "cardiologist at the hospital"."""
    return bool(cue("meant").match(text, end))
