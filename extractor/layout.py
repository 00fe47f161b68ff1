"""Clean text in, its lines with their part on the page out: title, date line, byline, body, list item, footer …"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Literal, NamedTuple

from extractor.rules import load_lexicon

Part = Literal["title", "date_line", "byline", "heading", "body", "item", "caption", "menu", "contact", "footer"]

_LONGEST_TITLE = 220  # characters; of 129 news texts the longest has 130
_TITLE_LINES = 12  # lines at the top that may hold the title
_SHORT = 130  # characters: a byline, date line or menu is shorter
_HEADING = 90  # characters
_SENTENCE = 120  # characters: a line as long is told text, whatever its end
_FEW_WORDS = 5  # words that may stand beside a date in a date line


class Line(NamedTuple):
    """A line of the page: characters ``start`` to ``end`` (half-open, no surrounding blanks) and what it is."""

    start: int
    end: int
    part: Part


class Layout(NamedTuple):
    """The lines of a text that hold words, in order."""

    lines: tuple[Line, ...]

    def line_at(self, offset: int) -> Line | None:
        """The line that holds a character, None between lines."""
        i = bisect_right(self.lines, offset, key=lambda line: line.start) - 1
        return self.lines[i] if i >= 0 and offset < self.lines[i].end else None

    def part_at(self, offset: int) -> Part:
        """What the line at a character is; ``body`` between lines."""
        line = self.line_at(offset)
        return line.part if line else "body"


def read_layout(text: str, title: str | None = None) -> Layout:
    """The layout of a clean text; ``title`` as the source's metadata give it, None where unknown."""
    places = _places(text)
    lines = [text[start:end] for start, end in places]
    is_told = [_is_told(line) for line in lines]
    first, last = _ends(is_told)
    title_at = _title_place(lines, title, first)
    parts: list[Part] = []
    for i, line in enumerate(lines):
        is_margin = i < first or i > last
        following = lines[i + 1] if i + 1 < len(lines) else ""
        parts.append("title" if i == title_at else _part_of(line, following, is_margin=is_margin, is_tail=i > last))
    return Layout(tuple(Line(start, end, part) for (start, end), part in zip(places, parts, strict=True)))


def _places(text: str) -> list[tuple[int, int]]:
    places, at = [], 0
    for raw in text.split("\n"):
        if words := raw.strip():
            start = at + raw.index(words)
            places.append((start, start + len(words)))
        at += len(raw) + 1
    return places


def _ends(is_told: Sequence[bool]) -> tuple[int, int]:
    """Places of the first and the last line of told text; what lies outside is the page's margin."""
    told = [i for i, yes in enumerate(is_told) if yes]
    return (told[0], told[-1]) if told else (len(is_told), len(is_told))


def _is_told(line: str) -> bool:
    if _look(line) is not None:
        return False
    return len(line) >= _SENTENCE or (len(line.split()) >= 9 and line.endswith((".", '."', ".'", "!", "?", ":")))


def _part_of(line: str, following: str, *, is_margin: bool, is_tail: bool) -> Part:
    look = _look(line)
    if look == "date_line" and not is_margin:
        return "heading"
    if look == "menu" and not is_margin and not _starts(line, "menu_starts"):
        return "body"
    if look:
        return look
    if is_tail and _is_address(line):
        return "contact"
    return "heading" if _is_heading(line, following) else "body"


def _look(line: str) -> Part | None:
    """What a line is by its look alone, wherever it stands; None for told text and headings."""
    for is_it, part in _LOOKS:
        if is_it(line):
            return part
    return None


def _is_footer(line: str) -> bool:
    low = line.lower()
    if len(line) > 2 * _SHORT:
        return False
    return (
        _starts(line, "footer_starts")
        or _COPYRIGHT.search(line) is not None
        or any(w in low for w in load_lexicon("layout")["footer_inside"])
    )


def _is_contact(line: str) -> bool:
    if len(line) > 2 * _SHORT:
        return False
    has_number = _PHONE.search(line) is not None or "@" in line
    return (_cue("contact_cues").match(line) is not None and not _is_sentence(line)) or (
        has_number and _PHONE_WORD.search(line) is not None
    )


def _is_byline(line: str) -> bool:
    if _is_caption(line) and len(line.split()) > _FEW_WORDS:
        return False
    if len(line) > 1.5 * _SHORT or (_is_sentence(line) and len(line.split()) > 12):
        return False
    bare = line.lstrip("([-— ")
    if _cue("author_cues").match(bare) or _BY_NAME.match(bare) or _by_verb().search(line):
        return True
    return _dates().search(line) is not None and _BY_INSIDE.search(line) is not None


