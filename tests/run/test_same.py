"""The same bytes whatever the hands, the order of inputs, and however often a run was killed."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from extractor.run.job import Hands, merge, run
from extractor.settings import Settings

from .conftest import RULES, outputs


def same(folder, expected):
    got = outputs(folder)
    assert got.keys() == expected.keys()
    assert [name for name in got if got[name] != expected[name]] == []


def test_the_expected_outputs_are_as_they_should_be(expected):
    documents = [json.loads(line) for line in expected["documents.jsonl"].splitlines()]
    ids = [d["doc_id"] for d in documents]
    assert ids[:3] == ["a/1", "a/11", "a/3"]
    assert len(set(ids)) == len(ids) == 153
    renamed = [d for d in documents if any(w.startswith("id: another text") for w in d["warnings"])]
    assert [d["doc_id"] for d in renamed] == ["rows/r0", "rows/r1"]
    assert [json.loads(line)["reason"] for line in expected["failures.jsonl"].splitlines()] == ["empty", "binary", "json"]
    assert documents[0]["events"]


@pytest.mark.parametrize("workers", [1, 2])
def test_worker_processes(inputs, expected, tmp_path, workers):
    run([str(inputs)], tmp_path / "out", RULES, Hands(workers=workers, csv=True))
    same(tmp_path / "out", expected)


def test_shuffled_inputs(inputs, tmp_path):
    files = [str(p) for p in inputs.rglob("*") if p.is_file()]
    for name in ("one", "two"):
        random.Random(name).shuffle(files)
        run(files, tmp_path / name, RULES, Hands(workers=0))
    assert outputs(tmp_path / "one") == outputs(tmp_path / "two")


def test_sets_in_another_order(root, tmp_path):
    """Sums over sets differ in their last bit by the order of the set; in this text that once moved a unit to another house."""
    rows = (root / "tests" / "gold" / "input.jsonl").read_text(encoding="utf-8").splitlines()
    (tmp_path / "text.jsonl").write_text("\n".join(row for row in rows if "g1-bicol-hungkuang" in row), encoding="utf-8")
    for seed in ("0", "1"):
        command = [sys.executable, "-m", "extractor", "run", str(tmp_path / "text.jsonl"), "-o", str(tmp_path / seed), "--model", "fast"]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True)
    assert outputs(tmp_path / "0") == outputs(tmp_path / "1")


def test_shares_in_one_folder_are_merged_by_the_last(inputs, expected, tmp_path):
    results = [run([str(inputs)], tmp_path / "out", RULES, Hands(workers=0, csv=True, shard=f"{k}/3")) for k in (3, 1, 2)]
    assert [r is None for r in results] == [True, True, False]
    same(tmp_path / "out", expected)


def test_shares_in_folders_of_their_own(inputs, expected, tmp_path):
    folders = [tmp_path / f"out-{k}" for k in (1, 2, 3)]
    for k, folder in enumerate(folders, 1):
        assert run([str(inputs)], folder, RULES, Hands(workers=0, shard=f"{k}/3")) is None
    merge(folders, tmp_path / "out", csv=True)
    same(tmp_path / "out", expected)


def test_one_share_of_one(inputs, expected, tmp_path):
    run([str(inputs)], tmp_path / "out", RULES, Hands(workers=0, csv=True, shard="1/1"))
    same(tmp_path / "out", expected)


@pytest.mark.slow
def test_a_dask_cluster(inputs, expected, tmp_path):
    pytest.importorskip("distributed", reason="the extra dask is not installed")
    code = (
        "from pathlib import Path\nimport sys\n"
        "from extractor.run.job import Hands, run\nfrom extractor.settings import Settings\n"
        "if __name__ == '__main__':\n    run([sys.argv[1]], Path(sys.argv[2]), Settings(model='rules'), Hands(engine='dask', workers=2, csv=True))\n"
    )
    script = tmp_path / "dask_run.py"
    script.write_text(code, encoding="utf-8")
    subprocess.run([sys.executable, str(script), str(inputs), str(tmp_path / "out")], check=True, capture_output=True, timeout=120)
    same(tmp_path / "out", expected)


@pytest.mark.slow
def test_a_run_killed_at_random_moments_goes_on(inputs, expected, tmp_path):
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-m",
        "extractor",
        "run",
        str(inputs),
        "-o",
        str(out),
        "--model",
        "rules",
        "--workers",
        "2",
        "--csv",
        "--quiet",
        "--update",
    ]
    chance, killed, wanted = random.Random(7), 0, int(os.environ.get("EXTRACTOR_KILLS", "4"))
    while killed < wanted:
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=chance.uniform(0.3, 3.0))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed += 1
            continue
        if process.returncode == 1:  # whole, with the texts that must fail: begin anew
            same(out, expected)
            shutil.rmtree(out)
    for _ in range(20):  # a worker of the last killed run may still hold on for a text
        if subprocess.run(command, check=False).returncode == 1:
            break
        time.sleep(0.5)
    same(out, expected)


def test_a_finished_run_does_nothing_new(inputs, expected, tmp_path):
    out = tmp_path / "out"
    for _ in range(2):
        run([str(inputs)], out, RULES, Hands(workers=0, csv=True))
    same(out, expected)


def test_a_stopped_run_goes_on_where_it_stopped(inputs, expected, tmp_path, monkeypatch):
    from extractor.run import work

    out, seen = tmp_path / "out", []
    real = work.run_chunk

    def stops(chunk, *args, **kwargs):
        if len(seen) == 1:
            raise KeyboardInterrupt
        seen.append(chunk)
        return real(chunk, *args, **kwargs)

    monkeypatch.setattr(work, "run_chunk", stops)
    with pytest.raises(KeyboardInterrupt):
        run([str(inputs)], out, RULES, Hands(workers=0, csv=True))
    done = {(p.key, n) for chunk in seen for p in chunk for n in range(p.start, p.stop)}
    again = []
    monkeypatch.setattr(work, "run_chunk", lambda chunk, *a, **k: (again.append(chunk), real(chunk, *a, **k)))
    run([str(inputs)], out, RULES, Hands(workers=0, csv=True))
    assert done
    assert not done & {(p.key, n) for chunk in again for p in chunk for n in range(p.start, p.stop)}
    same(out, expected)


def test_update_does_only_what_changed(inputs, tmp_path):
    source, out = tmp_path / "in", tmp_path / "out"
    shutil.copytree(inputs, source)
    run([str(source)], out, RULES, Hands(workers=0))
    (source / "a" / "1.txt").unlink()
    (source / "a" / "3.txt").write_text("Rector Ann Lee visited Aarlund University.", encoding="utf-8")
    (source / "b" / "new.txt").write_text("Rector Bo Berg visited Aarlund University.", encoding="utf-8")

    class Counter:
        done = 0

        def counted(self, texts): ...

        def begun(self, total, done):
            self.left = total - done

        def advanced(self, texts):
            self.done += texts

        def stopping(self): ...

    counter = Counter()
    run([str(source)], out, RULES, Hands(workers=0, update=True), counter)
    assert (counter.left, counter.done) == (2, 2)
    fresh = tmp_path / "fresh"
    run([str(source)], fresh, RULES, Hands(workers=0))
    same(out, outputs(fresh))


def test_update_after_a_changed_setting_does_all_again(inputs, tmp_path):
    out = tmp_path / "out"
    run([str(inputs / "a")], out, RULES, Hands(workers=0))
    other = Settings(model="rules", date_order="MDY")
    run([str(inputs / "a")], out, other, Hands(workers=0, update=True))
    fresh = tmp_path / "fresh"
    run([str(inputs / "a")], fresh, other, Hands(workers=0))
    same(out, outputs(fresh))
    assert {p.name for p in (out / ".extractor" / "parts").iterdir()} == {p.name for p in (fresh / ".extractor" / "parts").iterdir()}
