"""The front door: one text, many texts, limits, and laws that hold for any text."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import extractor
from extractor.errors import SettingsError, SourceError
from extractor.pipeline import extractor_of
from extractor.records import Article, Document, Source, problems_of
from extractor.scan import has_words_of
from extractor.settings import Settings

RULES = Settings(model="rules")
NEWS = "On 5 May 2021, Aarlund University and Kyushin University signed a memorandum of understanding in Bergen."


def test_one_text():
    doc = extractor.extract(NEWS, published="2021-05-06", title="Signing", settings=RULES)
    assert (doc.text, doc.source.published, doc.source.published_from, doc.source.title) == (NEWS, date(2021, 5, 6), "option", "Signing")
    assert doc.extractor.version == extractor.__version__
    assert doc.extractor.rules.startswith("sha256:")


def test_a_day_that_is_none_is_refused():
    with pytest.raises(SettingsError, match="'May' is not a day"):
        extractor.extract(NEWS, published="May", settings=RULES)


def test_texts_of_paths_stream_in_order(write, tmp_path):
    write("b.txt", NEWS)
    write("a.txt", NEWS)
    assert [doc.doc_id for doc in extractor.extract_many(tmp_path, settings=RULES)] == ["a", "b"]


def test_a_text_that_cannot_be_read_is_raised(write):
    with pytest.raises(SourceError, match="is empty"):
        list(extractor.extract_many([write("a.txt", "")], settings=RULES))


def test_long_texts_are_cut_and_say_so():
    doc = extractor.extract(NEWS * 10, settings=Settings(model="rules", max_characters=150))
    assert len(doc.text) == 150
    assert doc.warnings[0] == "cut: only the first 150 characters were read"


def test_the_title_is_found_where_nothing_tells_it():
    doc = extractor.extract(f"Guests from afar\n\n{NEWS}\n{NEWS}", settings=RULES)
    assert doc.source.title == "Guests from afar"


def test_warnings_of_reading_are_kept():
    doc = extractor_of(RULES).extract(Article(doc_id="x", text=NEWS, source=Source(), warnings=("published: no day",)))
    assert doc.warnings[0] == "published: no day"


@pytest.mark.parametrize(
    ("text", "only", "skipped"),
    [
        ("The library is open until nine.", ("agreement",), True),
        ("The library is open until nine.", (), False),
        (NEWS, ("agreement",), False),
        ("He thinks of the significance of dealers.", ("agreement",), True),
        ("A delegation came.", ("agreement", "visit"), False),
    ],
)
def test_texts_without_words_of_the_wanted_events_are_skipped(text, only, skipped):
    doc = extractor.extract(text, settings=Settings(model="rules", only=only))
    assert any(w.startswith("skipped:") for w in doc.warnings) is skipped
    assert doc.text == text


def test_no_annotated_agreement_is_skipped(shared):
    from extractor.clean import clean_text
    from extractor.io.jsonl import read_lines

    for name in ("gold/dev.jsonl", "train/train.jsonl"):
        for doc in read_lines(shared / "eval" / name):
            if any(event["type"] == "agreement" for event in doc["events"]):
                assert has_words_of(clean_text(doc["text"]), ("agreement",)), doc["doc_id"]


WORDS = st.sampled_from(
    ["Aarlund University", "signed", "an MoU", "on 5 May 2021", "Prof. Ann Lee", ", ", ". ", "\n", "(AU)", "Rector", "of", "and", "the", "visited", "\u2019s", "©", "é"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_text_gives_a_document_that_holds(text):
    doc = extractor.extract(text, settings=RULES)
    assert list(problems_of(doc)) == []
    assert Document.model_validate_json(doc.model_dump_json()) == doc
    assert extractor.extract(text, settings=RULES) == doc


@pytest.mark.parametrize(
    "text", ["\ud800", "a\x00b\x1b[31m", "(" * 5000, "A" * 100_000, "-" * 20_000 + " 5 May 2021", "\u202e" + NEWS, "\n" * 5000]
)
def test_odd_texts(text):
    doc = extractor.extract(text, settings=RULES)
    assert len(doc.text) == len(text)
    doc.model_dump_json()
