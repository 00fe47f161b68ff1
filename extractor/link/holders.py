"""A role mention in its scene in, the people who hold the post out."""

from typing import Literal, NamedTuple

import regex

from extractor.find.places import is_place
from extractor.link.scene import Scene

Manner = Literal["title", "after", "before", "copula", "list", "chain"]

_STATUS = r"(?:hon'ble|honourable|honorable|the two|both|h\.e\.|until now|until recently|until then|first|second|third|fourth|fifth|\w+th|founding|inaugural|longtime|former|formerly|ex|then|the then|late|past|previous|acting|interim|incoming|new|newly appointed|newly elected|current|currently|present|now|outgoing|retired|longtime|long-time|designate|its|his|her|their|our|the|a|an|also|honorary|founding|one of the|whose|as|today|in turn|local|own|himself|herself|respectively|recently appointed|at the time|at that time|who is|who was|who is also|who also serves as|who serves as|who has been|being|is)"
_BLANK = regex.compile(r"[\s\"*]*(?:-\s?)?[\s\"*]*")
_AFTER = regex.compile(rf"\s*\)?\s*(?:,|\(|\[|-|–|—|:|/|\||\.\.+|;)?\s*(?:{_STATUS}[\s,-]+)*\s*(?:\(|\[)?", regex.IGNORECASE)
_COMMA = regex.compile(r"\s*\)?\s*(?:,|:|-|–|—|\()\s*(?:(?:the|a|namely|being|i\.e\.)\s)?\s*", regex.IGNORECASE)
_COPULA_AFTER = regex.compile(
    r"[^.;:\n]{0,70}\b(?:is|was|as|be|becomes?|became|been|being|named|appointed|elected|made|title of|rank of|post of|position of|degree of|status of|"
    r"role of|office of|serv(?:es|ed|ing) as|act(?:s|ed|ing)? as|remains?|who)\b(?:\s(?:the|a|an|its|their|our|new|first|now|also|currently|then|acting|interim|former|next|\w+th|second|third|inaugural|\p{L}+'s|an?))*\s*\"?\s*",
    regex.IGNORECASE,
)  # fmt: skip
_COPULA_BEFORE = regex.compile(r"\s*\"?\s*(?:is|was|will be|became|are|were|on|upon|to)\s*(?:now |to )?\s*:?\s*", regex.IGNORECASE)
_POINTING = regex.compile(r"\b(?:joining|with|besides|beside|for|to|thanked|and) the\s$", regex.IGNORECASE)
_AND = regex.compile(
    r"\s*,?\s*(?:and|&|as well as|/|-|–|cum|,|;|,? and also|,? and at the same time|also)\s*(?:,\s*)?(?:(?:the|a|an|its|his|her|former|now|also|then|acting|previously|formerly|interim|both|as|concurrently|ex)[\s-]+)*",
    regex.IGNORECASE,
)
_LIST = regex.compile(r"\s*,?\s*(?:,|and|&|;|as well as|, and)\s*", regex.IGNORECASE)
_OF = regex.compile(rf"\s*\)?\s*(?:of|from|at|,|\(|for|in|representing|-|–)\s*(?:{_STATUS}[\s,-]+)*", regex.IGNORECASE)
_OWNED = regex.compile(rf"'s (?:{_STATUS}[\s,-]+)*", regex.IGNORECASE)
_ALONE = regex.compile(r"\s*[,;]?\s*(?:and|as well as)?\s*\bthe\s$|\s*;\s*$", regex.IGNORECASE)
_SHE = regex.compile(
    r"\b(?:he|she)(?:'s)?\s(?:\p{L}+\s){0,4}?(?:is|was|has been|had been|been|became|becomes|serves as|served as|worked as|works as|acted as|acts as|remains)\s(?:also\s|now\s|then\s|the\s|a\s|an\s|its\s|first\s|former\s)*$",
    regex.IGNORECASE,
)
_FOR_SOMEBODY = regex.compile(
    r"\b(?:on behalf of|in the name of|representing|instead of|message of|message from) (?:the|our|its)\s$", regex.IGNORECASE
)
_BECOMES = regex.compile(
    r"\b(?:to become|becoming|becomes|became|as|to be|(?:been|was|is|were|and) (?:re-?)?(?:named|appointed|elected|made)|named|appointed|elected)"
    r"(?:\s(?:the|a|an|its|their|our|new|next|first|\w+th|honorary|acting|interim|\p{L}+'s))*\s$",
    regex.IGNORECASE,
)
NOUN = (
    r"(?:university|college|school|institute|institution|hospital|faculty|department|ministry|company|academy|centre|center|branch|association|office|"
    r"embassy|union|club|society|ateneo|agency|firm|bank|foundation|lab|laboratory|clinic|council|board|chamber|federation|consortium|network|programme|program|group|house)"
)
_NOUN_PHRASE = regex.compile(
    rf"\s*\b(?:of|at|in|from)\s(?:the|our|this|that|said|the said|the same)\s(?:\p{{L}}+\s)?{NOUN}\b", regex.IGNORECASE
)
_SHORT = regex.compile(r"\s*\(\p{Lu}{2,6}\)\s?")
_DEGREES = regex.compile(r",\s*(?:doctor|candidate|dr\.?|cand\.?) of [^,;\n]{3,45}(?=,)", regex.IGNORECASE)
_THE_TWO = regex.compile(r"\b(?:the two|both)\s$", regex.IGNORECASE)
_TWO = regex.compile(r"\s*of the (?:two|three|four|both)\b|\s*of both\b", regex.IGNORECASE)
_NOUN_OWNER = regex.compile(rf"\b(?:the|our|this)\s(?:[\p{{L}}-]+\s)?{NOUN}'s?\s", regex.IGNORECASE)
_REACH, _BACK, _FAR = 5, 60, 30


