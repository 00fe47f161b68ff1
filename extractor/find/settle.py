"""A model's spans in, the same spans under the label that the rest of the text gives them out, without those that are no mentions."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import regex

from extractor.find.acronyms import is_acronym, is_made_of
from extractor.find.heads import PREPOSITIONS, fold, head_of, head_word, subject_words, words_of
from extractor.find.honorifics import after_name, honorific_start
from extractor.find.places import is_country, is_place, nations
from extractor.rules.lexicon import load_lexicon
from extractor.spans import Span

_WHERE = regex.compile(
    r"(?:\b(?:in|to|near|around|outside|city of|town of|delegation from|-)\s(?:the )?|\(\p{Lu}[\p{L}&]+, )$", regex.IGNORECASE
)
_DATELINE = regex.compile(r"(?:-based|\s*(?:—|–|·|:|, \p{Lu}\p{Ll}+ (?:—|–)))")
_CITY = regex.compile(r"(?: \d{1,2})?(?:,| in| at| –| -) (?P<place>\p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}-]+)?)")
_SEASON = regex.compile(r"\b(?:summer|winter|spring|autumn)\s$", regex.IGNORECASE)
_SEASONAL = ("School", "Camp", "Academy", "University")
_POSTED = regex.compile(
    r"\b(?:rector|chancellor|president|dean|provost|professor|lecturer|doctorate|alumn\w+|graduate|fellow|degree|diploma)"
    r" (?:of|at|from)\s(?:the\s)?$",
    regex.IGNORECASE,
)
_SHORT = 2
_BACK, _FAR = 18, 70
_POINTING = regex.compile(r"\b(?:the|a|an|our|both|his|her|their|this|that|as|any|every)\s$", regex.IGNORECASE)
_TO_HOLDER = regex.compile(r"\s*[,:(–-]?\s*(?:of|at|in|for|from|to|is|was|,)?\s*(?:the|our|its|his|her)?\s*", regex.IGNORECASE)
_REACH = 60


_REPORT = regex.compile(r"\s*(?:,|:|—|–|-|\()\s?\S")
_BAR_BEFORE, _BAR_AFTER = regex.compile(r"\b\p{Lu}{2} ?[|/·] ?$"), regex.compile(r" ?[|/·] ?\p{Lu}{2}\b")
_PLURAL = regex.compile(r"(?:Ministries|Universities|Governments|Academies|Faculties|Hospitals|Embassies)\b(?!.* and )")
_COUNTED = regex.compile(r"\b(?:two|three|both|four|respective)(?: \p{Ll}+)? $", regex.IGNORECASE)


class Facts(NamedTuple):
    """What a text's spans tell about each other: words of universities and of people, where people begin, acronyms of institutions."""

    houses: frozenset[str]
    people: frozenset[str]
    starts: frozenset[int]
    acronyms: frozenset[str]
    titles: Mapping[int, int]  # end -> start