def _is_date_line(line: str) -> bool:
    if len(line) > _SHORT or not (_dates().search(line) or _days().search(line)):
        return False
    pieces = _SEPARATOR.split(line)
    if any(_dates().search(piece) and len(piece.split()) <= _FEW_WORDS for piece in pieces[1:]):
        return not _is_sentence(line)
    rest = _dates().sub(" ", _days().sub(" ", line))
    words = [w for w in _WORD.findall(rest) if w.lower().rstrip(".") not in _beside_dates()]
    most = _FEW_WORDS if _dates().search(line) else 1
    return len(words) <= most and not (words and _is_sentence(line) and len(line.split()) > 6)


def _is_caption(line: str) -> bool:
    bare = line.lstrip("([•■* ")
    return _IMAGE.search(line) is not None or (len(line) < 4 * _SHORT and _cue("caption_cues").match(bare) is not None) or (
        len(line) < 4 * _SHORT and _IN_ROW.match(bare) is not None
    )  # fmt: skip


def _is_menu(line: str) -> bool:
    if len(line) > 2 * _SHORT:
        return False
    pieces = [piece for piece in _SEPARATOR.split(line.strip("[]✉ ")) if piece.strip()]
    if len(pieces) >= 3 or (len(pieces) == 2 and _starts(line.strip("[ "), "menu_starts")):
        return all(len(piece.split()) <= 6 for piece in pieces) and len(line) / len(pieces) < 30
    if len(pieces) == 2 and _SEPARATOR.search(line):
        return all(len(piece.split()) <= 3 for piece in pieces)
    return len(line.split()) <= 4 and _starts(line, "menu_starts") and not line.endswith((".", "!"))


def _is_item(line: str) -> bool:
    return _ITEM.match(line) is not None


_LOOKS: tuple[tuple[Callable[[str], bool], Part], ...] = (
    (_is_footer, "footer"),
    (_is_byline, "byline"),
    (_is_item, "item"),
    (_is_date_line, "date_line"),
    (_is_contact, "contact"),
    (_is_menu, "menu"),
    (_is_caption, "caption"),
)


def _is_heading(line: str, following: str) -> bool:
    if len(line) > _HEADING or line.endswith((".", ";", ",", "!", '."')) or not any(c.isalpha() for c in line):
        return False
    letters = [c for c in line if c.isalpha()]
    is_loud = sum(c.isupper() for c in letters) > 0.8 * len(letters) and len(letters) > 3
    return is_loud or line.endswith(":") or (len(following) > 1.5 * len(line) and not _ITEM.match(following))


def _is_sentence(line: str) -> bool:
    return line.endswith((".", "!", "?", '."')) and not line.endswith("...")


def _is_address(line: str) -> bool:
    return len(line) < _SHORT and _streets().search(line) is not None and not _is_sentence(line)


def _is_house(line: str) -> bool:
    """Whether a line of few words is the publisher's name rather than a title."""
    words = [w.lower().rstrip(".,") for w in line.split()]
    houses = set(load_lexicon("layout")["houses"])
    has_verb = any(w not in houses and w.endswith(("s", "ed", "ing")) for w in words)
    return len(words) <= 2 * _FEW_WORDS and not houses.isdisjoint(words) and not has_verb


def _title_place(lines: Sequence[str], title: str | None, first: int) -> int | None:
    """Where the title stands: the line that metadata name, else the one at the top that looks most like one."""
    if title:
        known = _folded(title)
        same = [i for i, line in enumerate(lines[:_TITLE_LINES]) if _folded(line) == known]
        alike = [
            i
            for i, line in enumerate(lines[:_TITLE_LINES])
            if len(line) > 20 and (_folded(line) in known or known in _folded(line)[: len(known) + 30])
        ]
        if same or alike:
            return (same or alike)[0]
    fit = [i for i, line in enumerate(lines[: min(first, _TITLE_LINES)]) if _look(line) is None and len(line) <= _LONGEST_TITLE]
    fit = [i for i in fit if not lines[i].endswith((":", ";", ",")) and any(c.isalpha() for c in lines[i])]
    fit = [i for i in fit if not _is_house(lines[i])] or fit
    if not fit or len(lines) < 2:
        return None
    long_enough = 0.6 * max(len(lines[i]) for i in fit)
    return next(i for i in fit if len(lines[i]) >= long_enough)


def _folded(words: str) -> str:
    return re.sub(r"\W+", " ", words.casefold()).strip()


@cache
def _cue(name: str) -> re.Pattern[str]:
    """A cue at the start of a line, closed by a colon (or, for contacts and captions, by a blank and a digit or a bracket)."""
    words = "|".join(re.escape(w) for w in sorted(load_lexicon("layout")[name], key=len, reverse=True))
    close = {
        "author_cues": r"(?:\s+by)?\s*[:：]",
        "contact_cues": r"\s*(?:[:：]|\+?\(?\d|-\s)",
        "caption_cues": r"(?:\s+by)?\s*(?:[:：\])(]|\d|$)",
    }[name]
    return re.compile(rf"(?:{words}){close}", re.IGNORECASE)


