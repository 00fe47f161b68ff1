"""Time and memory of linking many texts: invented cities give ever new houses, so that blocking has to do its work.

usage: python -m benchmarks.corpus_scale [--records 100000]
"""

import argparse
import random
import resource
import time
from collections.abc import Iterator
from typing import Any

from extractor.corpus.world import link_corpus

SYLLABLES = (
    "ka",
    "lo",
    "mi",
    "ren",
    "tas",
    "vol",
    "bru",
    "sen",
    "dor",
    "hal",
    "wick",
    "ber",
    "gar",
    "nov",
    "pel",
    "qui",
    "ster",
    "tan",
    "ul",
    "yar",
)
SHAPES = (
    "University of {}",
    "{} University",
    "{} Medical University",
    "{} University of Technology",
    "{} General Hospital",
    "{} Institute of Physics",
    "{} Biotech Ltd.",
)
COUNTRIES = ("DE", "CN", "FR", "US", "VN", "KE", "BR", "IN")
PER_TEXT = 3


def invented_texts(records: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Texts as ``documents.jsonl`` holds them, of three institutions and one signing each; one city for every twelve records."""
    draw = random.Random(seed)
    cities = ["".join(draw.choices(SYLLABLES, k=draw.randint(2, 4))).capitalize() for _ in range(max(1, records // 12))]
    for number in range(records // PER_TEXT):
        yield _text(f"s{number:07d}", [draw.randrange(len(cities)) for _ in range(PER_TEXT)], cities, draw)


def _text(doc_id: str, chosen: list[int], cities: list[str], draw: random.Random) -> dict[str, Any]:
    names = [draw.choice(SHAPES).format(cities[at]) for at in chosen]
    text = " ".join(draw.choices(SYLLABLES, k=120)) + " " + " and ".join(names) + " signed."
    ids = [f"i{at}" for at in range(PER_TEXT)]
    institutions = [
        {
            "id": id_,
            "name": name,
            "aliases": [],
            "kind": _kind(name),
            "country": COUNTRIES[at % len(COUNTRIES)] if draw.random() < 0.8 else None,
            "part_of": None,
            "ror": None,
        }
        for id_, name, at in zip(ids, names, chosen, strict=True)
    ]
    extent = {"start": 0, "end": len(text)}
    event = {
        "id": "e1",
        "type": "agreement",
        "action": "signed",
        "instrument": "memorandum_of_understanding",
        "date": "d1",
        "parties": ids[:2],
        "signatories": [],
        "witnesses": [],
        "trigger": extent,
        "evidence": extent,
        "topics": [],
        "duration": None,
    }
    day = f"{draw.randint(2000, 2024)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}"
    return {
        "doc_id": doc_id,
        "text": text,
        "source": {"published": day, "publisher": None, "title": None},
        "institutions": institutions,
        "mentions": [{"label": "institution", "entity": id_} for id_ in ids],
        "people": [],
        "roles": [],
        "dates": [{"id": "d1", "edtf": day, "start": day, "end": day}],
        "events": [event],
    }


def _kind(name: str) -> str:
    return "hospital" if "Hospital" in name else "company" if "Ltd" in name else "institute" if "Institute" in name else "university"


def main() -> None:
    """Print seconds and memory for a quarter, a half and all of the records, so that the growth shows."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=100_000)
    records = options.parse_args().records
    for share in (4, 2, 1):
        start = time.perf_counter()
        world = link_corpus(invented_texts(records // share))
        seconds, peak = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows = {name: len(world.rows[name]) for name in ("organizations", "agreements", "doubtful")}
        print(f"{records // share:8d} institution records  {seconds:6.1f} s  peak {peak:5.0f} MiB  {rows}")


if __name__ == "__main__":
    main()
