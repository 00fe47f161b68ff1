"""Speed of each stage and of the whole chain, memory, start-up, beside spaCy: one run, one table, kept under ``benchmarks/results/``.

usage: python -m benchmarks.bench [--texts 1000] [--many 20000] [--models fast accurate] [--name NAME]
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from benchmarks import peers, texts
from extractor.clean import clean_text
from extractor.events import fill_events
from extractor.find import find_mentions
from extractor.io.origins import list_origins
from extractor.io.read import read_texts
from extractor.layout import read_layout
from extractor.link import link_names, link_posts, read_relations
from extractor.pipeline import Extractor
from extractor.records import Article
from extractor.settings import Settings

RESULTS = Path(__file__).parent / "results"
_PEER_TEXTS = 300


def stages(path: Path, model: str) -> dict[str, float]:
    """Words per second of each stage alone, each fed with what the one before gave."""
    settings = Settings(model=model)
    extractor = Extractor(settings)
    (origin,) = list_origins([str(path)])
    read, seconds = _timed(lambda: [a for a in read_texts(origin, settings) if isinstance(a, Article)])
    words, rates = sum(len(a.text.split()) for a in read), {}
    rates["read"] = words / seconds
    cleaned, seconds = _timed(lambda: [clean_text(a.text) for a in read])
    rates["clean"] = words / seconds
    layouts, seconds = _timed(lambda: [read_layout(c) for c in cleaned])
    rates["layout"] = words / seconds
    docs, seconds = _timed(lambda: [extractor.parser.parse(c) for c in cleaned])
    rates["parse"] = words / seconds
    spans, seconds = _timed(lambda: [find_mentions(d, x, extractor.rules) for d, x in zip(docs, layouts, strict=True)])
    rates["find"] = words / seconds
    names, seconds = _timed(
        lambda: [
            link_names(d, s, x, source=a.source, site=a.site, settings=settings)
            for d, s, x, a in zip(docs, spans, layouts, read, strict=True)
        ]
    )
    rates["link"] = words / seconds
    relations, seconds = _timed(lambda: [read_relations(extractor.reader, n) if extractor.reader else None for n in names])
    if extractor.reader:
        rates["relate"] = words / seconds
    entities, seconds = _timed(lambda: [link_posts(n, r) for n, r in zip(names, relations, strict=True)])
    rates["posts"] = words / seconds
    _, seconds = _timed(
        lambda: [fill_events(d, e, x, extractor.rules, relations=r) for d, e, x, r in zip(docs, entities, layouts, relations, strict=True)]
    )
    rates["fill"] = words / seconds
    documents, seconds = _timed(lambda: [extractor.extract(a) for a in read])
    rates["clean to document"] = words / seconds
    _, seconds = _timed(lambda: [d.model_dump_json() for d in documents])
    rates["to JSON"] = words / seconds
    return rates


def chain(path: Path, words: int, *options: str) -> dict[str, float]:
    """The whole of a run, read to tables, in processes of its own; the start is in the seconds."""
    with tempfile.TemporaryDirectory() as folder, _watched_memory() as memory:
        command = [sys.executable, "-m", "extractor", "run", str(path), "-o", f"{folder}/out", "--quiet", *options]
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        subprocess.run(command, check=True)
        wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    found = {"words": words, "seconds": wall, "words_per_second": words / wall, "cpu_seconds": cpu}
    return {**found, "peak_mib_of_a_worker": memory["peak"]}


@contextmanager
def _watched_memory() -> Iterator[dict[str, float]]:
    """The highest resident memory of any process below this one while the context lasts, MiB; shared pages count in full."""
    memory, is_over = {"peak": 0.0}, threading.Event()

    def look() -> None:
        while not is_over.wait(0.05):
            for line in _statuses():
                memory["peak"] = max(memory["peak"], line)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield memory
    finally:
        is_over.set()
        thread.join()


def _statuses() -> Iterator[float]:
    below = {os.getpid()}
    told = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        told[int(fields["Pid"])] = (int(fields["PPid"]), int(fields.get("VmHWM", "0 kB").split()[0]) / 1024)
    for pid in sorted(told):
        parent, peak = told[pid]
        if parent in below:
            below.add(pid)
            yield peak


def start_up(model: str) -> dict[str, float]:
    """Seconds from the shell: the help, and the first record of one text; the best of three."""
    text = texts.ROOT / "data" / "raw" / "aarlund-kyushin-mou.txt"
    commands = {"--help": ["--help"], "first text": ["show", str(text), "--json", "--model", model]}
    times = {}
    for name, words in commands.items():
        tries = []
        for _ in range(3):
            started = time.monotonic()
            subprocess.run([sys.executable, "-m", "extractor", *words], check=True, capture_output=True)
            tries.append(time.monotonic() - started)
        times[name] = min(tries)
    return times


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    started = time.process_time()
    result = work()
    return result, max(time.process_time() - started, 1e-9)


def _machine() -> dict[str, Any]:
    model = next((x.split(":")[1].strip() for x in Path("/proc/cpuinfo").read_text().splitlines() if x.startswith("model name")), "")
    return {"cpu": model, "cores": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()[0]}


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """All figures, as they are kept."""
    with tempfile.TemporaryDirectory() as folder:
        few, many, quiet, one = (Path(folder, f"{name}.jsonl") for name in ("few", "many", "quiet", "one"))
        words = {
            "few": texts.write_rows(few, texts.varied(options.texts)),
            "quiet": texts.write_rows(quiet, texts.quiet(options.texts * 4)),
        }
        words["many"] = texts.write_rows(many, texts.varied(options.many, seed=1)) if options.many else 0
        words["one"] = texts.write_rows(one, texts.varied(1))
        sample = list(texts.varied(_PEER_TEXTS, seed=2))
        found: dict[str, Any] = {"machine": _machine(), "texts": {"few": options.texts, "many": options.many}, "words": words}
        found["peers"] = {name: peers.words_per_second(make(), sample) for name, make in (("blank", peers.blank), ("small", peers.small))}
        for model in options.models:
            told = found[model] = {"stages": stages(few, model), "start_up": start_up(model)}
            told["start of a run"] = chain(one, words["one"], "--model", model, "--workers", "1")
            for workers in (1, 2):
                told[f"chain, {workers} workers"] = chain(few, words["few"], "--model", model, "--workers", str(workers))
            if options.many and model == options.models[0]:
                told["chain, many texts"] = chain(many, words["many"], "--model", model, "--workers", "1")
            told["only agreement, texts without"] = chain(quiet, words["quiet"], "--model", model, "--workers", "1", "--only", "agreement")
        return found


def print_table(found: dict[str, Any], models: list[str]) -> None:
    """The figures for people."""
    small = found["peers"]["small"]
    print(f"{found['machine']['cpu']}, {found['machine']['cores']} cores, load {found['machine']['load']:.1f}\n")
    print(f"{'':34}{'words per':>12}\n{'':34}{'CPU second':>12}{'x spaCy small':>15}")
    for name, rate in found["peers"].items():
        print(f"{'spaCy, ' + name:34}{rate:12,.0f}{rate / small:15.2f}")
    for model in models:
        for stage, rate in found[model]["stages"].items():
            print(f"{model + ', ' + stage:34}{rate:12,.0f}{rate / small:15.2f}")
        for name, told in found[model].items():
            if isinstance(told, dict) and "seconds" in told:
                rate, memory = _rate(told, found[model]["start of a run"]), told["peak_mib_of_a_worker"]
                print(f"{model + ', ' + name:34}{rate:12,.0f}{rate / small:15.2f}   {told['seconds']:.1f} s by the clock, {memory:.0f} MiB")
        for name, seconds in found[model]["start_up"].items():
            print(f"{model + ', start: ' + name:34}{seconds:11.2f} s")


def _rate(told: dict[str, float], start: dict[str, float]) -> float:
    """Words per second of processor time beyond what the start of a run costs."""
    return told["words"] / max(told["cpu_seconds"] - start["cpu_seconds"], 0.001) if told is not start else 0.0


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=1000)
    parser.add_argument("--many", type=int, default=20_000, help="texts of the long run; 0: none")
    parser.add_argument("--models", nargs="+", default=["fast", "accurate"])
    parser.add_argument("--name", default="latest", help="of the file under benchmarks/results/")
    options = parser.parse_args()
    found = measure(options)
    print_table(found, options.models)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{options.name}.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