class Holder(NamedTuple):
    """Who holds a post: the items that are people, and how the text ties them to it."""

    people: tuple[int, ...]
    manner: Manner


def holder_of(scene: Scene, at: int, taken: dict[int, Holder]) -> Holder | None:
    """The people who hold the post at item ``at``; ``taken`` are the holders of the posts before it."""
    titled = _titled(scene, at)
    if titled:
        return titled
    after, before = _after(scene, at, taken), _before(scene, at)
    if after and before and after.manner == "chain" and _ALONE.search(scene.gap(at - 1)):
        return before
    if after and before and before.manner == "before" and (_leads(scene, after.people[0], taken) or "\n" in scene.gap(at - 1)):
        return before
    return after or before or _meant_by_pronoun(scene, at) or _becoming(scene, at)


def plain(gap: str) -> str:
    """The words between two mentions without a common noun for a house ("of the Chinese university") and without a nationality."""
    gap = _SHORT.sub(" ", gap)
    gap = _DEGREES.sub("", _NOUN_PHRASE.sub("", _NOUN_OWNER.sub("", gap)))
    words = gap.rstrip().rsplit(" ", 1)
    if len(words) == 2 and words[1][:1].isupper() and is_place(words[1].removesuffix("'s")):
        return f"{words[0]} "
    return gap


def _becoming(scene: Scene, at: int) -> Holder | None:
    """ "Zantout leaves the Ministry to become adviser": the last person of the sentence before a word of becoming."""
    start, _ = scene.sentence(at)
    if not _BECOMES.search(scene.text, max(start, scene.items[at].start - _BACK), scene.items[at].start):
        return None
    person = next((i for i in range(at - 1, -1, -1) if scene.items[i].start < start or scene.kind(i) == "person"), None)
    return Holder((person,), "copula") if person is not None and scene.items[person].start >= start else None


def _meant_by_pronoun(scene: Scene, at: int) -> Holder | None:
    """ "She was head of the Laboratory": the person told last."""
    if not _SHE.search(scene.text, max(0, scene.items[at].start - _BACK), scene.items[at].start):
        return None
    person = next((i for i in range(at - 1, max(-1, at - _FAR), -1) if scene.kind(i) == "person"), None)
    return None if person is None else Holder((person,), "copula")


def _leads(scene: Scene, person: int, taken: dict[int, Holder]) -> bool:
    """Whether a person already has a post that stands before the name."""
    return any(h.manner in ("title", "before") and person in h.people and role < person for role, h in taken.items())


def _titled(scene: Scene, at: int) -> Holder | None:
    """ "Vice President Chen", "Vice-Rectors: A, B and C", "Vice President and Dean Chen"."""
    if scene.kind(at + 1) == "person" and _BLANK.fullmatch(scene.gap(at)) and "\n" not in scene.gap(at):
        return Holder(_people_from(scene, at + 1, is_plural=is_plural(scene.items[at].text)), "title")
    if is_plural(scene.items[at].text) and scene.kind(at + 1) == "person" and scene.gap(at).strip() in (":", "-", ","):
        return Holder(_people_from(scene, at + 1, is_plural=True), "list")
    return None


def is_plural(title: str) -> bool:
    """Whether a title is of several people: "Vice-Rectors", "Directors"."""
    head = regex.split(r"\s(?:of|for|in|at|to)\s|,|\(", title)[0].strip()
    return head.endswith("s") and not head.casefold().endswith(("ss", "affairs", "studies", "services", "communications"))


def is_apart(scene: Scene, at: int) -> bool:
    """Whether a plural title is of several houses: "Presidents of the two academies", "the two Presidents"."""
    title = scene.items[at]
    return is_plural(title.text) and bool(
        _TWO.match(scene.text, title.end) or _THE_TWO.search(scene.text, max(0, title.start - 12), title.start)
    )


