"""Mutated inputs through reading and the whole chain: nothing may crash, lie about its offsets or take too long.

usage: python tests/fuzz.py [--count 50000] [--seed 1] [--seconds 20] [--model rules]

Half of the inputs are files, mutated byte by byte, of every format; half are texts, mutated by character, word and line.
"""

import argparse
import faulthandler
import gzip
import io
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from extractor.io.decode import encodable
from extractor.io.origins import list_origins
from extractor.io.read import count_texts, read_texts
from extractor.pipeline import Extractor
from extractor.records import Article, problems_of
from extractor.settings import Settings

ROOT = Path(__file__).parents[1]
_ODD = ["\0", "\x1b[31m", "\u202e", "\u200b", "\ufeff", "\ud83d\ude00", "𝔘𝔫𝔦", "e\u0301", "ﬁ", "İ", "ß", "\u2028", "\r", "\t", " " * 300, "-" * 300, "(" * 200,
        "A" * 400, "5 " * 200, "of the " * 80, "University of " * 60, "and " * 100, '"' * 99, "’s", "5 May 2021", "May", "31.02.2021", "2021-13-45",
        "Prof. Dr. ", "signed an MoU with ", "his ", "the two universities ", "\n\n\n", "• ", "1. ", "©", "&amp;", "<div>", "]]>", "{", "0" * 30]  # fmt: skip


