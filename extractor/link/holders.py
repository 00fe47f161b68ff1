"""A role mention in its scene in, the people who hold the post out."""

from typing import Literal, NamedTuple

import regex

from extractor.find.cues import cue
from extractor.find.places import is_place
from extractor.link.scene import Scene

Manner = Literal["title", "after", "before", "copula", "list", "chain"]

_BLANK = regex.compile(r"[\s\"*]*(?:-\s?)?[\s\"*]*")
_SHORT = regex.compile(r"\s*\(\p{Lu}{2,6}\)\s?")
_REACH, _BACK, _FAR = 5, 60, 30


class Holder(NamedTuple):
    """Who holds a post: the items that are people, and how the text ties them to it."""

    people: tuple[int, ...]
    manner: Manner


def holder_of(scene: Scene, at: int, taken: dict[int, Holder]) -> Holder | None:
    """The people who hold the post at item ``at``; ``taken`` are the holders of the posts before it."""
    titled = _titled(scene, at) or _given(scene, at)
    if titled:
        return titled
    after, before = _after(scene, at, taken), _before(scene, at)
    if after and before and after.manner == "chain" and cue("alone").search(scene.gap(at - 1)):
        return before
    if after and before and before.manner == "before" and (_leads(scene, after.people[0], taken) or "\n" in scene.gap(at - 1)):
        return before
    return after or before or _meant_by_pronoun(scene, at) or _becoming(scene, at)


def plain(gap: str) -> str:
    """The words between two mentions without a common noun for a house ("of the Chinese university") and without a nationality."""
    gap = _SHORT.sub(" ", gap)
    gap = cue("degree_phrase").sub("", cue("noun_phrase").sub("", cue("noun_owner").sub("", gap)))
    words = gap.rstrip().rsplit(" ", 1)
    if len(words) == 2 and words[1][:1].isupper() and is_place(words[1].removesuffix("'s")):
        return f"{words[0]} "
    return gap


def _becoming(scene: Scene, at: int) -> Holder | None:
    """As in "Zantout leaves the Ministry to become adviser": the last person of the sentence before a word of becoming."""
    start, _ = scene.sentence(at)
    if not cue("becomes").search(scene.text, max(start, scene.items[at].start - _BACK), scene.items[at].start):
        return None
    person = next((i for i in range(at - 1, -1, -1) if scene.items[i].start < start or scene.kind(i) == "person"), None)
    return Holder((person,), "copula") if person is not None and scene.items[person].start >= start else None


def _meant_by_pronoun(scene: Scene, at: int) -> Holder | None:
    """As in "She was head of the Laboratory": the person told last."""
    if not cue("she_was").search(scene.text, max(0, scene.items[at].start - _BACK), scene.items[at].start):
        return None
    person = next((i for i in range(at - 1, max(-1, at - _FAR), -1) if scene.kind(i) == "person"), None)
    return None if person is None else Holder((person,), "copula")


def _leads(scene: Scene, person: int, taken: dict[int, Holder]) -> bool:
    """Whether a person already has a post that stands before the name."""
    return any(h.manner in ("title", "before") and person in h.people and role < person for role, h in taken.items())


def _titled(scene: Scene, at: int) -> Holder | None:
    """As in "Vice President Chen", "Vice-Rectors: A, B and C", "Vice President and Dean Chen"."""
    if scene.kind(at + 1) == "person" and _BLANK.fullmatch(scene.gap(at)) and "\n" not in scene.gap(at):
        return Holder(_people_from(scene, at + 1, is_plural=is_plural(scene.items[at].text)), "title")
    if is_plural(scene.items[at].text) and scene.kind(at + 1) == "person" and scene.gap(at).strip() in (":", "-", ","):
        return Holder(_people_from(scene, at + 1, is_plural=True), "list")
    return None


def _given(scene: Scene, at: int) -> Holder | None:
    """As in "the title of Honorary Professor on Ambassador Chen", "presented Chen with the diploma of Honorary Professor"."""
    if not cue("title_of").search(scene.text, max(0, scene.items[at].start - _BACK), scene.items[at].start):
        return None
    if scene.kind(at - 1) == "person" and cue("presented_with").fullmatch(scene.gap(at - 1)):
        return Holder((at - 1,), "copula")
    on = at + 1
    if scene.kind(on) == "role" and _BLANK.fullmatch(scene.gap(on)):
        on += 1
    is_given = scene.kind(on) == "person" and cue("given_to").fullmatch(scene.gap(at))
    return Holder((on,), "copula") if is_given else None


def is_plural(title: str) -> bool:
    """Whether a title is of several people: "Vice-Rectors", "Directors"."""
    head = regex.split(r"\s(?:of|for|in|at|to)\s|,|\(", title)[0].strip()
    return head.endswith("s") and not head.casefold().endswith(("ss", "affairs", "studies", "services", "communications"))


def is_apart(scene: Scene, at: int) -> bool:
    """Whether a plural title is of several houses: "Presidents of the two academies", "the two Presidents"."""
    title = scene.items[at]
    return is_plural(title.text) and bool(
        cue("of_the_two").match(scene.text, title.end) or cue("the_two").search(scene.text, max(0, title.start - 12), title.start)
    )


