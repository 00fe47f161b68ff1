"""Words, sentences, and what the shipped models find."""

import random
from itertools import pairwise

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import ModelError
from extractor.model import tagger
from extractor.model.tags import FOLLOWS, TAGS, best_tags, spans
from extractor.model.words import sentence_starts, split_words
from extractor.parse import Parser, model_spans, sentences_of, words_of


@pytest.fixture(scope="session")
def rules_parser():
    return Parser("rules")


@pytest.fixture(scope="session", params=["accurate", "fast"])
def shipped(request):
    return Parser(request.param)


@pytest.fixture(scope="session")
def hostile_reader():
    return Parser("fast")


WORDS = [
    ("University(UDE)", ["University", "(", "UDE", ")"]),
    ("members,and", ["members", ",", "and"]),
    ("HUST-Heidelberg Day", ["HUST", "-", "Heidelberg", "Day"]),
    ("Jena/Bonn", ["Jena", "/", "Bonn"]),
    ("HUST's", ["HUST", "'", "s"]),
    ("14-16th May,2011", ["14", "-", "16th", "May", ",", "2011"]),
    ("COVID19Centre", ["COVID", "19", "Centre"]),
    ("Mu\u0308ller", ["Mu\u0308ller"]),
    ("a\n\nb", ["a", "\n\n", "b"]),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_words(rules_parser, text, words):
    assert [token.text for token in rules_parser.parse(text)] == words


SENTENCES = [
    ["Prof. Dr. J. Weber of St. Anna met H.E. Mr. Okoye (DVC).", "On Jan. 5, 2021 they signed."],
    ["The text came.", "“Yes.”", "She said so."],
    ["He works at Acme Inc.", "The firm grew."],
    ["Acme Inc. Berlin grew."],
    ["Vol. 3 of No. 2 People's Hospital appeared.", "3 people came at 5 p.m. sharp."],
    ["He left the U.S. Embassy.", "Then he left the U.S.", "The embassy closed."],
    ["See www.example.com.", "Next one?", "Yes!"],
    ["A. B. Smith and C.D. Jones spoke."],
    ["It cost 3.5 million.", "“Cheap,” said Ms. Li."],
    ["Wait... what?!", "No."],
]


@pytest.mark.parametrize("sentences", SENTENCES)
def test_sentences(rules_parser, sentences):
    doc = rules_parser.parse(" ".join(sentences))
    assert [sentence.text.strip() for sentence in doc.sents] == sentences


def test_a_missing_space_after_a_stop_is_a_slip(rules_parser):
    doc = rules_parser.parse("They talked about his country.One of the four left www.one.Example.org alone.")
    assert [s.text for s in doc.sents] == ["They talked about his country.", "One of the four left www.one.Example.org alone."]


def test_a_line_break_ends_a_sentence(rules_parser):
    assert [s.text.strip() for s in rules_parser.parse("Home\nNews of the day\n\nDr.\nLi came").sents] == [
        "Home",
        "News of the day",
        "Dr.",
        "Li came",
    ]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from(["a", "B", ".", "!", "”", " ", "\n", "9", "é", "中", "\u0301", "(", "\t", "_"]), max_size=60))
def test_words_spell_the_text_and_sentences_start_at_words(text):
    words = split_words(text)
    assert "".join(word + " " * space for word, space in zip(*words, strict=True)) == text
    starts = sentence_starts(words)
    assert len(starts) == len(words.texts)
    assert not starts or starts[0]


FOUND = [
    (
        "Prof. Anna Schneider, Vice President of Kyoto University, visited Union Hospital on May 5, 2021.",
        [
            ("Anna Schneider", "person"),
            ("Vice President", "role"),
            ("Kyoto University", "institution"),
            ("Union Hospital", "institution"),
            ("May 5, 2021", "date"),
        ],
    ),
    ("The mountains were green and the river ran fast.", []),
    (
        "The University of Ghana(UG) and the Ministry of Health signed it.",
        [("University of Ghana", "institution"), ("UG", "institution"), ("Ministry of Health", "institution")],
    ),
]


@pytest.mark.parametrize(("text", "found"), FOUND)
def test_shipped_models_find(shipped, text, found):
    assert [(text[start:end], label) for start, end, label, _ in model_spans(shipped.parse(text))] == found


def test_scores_are_probabilities_and_spans_stand_in_order(shipped):
    spans = model_spans(shipped.parse(FOUND[0][0] + " " + FOUND[2][0]))
    assert spans == sorted(spans)
    assert all(0 < score <= 1 for *_, score in spans)