def _people_from(scene: Scene, first: int, *, is_plural: bool) -> tuple[int, ...]:
    people = [first]
    while is_plural and scene.kind(people[-1] + 1) == "person" and _LIST.fullmatch(scene.gap(people[-1])):
        people.append(people[-1] + 1)
    return tuple(people)


def _after(scene: Scene, at: int, taken: dict[int, Holder]) -> Holder | None:
    """ "Chen, Vice President", "Chen of NWU, Vice President", "Chen, Dean of X and Director of Y"."""
    gap = plain(scene.gap(at - 1))
    if scene.kind(at - 1) == "person":
        if _AFTER.fullmatch(gap) and ("\n" not in gap or (gap.strip(" ") == "\n" and _fills_line(scene, at))):
            return Holder(_people_to(scene, at - 1, is_plural=is_plural(scene.items[at].text)), "after")
        if _COPULA_AFTER.fullmatch(gap):
            return Holder((at - 1,), "copula")
        return None
    if scene.kind(at - 1) == "role" and at - 1 in taken:
        follows = taken[at - 1].manner in ("after", "copula", "chain")
        if (_AND.fullmatch(gap) and follows) or (gap.strip() and _COPULA_AFTER.fullmatch(gap)):
            return Holder(taken[at - 1].people, "chain")
    return _over_institutions(scene, at, taken)


def _fills_line(scene: Scene, at: int) -> bool:
    """Whether a title stands under a signature: on a line of its own, or with a house."""
    rest = scene.text[scene.items[at].end : scene.items[at].end + 80].split("\n")[0]
    return not rest.strip(" ,") or (scene.kind(at + 1) == "institution" and bool(_OF.fullmatch(scene.gap(at))))


def _people_to(scene: Scene, last: int, *, is_plural: bool) -> tuple[int, ...]:
    people = [last]
    while is_plural and scene.kind(people[0] - 1) == "person" and _LIST.fullmatch(scene.gap(people[0] - 1)):
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
        and _OF.fullmatch(scene.gap(back))
        and (_AFTER.fullmatch(gap) or _COPULA_AFTER.fullmatch(gap) or _OWNED.fullmatch(gap))
    ):
        return Holder((back,), "after")
    if scene.kind(back) == "role" and back in taken and _COPULA_AFTER.fullmatch(gap):
        return Holder(taken[back].people, "chain")
    if (
        scene.kind(back) == "role"
        and back in taken
        and taken[back].manner in ("after", "copula", "chain")
        and _AND.fullmatch(gap)
        and gap.strip() != "-"
    ):
        if gap.strip() in (",", ";") and _starts_name(scene, at):
            return None
        return Holder(taken[back].people, "chain")
    return None


def _starts_name(scene: Scene, at: int) -> bool:
    return scene.kind(at + 1) == "person" and bool(_COMMA.fullmatch(scene.gap(at)))


def _before(scene: Scene, at: int) -> Holder | None:
    """ "the Rector, Dr. Chen", "Dean of the Medical School, Chen", "its Director is Chen", "President and Dean of X Chen"."""
    on = at + 1
    gap = plain(scene.gap(at))
    while scene.kind(on) in ("institution", "role") and on - at <= _REACH and "\n" not in scene.gap(on - 1) and _is_post(scene, on):
        gap = plain(scene.gap(on))
        on += 1
    if scene.kind(on) != "person" or "\n" in gap or (_is_for_somebody(scene, at) and scene.kind(on + 1) == "role"):
        return None
    if _COPULA_BEFORE.fullmatch(gap):
        return None if _POINTING.search(scene.text[max(0, scene.items[at].start - 14) : scene.items[at].start]) else Holder((on,), "copula")
    if _BLANK.fullmatch(gap) or _COMMA.fullmatch(gap):
        people = _people_from(scene, on, is_plural=is_plural(scene.items[at].text))
        return Holder(people, "before")
    return None


def _is_for_somebody(scene: Scene, at: int) -> bool:
    """"On behalf of the Chancellor, Dr. Sotoudeh, Director General, …": the person has a post of her own."""
    return bool(_FOR_SOMEBODY.search(scene.text, max(0, scene.items[at].start - _BACK), scene.items[at].start))


def _is_post(scene: Scene, on: int) -> bool:
    """Whether an item continues the post before it: "of the School", ", Faculty of Arts", "and Dean"."""
    gap = plain(scene.gap(on - 1))
    if scene.kind(on) == "role":
        return bool(_AND.fullmatch(gap)) and scene.kind(on - 1) in ("role", "institution")
    return bool(_OF.fullmatch(gap)) or not gap.strip() or gap.strip() in ("'s", ")", "),")
