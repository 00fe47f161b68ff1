"""Spans as a model gives them in, the same spans cut to the guidelines out: no "the", no honorifics, unit and parent apart."""

from collections.abc import Iterator
from functools import cache, lru_cache

import regex

from extractor.find.heads import PREPOSITIONS, fold, head_of, head_word, subject_words, words_of
from extractor.find.honorifics import is_honorific
from extractor.find.places import is_country
from extractor.find.role_cuts import cut_role
from extractor.rules.lexicon import load_lexicon
from extractor.spans import Span

_LEADING = regex.compile(r"[\s\"'“”‘’(\[,;:.·•*-]*(?:(?:(?i:the|our|its|their|his|her|this)|a|an)\s+)?")
_GROUP = regex.compile(r"(?:'s)? (?:[Ll]ab|[Gg]roup|[Tt]eam|[Ll]aboratory)$")
_QUOTED = regex.compile(r"[\"“„][^\"“”„]+[\"”“] \p{Lu}")  # "Grigore T. Popa" University
_TRAILING = regex.compile(r"(?:(?<!\b(?:Queen|King))'s|s(?=')|[\s\"'“”‘’,;:·•*-])++$")
_NAMED_THE = regex.compile(
    r"the (?:\p{Lu}\p{L}+ )?(?:times|post|guardian|hague|star|ledger|courier|herald|tribune|lantern|observer)\b", regex.IGNORECASE
)
_UNIT = (
    r"(?:(?:Graduate |Medical |Business |Law |Dental |Nursing |Engineering )?"
    r"(?:School|College|Faculty|Department|Division|Institute|Centre|Center|Laboratory)s? (?:of|for)\b"
    r"|(?:International|Foreign|Global|Academic|External|Student|Public|Press|Communications?|Legal|Research|Alumni|Human|"
    r"Medical School|Law School|Business School|Office of|Division of)\b)"
)
_TOP = r"(?:University|Universität|Universidad|Université|Università|Universiti|Universitas|Hospital|Institute|Academy|College|\p{Lu}{2,})"
# Where a name ends and its unit, or its parent, begins.
_JUNCTIONS = (
    regex.compile(r"'s? (?=\p{Lu})"),
    regex.compile(r"\s*[|»>]\s*"),
    regex.compile(r",? (?:of|at|under|within) (?:the )?(?=\p{Lu})"),
    regex.compile(r",\s*(?:the )?(?=\p{Lu})"),
    regex.compile(r"(?<=\p{Lu}{2})-(?=(?:Institute|School|Faculty|Department|College)\b)"),
    regex.compile(rf"(?<={_TOP}) (?={_UNIT})"),
    regex.compile(r"(?<=\b[Uu]niversity of \p{Lu}[\p{L}' -]{2,30}) (?=(?:School|College|Faculty|Department|Institute) of\b)"),
)  # fmt: skip
# A country behind a name that is whole without it: "University of Cologne, Germany".
_COUNTRY = regex.compile(r",\s(?:the )?(?P<country>\p{Lu}[\p{L}.]*(?: \p{L}+){0,2})$")
# What follows a name in a phrase and is no end of one: "Institute in", "at Porto University for advanced studies".
_JOINT = r"(?:for|in|on|and|with|to|at|of|by|from)"
_OPEN_END = regex.compile(rf"\s(?:{_JOINT}\s)?\p{{Ll}}+(?:al|ic|ive|ous|ary)$|\s(?:{_JOINT}|the)$")
_ERRAND = regex.compile(r"(?<=\b(?:University|College|Hospital)) for \p{Ll}+(?: \p{Ll}+)*+$")
_GAP = regex.compile(r"\s*[|»›]\s*|\s{3,}|\s*\n\s*\n\s*")
_UNIT_KINDS = frozenset({"faculty", "department", "laboratory", "institute", "hospital"})
_PARENT_KINDS = frozenset({"university", "hospital", "government", "company", "association", "institute", "faculty", "other"})
# Honorifics that begin names as well: He Yafang, Sri Wahyuningsih, Ma Li.
_ALSO_NAMES = frozenset(
    {
        "he",
        "sri",
        "ma",
        "ko",
        "ca",
        "em",
        "ts",
        "an",
        "don",
        "tan",
        "arch",
        "king",
        "prince",
        "chief",
        "syed",
        "hm",
        "col",
        "ing",
        "mag",
        "lic",
        "bishop",
        "major",
        "marshal",
        "baron",
        "tun",
        "long",
        "mom",
        "lady",
        "angel",
        "pd",
        "doc",
        "fr",
    }
)
_WORD = regex.compile(r"\S+\s+")
_INITIALS = regex.compile(r"(?<!\S)(?P<honorific>\p{L}[\p{L}./]*) (?P<initials>\p{Lu}{2,4}) $")
_BEFORE = 40  # characters
_STATUS = regex.compile(
    r"(?:former|ex|then|acting|interim|incoming|late|current|new|newly appointed|outgoing|past|present|designate|"
    r"its|their|our|his|her|the|a|an)[\s-]+",
    regex.IGNORECASE,
)


