"""What dates mean: the EDTF value of the bracketed words, given the day of publication."""

import re
from datetime import date
from functools import cache

import pytest

from extractor.clean import clean_text
from extractor.layout import read_layout
from extractor.link.date_anchor import Anchor
from extractor.link.dates import link_dates
from extractor.link.foreign_dates import value_by_dateparser
from extractor.parse import Parser
from extractor.records import Mention

FRIDAY = "2024-03-15"
CASES = [
    # the words say it all
    ("Signed on [May 5, 2021].", None, ["2021-05-05"]),
    ("[From August 16 to 27, 2021] it was held.", None, ["2021-08-16/2021-08-27"]),
    ("[November 25 to December 2, 2023]", None, ["2023-11-25/2023-12-02"]),
    ("[December 28 to January 3, 2024]", None, ["2023-12-28/2024-01-03"]),
    ("[from 02.05.2023 to 04.05.2023]", None, ["2023-05-02/2023-05-04"]),
    ("[28.02.–02.03.2019] in Lodz", None, ["2019-02-28/2019-03-02"]),
    ("[Since 1980] and [until June 2025]", None, ["1980/..", "../2025-06"]),
    ("[from 2011 until 2018], [1967-85]", None, ["2011/2018", "1967/1985"]),
    ("[spring 2020], [winter 2022]", None, ["2020-21", "2022-24"]),
    ("the [2018-19 academic year]", None, ["2018/2019"]),
    ("[third quarter of 2026]", None, ["2026-07/2026-09"]),
    ("the [1990s]", None, ["199X"]),
    ("[March 2025]", FRIDAY, ["2025-03"]),
    ("[from 1 June 2020 until the end of September 2021]", None, ["2020-06-01/2021-09"]),
    # numeric forms: what is possible, then the text's own order, then day before month
    ("[16.01.2019] and [05.04.2018]", None, ["2019-01-16", "2018-04-05"]),
    ("[03/25/2024] then [04/02/2024]", None, ["2024-03-25", "2024-04-02"]),
    ("Posted [03/15/2024]", FRIDAY, ["2024-03-15"]),
    ("Posted: [04/03/2024]", None, ["2024-03-04"]),
    # a year from the day of publication: the nearest for a told act, ahead for a plan
    ("They signed it on [March 3].", FRIDAY, ["2024-03-03"]),
    ("They signed it in [October].", FRIDAY, ["2023-10"]),
    ("They will sign it in [October].", FRIDAY, ["2024-10"]),
    ("A course will begin on [10 January].", FRIDAY, ["2025-01-10"]),
    ("On [October 24 that year] they met again, after [August 2013].", FRIDAY, ["2013-10-24", "2013-08"]),
    ("In [April this year], then in [June last year]", FRIDAY, ["2024-04", "2023-06"]),
    ("[Saturday 4 November] was the day.", "2024-01-10", ["2023-11-04"]),
    ("the [first half of 2026]; in the [second half of 2018]", None, ["2026-01/2026-06", "2018-07/2018-12"]),
    ("It was founded in [June 2011] and opened in [March of the following year].", FRIDAY, ["2011-06", "2012-03"]),
    ("He stays [until Friday].", "2024-03-13", ["../2024-03-15"]),
    ("Lectures resume on [Monday].", FRIDAY, ["2024-03-18"]),
    # deictic words count from the day of publication
    ("[today], [yesterday], [tomorrow]", FRIDAY, ["2024-03-15", "2024-03-14", "2024-03-16"]),
    ("They met on [Wednesday].", FRIDAY, ["2024-03-13"]),
    ("They met on [Friday].", FRIDAY, ["2024-03-15"]),
    ("They will meet on [Monday].", FRIDAY, ["2024-03-18"]),
    ("[last Friday] and [next Wednesday]", FRIDAY, ["2024-03-08", "2024-03-20"]),
    ("[last week], [this week], [next week]", FRIDAY, ["2024-03-04/2024-03-10", "2024-03-11/2024-03-17", "2024-03-18/2024-03-24"]),
    ("[this year], [last month], [next year]", FRIDAY, ["2024", "2024-02", "2025"]),
    ("[this autumn] it opens; [last fall] it closed.", FRIDAY, ["2024-23", "2023-23"]),
    ("[last December], [this July]", FRIDAY, ["2023-12", "2024-07"]),
    ("[four years ago] and [8 years ago]", FRIDAY, ["2020", "2016"]),
    ("ready [by the end of the year], [by December]", FRIDAY, ["../2024", "../2024-12"]),
    # a dateline stands in for the day of publication
    ("JAKARTA, [July 18] - Papers were signed [today], not [yesterday].", None, ["XXXX-07-18", "XXXX-07-18", "XXXX-07-17"]),
    ("LUND, (Nordic Times / Lund News - [6th Jun, 2023] ): They met on [Tuesday].", None, ["2023-06-06", "2023-06-06"]),
    ("[2019-10-23] They met on [Tuesday].", None, ["2019-10-23", "2019-10-22"]),
    ("LUND, (Nordic Times reports of June): They met on [Tuesday].", None, [None]),
    ("News\n[16 January 2019]\n\nThey met on [Monday].", None, ["2019-01-16", "2019-01-14"]),
    # nothing to lean on: what is unknown stays unknown
    ("They signed it on [April 22].", None, ["XXXX-04-22"]),
    ("They signed it [today], as [last year].", None, [None, None]),
    ("They met on [Tuesday].", None, [None]),
    # another date of the text lends its year, and its month
    ("On [9 July 2024] they came; on [12 July] they left.", None, ["2024-07-09", "2024-07-12"]),
    ("The talks of [March 26, 2012] ended on the [27th].", None, ["2012-03-26", "2012-03-27"]),
]


