"""Each export is opened by the reader of its own world, which finds there what the documents hold."""

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import RecordError
from extractor.export import FORMATS, export_folder

Docs = list[dict[str, Any]]
of_rdflib = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # within its own JSON-LD reader


def test_duckdb_has_every_table_its_keys_and_its_rows(folder: Path, docs: Docs, tmp_path: Path):
    duckdb = pytest.importorskip("duckdb", reason="the extra duckdb is not installed")
    path = export_folder("duckdb", folder, tmp_path / "x.duckdb")
    with duckdb.connect(str(path), read_only=True) as database:
        names = {name for (name,) in database.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        assert names == {f.stem for f in (folder / "tables").glob("*.parquet")}
        constraints = database.execute("SELECT table_name, constraint_type FROM duckdb_constraints()").fetchall()
        assert names - {table for table, kind in constraints if kind == "PRIMARY KEY"} == {
            "ties",
            "country_ties",
            "conflicts",
        }  # no year, no value
        assert {"mentions", "roles", "dates", "events", "arguments", "timeline"} <= {
            table for table, kind in constraints if kind == "FOREIGN KEY"
        }
        joined = database.execute(
            "SELECT i.name, a.slot FROM arguments a JOIN institutions i ON (i.doc_id, i.id) = (a.doc_id, a.entity) "
            "JOIN events e ON (e.doc_id, e.id) = (a.doc_id, a.event_id) WHERE e.doc_id = 'signing' ORDER BY 1"
        ).fetchall()
        assert joined == [("Kyoto University", "parties"), ("University of Jena", "parties")]
        assert database.execute("SELECT text FROM documents WHERE doc_id LIKE '%script%'").fetchall() == [(docs[2]["text"],)]
        assert (
            database.execute("SELECT comment FROM duckdb_columns() WHERE column_name = 'edtf' LIMIT 1")
            .fetchall()[0][0]
            .startswith("Value in EDTF")
        )


def test_duckdb_refuses_a_reference_to_nothing(folder: Path, tmp_path: Path):
    duckdb = pytest.importorskip("duckdb", reason="the extra duckdb is not installed")
    path = export_folder("duckdb", folder, tmp_path / "x.duckdb")
    with duckdb.connect(str(path)) as database, pytest.raises(duckdb.ConstraintException):
        database.execute("INSERT INTO dates (doc_id, id, mention) VALUES ('signing', 'd9', 'm99')")


ANNO = {
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    "Annotation": "oa:Annotation",
    "TextualBody": "oa:TextualBody",
    "SpecificResource": "oa:SpecificResource",
    "Software": "as:Application",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "identifying": "oa:identifying",
    "tagging": "oa:tagging",
    "describing": "oa:describing",
    "value": "rdf:value",
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "generator": {"@id": "as:generator", "@type": "@id"},
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "name": "rdfs:label",
}  # fmt: skip - the terms of http://www.w3.org/ns/anno.jsonld that we use, so that the test needs no network


@of_rdflib
def test_web_annotations_quote_the_text_they_point_to(folder: Path, docs: Docs, tmp_path: Path):
    rdflib = pytest.importorskip("rdflib")
    path = export_folder("annotations", folder, tmp_path / "a.jsonl")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    assert {line.pop("@context") for line in lines} == {"http://www.w3.org/ns/anno.jsonld"}
    graph = rdflib.Graph().parse(data=json.dumps({"@context": ANNO, "@graph": lines}), format="json-ld")
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    assert len(set(graph.subjects(rdflib.RDF.type, oa.Annotation))) == sum(len(d["mentions"]) + len(d["events"]) for d in docs)
    attacked = "https://evil.example/%22%3E%3Cscript%3Ewindow.hacked%20=%206%3C/script%3E"
    text_of = dict(zip(["https://news.example/jena?a=1&b=2", "urn:extractor:visit", attacked], (d["text"] for d in docs), strict=True))
    found: dict[str, int] = {}
    for target in graph.objects(None, oa.hasTarget):
        by_type = {graph.value(s, rdflib.RDF.type): s for s in graph.objects(target, oa.hasSelector)}
        quote, place = by_type[oa.TextQuoteSelector], by_type[oa.TextPositionSelector]
        start, end = (graph.value(place, p).toPython() for p in (oa.start, oa.end))
        text = text_of[str(graph.value(target, oa.hasSource))]
        exact, before, after = (str(graph.value(quote, p)) for p in (oa.exact, oa.prefix, oa.suffix))
        assert text[start:end] == exact
        assert text[:start].endswith(before)
        assert text[end:].startswith(after)
        found[exact] = found.get(exact, 0) + 1
    assert found["FSU"] == 2


@of_rdflib
def test_schema_org_is_read_as_a_graph(folder: Path, tmp_path: Path):
    rdflib = pytest.importorskip("rdflib")
    path = export_folder("jsonld", folder, tmp_path / "s.jsonl")
    graph = rdflib.Graph()
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            graph.parse(data=line, format="json-ld")
    found = graph.query(
        """PREFIX s: <https://schema.org/>
        SELECT ?name ?title ?house ?day WHERE {
          ?article a s:NewsArticle; s:about ?event. ?event s:actor ?person; s:startDate ?day.
          ?person a s:Person; s:name ?name; s:memberOf ?role. ?role s:roleName ?title; s:memberOf/s:name ?house }"""
    )
    assert [tuple(map(str, row)) for row in found] == [("Walter Rosenthal", "President", "University of Jena", "2021-05-05")]
    houses = set(graph.query("PREFIX s: <https://schema.org/> SELECT ?o WHERE { ?o a s:CollegeOrUniversity; s:name 'Kyoto University' }"))
    assert len(houses) == 1  # one in both texts
    assert "javascript" not in path.read_text(encoding="utf-8")


def test_followthemoney_accepts_every_entity_and_drops_nothing(folder: Path, tmp_path: Path):
    ftm = pytest.importorskip("followthemoney")
    path = export_folder("ftm", folder, tmp_path / "e.json")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    proxies = {}
    for row in rows:
        clean = ftm.model.get_proxy(row, cleaned=False)
        lost = {name: values for name, values in row["properties"].items() if len(clean.get(name)) != len(values)}
        assert not lost, (row["schema"], lost)
        proxies[row["id"]] = clean
    assert len(proxies) == len(rows)
    [post] = [p for p in proxies.values() if p.schema.name == "Directorship"]
    assert (proxies[post.first("director")].caption, post.first("role"), proxies[post.first("organization")].caption) == (
        "Walter Rosenthal", "President", "University of Jena",
    )  # fmt: skip
    dangling = [v for p in proxies.values() for prop, v in p.itervalues() if prop.type.name == "entity" and v not in proxies]
    assert dangling == []


def test_docbin_gives_back_text_and_spans(folder: Path, docs: Docs, tmp_path: Path):
    import spacy
    from spacy.tokens import DocBin

    path = export_folder("docbin", folder, tmp_path / "d.spacy")
    read = list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))
    assert [d.text for d in read] == [d["text"] for d in docs]
    for parsed, doc in zip(read, docs, strict=True):
        assert parsed.user_data["doc_id"] == doc["doc_id"]
        found = [(e.start_char, e.end_char, e.label_, e.kb_id_) for e in parsed.ents]
        assert found == [(m["start"], m["end"], m["label"], m["entity"]) for m in sorted(doc["mentions"], key=lambda m: m["start"])]
        assert [(s.text, s.label_) for s in parsed.spans["events"]] == [(e["trigger"]["text"], e["type"]) for e in doc["events"]]


