"""An output folder linked: tables, network files, ids that last, from the library and from the command line."""

import json
import re

import networkx as nx
import pyarrow.parquet as pq
import pytest
from corpus.conftest import deal, house, text

from extractor.corpus.columns import CORPUS_TABLES
from extractor.corpus.link import link_folder
from extractor.errors import SettingsError

X, Y = house("Kyoto\x0b University", "JP"), house("=Graz University", "AT")


@pytest.fixture
def folder(tmp_path):
    write(tmp_path, [text("a", deal(0, 1, on="2021-05-05"), houses=(X, Y), published="2021-05-06")])
    return tmp_path


def write(folder, texts):
    (folder / "documents.jsonl").write_text("".join(json.dumps(t, default=str) + "\n" for t in texts), encoding="utf-8")


def files(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_tables_and_networks_are_written(folder):
    counts = link_folder(folder)
    assert {p.stem for p in (folder / "tables").iterdir()} == set(CORPUS_TABLES)
    assert counts["organizations"] == pq.read_metadata(folder / "tables" / "organizations.parquet").num_rows == 2
    graph = nx.read_graphml(folder / "network" / "ties.graphml")
    assert sorted(n["label"] for _, n in graph.nodes(data=True)) == ["=Graz University", "Kyoto University"]
    assert [d["weight"] for *_, d in graph.edges(data=True)] == [1]
    assert nx.read_gexf(folder / "network" / "country_ties.gexf").number_of_edges() == 1
    lines = (folder / "network" / "ties.csv").read_text(encoding="utf-8").split("\n")
    assert lines[0].startswith("a,b,name_a")
    assert "'=Graz University" in lines[1]
    assert not re.search(rb"lastmodifieddate", (folder / "network" / "ties.gexf").read_bytes())


def test_linking_again_changes_no_byte(folder):
    link_folder(folder)
    before = files(folder)
    link_folder(folder)
    assert files(folder) == before


def test_more_texts_keep_ids_and_changes_are_logged(folder):
    link_folder(folder)
    ids = pq.read_table(folder / "tables" / "organizations.parquet")["id"].to_pylist()
    more = text("b", deal(0, 1, on="2022-01-01"), houses=(X, house("Lund University", "SE")), published="2022-01-02")
    write(folder, [*map(json.loads, (folder / "documents.jsonl").read_text().splitlines()), more])
    counts = link_folder(folder)
    assert set(ids) < set(pq.read_table(folder / "tables" / "organizations.parquet")["id"].to_pylist())
    log = [json.loads(line) for line in (folder / ".extractor" / "id_changes.jsonl").read_text().splitlines()]
    assert [(row["run"], row["kind"], row["change"]) for row in log] == [(2, "agreement", "new"), (2, "organization", "new")]
    assert counts["changed ids"] == 2
    link_folder(folder)
    assert len((folder / ".extractor" / "id_changes.jsonl").read_text().splitlines()) == 2


def test_a_folder_without_documents_is_refused(tmp_path):
    with pytest.raises(SettingsError, match=r"holds no documents.jsonl"):
        link_folder(tmp_path)


def test_no_texts_no_rows(tmp_path):
    write(tmp_path, [])
    assert set(link_folder(tmp_path).values()) == {0}
    assert nx.read_graphml(tmp_path / "network" / "ties.graphml").number_of_nodes() == 0
