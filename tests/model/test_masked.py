"""Names give way to their kinds, so that the relation network reads who does what and not what they are called."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import extractor.model
from extractor.model.masked import LABELS, LONGEST, MOST_ENTITIES, Name, Piece, masked_windows, numbered
from extractor.model.pieces import Pieces

VOCABULARY = Path(extractor.model.__file__).parent / "vocabulary.txt"
PIECES = Pieces.read(VOCABULARY)
WORDS = VOCABULARY.read_text(encoding="utf-8").split("\n")


def told(text: str, *names: Name) -> list[str]:
    return [" ".join(WORDS[piece.id] for piece in window) for window in masked_windows(text, names, PIECES)]


def test_institutions_and_people_are_masked_by_their_kind_roles_and_dates_are_not() -> None:
    text = "Dean Ana Ruiz of Vigo Clinic signed on 5 May."
    names = (
        Name(0, 4, "role", "m1"),
        Name(5, 13, "person", "p1"),
        Name(17, 28, "institution", "i1", "hospital"),
        Name(39, 44, "date", "d1"),
    )
    assert told(text, *names) == ["[CLS] dean person of hospital signed on 5 may . [SEP]"]


def test_a_name_is_one_piece_over_all_its_words_and_a_mark_at_its_end_stays() -> None:
    text = "St. John's College-led talks"
    assert told(text, Name(0, 18, "institution", "i1", "faculty")) == ["[CLS] faculty - led talks [SEP]"]


def test_an_unknown_kind_is_an_organization() -> None:
    assert told("Zorp met us", Name(0, 4, "institution", "i1", "circus")) == ["[CLS] organization met us [SEP]"]


def test_only_the_first_piece_of_a_title_bears_its_entity() -> None:
    (window,) = masked_windows("Vice Rector Ruiz", (Name(0, 11, "role", "m1"), Name(12, 16, "person", "p1")), PIECES)
    assert [(piece.entity, LABELS[piece.label]) for piece in window if piece.label] == [("m1", "role"), (None, "role"), ("p1", "person")]


def test_lines_stay_whole_where_they_fit_a_window() -> None:
    line = "talk " * (LONGEST // 3)
    windows = told("\n".join([line] * 4))
    assert [window.count("talk") for window in windows] == [LONGEST // 3 * 2] * 2


def test_a_line_longer_than_a_window_is_cut_and_nothing_is_lost() -> None:
    windows = told("talk " * (3 * LONGEST))
    assert sum(window.count("talk") for window in windows) == 3 * LONGEST
    assert all(len(window.split()) <= LONGEST + 2 for window in windows)


def test_parents_are_numbered_beside_the_entities_of_a_window() -> None:
    window = [Piece(5, 0, 1, 1, "i2"), Piece(5, 2, 3, 1, "i1"), Piece(5, 4, 5, 1, "i2")]
    assert numbered(window, {"i2": "i9", "i1": None}) == {"i2": 1, "i9": 2, "i1": 3}


def test_entities_beyond_those_that_can_be_told_apart_have_no_number() -> None:
    window = [Piece(5, n, n + 1, 1, f"i{n}") for n in range(MOST_ENTITIES + 40)]
    assert len(numbered(window, {})) == MOST_ENTITIES


@given(st.text(max_size=300), st.lists(st.tuples(st.integers(0, 300), st.integers(1, 30)), max_size=6))
def test_windows_cover_text_in_order_whatever_it_holds(text: str, cuts: list[tuple[int, int]]) -> None:
    names, behind = [], 0
    for start, length in sorted(cuts):
        if start >= behind and start + length <= len(text):
            names.append(Name(start, start + length, "institution", f"i{start}", "university"))
            behind = start + length
    for window in masked_windows(text, names, PIECES):
        places = [(piece.start, piece.end) for piece in window if piece.start >= 0]
        assert places == sorted(places)
        assert all(0 <= start < end <= len(text) for start, end in places)