def _people_from(scene: Scene, first: int, *, is_plural: bool) -> tuple[int, ...]:
    people = [first]
    while is_plural and scene.kind(people[-1] + 1) == "person" and cue("and_person").fullmatch(scene.gap(people[-1])):
        people.append(people[-1] + 1)
    return tuple(people)


def _after(scene: Scene, at: int, taken: dict[int, Holder]) -> Holder | None:
    """As in "Chen, Vice President", "Chen of NWU, Vice President", "Chen, Dean of X and Director of Y"."""
    gap = plain(scene.gap(at - 1))
    if scene.kind(at - 1) == "person":
        if cue("after").fullmatch(gap) and ("\n" not in gap or (gap.strip(" ") == "\n" and _fills_line(scene, at))):
            return Holder(_people_to(scene, at - 1, is_plural=is_plural(scene.items[at].text)), "after")
        if cue("copula_after").fullmatch(gap):
            return Holder((at - 1,), "copula")
        return None
    if scene.kind(at - 1) == "role" and at - 1 in taken:
        follows = taken[at - 1].manner in ("after", "copula", "chain")
        if (cue("and_post").fullmatch(gap) and follows) or (gap.strip() and cue("copula_after").fullmatch(gap)):
            return Holder(taken[at - 1].people, "chain")
    return _over_institutions(scene, at, taken)


def _fills_line(scene: Scene, at: int) -> bool:
    """Whether a title stands under a signature: on a line of its own, or with a house."""
    rest = scene.text[scene.items[at].end : scene.items[at].end + 80].split("\n")[0]
    return not rest.strip(" ,") or (scene.kind(at + 1) == "institution" and bool(cue("of_house").fullmatch(scene.gap(at))))


def _people_to(scene: Scene, last: int, *, is_plural: bool) -> tuple[int, ...]:
    people = [last]
    while is_plural and scene.kind(people[0] - 1) == "person" and cue("and_person").fullmatch(scene.gap(people[0] - 1)):
        people.insert(0, people[0] - 1)
    return tuple(people)


def _over_institutions(scene: Scene, at: int, taken: dict[int, Holder]) -> Holder | None:
    back = at - 1
    while back >= 0 and scene.kind(back) == "institution" and at - back <= _REACH and "\n" not in scene.gap(back):
        back -= 1
    if back == at - 1 or back < 0 or "\n" in scene.gap(back):
        return None
    gap = scene.gap(at - 1)
    if (
        scene.kind(back) == "person"
        and cue("of_house").fullmatch(scene.gap(back))
        and (cue("after").fullmatch(gap) or cue("copula_after").fullmatch(gap) or cue("owned").fullmatch(gap))
    ):
        return Holder((back,), "after")
    if scene.kind(back) == "role" and back in taken and cue("copula_after").fullmatch(gap):
        return Holder(taken[back].people, "chain")
    if (
        scene.kind(back) == "role"
        and back in taken
        and taken[back].manner in ("after", "copula", "chain")
        and cue("and_post").fullmatch(gap)
        and gap.strip() != "-"
    ):
        if gap.strip() in (",", ";") and _starts_name(scene, at):
            return None
        return Holder(taken[back].people, "chain")
    return None


def _starts_name(scene: Scene, at: int) -> bool:
    return scene.kind(at + 1) == "person" and bool(cue("comma").fullmatch(scene.gap(at)))


def _before(scene: Scene, at: int) -> Holder | None:
    """As in "the Rector, Dr. Chen", "Dean of the Medical School, Chen", "its Director is Chen", "President and Dean of X Chen"."""
    on = at + 1
    gap = plain(scene.gap(at))
    while scene.kind(on) in ("institution", "role") and on - at <= _REACH and "\n" not in scene.gap(on - 1) and _is_post(scene, on):
        gap = plain(scene.gap(on))
        on += 1
    if scene.kind(on) != "person" or "\n" in gap or (_is_for_somebody(scene, at) and scene.kind(on + 1) == "role"):
        return None
    if cue("copula_before").fullmatch(gap):
        return (
            None
            if cue("pointing").search(scene.text[max(0, scene.items[at].start - 14) : scene.items[at].start])
            else Holder((on,), "copula")
        )
    if _BLANK.fullmatch(gap) or cue("comma").fullmatch(gap):
        people = _people_from(scene, on, is_plural=is_plural(scene.items[at].text))
        return Holder(people, "before")
    return None


def _is_for_somebody(scene: Scene, at: int) -> bool:
    """As in "On behalf of the Chancellor, Dr. Sotoudeh, Director General, …": the person has a post of her own."""
    return bool(cue("for_somebody").search(scene.text, max(0, scene.items[at].start - _BACK), scene.items[at].start))


def _is_post(scene: Scene, on: int) -> bool:
    """Whether an item continues the post before it: "of the School", ", Faculty of Arts", "and Dean"."""
    gap = plain(scene.gap(on - 1))
    if scene.kind(on) == "role":
        return bool(cue("and_post").fullmatch(gap)) and scene.kind(on - 1) in ("role", "institution")
    return bool(cue("of_house").fullmatch(gap)) or not gap.strip() or gap.strip() in ("'s", ")", "),")
