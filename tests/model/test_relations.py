"""The packaged relation network reads who does what, whatever the names are."""

import re
from pathlib import Path

import pytest

from extractor.errors import ModelError
from extractor.model.masked import Name
from extractor.model.relations import RelationReader, Relations, shipped_reader

MARK = re.compile(r"\[(\w)(\d)(?::(\w+))?\|([^]]*)\]")
LABELS = {"i": "institution", "p": "person", "r": "role", "d": "date"}


def read(marked: str, publisher: str | None = None) -> tuple[str, Relations]:
    """Marks are `[i1:hospital|Vigo Clinic]`: label and number, of an institution its kind, the words."""
    text, names, at = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        names.append(Name(len(text), len(text) + len(mark[4]), LABELS[mark[1]], mark[1] + mark[2], mark[3] or "university"))
        text, at = text + mark[4], mark.end()
    text += marked[at:]
    return text, shipped_reader().read(text, names, parents={}, publisher=publisher)


def chosen(chances: dict[str, float]) -> set[str]:
    return {entity for entity, chance in chances.items() if chance >= 0.5}


def slots_at(marked: str, kind: str, words: str) -> dict[str, set[str]]:
    text, relations = read(marked)
    telling = relations.telling(kind, text.index(words), text.index(words) + len(words))
    assert telling is not None
    return {slot: chosen(dict(chances)) for slot, chances in telling.slots.items() if chosen(dict(chances))}


def test_parties_signatories_and_date_of_an_agreement() -> None:
    found = slots_at(
        "[r1|Rector] [p1|Ana Ruiz] of [i1|Vigo University] and [r2|President] [p2|Li Wei] of [i2|Hefei College] signed a memorandum of "
        "understanding on [d1|5 May 2021].",
        "agreement",
        "signed a memorandum of understanding",
    )
    assert found["parties"] == {"i1", "i2"}
    assert found["signatories"] == {"p1", "p2"}
    assert found["date"] == {"d1"}


def test_guests_and_hosts_of_a_visit() -> None:
    found = slots_at(
        "A delegation from [i1|Vigo University], led by [r1|Rector] [p1|Ana Ruiz], visited [i2:hospital|Hefei Hospital] on [d1|5 May 2021].",
        "visit",
        "visited",
    )
    assert found["visitors"] == {"i1"}
    assert found["hosts"] == {"i2"}
    assert found["leaders"] == {"p1"}


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("[i1|Vigo University] and [i2|Hefei College] signed a cooperation agreement on [d1|5 May 2021].", "agreement"),
        ("The [i1|Vigo University] awarded [p1|Li Wei] an honorary doctorate on [d1|5 May 2021].", "appointment"),
    ],
)
def test_an_act_is_found_without_any_rule(marked: str, kind: str) -> None:
    _, relations = read(marked)
    assert kind in {telling.type for telling in relations.tellings if telling.chance >= 0.5}


def test_where_nothing_is_told_nothing_is_found() -> None:
    _, relations = read("The library of [i1|Vigo University] opens at nine and holds two million books. Its roof leaks.")
    assert not [telling for telling in relations.tellings if telling.chance >= 0.5]


def test_a_title_has_its_holder_and_its_house() -> None:
    text, relations = read(
        "[p1|Ana Ruiz], [r1|Dean] of [i1:faculty|Vigo Medical School], and [p2|Li Wei], [r2|President] of [i2|Hefei College], attended."
    )
    post = relations.post(text.index("Dean"), text.index("Dean") + 4)
    assert post is not None
    assert chosen(dict(post.people)) == {"p1"}
    assert chosen(dict(post.institutions)) == {"i1"}


def test_a_unit_is_part_of_the_house_of_its_story_and_a_university_of_none() -> None:
    text, relations = read(
        "[i1|Vigo University] received guests from [i2|Hefei College]. [p1|Ana Ruiz], [r1|Dean] of the [i3:faculty|Medical Faculty], showed "
        "[p2|Li Wei], [r2|President] of [i2|Hefei College], the campus.",
        publisher="i1",
    )
    at = text.index("Medical Faculty")
    unit = relations.parent(at, at + len("Medical Faculty"))
    assert chosen(dict(unit)) == {"i1"}
    assert "i3" not in unit
    assert chosen(dict(relations.parent(0, 4))) == set()


def test_names_do_not_matter() -> None:
    frame = "[i1|{}] and [i2|{}] signed a memorandum of understanding."
    pairs = [read(frame.format(a, b))[1].tellings[0] for a, b in (("Vigo University", "Hefei College"), ("Xyzzy", "Plugh Quux"))]
    assert pairs[0].slots == pairs[1].slots


def test_words_that_are_none_tell_nothing() -> None:
    _, relations = read("[i1|Vigo University] opened.")
    assert relations.telling("agreement", 500, 510) is None
    assert relations.post(500, 510) is None
    assert relations.parent(500, 510) == {}


def test_an_empty_text_has_no_relations() -> None:
    assert read("")[1].tellings == ()


def test_a_broken_package_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="install the package again"):
        RelationReader(tmp_path)


def test_a_window_is_read_when_it_is_asked_and_then_once(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []
    reader, run = shipped_reader(), RelationReader._run
    monkeypatch.setattr(RelationReader, "_run", lambda self, window, *known: [runs.append(len(window)), *run(self, window, *known)][1:])
    relations = reader.read("Vigo signed.", [Name(0, 4, "institution", "i1", "university")], parents={}, publisher=None)
    assert not runs
    assert relations.telling("agreement", 5, 11) is not None
    assert relations.telling("visit", 5, 11) is not None
    assert len(runs) == 1


def test_where_nobody_is_named_nothing_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RelationReader, "_run", lambda *_: pytest.fail("the network was asked"))
    _, relations = read("A memorandum of understanding was signed on [d1|5 May 2021].")
    assert relations.tellings == ()