def test_conll_is_read_by_spacys_converter(folder: Path, docs: Docs, tmp_path: Path):
    from spacy.training.converters import conll_ner_to_docs

    text = export_folder("conll", folder, tmp_path / "d.conll").read_text(encoding="utf-8")
    read = list(conll_ner_to_docs(text, n_sents=0, no_print=True))
    found = [(e.label_, e.text) for doc in read for e in doc.ents]
    assert ("institution", "University of Jena") in found
    assert [label for label, _ in found] == [m["label"] for d in docs for m in sorted(d["mentions"], key=lambda m: m["start"])]


@pytest.mark.parametrize("name", FORMATS)
def test_equal_documents_give_equal_exports(name: str, folder: Path, tmp_path: Path):
    if name == "duckdb":
        pytest.skip("a database file holds its own bookkeeping")
    first, second = (export_folder(name, folder, tmp_path / n / FORMATS[name].default) for n in ("1", "2"))
    for file in sorted(first.rglob("*")) if first.is_dir() else [first]:
        assert (second / file.relative_to(first) if first.is_dir() else second).read_bytes() == file.read_bytes()


def test_a_folder_without_documents_is_refused(tmp_path: Path):
    with pytest.raises(RecordError, match="holds no documents"):
        export_folder("conll", tmp_path)
