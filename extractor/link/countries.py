"""Houses and the text around them in, the country of each out, where something makes it certain."""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

import regex

from extractor.find.heads import words_of
from extractor.find.places import country_in, country_of_domain, is_place, load_places, nation_in, places_in
from extractor.layout import Layout
from extractor.link.naming import Name
from extractor.link.page import Page
from extractor.records import Kind
from extractor.rules.lexicon import load_lexicon

_AFTER = regex.compile(r"\)?\s*(?:,|\(|/| - | in | of |, in |, of | at )\s*(?:the )?(?P<place>(?:\p{Lu}[\p{L}.'-]+[ ,/]{0,2}){1,4})")
_BEFORE = regex.compile(r"(?P<place>(?:\p{Lu}[\p{L}.-]+\s?){1,3})(?:'s|-based)?[\s\"]*(?:the )?$")
_DATELINE = regex.compile(
    r"^\W{0,5}(?P<place>(?>\p{Lu}[\p{L}.'-]{1,25})(?:[ ,]{1,2}(?>\p{Lu}[\p{L}.'-]{1,25})){0,2},?)"
    r"(?:,[^\n–—-]{0,25})?\s*(?:\([^)\n]{1,30}\))?\s*(?:-|–|—|:)\s",
    regex.MULTILINE,
)
_PAIR = regex.compile(r"\b(\p{Lu}\p{L}+)\s?[-–]\s?(\p{Lu}\p{L}+)\b")
_SAINTS = frozenset({"san", "santa", "santo", "sao", "saint", "st", "sant"})  # hospitals bear their names anywhere
_WORLDLY: frozenset[Kind] = frozenset({"association", "government", "other", "media", "institute", "laboratory"})
_JOINED = regex.compile(r"(?:,|,? and|,? as well as) (?:the )?")
_SHORT = 3
_WINDOW = 60
_FIRST_LINES, _LAST_LINES = 6, 3
_FOLLOWERS: frozenset[Kind] = frozenset({"media", "company", "department", "faculty"})
_LOCAL: frozenset[Kind] = frozenset({"department", "faculty", "laboratory", "hospital", "government", "institute", "school"})


def countries_of(
    page: Page, kinds: Sequence[Kind], parents: Mapping[int, int], subject: int | None, layout: Layout, *, url: str | None
) -> dict[int, str]:
    """House -> ISO 3166 alpha-2."""
    members: dict[int, list[int]] = {}
    for i in range(len(page.mentions)):
        members.setdefault(page.number[i], []).append(i)
    told = {at: _told(page, at, own, kinds[at]) for at, own in members.items()}
    found = {at: code for at, code in told.items() if code}
    home = _home(page, layout, found, subject, url=url)
    if home and subject is not None and not page.best[subject].is_generic:
        found.setdefault(subject, home)
    _drop_far_media(found, kinds, home)
    _share_by_word(page, found, len(kinds))
    for unit, parent in parents.items():
        if unit in found:
            found.setdefault(parent, found[unit])
    for at in sorted(members, key=lambda at: _depth(at, parents)):
        up = _up(at, parents, found)
        if up is not None and (at not in found or page.best[at].is_generic or _takes_from_parent(page.best[at])):
            found[at] = found[up]
        elif at not in found and up is None and (code := _beside(page, members[at], kinds, found)):
            found[at] = code
        elif home and at not in found and _is_at_home(page.best[at], kinds[at]) and (kinds[at] in _LOCAL or len(set(found.values())) == 1):
            found[at] = home
    main = _main_country(found, len(members))
    for at in members:
        if main and at not in found and kinds[at] in _FOLLOWERS and _is_at_home(page.best[at], kinds[at]):
            found[at] = main
    return found


def _told(page: Page, at: int, members: Sequence[int], kind: Kind) -> str | None:
    """The country that the name of a house or what stands beside it tells."""
    code = _by_name(page, at, members, kind)
    if code or is_shared(page.best[at].text):
        return code
    return _by_neighbours(page, members) or _by_language(page.best[at])


