"""Every kind of input, good and bad: what comes out as an article, and what is said of the rest."""

import gzip
import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from extractor.io.failures import Failure
from extractor.io.origins import list_origins
from extractor.io.read import count_texts, open_texts, read_texts
from extractor.records import Article
from extractor.settings import Settings

NEWS = "The University of Jena signed an agreement with the University of Kyoto in the presence of the mayor."
CHINESE = "北京大学与海德堡大学签署合作协议。双方将在医学教育和科学研究方面开展合作,并互派学生和教师,共同举办会议。" * 2
PAGE = (
    '<!DOCTYPE html><html><head><title>Signing | News</title><meta property="article:published_time" content="2023-04-05T10:00:00Z">'
    '<meta property="og:title" content="Signing in Turku"><meta property="og:site_name" content="Uni News"></head><body><nav><a href="/">Home</a></nav>'
    f"<article><h1>Signing in Turku</h1><p>{NEWS}</p><p>The paper covers the exchange of students and joint research for five years.</p></article>"
    "<footer>© 2023 Uni News</footer></body></html>"
)


def read(path, **settings):
    return [item for origin in list_origins([str(path)]) for item in read_texts(origin, Settings(**settings))]


def only(path, **settings):
    (item,) = read(path, **settings)
    return item


def row(**fields):
    return json.dumps(fields, ensure_ascii=False)


def test_plain_text(write):
    article = only(write("a.txt", NEWS))
    assert (article.doc_id, article.text, article.source.path, article.source.media_type) == ("a", NEWS, "a.txt", "text/plain")
    assert article.source.language == "en"
    assert len(article.source.sha256) == 64


@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.txt.gz", gzip.compress), ("a.txt.zst", zstandard.compress), ("a.txt", gzip.compress), ("a.md.zst", zstandard.compress)],
)
def test_packed_text(write, name, pack):
    assert only(write(name, pack(NEWS.encode()))).text == NEWS


def test_a_page(write):
    article = only(write("a.html", PAGE))
    assert article.text.startswith(f"Signing in Turku\n{NEWS}")
    assert "Home" not in article.text
    assert "©" not in article.text
    assert (article.source.title, article.source.published, article.source.published_from, article.site) == (
        "Signing in Turku", date(2023, 4, 5), "metadata", "Uni News",
    )  # fmt: skip


def test_rows_by_our_names(write):
    lines = [
        row(id="n1", text=NEWS, title="T", published="2023-01-16", url="https://x.org/a", site="S", author="A", score=2),
        row(text=NEWS),
    ]
    first, second = read(write("a.jsonl", "\n\n".join(lines) + "\n"))
    assert (first.doc_id, first.source.title, first.source.published, first.source.url, first.site) == (
        "n1", "T", date(2023, 1, 16), "https://x.org/a", "S",
    )  # fmt: skip
    assert first.source.meta == {"line": 1, "author": "A", "score": 2}
    assert (second.doc_id, second.source.published) == ("a#3", None)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {"maintext": NEWS, "date_publish": "2023-01-16 08:00:00", "url": "https://x.org/a", "source_domain": "x.org"},
            ("2023-01-16", "x.org"),
        ),
        ({"plaintext": NEWS, "publishing_date": "2023-01-16T08:00:00+01:00", "publisher": "X"}, ("2023-01-16", "X")),
        ({"text": NEWS, "date": "2023-01-16", "source": "https://x.org/a", "source-hostname": "X", "id": None}, ("2023-01-16", "X")),
        (
            {"body": {"summary": [], "sections": [{"headline": [], "paragraphs": [NEWS]}]}, "date": "Mon, 16 Jan 2023 08:00:00 GMT"},
            ("2023-01-16", None),
        ),
        ({"text": NEWS, "published": "16/01/2023"}, ("2023-01-16", None)),
        ({"text": NEWS, "url": "https://x.org/2023/01/16/a"}, ("2023-01-16", None)),
        (
            {"doc_id": "d", "schema_version": "1.0", "text": NEWS, "source": {"published": "2023-01-16", "title": None, "url": None}},
            ("2023-01-16", None),
        ),
    ],
    ids=["news-please", "fundus", "trafilatura", "fundus-body", "numeric", "address", "our-own-output"],
)
def test_rows_by_the_names_of_crawlers(write, fields, told):
    article = only(write("a.jsonl", row(**fields)))
    assert article.text == NEWS
    assert (str(article.source.published), article.site) == told