def cut(text: str, span: Span) -> Iterator[Span]:
    """The span without what does not belong to it, in its parts."""
    start, end = _trimmed(text, span.start, span.end)
    if span.label == "person":
        start = _with_initials(text, _behind_honorifics(text, start, end), end)
        end = _without_group(text, start, end)
    elif span.label == "role":
        start = _with_grade(text, _behind_status(text, start, end))
        end = _with_bracket(text, start, end)
    if start >= end:
        return
    if span.label == "institution":
        for piece in _pieces(text, start, end):
            for a, b in _parts(text, *_whole(text, *piece)):
                yield span._replace(start=a, end=b)
    elif span.label == "role":
        yield from cut_role(text, start, end, span)
    else:
        yield span._replace(start=start, end=end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    if not (_NAMED_THE.match(text, start, end) or _is_paper(text[start:end]) or _QUOTED.match(text, start, end)):
        leading = _LEADING.match(text, start, end)
        start = leading.end() if leading else start
    while (trailing := _TRAILING.search(text, start, end)) and trailing.end() == end and trailing.start() > start:
        if trailing[0] == "s" or ('"' in trailing[0] and text.count('"', start, end) % 2 == 0):
            break
        end = trailing.start()
    if text.count("(", start, end) < text.count(")", start, end) and text[end - 1] == ")":
        end -= 1
    return start, end


def _without_group(text: str, start: int, end: int) -> int:
    """The end of a person's name without the group that bears it: "XU Xiaos Lab", where the apostrophe may be lost."""
    group = _GROUP.search(text, start, end)
    if group is None:
        return end
    name = text[start : group.start()]
    is_lost = name.endswith("s") and regex.search(rf"\b{regex.escape(name[:-1])}\b", text)
    return group.start() - (1 if is_lost else 0)


def _is_paper(name: str) -> bool:
    """Whether a name is one of a paper that bears its article: "The Lagan Mirror"."""
    head = head_of(name) if name.startswith("The ") else None
    return head is not None and head.kind == "media"


def _behind_honorifics(text: str, start: int, end: int) -> int:
    at = start
    while (word := _WORD.match(text, at, end)) and word.end() < end and is_honorific(word[0]):
        plain = word[0].strip(". ").casefold()
        if len(plain) == 1 or (plain in _ALSO_NAMES and not word[0].startswith("HE ")):
            break
        at = word.end()
    return at


def _with_initials(text: str, start: int, end: int) -> int:
    """A name with the initials between it and an honorific: "Prof Dr ASM Maksud Kamal"."""
    found = _INITIALS.search(text, max(0, start - _BEFORE), start)
    if found and is_honorific(found["honorific"]) and not is_honorific(found["initials"]) and not text[start:end].isupper():
        return found.start("initials")
    return start


def _behind_status(text: str, start: int, end: int) -> int:
    while (word := _STATUS.match(text, start, end)) and word.end() < end:
        start = word.end()
    return start


def _with_grade(text: str, start: int) -> int:
    """A title with the grade before it that was left out: "Additional Registrar"."""
    before = _grades().search(text, max(0, start - _BEFORE), start)
    return before.start() if before else start


@cache
def _grades() -> "regex.Pattern[str]":
    words = "|".join(load_lexicon("titles")["grades"])
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}-])(?:(?:{words})[ -])+$", regex.IGNORECASE)