def settled(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans, relabelled or left out."""
    facts = _facts(text, spans)
    for span in spans:
        words = text[span.start : span.end]
        if span.label == "person":
            yield from _person(text, span, words, facts)
        elif span.label == "institution":
            yield from _institution(text, span, words, facts)
        elif not (_is_honorific(text, span, words, facts) or _is_nobodys(text, span, words, facts)):
            yield span


def _facts(text: str, spans: Sequence[Span]) -> Facts:
    houses: set[str] = set()
    names: set[tuple[str, ...]] = set()
    for span in spans:
        words = words_of(text[span.start : span.end])
        if span.label == "institution" and any(head_word(word) == "university" for word in words):
            houses |= {word for word in words if not head_word(word)}
        elif span.label == "person" and len(words) > 1:
            names.add(words)
    people = {word for name in names if not set(name) <= houses for word in name if len(word) > 1}
    starts = frozenset(span.start for span in spans if span.label == "person")
    forms = (text[span.start : span.end] for span in spans if span.label == "institution")
    titles = {span.end: span.start for span in spans if span.label == "role"}
    return Facts(frozenset(houses), frozenset(people), starts, frozenset(form for form in forms if is_acronym(form)), titles)


def _person(text: str, span: Span, words: str, facts: Facts) -> Iterator[Span]:
    parts = set(words_of(words))
    is_house = bool(parts) and parts <= facts.houses and not parts & facts.people and honorific_start(text, span.start) == span.start
    if is_house or words in facts.acronyms:
        yield span._replace(label="institution", rule="institution.short-form")
    elif not (
        words.islower() and "\n" not in text[max(0, span.start - 2) : span.start] and "(" not in text[max(0, span.start - 2) : span.start]
    ):
        yield span


def _institution(text: str, span: Span, words: str, facts: Facts) -> Iterator[Span]:
    parts = words_of(words)
    lead = _lead().match(words)
    if lead and lead.end() < len(words):
        yield span._replace(start=span.start + lead.end())
        return
    if len(parts) == 1 and parts[0] in facts.people and parts[0] not in facts.houses and not words.isupper():
        yield span._replace(label="person", rule="person.short-form")
    elif not (
        _is_common(words)
        or _is_language(text, span)
        or _is_field(text, span, words, facts)
        or _is_of_several(text, span, words)
        or _is_degree(text, span, words)
        or _is_occasion(text, span, words)
        or _is_only_place(text, span, words, facts)
    ):
        yield span._replace(end=_whole_end(text, span, parts))


def _whole_end(text: str, span: Span, parts: Sequence[str]) -> int:
    """The end of a name that only its city tells from others: "University of Medicine and Pharmacy in Košice"."""
    head = head_of(text[span.start : span.end])
    if head is None or head.kind != "university" or any(not _is_plain(word) for word in parts):
        return span.end
    city = _CITY.match(text, span.end)
    return city.end() if city and is_place(city["place"]) and not is_country(city["place"]) else span.end


def _is_plain(word: str) -> bool:
    return word in subject_words() or word in PREPOSITIONS or head_word(word) is not None


def _is_common(words: str) -> bool:
    """Whether words name no house: "Korean hospital", "ministries of fisheries", "Tajik"."""
    common = _common().fullmatch(words)
    if common and common["which"]:
        return is_place(common["which"])
    return bool(common) or (words_of(words) in nations() and not is_country(words))


def _is_of_several(text: str, span: Span, words: str) -> bool:
    """Whether a plural only counts houses that are named elsewhere, if at all: "the two Ministries of Health"."""
    return bool(_PLURAL.match(words)) and bool(_COUNTED.search(text, max(0, span.start - _BACK), span.start))


def _is_degree(text: str, span: Span, words: str) -> bool:
    """Whether a bracket holds a degree: "Harvard University (DLitt)"."""
    return text[span.start - 1 : span.start] == "(" and text[span.end : span.end + 1] == ")" and fold(words) in after_name()


def _is_field(text: str, span: Span, words: str, facts: Facts) -> bool:
    """Whether a bracket shortens the field of a title: "Pro Vice-Chancellor for Academic and Student Affairs (ASA)"."""
    end = span.start - len(" (")
    if end not in facts.titles or text[end : span.start] != " (":
        return False
    title = text[facts.titles[end] : end].split(" ")
    return any(is_made_of(words, " ".join(title[at:])) for at in range(1, len(title)))


def _is_language(text: str, span: Span) -> bool:
    """Whether two capitals stand between the bars of a menu of languages: "EN | RU"."""
    is_short = span.end - span.start == len("EN")
    return is_short and bool(_BAR_BEFORE.search(text, max(0, span.start - 6), span.start) or _BAR_AFTER.match(text, span.end))


def _is_occasion(text: str, span: Span, words: str) -> bool:
    """Whether words name a course or a day and no house: "Sino-German Medicine Class", "Summer School"; or nothing of the kind: "PI"."""
    in_season = words.startswith(_SEASONAL) and _SEASON.search(text, max(0, span.start - _BACK), span.start)
    is_occasion = bool(_occasions().search(words)) and (head_of(words) is None or bool(_SEASON.search(words[: words.rfind(" ") + 1])))
    return bool(in_season) or is_occasion or words in load_lexicon("mention_cues")["no_houses"]


@cache
def _occasions() -> "regex.Pattern[str]":
    """Names that end as those of courses, days and gatherings do."""
    return regex.compile(rf"\b(?:{'|'.join(load_lexicon('mention_cues')['occasions'])})$", regex.IGNORECASE)


@cache
def _common() -> "regex.Pattern[str]":
    nouns = "|".join(load_lexicon("mention_cues")["house_nouns"])
    return regex.compile(
        rf"(?i:{nouns})|(?:(?P<which>\p{{Lu}}[\p{{L}}-]+)|women's|local|other|new|both|two|host) (?:{nouns})"
        r"|(?:ministries|universities|faculties|embassies)\b.*"
    )


def _is_only_place(text: str, span: Span, words: str, facts: Facts) -> bool:
    """Whether a place stands for itself: no university of the text bears its name, or the words around it speak of a place."""
    if head_of(words) or words in load_lexicon("known_institutions"):
        return False
    if words in load_lexicon("mention_cues")["states"]:
        return True
    if _opens_report(text, span) and is_place(words.title()):
        return True
    if _is_posted(text, span):
        return False
    if not is_place(words) or is_country(words):
        return is_country(words) and bool(_WHERE.search(text, max(0, span.start - _BACK), span.start))
    if _shared().search(text, max(0, span.start - _FAR), span.start):
        return False
    if not set(words_of(words)) <= facts.houses:
        return True
    return bool(_WHERE.search(text, max(0, span.start - _BACK), span.start) or _DATELINE.match(text, span.end))


def _opens_report(text: str, span: Span) -> bool:
    """Whether capitals open a line as the place of a report does: "MUMBAI: The hospital …"."""
    return text[span.start : span.end].isupper() and text[span.start - 1 : span.start] in ("", "\n") and bool(_REPORT.match(text, span.end))


def _is_posted(text: str, span: Span) -> bool:
    """Whether somebody has a post or a degree there: "Vice-Chancellor of Warwick"; or capitals that name no country: "KTH"."""
    words = text[span.start : span.end]
    return bool(_POSTED.search(text, max(0, span.start - _FAR), span.start)) or (
        is_acronym(words) and len(words) > _SHORT and words.isupper()
    )


@cache
def _shared() -> "regex.Pattern[str]":
    heads = "|".join(load_lexicon("mention_cues")["shared_heads"])
    return regex.compile(rf"\b(?:{heads}) (?:of|in)\b[^.;\n]*$", regex.IGNORECASE)


@cache
def _lead() -> "regex.Pattern[str]":
    """The head that several names share, which stays outside: "Universities of"."""
    heads = "|".join(load_lexicon("mention_cues")["shared_heads"])
    return regex.compile(rf"(?:{heads}) (?:of|in) (?:the )?(?=\p{{Lu}})", regex.IGNORECASE)


@cache
def _titled() -> frozenset[str]:
    return frozenset(load_lexicon("mention_cues")["titles_before_names"])


def _is_honorific(text: str, span: Span, words: str, facts: Facts) -> bool:
    """Whether a title only honours the name that follows it: "Professor", "Sister"."""
    at = span.end
    while at < len(text) and text[at] in " .":
        at += 1
    return fold(words).strip(".") in _titled() and at in facts.starts


@cache
def _empty_titles() -> "regex.Pattern[str]":
    listed = "|".join(load_lexicon("mention_cues")["no_posts"])
    return regex.compile(rf"(?:{listed})", regex.IGNORECASE)


def _is_nobodys(text: str, span: Span, words: str, facts: Facts) -> bool:
    """Whether words that look like a title are no post: "head of the delegation", "chief guest"."""
    return bool(_empty_titles().fullmatch(words) or (words == "head" and text.startswith(" of the delegation", span.end)))
