"""Date mentions in, their values out, anchored on the day of publication or of the dateline; direction by tense."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

import regex
from spacy.tokens import Doc

from extractor.edtf import covered
from extractor.find.date_grammar import read_expression, words
from extractor.layout import Layout
from extractor.link.date_anchor import UNKNOWN, Anchor, Direction, Value
from extractor.link.date_values import value_of
from extractor.link.foreign_dates import value_by_dateparser
from extractor.parse import sentences_of, text_of
from extractor.records import Date, Mention, PublishedFrom
from extractor.rules import load_lexicon

_HEAD, _TAIL = 600, 200  # characters from the start and the end of a text where its own date may stand
_DATELINE_LENGTH = 90  # characters; a longer line is a sentence
_NUMERIC = regex.compile(r"(?<![\d.])(\d{1,2})[./-](\d{1,2})[./-](?:19|20)\d\d(?!\d)")
_RECENT = 2000  # an earlier year is history and dates no news
_CLAUSE_BREAK = 40  # characters that a comma or semicolon counts as distance between a date and a verb
_OWN_DATE = regex.compile(
    r"(?:^|[\s|])(?:date|published|posted|updated|release[d]?|time|created|issued|modified|upload(?:ed)?)(?:\s+(?:on|at|time|date))?\s*[:\-]?\s*\Z",
    regex.IGNORECASE,
)
_WIRE_AFTER = regex.compile(r"\.?\s*\)?(?:\([^)\n]{2,40}\)\s*)?[:.]?\s*(?:-|–|—|:|\(|/|$)")
_WIRE_BEFORE = regex.compile(
    r"(?:^|\n)\s*(?:\p{Lu}[\p{L}.'/ -]{2,40}[,.(]?\s*){1,3}[\[(]?[\p{L}]*[\])]?,?\s*\(?(?:[\p{L}][\p{L}&./ ]{2,60}[-–—:,]\s*)?\Z"
)
_STAMP = regex.compile(r"\A\s*\d{4}-\d\d-\d\d\b")  # where a crawler puts it before the text
_COPYRIGHT = regex.compile(r"(?:©|\(c\)|copyright)\s*(?:\d{4}\s*[-–]\s*)?\Z", regex.IGNORECASE)


class DatedText(NamedTuple):
    """The dates of a text in mention order, and the day of publication as far as it is known."""

    dates: tuple[Date, ...]
    published: date | None
    published_from: PublishedFrom | None
    warnings: tuple[str, ...]


def link_dates(doc: Doc, mentions: Sequence[Mention], layout: Layout, *, published: date | None, date_order: str) -> DatedText:
    """One Date per date mention. ``published`` is the day that metadata give, None where unknown."""
    dated = sorted((m for m in mentions if m.label == "date"), key=lambda m: m.start)
    text = text_of(doc)
    order = _order(text, date_order)
    explicit = [value_of(m.text, Anchor(None, None, order=order)) for m in dated]
    home = None if published else _dateline(text, dated, explicit, layout)
    day, yearless = _day_of(explicit[home].edtf if home is not None else None)
    soft = day is None and published is None
    if soft:
        day, yearless = _first_day(explicit)
    elif yearless and (told := _first_day(explicit)[0]) and not _first_day(explicit)[1] and day:
        day, yearless = day.replace(year=told.year), False
    lent = _lent_year(text, dated, explicit)
    if soft and yearless and lent:
        day, yearless = None, False
    near = _near(explicit, published or (None if yearless else day), lent)
    anchors = [
        Anchor(published or day, near[i], _direction(doc, text, m), order, yearless=yearless and not published, soft=soft)
        for i, m in enumerate(dated)
    ]
    dates = tuple(_date(i, m, explicit[i], anchors[i]) for i, m in enumerate(dated))
    own = day if home is not None and not yearless and _is_own_date(text, dated[home], layout) else None
    return DatedText(dates, published or own, "dateline" if own and not published else None, ())


def _date(index: int, mention: Mention, explicit: Value, anchor: Anchor) -> Date:
    value = explicit if _is_settled(explicit) else value_of(mention.text, anchor)
    if value is UNKNOWN or value.edtf is None:
        value = value_by_dateparser(mention.text, anchor) if read_expression(mention.text) is None else UNKNOWN
    start, end = covered(value.edtf)
    confidence = 0.5 if value.edtf is None else 0.97 if value.why is None else 0.9
    return Date(
        id=f"d{index + 1}",
        mention=mention.id,
        edtf=value.edtf,
        start=start,
        end=end,
        grain=value.grain,
        why=value.why,
        confidence=confidence,
    )


def _is_settled(value: Value) -> bool:
    return value.edtf is not None and "XXXX" not in value.edtf


def _day_of(edtf: str | None) -> tuple[date | None, bool]:
    """The day of a dateline, in a made-up leap year where the words leave the year out (then the second value is true)."""
    if edtf is None:
        return None, False
    if edtf.startswith("XXXX-"):
        return date.fromisoformat(edtf.replace("XXXX", "2000")), True
    return covered(edtf)[0], False


def _first_day(values: Sequence[Value]) -> tuple[date | None, bool]:
    """The first day that a text tells, one with a year if there is any."""
    days = [v.edtf for v in values if v.grain == "day" and v.edtf and "/" not in v.edtf]
    return _day_of(next((edtf for edtf in days if "XXXX" not in edtf), days[0] if days else None))


def _dateline(text: str, dated: Sequence[Mention], values: Sequence[Value], layout: Layout) -> int | None:
    """The index of the date that the page or the wire report bears itself, None where there is none."""
    days = [i for i, value in enumerate(values) if value.grain == "day" and value.edtf and "/" not in value.edtf]
    own = [i for i in days if _is_own_date(text, dated[i], layout)]
    wire = [i for i in days if dated[i].start < _HEAD and _is_wire(text, dated[i])]
    full = [i for i in (*own, *wire) if not (values[i].edtf or "").startswith("XXXX")]
    return next(iter((*full, *own, *wire)), None)


def _is_own_date(text: str, mention: Mention, layout: Layout) -> bool:
    line = layout.line_at(mention.start)
    if line is None or not (mention.start < _HEAD or mention.end > len(text) - _TAIL):
        return False
    if line.part in ("date_line", "byline") or _STAMP.fullmatch(text, 0, mention.end) or _OWN_DATE.search(text, line.start, mention.start):
        return True
    rest = text[line.start : mention.start] + text[mention.end : line.end]
    is_short = line.end - line.start < _DATELINE_LENGTH and mention.start < _HEAD
    return is_short and (len(regex.findall(r"\p{L}{2,}", rest)) <= 3 or "|" in rest)


def _is_wire(text: str, mention: Mention) -> bool:
    before, after = text[max(0, mention.start - _DATELINE_LENGTH) : mention.start], text[mention.end : mention.end + 60]
    return bool(_WIRE_BEFORE.search(before) and _WIRE_AFTER.match(after))


def _lent_year(text: str, dated: Sequence[Mention], values: Sequence[Value]) -> date | None:
    """The last day of the year that dates without one lean on at last: the copyright's, else the latest year told."""
    years = [(m, covered(v.edtf)[1]) for m, v in zip(dated, values, strict=True) if v.grain == "year" and v.edtf and "/" not in v.edtf]
    marked = [day for m, day in years if day and _COPYRIGHT.search(text[max(0, m.start - 20) : m.start])]
    return max(marked or [day for _, day in years if day and day.year >= _RECENT], default=None)


