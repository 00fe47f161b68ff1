"""Who wins where the model, the rules and the dates speak of one place."""

import itertools

import pytest

from extractor.find.merge import Voices, merge_spans
from extractor.spans import Span, keep_best


def at(text: str, words: str, label: str, score: float = 0.9, rule: str = "model") -> Span:
    start = text.index(words)
    return Span(start, start + len(words), label, rule, score)


def merged(
    text: str, *told: tuple[str, str], dates: tuple[str, ...] = (), ruled: tuple[tuple[str, str], ...] = (), open_ended: bool = False
) -> list[str]:
    voices = Voices(
        [at(text, words, label) for words, label in told],
        [at(text, words, "date", 1.0, "date.day") for words in dates],
        [at(text, words, label, 1.0, "rule.test") for words, label in ruled],
        frozenset({"rule.test"} if open_ended else ()),
    )
    return [f"{span.label}:{text[span.start : span.end]}" for span in merge_spans(text, voices)]


@pytest.mark.parametrize(
    ("text", "options", "told", "expected"),
    [
        ("He came in May 2020.", {"dates": ("May 2020",)}, [("May", "person")], ["date:May 2020"]),
        ("The Embassy of Peru in Rome paid.", {"ruled": (("Embassy of Peru", "institution"),)}, [("Peru", "institution")], ["institution:Embassy of Peru"]),
        ("The Ministry of Health of Peru paid.", {"ruled": (("Ministry of Health", "institution"),), "open_ended": True},
         [("Ministry of Health of Peru", "institution")], ["institution:Ministry of Health of Peru"]),
        ("The Ministry of Health of Peru paid.", {"ruled": (("Ministry of Health", "institution"),)},
         [("Ministry of Health of Peru", "institution")], ["institution:Ministry of Health"]),
        ("Lund University grew. Later Lund University fell.", {}, [("Lund University", "institution")], ["institution:Lund University"] * 2),
        ("Ana Berg came. Ana Berg left.", {}, [("Ana Berg", "person")], ["person:Ana Berg"] * 2),
        ("Ain Shams agreed. Ain Shams University grew.", {}, [("Ain Shams", "person"), ("Ain Shams University", "institution")],
         ["institution:Ain Shams", "institution:Ain Shams University"]),
        ("The Korean hospital paid.", {}, [("Korean hospital", "institution")], []),
        ("the two Ministries of Health agreed.", {}, [("Ministries of Health", "institution")], []),
        ("the two Ministries of Health and Education agreed.", {}, [("Ministries of Health and Education", "institution")],
         ["institution:Ministries of Health and Education"]),
        ("Lund University (DLitt) paid.", {}, [("Lund University", "institution"), ("DLitt", "institution")], ["institution:Lund University"]),
        ("Lund University (DLU) paid.", {}, [("Lund University", "institution"), ("DLU", "institution")],
         ["institution:Lund University", "institution:DLU"]),
        ("LUND: The hospital paid.", {}, [("LUND", "institution")], []),
        ("LUND paid: the hospital.", {}, [("LUND", "institution")], ["institution:LUND"]),
        ("EN | RU", {}, [("EN", "institution"), ("RU", "institution")], []),
        ("EN and RU paid.", {}, [("EN", "institution"), ("RU", "institution")], ["institution:EN", "institution:RU"]),
        ("The University paid.", {}, [("University", "institution")], []),
        ("the guests (TJ, PRC) paid.", {}, [("PRC", "institution")], []),
        ("the guests (TJ, PRU) paid.", {}, [("PRU", "institution")], ["institution:PRU"]),
        ("Dean for Academic and Student Affairs (ASA)", {}, [("Dean for Academic and Student Affairs", "role"), ("ASA", "institution")],
         ["role:Dean for Academic and Student Affairs"]),
        ("Dean for Academic and Student Affairs (UDK)", {}, [("Dean for Academic and Student Affairs", "role"), ("UDK", "institution")],
         ["role:Dean for Academic and Student Affairs", "institution:UDK"]),
        ("He flew to Busan.", {}, [("Busan", "institution")], []),
        ("Melbourne University grew. Melbourne agreed.", {}, [("Melbourne University", "institution")], ["institution:Melbourne University"]),
        ("the Universities of Siena and Padua agreed.", {}, [("Universities of Siena", "institution")], ["institution:Siena"]),
        ("the Association of Siena agreed.", {}, [("Association of Siena", "institution")], ["institution:Association of Siena"]),
        ("the University of Medicine and Pharmacy in Hamburg", {}, [("University of Medicine and Pharmacy", "institution")],
         ["institution:University of Medicine and Pharmacy in Hamburg"]),
        ("the University of Lagos in Hamburg", {}, [("University of Lagos", "institution")], ["institution:University of Lagos"]),
        ("the LUU-Oslo pact: Lund United University (LUU) and Oslo University", {},
         [("LUU-Oslo", "institution"), ("Lund United University", "institution"), ("Oslo University", "institution")],
         ["institution:LUU-Oslo", "institution:Lund United University", "institution:Oslo University"]),
        ("the Oslo-Lund pact: Lund University and Oslo University", {},
         [("Oslo-Lund", "institution"), ("Lund University", "institution"), ("Oslo University", "institution")],
         ["institution:Oslo", "institution:Lund", "institution:Lund University", "institution:Oslo University"]),
        ("the Duisburg-Essen pact: University of Duisburg-Essen", {},
         [("Duisburg-Essen", "institution"), ("University of Duisburg-Essen", "institution")],
         ["institution:Duisburg-Essen", "institution:University of Duisburg-Essen"]),
        ("The Summer School ended.", {}, [("Summer School", "institution")], []),
        ("The Sunrise Medicine Class ended.", {}, [("Sunrise Medicine Class", "institution")], []),
        ("The Law School ended.", {}, [("Law School", "institution")], ["institution:Law School"]),
        ("LUND grew. Ana Berg is LUND's Director.", {}, [("LUND", "institution"), ("LUND's", "person")], ["institution:LUND"] * 2),
        ("Professor Ana Berg spoke.", {}, [("Professor", "role"), ("Ana Berg", "person")], ["person:Ana Berg"]),
        ("Rector Ana Berg spoke.", {}, [("Rector", "role"), ("Ana Berg", "person")], ["role:Rector", "person:Ana Berg"]),
    ],
)  # fmt: skip
def test_who_wins(text, options, told, expected):
    assert merged(text, *told, **options) == expected


def test_scores_stay_between_0_and_1():
    text = "He came in May 2020."
    assert all(0 <= s.score <= 1 for s in merge_spans(text, Voices([], [at(text, "May 2020", "date", 1.0)], [], frozenset())))


def test_keep_best_keeps_the_surest_then_the_longest_then_the_first():
    a, b, c, d = Span(0, 5, "x", "r", 0.5), Span(3, 9, "x", "r", 0.9), Span(9, 12, "x", "r", 0.1), Span(0, 3, "x", "r", 0.5)
    assert keep_best([a, b, c, d]) == [d, b, c]
    assert keep_best([Span(0, 3, "x", "r"), Span(0, 5, "x", "r")]) == [Span(0, 5, "x", "r")]
    assert keep_best([]) == []


def test_keep_best_copes_with_many_spans():
    spans = [Span(i, i + 3, "x", "r", (i % 7) / 7) for i in range(50_000)]
    kept = keep_best(spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(kept))