def test_rows_by_mapped_names(write):
    article = only(write("a.csv", f'no;words\n7;"{NEWS}"\n'), fields=(("id", "no"), ("text", "words")))
    assert (article.doc_id, article.text) == ("7", NEWS)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_any_delimiter_with_line_breaks_inside(write, delimiter):
    content = delimiter.join(["id", "text"]) + "\n" + delimiter.join(["1", f'"{NEWS}\nMore of it, and more; and\tmore."']) + "\n"
    assert only(write("a.csv", content)).text.startswith(f"{NEWS}\nMore")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_csv_of_any_encoding(write, encoding):
    text = f"{NEWS} Das Gespräch über Öl führte zur Lösung für größere Städte in Österreich."
    assert only(write("a.csv", f'id,text\n1,"{text}"\n'.encode(encoding))).text == text


def test_parquet_by_row_groups(tmp_path):
    path = tmp_path / "a.parquet"
    table = pa.table(
        {"id": [f"r{i}" for i in range(10)], "text": [f"{NEWS} {i}" for i in range(10)], "published": [date(2023, 1, 16)] * 10}
    )
    pq.write_table(table, path, row_group_size=3)
    assert [a.doc_id for a in read(path)] == [f"r{i}" for i in range(10)]
    (origin,) = list_origins([str(path)])
    counted = count_texts(origin, 4)
    assert (counted.texts, [mark.row for mark in counted.marks]) == (10, [0, 4, 8])
    assert [reading().doc_id for reading in open_texts(origin, Settings(), counted.marks[1])] == [f"r{i}" for i in range(4, 10)]


def test_json_of_one_and_of_many(write):
    assert only(write("a.json", json.dumps({"text": NEWS}, indent=2))).text == NEWS
    assert len(read(write("b.json", json.dumps([{"text": NEWS}, {"text": NEWS}])))) == 2


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_reading_goes_on_from_every_mark(write, pack):
    lines = "".join(f"{row(id=f'r{i}', text=NEWS)}\n" + "\n" * (i % 3) for i in range(11))
    (origin,) = list_origins([str(write("a.jsonl", pack(lines.encode())))])
    counted = count_texts(origin, 2)
    assert (counted.texts, [m.row for m in counted.marks]) == (11, [0, 2, 4, 6, 8, 10])
    for mark in counted.marks:
        assert [r().doc_id for r in open_texts(origin, Settings(), mark)] == [f"r{i}" for i in range(mark.row, 11)]


