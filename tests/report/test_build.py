"""What the page is built from: packed without loss, joined as the corpus tables say, equal for equal input, refused without documents."""

import base64
import json
import re
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from sample_documents import attack, signing, visit

from extractor.corpus.link import link_folder
from extractor.errors import RecordError
from extractor.io.tables import TableWriter
from extractor.report import write_report
from extractor.report.fields import editable
from extractor.report.pack import Parts, packed


def unpacked(text: str) -> Any:
    return json.loads(zlib.decompress(base64.b64decode(text)))


def rows(page: Path, name: str) -> list[dict[str, Any]]:
    index = unpacked(re.search(r'id="index">([^<]+)<', page.read_text(encoding="utf-8")).group(1))  # type: ignore[union-attr]
    return [dict(zip(index["meta"]["columns"][name], row, strict=True)) for row in index["rows"][name]]


def write(folder: Path, docs: list[dict[str, Any]], *, link: bool = False) -> Path:
    (folder / "documents.jsonl").write_text("".join(json.dumps(d) + "\n" for d in docs), encoding="utf-8")
    with TableWriter(folder / "tables") as tables:
        for doc in docs:
            tables.add(doc)
    if link:
        link_folder(folder)
    return folder


@pytest.mark.parametrize("value", [None, [], {"a": "</script><!--\u2028\u2029&'\"🤝"}, "x" * 100_000])
def test_packing_loses_nothing_and_holds_no_markup(value: Any):
    text = packed(value)
    assert unpacked(text) == value
    assert set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")


def test_parts_are_closed_when_they_are_full():
    parts = Parts()
    places = [parts.add("x" * 200_000) for _ in range(3)]
    parts.close()
    assert places == [(0, 0), (0, 1), (1, 0)]
    assert [len(unpacked(part)) for part in parts.done] == [2, 1]


def test_texts_that_tell_one_agreement_share_a_row(tmp_path: Path):
    page = write_report(write(tmp_path, [signing("a"), signing("b"), visit()], link=True))
    [agreement] = rows(page, "agreements")
    assert (len(agreement["events"]), agreement["action"], agreement["edtf"]) == (2, "signed", "2021-05-05")
    assert sorted(o["name"] for o in rows(page, "organizations")) == ["Charité", "Kyoto University", "University of Jena"]


def test_without_corpus_tables_equal_names_are_one(tmp_path: Path):
    page = write_report(write(tmp_path, [signing("a"), signing("b"), visit()]))
    assert len(rows(page, "agreements")) == 2
    assert sorted(o["name"] for o in rows(page, "organizations")) == ["Charité", "Kyoto University", "University of Jena"]


def test_what_texts_do_not_agree_on_is_told(tmp_path: Path):
    other = json.loads(json.dumps(signing("b")).replace("2021-05-05", "2021-05-15").replace("5 May 2021", "15 May '21"))
    page = write_report(write(tmp_path, [signing("a"), other], link=True))
    [agreement] = rows(page, "agreements")
    assert sorted(agreement["conflicts"]) == ["date: 2021-05-05 (a)", "date: 2021-05-15 (b)"]


def test_equal_folders_give_equal_pages(tmp_path: Path):
    folder = write(tmp_path, [signing(), visit(), attack()])
    first = write_report(folder, tmp_path / "1.html").read_bytes()
    assert write_report(folder, tmp_path / "2.html").read_bytes() == first


def test_the_page_is_well_formed_lets_only_its_own_scripts_run_and_names_nothing_outside(tmp_path: Path):
    page = write_report(write(tmp_path, [attack()]), title="</title><script>window.hacked = 8</script>").read_text(encoding="utf-8")
    scripts: list[str | None] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag == "script":
                scripts.append(dict(attrs).get("type"))
            assert not {"src", "onload", "onerror"} & set(dict(attrs))

    Reader().feed(page)
    assert scripts == ["application/octet-stream", "application/octet-stream", None, None]
    assert "default-src 'none'; script-src 'sha256-" in page
    assert "unsafe" not in page.partition("<style>")[0]


def test_a_folder_without_documents_is_refused(tmp_path: Path):
    with pytest.raises(RecordError, match="holds no documents"):
        write_report(tmp_path)


def test_every_type_of_event_and_kind_of_record_can_be_edited():
    fields = {kind: [spec["name"] for spec in specs] for kind, specs in editable().items()}
    assert fields["agreement"] == ["action", "date", "place", "instrument", "topics", "duration", "parties", "signatories", "witnesses"]
    assert fields["institution"] == ["name", "kind", "country", "part_of"]
    assert fields["person"] == ["name", "honorific"]
    assert fields["role"] == ["title", "rank", "person", "institution", "status"]
    assert fields["date"] == ["edtf"]
    assert set(fields) == {"agreement", "visit", "meeting", "appointment", "establishment", "institution", "person", "role", "date"}