def test_a_text_reads_the_same_in_any_company(shipped):
    texts = [text * times for text, _ in FOUND for times in (1, 3, 12)]
    alone = [model_spans(shipped.parse(text)) for text in texts]
    order = list(range(len(texts)))
    random.Random(0).shuffle(order)
    together = dict(zip(order, map(model_spans, shipped.parse_many([texts[i] for i in order], batch_size=4)), strict=True))
    assert [together[i] for i in range(len(texts))] == alone


@pytest.mark.parametrize(
    "text", ["", " ", "One.", " One. \n\nTwo  words here.\nThree", *(text for text, _ in FOUND), *(" ".join(s) for s in SENTENCES)]
)
def test_words_and_sentences_stand_where_spacy_says(rules_parser, text):
    doc = rules_parser.parse(text)
    words = [(token.idx, token.idx + len(token), token.whitespace_ == " ", bool(token.is_sent_start)) for token in doc]
    assert list(zip(*words_of(doc), strict=True)) == words
    assert sentences_of(doc) == [(sentence.start_char, sentence.end_char) for sentence in doc.sents]


@pytest.mark.skipif(tagger.sums_overflow(), reason="this processor has no quick way that is exact")
def test_the_quick_way_of_adding_up_is_exact_to_the_last_bit(monkeypatch):
    quick = list(model_spans(Parser("fast").parse(FOUND[0][0])))
    monkeypatch.setattr(tagger, "sums_overflow", lambda: True)
    assert quick == list(model_spans(Parser("fast").parse(FOUND[0][0]))) != []


def test_words_of_a_text_are_forgotten(rules_parser):
    rules_parser.parse("A first text.")
    known = len(rules_parser.vocab.strings)
    with rules_parser.forgetting():
        assert rules_parser.parse("Qwxyzzy plugh frobnicates.")[0].text == "Qwxyzzy"
    assert len(rules_parser.vocab.strings) == known
    assert rules_parser.parse("Qwxyzzy again.")[0].text == "Qwxyzzy"


def well_formed(tags):
    ends = [0, *tags, 0]
    return all(FOLLOWS[a, b] for a, b in pairwise(ends))


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(st.floats(-9, 0), min_size=len(TAGS), max_size=len(TAGS)), max_size=12))
def test_tags_always_fit_together(rows):
    scores = np.array(rows, dtype=np.float32).reshape(-1, len(TAGS))
    tags = best_tags(scores)
    assert well_formed(tags.tolist())
    assert all(a < b <= len(rows) for a, b, *_ in spans(tags, scores))


def test_only_misfits_are_changed():
    index = {tag: i for i, tag in enumerate(TAGS)}
    told = ["B-person", "E-person", "O", "O", "O", "O", "O", "B-role", "O", "S-date"]
    scores = np.full((len(told), len(TAGS)), -5.0, dtype=np.float32)
    for row, tag in zip(scores, told, strict=True):
        row[index[tag]] = -0.1
    scores[7, index["S-role"]] = -1.0
    assert [TAGS[t] for t in best_tags(scores)] == [*told[:7], "S-role", "O", "S-date"]


def test_rules_alone_find_nothing(rules_parser):
    assert model_spans(rules_parser.parse(FOUND[0][0])) == []
    assert rules_parser.name == "rules"


def test_name_tells_model_and_version(shipped):
    name, _, version = shipped.name.partition("-")
    assert name in {"accurate", "fast"}
    assert version[0].isdigit()


@pytest.mark.parametrize("text", ["", " ", "\n" * 50, "x" * 50_000, "." * 5_000, ".)" * 3_000, "中" * 2_000, "[(" * 2_000, "\u0301" * 100])
def test_hostile_texts_are_read(hostile_reader, text):
    assert hostile_reader.parse(text).text == text


def test_another_pipeline_is_read_with_our_labels(tmp_path):
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": "ORG", "pattern": "Kyoto University"}, {"label": "PERSON", "pattern": "Anna"}, {"label": "GPE", "pattern": "Japan"}]
    )
    nlp.to_disk(tmp_path / "other")
    parser = Parser(str(tmp_path / "other"))
    doc = parser.parse("Anna of Kyoto University lives in Japan. She works.")
    assert [(doc.text[s:e], label) for s, e, label, _ in model_spans(doc)] == [("Anna", "person"), ("Kyoto University", "institution")]
    assert [s.text for s in doc.sents] == ["Anna of Kyoto University lives in Japan.", "She works."]
    assert parser.name.startswith("en_")


def test_a_missing_pipeline_is_told():
    with pytest.raises(ModelError, match="no_such_pipeline: no such spaCy pipeline"):
        Parser("no_such_pipeline")