@pytest.mark.parametrize(
    ("name", "content", "reason", "message"),
    [
        ("a.txt", "", "empty", "a.txt: is empty"),
        ("a.txt", " \n\t\n", "empty", "a.txt: is empty"),
        ("a.jsonl", "", "empty", "a.jsonl: is empty"),
        ("a.txt", bytes(range(256)) * 20, "binary", "a.txt: holds no text but binary content"),
        ("a.html", "<html><body></body></html>", "empty", "a.html: the page holds no text"),
        ("a.html", "<html><body>" + "<div>" * 3000 + NEWS, "size", "nested over"),
        ("a.txt", CHINESE, "language", "a.txt: its language is 'zh', not en – --language zh"),
        ("a.csv", "a,b\n1,2\n", "columns", "a.csv:2: has no field with the text (fields: a, b) – name it: --field text=COLUMN"),
        ("a.csv", "id,text\n1,\n", "empty", "a.csv:2: its text (field 'text') is empty"),
        ("a.jsonl", "[1, 2]", "json", "a.jsonl:1: is JSON but no object"),
        ("a.jsonl", b'{"text": "\xff\xfe"}', "encoding", "a.jsonl:1: is not in UTF-8"),
        ("a.jsonl", "[" * 100_000, "json", "a.jsonl:1: is"),
        ("a.json", "{", "json", "a.json: is no JSON"),
        ("a.parquet", b"PAR1 and no more", "unreadable", "damaged Parquet file"),
        ("a.txt.gz", gzip.compress(NEWS.encode())[:40], "unreadable", "a.txt.gz: cannot be read"),
        ("a.zip", b"PK\x03\x04", "archive", "a.zip: is a zip archive or an office file – unpack it"),
    ],
)
def test_bad_inputs_say_where_what_and_what_to_do(write, name, content, reason, message):
    failure = only(write(name, content))
    assert isinstance(failure, Failure)
    assert (failure.reason, failure.path) == (reason, name)
    assert message in failure.message
    assert " – " in failure.message


def test_a_missing_and_an_unreadable_file(tmp_path, write, monkeypatch):
    assert only(tmp_path / "no.txt").reason == "missing"
    path = write("a.txt", NEWS)
    monkeypatch.setattr("builtins.open", lambda *_a, **_k: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    failure = only(path)
    assert (failure.reason, failure.message) == ("unreadable", "a.txt: cannot be opened (Permission denied) – check who may read it")


def test_one_bad_line_costs_one_text(write):
    items = read(write("a.jsonl", f"{row(text=NEWS)}\n\n{{broken\n{row(text=NEWS)}\n"))
    assert [isinstance(i, Article) for i in items] == [True, False, True]
    assert (items[1].line, items[1].message) == (
        3,
        "a.jsonl:3: is no JSON (Expecting property name enclosed in double quotes, column 2) – correct or remove the line",
    )


def test_a_day_that_is_none_is_a_warning(write):
    article = only(write("a.jsonl", row(text=NEWS, published="31/02/2024")))
    assert (article.source.published, article.warnings) == (None, ("published: '31/02/2024' is not a day",))


def test_the_option_dates_only_texts_without_a_day(write):
    first, second = read(write("a.jsonl", f"{row(text=NEWS, published='2023-01-16')}\n{row(text=NEWS)}\n"), published=date(2020, 2, 2))
    assert (first.source.published_from, second.source.published_from, second.source.published) == ("metadata", "option", date(2020, 2, 2))


@pytest.mark.parametrize(("languages", "kept"), [(("en",), False), (("zh",), True), ((), True), (("en", "zh"), True)])
def test_languages(write, languages, kept):
    item = only(write("a.txt", CHINESE), languages=languages)
    assert isinstance(item, Article) is kept


def test_texts_too_short_to_tell_are_kept(write):
    assert only(write("a.txt", "Xu Nan, ZJU")).source.language is None


def test_a_bomb_is_unpacked_only_as_far_as_needed(write):
    bomb = gzip.compress(b"The word of the day. " * 20_000_000, 9)
    assert len(bomb) < 2_000_000
    assert len(only(write("a.txt.gz", bomb), max_characters=10_000).text) < 50_000


def test_lone_surrogates_and_nulls_in_rows(write):
    article = only(write("a.jsonl", '{"id": "a\\ud800", "text": "' + NEWS + ' \\udfff\\u0000 end", "x": "\\ud800"}'))
    assert article.text == f"{NEWS} \ufffd\0 end"
    article.model_dump_json()


def test_words_of_a_table_that_are_no_unicode_are_a_damage(tmp_path):
    path = tmp_path / "a.parquet"
    rows = pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\3\0\0\0"), pa.py_buffer(b"a\x96b")])
    pq.write_table(pa.table({"text": rows}), path)
    failure = only(path)
    assert (failure.reason, "damaged Parquet file" in failure.message) == ("unreadable", True)
