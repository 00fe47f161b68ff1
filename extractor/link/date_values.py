"""A date expression and the day it is counted from in, its EDTF value out; never more precise than the words."""

from extractor.edtf import is_edtf
from extractor.find.date_grammar import Expression, read_expression, read_pair
from extractor.link import calendar_dates, relative_dates
from extractor.link.date_anchor import UNKNOWN, Anchor, Value
from extractor.rules import load_lexicon

FORMS = {**calendar_dates.FORMS, **relative_dates.FORMS}
_WHOLE = frozenset({"numeric_range", "dated_range", "day_range", "month_range"})


def value_of(text: str, anchor: Anchor) -> Value:
    """The value of the words of one date mention."""
    found = read_expression(text)
    is_whole = found is not None and found.start == 0 and found.end == len(text)
    pair = None if is_whole else read_pair(text)
    if pair:
        return _pair(pair, anchor)
    if found is None:
        return UNKNOWN
    point = FORMS[found.form](found, anchor)
    value = _opened(point, found.parts.get("opener", ""), found.form)
    return value if value.edtf is None or is_edtf(value.edtf) else UNKNOWN


def _pair(pair: tuple[Expression, Expression], anchor: Anchor) -> Value:
    one, two = (FORMS[found.form](found, anchor) for found in pair)
    if one.edtf is None or two.edtf is None:
        return UNKNOWN
    edtf = f"{one.edtf.split('/')[0]}/{two.edtf.split('/')[-1]}"
    return Value(edtf if is_edtf(edtf) else None, one.grain, one.why or two.why)


def _opened(value: Value, opener: str, form: str) -> Value:
    """``A/..`` behind "since", ``../B`` behind "until", as it is behind the "from" of a whole interval."""
    is_whole = form in _WHOLE or (form in ("year_range", "school_year") and opener.lower() in ("from", "between"))
    if not opener or value.edtf is None or is_whole:
        return value
    side = load_lexicon("dates")["openers"].get(" ".join(opener.lower().split()))
    if side == "start":
        return value._replace(edtf=f"{value.edtf.split('/')[0]}/..")
    if side == "end":
        return value._replace(edtf=f"../{value.edtf.split('/')[-1]}")
    return value
