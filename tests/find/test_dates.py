"""Where dates are: brackets mark the spans that must be found, all of them and no others."""

import re
from functools import cache

import pytest

from extractor.clean import clean_text
from extractor.find.date_grammar import first_expression, grammar
from extractor.find.dates import find_dates
from extractor.layout import read_layout
from extractor.parse import Parser
from extractor.rules import load_lexicon

SENTENCES = [
    # days
    "The pact was signed on [May 5, 2021] in Bonn.",
    "The pact was signed on [5th of May 2021] in Bonn.",
    "On [Jun. 3],Dr. Weber flew home.",
    "They met on [Friday, 08 June 2018] and on [Sat, Aug 20 2022].",
    "Talks on [Aug 17 (Thursday)] went well.",
    "In the morning of [September24] the guests left.",
    "KYIV, [16.01.2019]. The rector spoke.",
    "Posted: [2023-08-22] | Views: 318",
    "Released [20/11/2024], revised [2014/10/1].",
    "The deed of [05.04.18] is void.",
    "[2018年6月6日]訪問",
    "Signed on [10 set 2021] in Lisbon.",
    "On [Wednesday (6/11)] they were welcomed.",
    "On [Monday 19] two papers were signed.",
    "[7 May 2017]. Compiled by the office.",
    "It was on [May 7th,2019] that we met.",
    # intervals
    "[From August 16 to 27, 2021], the school was held.",
    "[from 14-16th November, 2011] in Pune",
    "[November 25 to December 2, 2023], in Florence",
    "a trip [between 15 and 24 May]. The first stop",
    "[29-30 March] and [September 17-19] are booked.",
    "open [from 02.05.2023 to 04.05.2023] daily",
    "[From July 15th to August 2nd],69 students came.",
    "open [from 1 June until the end of September] only",
    "He was dean [from 2011 until 2018] and [1967-85].",
    "valid for the years [2026 – 2028] only",
    # months, seasons, years
    "It opens in [May, 2022] or [by the end of February].",
    "In [October], the dean resigned.",
    "They will come [this autumn], as they did [last fall].",
    "postponed to [spring 2020] at last",
    "the [2018-19 academic year] and the [academic year 2022/23]",
    "President during the [2018-2022 term]",
    "The house, founded in [1386], is old.",
    "© [1999 - 2025] The Office",
    "Copyright(C) [2018] University",
    "[1985]   Our first student went abroad",
    "the MoU of [2012] was extended in the [third quarter of 2026]",
    "engineers of the [1990s] and the [early 1920s]",
    # openings
    "partners [since 2005], and friends [since then]",
    "Protocol, [2014]\n• Contract – [2016]",
    "[1993]. Professor Lee came.\n1993 people came.",
    "every Friday, each second Friday, on [Friday]",
    "on [December.8, 2006], in [Dec.8, 2006], as of [May.5 2010]; v. December.x",
    "effective [from November 26], ready [by December]",
    "runs [until 12 April] and [through 2031]",
    "The Protocol from [2014] holds.",
    "It lapsed in [1995] and in [2013].",
    "on duty [between 1996 and 2000]",
    "changed [02/2021]",
    "Dated [17 May 2024, Friday]",
    "© The Morning Line [2016]",
    "in the [first half of 2026]",
    "[Tue 10] · opening",
    # deictic
    "It was signed [today], not [yesterday].",
    "[Last Friday] they left; they return [next week] or [next Wednesday].",
    "[later this month], [this year] and [last year]",
    "Cooperation began [four years ago].",
    "On [27th] the delegation left.",
    "announced on the [17th] that it opens",
    "It was on [March 11 this year] in Pune",
    # hard negatives
    "Call +86 27 8369 2919 or (208) 885-4237, room 2019.",
    "the 70th anniversary, the 11th Summer School and the 21st century",
    "for five years, more than 40 years and 2008 students",
    "She may march in june dresses; the sun sets.",
    "May Lee met April Jones and June Park.",
    "over 2000 guests from 30 countries paid 2,000 euros",
    "on the 5th floor of Building 12-15",
    "Black Friday and Easter Sunday sales; the Sunday Times",
    "see page 2021, ISO 9001:2015, no. 2019/14",
    "at 10:30, 18.45 or 7 p.m.",
    "a score of 3-1 in 45 minutes",
    "students sign up; the march went on",
]


@cache
def parser():
    return Parser("rules")


@pytest.mark.parametrize("marked", SENTENCES)
def test_exactly_the_marked_dates_are_found(marked):
    spans = [(m.start() - 2 * i, m.end() - 2 * i - 2) for i, m in enumerate(re.finditer(r"\[[^\]]*\]", marked))]
    text = clean_text(re.sub(r"[\[\]]", "", marked))
    found = find_dates(parser().parse(text), read_layout(text))
    assert [text[s.start : s.end] for s in found] == [text[a:b] for a, b in spans]


@pytest.mark.parametrize(
    "recased", [str, str.upper, str.lower, lambda text: text.replace("s", "\u017f").replace("i", "\u0131").replace("K", "\u212a")]
)
def test_trying_only_words_that_a_date_may_begin_with_misses_none(recased):
    names = [name for names in load_lexicon("dates")["months"].values() for name in names]
    for text in map(recased, [*SENTENCES, *(f"x7 {name} 2021, 7 {name} 2021, 7th of {name}" for name in names)]):
        for start in range(0, len(text), 7):
            slowly, quickly = grammar().search(text, start, len(text)), first_expression(text, start, len(text))
            assert (slowly and slowly.groupdict(), slowly and slowly.span()) == (
                quickly and quickly.groupdict(),
                quickly and quickly.span(),
            )