@cache
def parser():
    return Parser("rules")


@pytest.mark.parametrize(("marked", "published", "values"), CASES)
def test_value_of_the_marked_dates(marked, published, values):
    spans = [(m.start() - 2 * i, m.end() - 2 * i - 2) for i, m in enumerate(re.finditer(r"\[[^\]]*\]", marked))]
    text = clean_text(re.sub(r"[\[\]]", "", marked))
    mentions = [
        Mention(id=f"m{i}", label="date", start=a, end=b, text=text[a:b], entity=None, rule="gold") for i, (a, b) in enumerate(spans)
    ]
    day = date.fromisoformat(published) if published else None
    found = link_dates(parser().parse(text), mentions, read_layout(text), published=day, date_order="DMY")
    assert [d.edtf for d in found.dates] == values


def test_the_page_s_own_date_becomes_the_day_of_publication():
    text = "Visit from Kyoto\n2023-04-03 | International Office\n\nThe guests left on Monday."
    mention = Mention(id="m1", label="date", start=17, end=27, text="2023-04-03", entity=None, rule="gold")
    found = link_dates(parser().parse(text), [mention], read_layout(text), published=None, date_order="DMY")
    assert (found.published, found.published_from) == (date(2023, 4, 3), "dateline")


def test_the_assumption_is_kept():
    text = "They signed it in October."
    mention = Mention(id="m1", label="date", start=18, end=25, text="October", entity=None, rule="gold")
    (value,) = link_dates(parser().parse(text), [mention], read_layout(text), published=date(2024, 3, 15), date_order="DMY").dates
    assert (value.edtf, value.grain, value.why) == ("2023-10", "month", "year from publication date")
    assert (value.start, value.end) == (date(2023, 10, 1), date(2023, 10, 31))


@pytest.mark.parametrize(
    ("words", "edtf"),
    [("mardi 14 juin", "2023-06-14"), ("9 de maio de 2017", "2017-05-09"), ("14 Kasım 2019", "2019-11-14"), ("no date at all", None)],
)
def test_words_outside_the_grammar_are_read_by_dateparser(words, edtf):
    anchor = Anchor(date(2024, 3, 15), None)
    assert value_by_dateparser(words, anchor).edtf == edtf


def test_dateparser_guesses_nothing_without_a_day_to_count_from():
    assert value_by_dateparser("mardi 14 juin", Anchor(None, None)).edtf is None