def _beside(page: Page, members: Sequence[int], kinds: Sequence[Kind], found: Mapping[int, str]) -> str | None:
    """The country of a house of the same kind that "and" or a comma joins to one: "toured Mercy Hospital and St. Ann's Hospital".

    Two universities joined so are as often of two countries.
    """
    for i in members:
        for j in (i - 1, i + 1):
            if not 0 <= j < len(page.mentions) or kinds[page.number[j]] != kinds[page.number[i]] or kinds[page.number[i]] == "university":
                continue
            a, b = sorted((i, j))
            if page.number[j] in found and _JOINED.fullmatch(page.text, page.mentions[a].end, page.mentions[b].start):
                return found[page.number[j]]
    return None


def _home(page: Page, layout: Layout, found: Mapping[int, str], subject: int | None, *, url: str | None) -> str | None:
    """The country of the house told of, of the page's address, or of its dateline."""
    known = found.get(subject) if subject is not None else None
    return known or (country_of_domain(url) if url else None) or _by_page(page, layout)


def _drop_far_media(found: dict[int, str], kinds: Sequence[Kind], home: str | None) -> None:
    """Forget the country of a paper whose name is a place that nothing else in the text speaks for: "El Adelanto"."""
    others = {code for at, code in found.items() if kinds[at] != "media"} | {home}
    for at in [at for at, code in found.items() if kinds[at] == "media" and code not in others]:
        del found[at]


def _share_by_word(page: Page, found: dict[int, str], houses: int) -> None:
    """Give a house without a country that of those whose names share a word with its own: "Careggi Hospital Florence"."""
    by_word: dict[str, set[str]] = {}
    for at, code in found.items():
        for word in page.best[at].core:
            by_word.setdefault(word, set()).add(code)
    for at in range(houses):
        words = (word for word in page.best[at].core if len(word) > _SHORT and word not in _scopes())
        codes = {code for word in words for code in by_word.get(word, ())}
        if at not in found and len(codes) == 1 and not is_shared(page.best[at].text):
            found[at] = codes.pop()


def _takes_from_parent(name: Name) -> bool:
    """Whether a nation in the name of a unit is what it studies: "Department of Portuguese"."""
    is_nation = any(word.startswith("@") for word in name.core) and not any(map(is_place, name.core))
    return "studies" in name.key or (is_nation and name.kind in ("department", "faculty"))


def is_shared(name: str) -> bool:
    """Whether a name joins two countries: "Sino-German Alliance", "Shanghai-Haifa Center"."""
    return any(len(set(codes)) > 1 for codes in map(_joined, _PAIR.finditer(name)))


def _joined(pair: "regex.Match[str]") -> list[str]:
    codes = [load_places().get(words_of(side)) for side in pair.groups()]
    return [code for code in codes if code]


def _is_at_home(name: Name, kind: Kind) -> bool:
    """Whether a house sits where the text does: it is of no wider world and joins no two countries."""
    return not (is_shared(name.text) or (kind in _WORLDLY and _scopes() & set(name.key)))


@cache
def _scopes() -> frozenset[str]:
    return frozenset(load_lexicon("seats")["scopes"])


def _main_country(found: Mapping[int, str], houses: int) -> str | None:
    """The country of more than half of the houses of a text."""
    best = Counter(found.values()).most_common(1)
    return best[0][0] if best and best[0][1] * 2 > houses else None


def _depth(at: int, parents: Mapping[int, int]) -> int:
    """How many houses stand above one."""
    seen = {at}
    while (up := parents.get(at)) is not None and up not in seen:
        seen.add(up)
        at = up
    return len(seen)


def _up(at: int, parents: Mapping[int, int], found: Mapping[int, str]) -> int | None:
    up, seen = parents.get(at), {at}
    while up is not None and up not in found and up not in seen:
        seen.add(up)
        up = parents.get(up)
    return up if up in found else None


