"""Each stage measured alone: link and fill are given the gold of the stage before, so that their own errors show.

usage: python -m benchmarks.stages GOLD.jsonl --from gold-mentions|gold-entities [--relations] [-o OUT.jsonl]

With `--relations` the relation network is heard, from gold mentions only.
"""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import Any

from extractor.clean import clean_text
from extractor.events import fill_events
from extractor.layout import read_layout
from extractor.link import link_names, link_posts, read_relations
from extractor.model.relations import RelationReader, shipped_reader
from extractor.parse import Parser
from extractor.records import Date, Entities, Extent, Institution, Mention, Person, Role, Source
from extractor.rules import load_rules
from extractor.settings import Settings
from extractor.spans import Span


def gold_spans(gold: dict[str, Any]) -> list[Span]:
    """The gold mentions as a perfect finder would give them."""
    return [Span(m["start"], m["end"], m["label"], "gold", 1.0) for m in gold["mentions"]]


def gold_entities(gold: dict[str, Any]) -> Entities:
    """The gold records as a perfect linker would give them."""
    mentions = tuple(
        Mention(id=m["id"], label=m["label"], start=m["start"], end=m["end"], text=m["text"], entity=_entity(m, gold), rule="gold")
        for m in gold["mentions"]
    )
    first = {m["entity"]: m for m in reversed(gold["mentions"])}
    kept = {"id", "name", "aliases", "kind", "country", "part_of"}
    return Entities(
        mentions=mentions,
        institutions=tuple(Institution(**{k: v for k, v in i.items() if k in kept}) for i in gold["institutions"]),
        people=tuple(Person(id=p["id"], name=p["name"], honorific=p["honorific"], byline=p["byline"]) for p in gold["people"]),
        roles=tuple(
            Role(id=r["id"], title=r["title"], rank="other", person=r["person"], institution=r["institution"], status=r["status"],
                 mention=first[r["mention"]]["id"], evidence=Extent(start=first[r["mention"]]["start"], end=first[r["mention"]]["end"]))
            for r in gold["roles"] if r["mention"] in first
        ),
        dates=tuple(Date(id=d["id"], mention=first[d["id"]]["id"], edtf=d["edtf"]) for d in gold["dates"] if d["id"] in first),
        publisher=gold["source"]["publisher"],
        published=gold["source"]["published"],
    )  # fmt: skip


def _entity(mention: dict[str, Any], gold: dict[str, Any]) -> str | None:
    if mention["label"] != "role":
        return str(mention["entity"])
    return next((r["id"] for r in gold["roles"] if r["mention"] == mention["entity"]), None)


def run(path: Path, stage: str, reader: RelationReader | None = None) -> list[dict[str, Any]]:
    """The documents that the stages after ``stage`` make of its gold."""
    parser, rules, settings = Parser("rules"), load_rules(), Settings()
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        text = clean_text(gold["text"])
        layout, doc = read_layout(text, gold["source"]["title"]), parser.parse(text)
        relations = None
        if stage == "gold-entities":
            entities = gold_entities(gold)
        else:
            published = gold["source"]["published"]
            source = Source(
                title=gold["source"]["title"], published=date.fromisoformat(published) if published else None, url=gold["source"]["url"]
            )
            names = link_names(doc, gold_spans(gold), layout, source=source, site=None, settings=settings)
            relations = read_relations(reader, names) if reader else None
            entities = link_posts(names, relations)
        events = fill_events(doc, entities, layout, rules, relations=relations)
        record = {**entities.model_dump(mode="json"), "events": [e.model_dump(mode="json") for e in events]}
        out.append({"doc_id": gold["doc_id"], "text": gold["text"], **record})
        for mention in record["mentions"]:
            mention["text"] = gold["text"][mention["start"] : mention["end"]]
    return out


def main() -> None:
    """Write one document per gold text; score them with ``extractor evaluate``."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("gold", type=Path)
    options.add_argument("--from", dest="stage", choices=["gold-mentions", "gold-entities"], default="gold-mentions")
    options.add_argument("--relations", action="store_true")
    options.add_argument("-o", "--out", type=Path, required=True)
    chosen = options.parse_args()
    documents = run(chosen.gold, chosen.stage, shipped_reader() if chosen.relations else None)
    chosen.out.write_text("".join(json.dumps(d, ensure_ascii=False) + "\n" for d in documents), encoding="utf-8")


if __name__ == "__main__":
    main()
