"""The forms of one institution and their neighbourhood in, its kind out."""

from collections.abc import Mapping, Sequence

import regex

from extractor.find.cues import cue
from extractor.find.places import is_country, is_place
from extractor.link.adjacency import level_of
from extractor.link.naming import Name
from extractor.records import Kind, Mention
from extractor.rules.lexicon import load_lexicon

_NEAR = 40
_FIELD = r"(?:education|energy|health(?:care)?|state|justice|labou?r|agriculture|commerce|defen[cs]e|transport(?:ation)?|interior|homeland)"
_OFFICIAL = regex.compile(
    rf"^department of (?:higher |public |national |basic |primary )?{_FIELD}\b"
    r"(?! (?:science|system|research|stud|economic|promotion|polic|manage))"
    rf"|\b{_FIELD}(?: and [\p{{L}} ]+)? department$",
    regex.IGNORECASE,
)
_DATELINE = regex.compile(r"[(\[]\s*$")
_AFTER_DATELINE = regex.compile(r"\s*[)\]]\s*(?:-|–|—|:)")
# The place, the day and the opening bracket of a report by an agency: Lund, May 3 (SWENA), Lund /SWENA/.
_PLACE = r"\p{Lu}[\p{L}.'-]{1,25}(?: \p{Lu}[\p{L}.'-]{1,25})?"
_WIRE = regex.compile(rf"(?:^|\n)\s*{_PLACE}(?P<day>,? \p{{Lu}}[\p{{L}}.]{{2,8}} \d{{1,2}}(?:, \d{{4}})?)?,?\s*[(/]\s*$")
_SITE = regex.compile(r"\p{Ll}\.(?:\p{Ll}{2,3})$")
_TOLD = regex.compile(r"\b(?:told|tells|informed)\s(?:the\s)?$|\(Source: $")
_APPOSITION = regex.compile(
    r"\s*(?:,|\(|-|–|—|,? which is| is)\s*(?:a|an|the|its|their|\p{Lu}\p{L}+'s)\s(?P<what>(?:\p{Ll}[\p{Ll}-]*\s){0,3}?\p{Ll}[\p{Ll}-]*)"
    r"(?=\s(?:of|for|in|at|that|which|from|behind)\b|[,.;:)–—]|$)"
)
_NOUN_AFTER = regex.compile(r"\s(\p{Ll}+)\b")
_NOUN_BEFORE = regex.compile(r"\b(\p{Ll}[\p{Ll}-]+)\s[\"']?$")
_MOST = 4
_FAR = 120
_LANDS = frozenset({"province", "provincial", "municipal", "state", "federal", "prefectural", "region", "republic"})
_BODIES = frozenset({("senate",), ("council",), ("board",), ("academic", "senate"), ("faculty", "senate"), ("university", "senate")})


def kind_of(text: str, names: Sequence[Name], mentions: Sequence[Mention], *, is_at_edge: bool, has_parent: bool) -> Kind:
    """What a house is. ``names`` are its forms, the fullest first; ``is_at_edge``: the page's first or last lines name it."""
    known: Mapping[str, dict[str, str]] = load_lexicon("known_institutions")
    for name in names:
        if name.text in known:
            return known[name.text]["kind"]  # type: ignore[return-value]
    best = names[0]
    if is_country(best.text) or is_country(" ".join(best.key)):
        return "government"
    if best.kind is None:
        return next((name.kind for name in names if name.kind), None) or _bare_kind(text, best, mentions, is_at_edge=is_at_edge)
    return best.kind if has_parent else _free_kind(best)


def _free_kind(name: Name) -> Kind:
    """The kind of a house of which the text prints no parent."""
    if name.key in _BODIES:
        return "other"
    if name.kind == "department" and _is_of_state(name):
        return "government"
    if name.kind == "department" and name.core and name.key[-1] in ("library", "libraries"):
        return "other"
    if name.kind == "faculty" and name.core and name.key[0] == name.core[0] and "of" in name.key:
        return "university" if is_place(name.core[0]) or "college" in name.key else "faculty"
    return name.kind or "other"


def _is_of_state(name: Name) -> bool:
    """Whether a department is one of a state: "Department of Health", "Wuhan Foreign Affairs Office"."""
    of_land = bool(_LANDS & set(name.key)) or (name.core and is_place(name.core[-1]) and name.core[-1] in (name.key[0], name.key[-1]))
    if name.key[-2:] == ("affairs", "office"):
        return bool(of_land)
    if "department" in (name.key[0], name.key[-1]) and len(name.key) > 1:
        return bool(of_land or _OFFICIAL.search(name.text))
    return False


def _bare_kind(text: str, name: Name, mentions: Sequence[Mention], *, is_at_edge: bool) -> Kind:
    """The kind of a name without a head noun, from the words beside it."""
    if not name.core and not name.is_acronym:
        return "department"
    for mention in mentions[:_MOST]:
        after, before = text[mention.end : mention.end + _NEAR], text[max(0, mention.start - _NEAR) : mention.start]
        wire = _WIRE.search(before)
        if (_DATELINE.search(before) and _AFTER_DATELINE.match(after)) or (wire and (wire["day"] or wire[0].endswith("/"))):
            return "media"
        if cue("of_club").search(text, max(0, mention.start - _FAR), mention.end + _FAR):
            return "association"
        if told := _told_kind(before, after):
            return told
        if cue("of_company").match(after):
            return "company"
        if cue("of_university").match(after):
            return "university"
    if is_at_edge and not name.is_acronym:
        return "media"
    if name.key[-1:] == ("health",):
        return "hospital"
    if name.key[-1:] == ("research",):
        return "institute"
    if _SITE.search(name.text):
        return "media"
    return "university" if name.is_acronym or is_place(name.text) or name.text.split()[0].isupper() else "other"


def _told_kind(before: str, after: str) -> Kind | None:
    """What the words beside a name say that it is: "NatHealth, an association of …", "the Aurora network", "told Screen Asia"."""
    if _TOLD.search(before):
        return "media"
    apposition, noun = _APPOSITION.match(after), _NOUN_AFTER.match(after)
    leading = _NOUN_BEFORE.search(before)
    nouns = [
        *(reversed(apposition["what"].split()) if apposition else ()),
        *((noun[1],) if noun else ()),
        *((leading[1],) if leading else ()),
    ]
    listed: Mapping[str, Kind] = load_lexicon("post_cues")["kind_nouns"]
    return next((listed[word] for word in nouns if word in listed), None)


def is_unit(name: Name) -> bool:
    """Whether a name is one of a part of a house: a department, a faculty, a laboratory, an institute, a hospital."""
    return name.kind is not None and level_of(name) < _HOUSE


_HOUSE = 3
