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
_OFFICIAL = regex.compile(
    r"\b(?:education|energy|health|state|justice|labou?r|agriculture|commerce|defen[cs]e|transport(?:ation)?|interior|homeland)\b",
    regex.IGNORECASE,
)
_DATELINE = regex.compile(r"[(\[]\s*$")
_AFTER_DATELINE = regex.compile(r"\s*[)\]]\s*(?:-|–|—|:)")
_SITE = regex.compile(r"\p{Ll}\.(?:\p{Ll}{2,3})$")
_TOLD = regex.compile(r"\b(?:told|tells|informed)\s(?:the\s)?$|\(Source: $")
_APPOSITION = regex.compile(
    r"\s*(?:,|\(|-|–|—|,? which is| is)\s*(?:a|an|the|its|their|\p{Lu}\p{L}+'s)\s(?P<what>(?:\p{Ll}[\p{Ll}-]*\s){0,3}?\p{Ll}[\p{Ll}-]*)"
    r"(?=\s(?:of|for|in|at|that|which|from|behind)\b|[,.;:)–—]|$)"
)
_NOUN_AFTER = regex.compile(r"\s(\p{Ll}+)\b")
_NOUN_BEFORE = regex.compile(r"\b(\p{Ll}[\p{Ll}-]+)\s[\"']?$")
_MOST = 4


def kind_of(text: str, names: Sequence[Name], mentions: Sequence[Mention], *, is_at_edge: bool, has_parent: bool) -> Kind:
    """What a house is. ``names`` are its forms, the fullest first; ``is_at_edge``: the page's first or last lines name it."""
    known: Mapping[str, dict[str, str]] = load_lexicon("known_institutions")
    for name in names:
        if name.text in known:
            return known[name.text]["kind"]  # type: ignore[return-value]
    best = names[0]
    if is_country(best.text):
        return "government"
    if best.kind is None:
        return next((name.kind for name in names if name.kind), None) or _bare_kind(text, best, mentions, is_at_edge=is_at_edge)
    if (
        best.kind == "department"
        and not has_parent
        and _OFFICIAL.search(best.text)
        and best.text.casefold().startswith(("department of", "education", "health"))
    ):
        return "government"
    if (
        best.kind == "faculty"
        and not has_parent
        and best.core
        and is_place(best.core[0])
        and best.key[0] == best.core[0]
        and "of" in best.key
    ):
        return "university"
    return best.kind


def _bare_kind(text: str, name: Name, mentions: Sequence[Mention], *, is_at_edge: bool) -> Kind:
    """The kind of a name without a head noun, from the words beside it."""
    if not name.core and not name.is_acronym:
        return "department"
    for mention in mentions[:_MOST]:
        after, before = text[mention.end : mention.end + _NEAR], text[max(0, mention.start - _NEAR) : mention.start]
        if _DATELINE.search(before) and _AFTER_DATELINE.match(after):
            return "media"
        if told := _told_kind(before, after):
            return told
        if cue("of_company").match(after):
            return "company"
        if cue("of_university").match(after):
            return "university"
    if is_at_edge and not name.is_acronym:
        return "media"
    if name.key[-1:] == ("health",):
        return "company"
    if _SITE.search(name.text):
        return "media"
    return "university" if name.is_acronym or is_place(name.text) or name.text.split()[0].isupper() else "other"


def _told_kind(before: str, after: str) -> Kind | None:
    """What the words beside a name say that it is: "NatHealth, an association of …", "the Aurora network", "told Screen Asia"."""
    if _TOLD.search(before):
        return "media"
    apposition, noun = _APPOSITION.match(after), _NOUN_AFTER.match(after)
    leading = _NOUN_BEFORE.search(before)
    nouns = [*(reversed(apposition["what"].split()) if apposition else ()), *((noun[1],) if noun else ()), *((leading[1],) if leading else ())]
    listed: Mapping[str, Kind] = load_lexicon("post_cues")["kind_nouns"]
    return next((listed[word] for word in nouns if word in listed), None)


def is_unit(name: Name) -> bool:
    """Whether a name is one of a part of a house: a department, a faculty, a laboratory, an institute, a hospital."""
    return name.kind is not None and level_of(name) < _HOUSE


_HOUSE = 3
