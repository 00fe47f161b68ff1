"""Whether memory stays flat: a long run of brief, varied texts, the memory of each process early on and at the end.

usage: python -m benchmarks.memory [--texts 100000] [--words 60] [--model fast] [--early 0.05]

"Early" is the highest resident memory of a process in the first share of the run, when that share of the texts has been read.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.bench import RESULTS
from benchmarks.texts import varied, write_rows


def brief(count: int, words: int, seed: int = 0) -> Iterator[str]:
    """Texts cut off after the line in which they have so many words."""
    for text in varied(count, seed):
        kept, told = [], 0
        for line in text.split("\n"):
            kept.append(line)
            told += len(line.split())
            if told >= words:
                break
        yield "\n".join([*kept, text.rsplit("\n", 1)[-1]])  # the last line has words of its own


def resident(below: int) -> dict[int, float]:
    """MiB in memory by process, of those below one."""
    parents, sizes = {}, {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        pid = int(fields["Pid"])
        parents[pid], sizes[pid] = int(fields["PPid"]), int(fields.get("VmRSS", "0 kB").split()[0]) / 1024
    return {pid: size for pid, size in sizes.items() if _is_below(pid, below, parents)}


def _is_below(pid: int, top: int, parents: dict[int, int]) -> bool:
    while pid in parents and pid != top:
        pid = parents[pid]
    return pid == top


def main() -> None:
    """Run and print; the figures are kept under ``benchmarks/results/``."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=int, default=100_000)
    options.add_argument("--words", type=int, default=60)
    options.add_argument("--model", default="fast")
    options.add_argument("--early", type=float, default=0.05)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        words = write_rows(Path(folder, "texts.jsonl"), brief(chosen.texts, chosen.words))
        command = [sys.executable, "-m", "extractor", "run", f"{folder}/texts.jsonl", "-o", f"{folder}/out", "--quiet"]
        run = subprocess.Popen([*command, "--model", chosen.model, "--workers", "1"])
        started, seen = time.monotonic(), []
        while run.poll() is None:
            seen += [(time.monotonic() - started, pid, size) for pid, size in resident(run.pid).items()]
            time.sleep(0.5)
        if run.returncode:
            raise SystemExit(run.returncode)
        with Path(folder, "out", "documents.jsonl").open("rb") as lines:
            documents = sum(1 for _ in lines)
    wall = time.monotonic() - started
    found = {
        "texts": chosen.texts,
        "documents": documents,
        "words": words,
        "model": chosen.model,
        "seconds": round(wall, 1),
        "processes": [],
    }
    for pid in sorted({pid for _, pid, _ in seen}):
        own = [(at, size) for at, p, size in seen if p == pid]
        early = max((size for at, size in own if at <= chosen.early * wall), default=None)
        peak = max(size for _, size in own)
        if early and own[-1][0] > 0.5 * wall:
            kind = "main" if pid == run.pid else "worker"
            found["processes"].append({"kind": kind, "early_mib": round(early), "peak_mib": round(peak), "ratio": round(peak / early, 3)})
    print(json.dumps(found, indent=1))
    (RESULTS / f"memory-{chosen.model}-{os.cpu_count()}cores.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