@cache
def _by_verb() -> re.Pattern[str]:
    words = "|".join(map(re.escape, load_lexicon("layout")["author_verbs"]))
    return re.compile(rf"^[(\[—– -]*(?:{words})(?:\s+[Ff]rom\s+\w+)?\s+by\s+(?=[A-Z])", re.IGNORECASE)


@cache
def _dates() -> re.Pattern[str]:
    """A full date as page lines print it."""
    months = "|".join(sorted(load_lexicon("layout")["months"], key=len, reverse=True))
    day, year = r"\d{1,2}(?:st|nd|rd|th)?", r"(?:19|20)\d\d"
    forms = (
        rf"{day}[ .]+(?:{months})\.?,? +{year}",
        rf"(?:{months})\.? +{day},? +{year}",
        rf"{year}[-./年] ?\d{{1,2}}[-./月] ?\d{{1,2}}日?",
        rf"\d{{1,2}}[-./]\d{{1,2}}[-./]{year}\.?",
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)


@cache
def _days() -> re.Pattern[str]:
    """A day of a year that is not told."""
    months = "|".join(sorted(load_lexicon("layout")["months"], key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:\d{{1,2}}(?:st|nd|rd|th)? +(?:{months})|(?:{months})\.? +\d{{1,2}}(?:st|nd|rd|th)?)(?!\w)", re.IGNORECASE
    )


@cache
def _streets() -> re.Pattern[str]:
    """A street, a building or a room with its number."""
    words = "|".join(re.escape(w) for w in sorted(load_lexicon("layout")["streets"], key=len, reverse=True))
    name = r"(?:[^\W\d][\w.'-]*,? +){0,3}"
    return re.compile(
        rf"(?<!\w)(?:\d[\w/+-]*,? +{name}(?:{words})(?!\w)|(?:{words}),? +(?:No\.? *)?\d)|(?:straße|strasse|str\.) *\d", re.IGNORECASE
    )


@cache
def _beside_dates() -> frozenset[str]:
    lexicon = load_lexicon("layout")
    words: Iterable[str] = (w for key in ("date_cues", "counters", "weekdays") for phrase in lexicon[key] for w in phrase.split())
    return frozenset(words)


@cache
def _start_words(name: str) -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in sorted(load_lexicon("layout")[name], key=len, reverse=True))
    return re.compile(rf"(?:{words})(?!\w)" if name == "menu_starts" else rf"(?:{words})", re.IGNORECASE)


def _starts(line: str, name: str) -> bool:
    return _start_words(name).match(line) is not None


_PARTICLES = "de|la|del|van|von|der|den|bin|ibn|al|el|da|do|dos|di|du|le"
_BY_NAME = re.compile(rf"(?:By|by|BY|From)\s+(?:[A-Z][\w.'-]*|&|and|,|/|\|)(?:[ ,]+(?:[A-Z][\w.'-]*|{_PARTICLES}|and|&|/|\||-))*\s*$")
_BY_INSIDE = re.compile(r"\b(?:by|By|BY|Author:|Editor:|Reporter:|Text:|Oleh:)\s*(?:Dr\.? |Prof\.? )?[A-Z]")
_COPYRIGHT = re.compile(r"(?:©|\([cC]\)|[Cc]opyright)\s*(?:\([cC]\)|©)?\s*(?:\d{4}|[A-Z])")
_PHONE = re.compile(r"\+?\(?\d[\d() -]{5,}\d")
_PHONE_WORD = re.compile(r"\b(?:tel|phone|fax|e-?mail|call)\b", re.IGNORECASE)
_IMAGE = re.compile(r"^\S+\.(?:jpe?g|png|gif|webp)$", re.IGNORECASE)
_IN_ROW = re.compile(r"(?:front|back|top|bottom) row\b|\(?(?:from|l|L)[ -](?:left|to[ -]r)|\(L(?:eft)?\)", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:>>?|›|→|\||¦|·)\s*|\s+[/•*\"]\s+|\s{3,}")
_ITEM = re.compile(
    r"(?:[-–—•*▪▫◦‣·●○■□»>]+\s*|\(?\d{1,2}[.)、]\s*(?=[^\d\s])|\(?[a-z][.)]\s+|\[[\d.-]+\]\s*|[\U0001F300-\U0001FAFF]\s*)(?=[\w\"'(])"
)
_WORD = re.compile(r"[^\W\d_]+\.?")