def _near(values: Sequence[Value], published: date | None, last_resort: date | None) -> list[date | None]:
    """For each mention the last day or month told before it, else the first told after it."""
    found: list[date | None] = []
    latest: date | None = None
    told = [covered(v.edtf)[0] if v.grain in ("day", "month") and _is_settled(v) else None for v in values]
    for i in range(len(values)):
        ahead = next((day for day in told[i:] if day), None)
        found.append(latest or ahead or published or last_resort)
        latest = told[i] or latest
    return found


def _order(text: str, fallback: str) -> str:
    """DMY or MDY as the text's own numeric dates show it, else as the settings say."""
    pairs = [(int(a), int(b)) for a, b in _NUMERIC.findall(text)]
    if any(a > 12 >= b for a, b in pairs):
        return "DMY"
    return "MDY" if any(b > 12 >= a for a, b in pairs) else fallback


@cache
def _cues() -> tuple["regex.Pattern[str]", frozenset[str]]:
    lexicon = load_lexicon("dates")
    future = lexicon["future_cues"]
    return regex.compile(rf"(?<!\w)(?:{words([*future, *lexicon['past_cues']])}|\p{{L}}{{2,}}ed)(?!\w)", regex.IGNORECASE), frozenset(
        future
    )


def _direction(doc: Doc, text: str, mention: Mention) -> Direction:
    """Past or future by the verb nearest to a date in its sentence; past where none tells. ``text`` is the Doc's, joined once.

    What lasts until a day mostly lasts still.
    """
    if mention.text.lower().startswith(("until ", "till ")):
        return "future"
    at = mention.start
    start, end = _sentence(doc, text, at)
    pattern, future = _cues()
    best, nearest = "past", 10_000
    for cue in pattern.finditer(text, max(start, at - 300), min(end, at + 300)):
        between = text[cue.end() : at] if cue.end() <= at else text[at : cue.start()]
        distance = len(between) + _CLAUSE_BREAK * (between.count(",") + between.count(";"))
        if distance < nearest:
            nearest = distance
            best = "future" if " ".join(cue.group().lower().split()) in future else "past"
    return "future" if best == "future" else "past"


def _sentence(doc: Doc, text: str, at: int) -> tuple[int, int]:
    bounds = _sentence_starts(doc)
    i = bisect_right(bounds, at) - 1
    return bounds[max(i, 0)], bounds[i + 1] if i + 1 < len(bounds) else len(text)


def _sentence_starts(doc: Doc) -> list[int]:
    return [start for start, _ in sentences_of(doc)] or [0]
