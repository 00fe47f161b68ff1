"""Ties in, files of the network out: GraphML and GEXF (Gephi, Cytoscape, igraph) over all years, CSV edge lists by year."""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.corpus.columns import CORPUS_TABLES
from extractor.corpus.ties import TIED
from extractor.io.jsonl import written_whole

if TYPE_CHECKING:
    import networkx as nx

Row = Mapping[str, Any]
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TODAY = re.compile(r' lastmodifieddate="[^"]*"')  # equal ties give equal bytes
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_networks(folder: Path, rows: Mapping[str, Sequence[Row]]) -> tuple[Path, ...]:
    """``ties.graphml``, ``ties.gexf``, ``ties.csv``, ``country_ties.graphml``, ``.gexf`` and ``.csv``; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    by_id = {row["id"]: row for row in rows["organizations"]}
    houses = {id_: _node(by_id[id_]) for tie in rows["ties"] for id_ in (tie["a"], tie["b"])}
    countries = {code: {"label": code} for tie in rows["country_ties"] for code in (tie["a"], tie["b"])}
    return tuple(
        path
        for name, nodes in (("ties", houses), ("country_ties", countries))
        for path in (*_write_graph(folder / name, graph_of(nodes, rows[name])), _write_edges(folder / f"{name}.csv", name, rows[name]))
    )


def graph_of(nodes: Mapping[str, Mapping[str, str]], ties: Sequence[Row]) -> "nx.Graph[str]":
    """An undirected graph: one edge per pair, its weight the acts of all years, with counts by type and the first and last year."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(nodes.items()))
    pairs: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for tie in ties:
        pairs[tie["a"], tie["b"]].append(tie)
    for (a, b), held in sorted(pairs.items()):
        years = [tie["year"] for tie in held if tie["year"] is not None]
        span = {"first_year": min(years), "last_year": max(years)} if years else {}
        graph.add_edge(a, b, weight=sum(tie["total"] for tie in held), **{t: sum(tie[t] for tie in held) for t in TIED}, **span)
    return graph


def _node(row: Row) -> dict[str, str]:
    """What Gephi shows of an organisation; words that XML cannot hold are left out."""
    columns = {"label": "name", "kind": "kind", "country": "country", "ror": "ror"}
    return {key: _NO_XML.sub("", row[column]) for key, column in columns.items() if row[column]}


def _write_graph(path: Path, graph: "nx.Graph[str]") -> Iterator[Path]:
    import networkx as nx

    for suffix, lines in ((".graphml", nx.generate_graphml(graph)), (".gexf", nx.generate_gexf(graph))):
        target = path.with_suffix(suffix)
        with written_whole(target) as stream:
            stream.writelines(_TODAY.sub("", line).encode() + b"\n" for line in lines)
        yield target


def _write_edges(path: Path, name: str, ties: Sequence[Row]) -> Path:
    columns = [column.name for column in CORPUS_TABLES[name].columns]
    with written_whole(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(tie[column]) for column in columns] for tie in ties)
        text.detach()
    return path


def _cell(value: object) -> object:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return "" if value is None else value