def _by_name(page: Page, house: int, members: Sequence[int], kind: Kind) -> str | None:
    forms = dict.fromkeys([page.best[house].text, *(page.mentions[i].text for i in members)])
    return next((code for form in forms if (code := _by_form(form, kind)) is not None), None) or None


def _by_form(form: str, kind: Kind) -> str | None:
    """The country that one form of a name tells; empty for a house known to be of none."""
    known = load_lexicon("known_institutions")
    if form in known:
        return known[form]["country"] or ""
    bare = _PAIR.sub(" ", form) if is_shared(form) else form
    words = tuple(part for word in words_of(bare) for part in word.split("-"))
    code = _house_names().get(" ".join(words)) or _seat(words, 2) or nation_in(words) or _seat(words, 1)
    if code:
        return code
    plain = words_of(bare)
    codes = list(dict.fromkeys(code for at, code in places_in(plain) if kind != "hospital" or plain[at] not in _SAINTS))
    if len(codes) > 1:
        return codes[0] if kind in ("government", "association") else codes[-1]
    return codes[0] if codes else None


@cache
def _house_names() -> Mapping[str, str]:
    """Folded names of houses of learning -> country."""
    return {name: code for code, names in load_lexicon("house_names").items() for name in names.split("; ")}


@cache
def _seats() -> Mapping[str, Mapping[tuple[str, ...], str]]:
    """Words of names -> country, by the first of the words."""
    seats: dict[str, dict[tuple[str, ...], str]] = {}
    for code, names in load_lexicon("seats")["houses"].items():
        for name in names:
            words = tuple(part for word in words_of(name) for part in word.split("-"))
            seats.setdefault(words[0], {})[words] = code
    return seats


def _seat(words: tuple[str, ...], least: int) -> str | None:
    """The country of a house that the list of seats names with at least so many words."""
    for at, word in enumerate(words):
        for name, code in sorted(_seats().get(word, {}).items(), key=lambda item: -len(item[0])):
            if len(name) >= least and words[at : at + len(name)] == name:
                return code
    return None


@cache
def _languages() -> Mapping[str, str]:
    return {word: code for code, words in load_lexicon("seats")["words"].items() for word in words}


def _by_language(name: Name) -> str | None:
    """The country whose language or law the words of a name are of."""
    words = tuple(part for word in words_of(name.text) for part in word.split("-"))
    pairs = (" ".join(pair) for pair in itertools.pairwise(words))
    return next((code for word in (*words, *pairs) if (code := _languages().get(word))), None)


def _by_neighbours(page: Page, members: Sequence[int]) -> str | None:
    """What stands beside a mention: ", Germany", "(Surabaya)", "in Myanmar", or a nationality before it."""
    for i in members:
        mention = page.mentions[i]
        stop = page.mentions[i + 1].start if i + 1 < len(page.mentions) else len(page.text)
        after = _AFTER.match(page.text, mention.end, min(stop, mention.end + _WINDOW))
        if after and after.end() < stop and (code := country_in(after["place"].strip(" ,/"))):
            return code
        floor = page.mentions[i - 1].end if i else 0
        before = _BEFORE.search(page.text, max(floor, mention.start - _WINDOW), mention.start)
        if before and (code := country_in(before["place"].strip())):
            return code
    return None


def _by_page(page: Page, layout: Layout) -> str | None:
    """The country of the dateline, of the address in the last lines, or of most places in the text."""
    for match in _DATELINE.finditer(page.text):
        if code := country_in(match["place"].strip(" ,")):
            return code
    lines = (*layout.lines[-_LAST_LINES:], *layout.lines[:_FIRST_LINES])
    votes = Counter(code for line in lines for _, code in places_in(words_of(page.text[line.start : min(line.end, line.start + 400)])))
    best = votes.most_common(2)
    if best and (len(best) == 1 or best[0][1] > best[1][1]):
        return best[0][0]
    return None