def _with_bracket(text: str, start: int, end: int) -> int:
    """A title with the bracket that it opened closed: "Pro-Vice-Chancellor (Teaching)"."""
    if text.count("(", start, end) > text.count(")", start, end):
        close = text.find(")", end, end + 40)
        return close + 1 if close >= 0 and "\n" not in text[end:close] else end
    return end


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A name without a country behind it that it does not need, and without the beginning of the phrase that follows it."""
    country = _COUNTRY.search(text, start, end)
    if country and is_country(country["country"]) and any(is_own(word) for word in words_of(text[start : country.start()])):
        end = country.start()
    goes_on = text[end : end + 1] == " " and text[end + 1 : end + 2].islower()
    while loose := _OPEN_END.search(text, start, end):
        if not (goes_on or loose[0].strip() in PREPOSITIONS) or head_of(text[start : loose.start()]) is None:
            break
        end, goes_on = loose.start(), True
    errand = _ERRAND.search(text, start, end)
    return start, errand.start() if errand else end


def is_own(word: str) -> bool:
    """Whether a folded word of a name singles it out: no head noun, field or preposition."""
    return not (head_word(word) or word in PREPOSITIONS or word in subject_words())


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands between the bars and wide gaps of a page's menu or title line is no one name."""
    at = start
    for gap in _GAP.finditer(text, start, end):
        yield _trimmed(text, at, gap.start())
        at = gap.end()
    yield _trimmed(text, at, end)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A unit and its parent as two."""
    for junction in _JUNCTIONS:
        for match in junction.finditer(text, start + 1, end):
            left, right = text[start : match.start()], text[match.end() : end]
            if is_two(left, right, match[0]):
                yield from _parts(text, *_trimmed(text, start, match.start()))
                yield from _parts(text, *_trimmed(text, match.end(), end))
                return
    yield start, end


@lru_cache(maxsize=1 << 12)
def is_two(left: str, right: str, gap: str) -> bool:
    """Whether both sides of a junction are names by themselves, the one a unit of the other."""
    a, b = head_of(left), head_of(right)
    if gap.startswith("'"):
        if left.endswith(_OWNERS):
            return False
        return b is not None and len(words_of(right)) > 1 and (_is_acronym(left) or a is not None)
    if gap.strip() == "":
        return (
            b is not None
            and b.kind in ("faculty", "department")
            and (_is_acronym(left) or (a is not None and a.kind in ("university", "hospital")))
        )
    if (not _is_acronym(right) and b is None) or fold(right) in subject_words():
        return False
    if "," in gap and gap.strip(" ,the") == "":
        return (
            a is not None
            and a.kind in _UNIT_KINDS
            and (_is_acronym(right) or (b is not None and b.kind == "university" and _starts_name(right)))
        )
    if gap.strip() in ("|", "»", ">"):
        return True
    if a is None or a.kind not in _UNIT_KINDS or len(words_of(left)) < _SHORTEST:
        return False
    return _is_acronym(right) or (b is not None and b.kind in _PARENT_KINDS and _starts_name(right))


_SHORTEST = 2
_OWNERS = ("Children", "Women", "Men", "People", "Girls", "Boys")  # whose hospital or school it is, in the name itself


def _is_acronym(text: str) -> bool:
    return bool(regex.fullmatch(r"\p{Lu}[\p{L}.]*\p{Lu}[\p{L}.]*", text)) and len(text) <= 12


def _starts_name(name: str) -> bool:
    """Whether a name is whole: it has its head noun and something more."""
    words = words_of(name)
    return len(words) > 1 and any(head_word(w) and w not in _weak_heads() for w in words)


@cache
def _weak_heads() -> frozenset[str]:
    return frozenset(load_lexicon("mention_cues")["weak_heads"])


@cache
def stops() -> frozenset[str]:
    """Capitalised words that begin no name."""
    return frozenset(fold(word) for word in load_lexicon("name_stops"))