def samples() -> list[str]:
    """News texts to start from, cut to a few paragraphs."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "data" / "raw").glob("*.txt"))]
    gold = ROOT / "tests" / "gold" / "input.jsonl"
    texts += [json.loads(line)["text"] for line in gold.read_text(encoding="utf-8").splitlines()] if gold.exists() else []
    return texts


def mutated_text(text: str, chance: random.Random, others: list[str]) -> str:
    """A piece of a text with a few changes."""
    at = chance.randrange(max(1, len(text) - 200))
    piece = text[at : at + chance.randint(20, 900)]
    for _ in range(chance.randint(1, 8)):
        spot = chance.randint(0, len(piece))
        end = min(len(piece), spot + chance.randint(0, 30))
        piece = chance.choice(
            [
                lambda p, s, e: p[:s] + chance.choice(_ODD) + p[s:],
                lambda p, s, e: p[:s] + p[e:],
                lambda p, s, e: p[:s] + p[s:e] * chance.randint(2, 5) + p[e:],
                lambda p, s, e: p[:s] + p[s:e].upper() + p[e:],
                lambda p, s, e: p[:s] + p[s:e].lower() + p[e:],
                lambda p, s, e: p[:s] + "".join(chance.sample(p[s:e], len(p[s:e]))) + p[e:],
                lambda p, s, e: p[:s] + chr(chance.choice([chance.randrange(0xD800), chance.randrange(0xE000, 0x110000)])) + p[e:],
                lambda p, s, e: p[:s] + chance.choice(others)[:100] + p[e:],
            ]
        )(piece, spot, end)
    return piece


def _rows(texts: list[str]) -> bytes:
    return "".join(
        json.dumps({"id": n, "text": t, "published": "2021-05-06", "url": "https://x.org/a"}) + "\n" for n, t in enumerate(texts)
    ).encode()


def _table(texts: list[str]) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table({"id": list(range(len(texts))), "text": texts}), stream)
    return stream.getvalue()


def _page(texts: list[str]) -> bytes:
    paragraphs = "".join(f"<p>{t}</p>" for t in texts)
    head = '<title>T</title><meta property="article:published_time" content="2023-04-05">'
    return f"<!DOCTYPE html><html><head>{head}</head><body><article><h1>T</h1>{paragraphs}</article></body></html>".encode()


FILES: dict[str, Callable[[list[str]], bytes]] = {
    "a.txt": lambda t: t[0].encode(),
    "b.txt": lambda t: t[0].encode("utf-16"),
    "c.txt": lambda t: t[0].encode("cp1252", errors="replace"),
    "d.html": _page,
    "e.jsonl": _rows,
    "f.csv": lambda t: ("id,text\n" + "".join('{},"{}"\n'.format(n, x.replace('"', '""')) for n, x in enumerate(t))).encode(),
    "g.json": lambda t: json.dumps([{"text": x} for x in t]).encode(),
    "h.parquet": _table,
    "i.jsonl.gz": lambda t: gzip.compress(_rows(t)),
    "j.html.zst": lambda t: zstandard.compress(_page(t)),
}


def mutated_bytes(raw: bytes, chance: random.Random) -> bytes:
    """Bytes with a few changes, cuts and repeats."""
    changed = bytearray(raw)
    for _ in range(chance.randint(0, 12)):
        spot = chance.randint(0, len(changed))
        what = chance.randrange(4)
        if what == 0 and spot < len(changed):
            changed[spot] = chance.randrange(256)
        elif what == 1:
            changed[spot:spot] = bytes(chance.choices(range(256), k=chance.randint(1, 9)))
        elif what == 2:
            del changed[spot : spot + chance.randint(1, 60)]
        else:
            changed[spot:spot] = changed[spot : spot + chance.randint(1, 200)] * 2
    return bytes(changed[: chance.randint(0, len(changed))] if chance.random() < 0.1 else changed)


class Faults:
    """What went wrong, with the input that did it."""

    def __init__(self, seconds: float, folder: Path) -> None:
        self.counts: Counter[str] = Counter()
        self.slowest = 0.0
        self._seconds, self._folder = seconds, folder
        folder.mkdir(parents=True, exist_ok=True)

    def check(self, name: str, content: bytes, work: Callable[[], None]) -> None:
        """Run one case; keep the input where it fails."""
        (self._folder / "at-hand").write_bytes(content)
        faulthandler.dump_traceback_later(self._seconds * 20, exit=True)  # work that never ends: the input is in "at-hand"
        started = time.process_time()
        try:
            work()
        except Exception as error:  # noqa: BLE001 - every kind is a find
            self._keep(name, content, f"{type(error).__name__}: {str(error)[:200]}")
        faulthandler.cancel_dump_traceback_later()
        took = time.process_time() - started
        self.slowest = max(self.slowest, took)
        if took > self._seconds:
            self._keep(name, content, f"took {took:.1f} s")

    def _keep(self, name: str, content: bytes, what: str) -> None:
        self.counts[what.split(":")[0]] += 1
        path = self._folder / f"{sum(self.counts.values()):04}-{name}"
        path.write_bytes(content)
        print(f"{path}: {what}", flush=True)


def main() -> int:
    """Mutate, run, report; 1 where anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20.0, help="processor time for one input")
    parser.add_argument("--model", default="rules")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "extractor-fuzz")
    options = parser.parse_args()
    chance, base = random.Random(options.seed), samples()
    extractor, faults = Extractor(Settings(model=options.model, languages=())), Faults(options.seconds, options.keep)
    extractor.extract(Article(doc_id="warm", text=base[0]))
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(options.count):
            if number % 2:
                text = encodable(mutated_text(chance.choice(base), chance, base))
                faults.check("text.txt", text.encode(), lambda text=text: _extract(extractor, text))
            else:
                pieces = [encodable(mutated_text(chance.choice(base), chance, base)) for _ in range(chance.randint(1, 4))]
                name = chance.choice(list(FILES))
                content = mutated_bytes(FILES[name](pieces), chance)
                faults.check(name, content, lambda name=name, content=content: _read(Path(folder, name), content))
            if number % 1000 == 999:
                print(
                    f"{number + 1} inputs, {time.monotonic() - started:.0f} s, {dict(faults.counts)}, slowest {faults.slowest:.2f} s",
                    flush=True,
                )
    return 1 if faults.counts else 0


def _extract(extractor: Extractor, text: str) -> None:
    with extractor.memory_zone():
        doc = extractor.extract(Article(doc_id="x", text=text))
    assert doc.text == text
    assert list(problems_of(doc)) == []
    doc.model_dump_json()


def _read(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    (origin,) = list_origins([str(path)])
    items = list(read_texts(origin, Settings(languages=())))
    counted = count_texts(origin, 2).texts  # of a damaged Parquet file, the footer tells more rows than can be read
    assert len(items) == counted or (path.suffix == ".parquet" and len(items) < counted), f"{len(items)} texts read, {counted} counted"
    for item in items:
        item.model_dump_json()


if __name__ == "__main__":
    sys.exit(main())
