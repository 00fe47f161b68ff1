"""What can go wrong in a run: dying workers, a full disk, a second run, hostile texts, Ctrl-C."""

import errno
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from extractor.errors import OutputError, RecordError, SettingsError
from extractor.run.job import Hands, merge, run
from extractor.run.ledger import locked
from extractor.run.watch import TooSlowError, Watch
from extractor.settings import Settings

from .conftest import RULES, outputs, text


def spawned(tmp_path, body, *args, env=None):
    """Runs a script of its own, whose workers see what it patches; (exit status, stderr)."""
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(body), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), *map(str, args)],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, **(env or {})},
        check=False,
    )
    return done.returncode, done.stderr


KILLS = """
    import os, signal, sys, time
    from pathlib import Path
    import extractor.pipeline
    from extractor.run.job import Hands, run
    from extractor.settings import Settings

    real = extractor.pipeline.Extractor.extract

    def dies(self, article):
        if "delegation 7," in article.text and os.environ["HOW"] == "always":
            os.kill(os.getpid(), signal.SIGKILL)
        if "delegation 7," in article.text and os.environ["HOW"] == "hangs":
            signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 32))
            while True:
                try:
                    time.sleep(60)
                except BaseException:
                    pass
        flag = Path(os.environ["FLAG"])
        if "delegation 7," in article.text and os.environ["HOW"] == "once" and not flag.exists():
            flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return real(self, article)

    extractor.pipeline.Extractor.extract = dies
    if __name__ == "__main__":
        import extractor.run.local
        extractor.run.local._SLACK = 1.0
        run([sys.argv[1]], Path(sys.argv[2]), Settings(model="rules", max_seconds=float(os.environ["SECONDS"])), Hands(workers=2))
"""


@pytest.fixture
def few(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(10):
        (folder / f"{n}.txt").write_text(text(n), encoding="utf-8")
    (folder / "rows.jsonl").write_text(
        "".join(json.dumps({"id": f"r{n}", "text": text(n + 20)}) + "\n" for n in range(20)), encoding="utf-8"
    )
    return folder


def test_a_worker_killed_once_loses_nothing(few, tmp_path):
    status, told = spawned(tmp_path, KILLS, few, tmp_path / "out", env={"HOW": "once", "FLAG": str(tmp_path / "flag"), "SECONDS": "60"})
    assert status == 0, told
    assert (tmp_path / "flag").exists()
    run([str(few)], tmp_path / "here", RULES, Hands(workers=0))
    assert outputs(tmp_path / "out") == outputs(tmp_path / "here")


@pytest.mark.slow
@pytest.mark.parametrize(("how", "reason", "seconds"), [("always", "crash", "60"), ("hangs", "time", "15")])
def test_a_text_that_kills_workers_is_the_only_one_lost(few, tmp_path, how, reason, seconds):
    status, told = spawned(tmp_path, KILLS, few, tmp_path / "out", env={"HOW": how, "FLAG": "unused", "SECONDS": seconds})
    assert status == 0, told
    failures = [json.loads(line) for line in (tmp_path / "out" / "failures.jsonl").read_text().splitlines()]
    assert [(f["path"], f["reason"]) for f in failures] == [("7.txt", reason)]
    assert len((tmp_path / "out" / "documents.jsonl").read_bytes().splitlines()) == 29


def test_a_slow_text_is_given_up_and_the_next_one_read(few, tmp_path, monkeypatch):
    from extractor.pipeline import Extractor

    real = Extractor.extract

    def slow(self, article):
        until = time.monotonic() + (60 if article.doc_id == "4" else 0)
        while time.monotonic() < until:
            pass
        return real(self, article)

    monkeypatch.setattr(Extractor, "extract", slow)
    began = time.monotonic()
    outcome = run([str(few)], tmp_path / "out", Settings(model="rules", max_seconds=5), Hands(workers=0))
    assert time.monotonic() - began < 50
    assert (outcome.documents, outcome.failures) == (29, {"time": 1})
    assert outcome.messages == ("4.txt: took over 5 seconds – look at it, or raise --max-seconds",)


def test_any_error_of_a_text_is_its_own(few, tmp_path, monkeypatch):
    from extractor.pipeline import Extractor

    real = Extractor.extract

    def fails(self, article):
        if article.doc_id in ("4", "r3"):
            raise RecursionError("too deep")
        return real(self, article)

    monkeypatch.setattr(Extractor, "extract", fails)
    outcome = run([str(few)], tmp_path / "out", RULES, Hands(workers=0))
    assert (outcome.documents, outcome.failures) == (28, {"error": 2})
    assert outcome.messages[1] == "rows.jsonl:4: RecursionError: too deep – please report this text"


@pytest.mark.parametrize("at", ["part", "merge"])
def test_a_full_disk_stops_the_run_and_it_goes_on_later(few, tmp_path, monkeypatch, at):
    from extractor.io import jsonl

    real, full = os.fsync, OSError(errno.ENOSPC, "No space left on device")
    out = tmp_path / "out"
    if at == "merge":
        run([str(few)], out, RULES, Hands(workers=0, shard="1/2"))

    def fsync(handle):
        name = str(Path(f"/proc/self/fd/{handle}").readlink())
        if (at == "part" and "/parts/" in name) or (at == "merge" and "documents.jsonl" in name):
            raise full
        real(handle)

    monkeypatch.setattr(jsonl.os, "fsync", fsync)
    with pytest.raises(OutputError, match=r"cannot be written \(No space left on device\) – make room, then run the same command again"):
        run([str(few)], out, RULES, Hands(workers=0))
    monkeypatch.setattr(jsonl.os, "fsync", real)
    assert not (out / "datapackage.json").exists()
    run([str(few)], out, RULES, Hands(workers=0))
    run([str(few)], tmp_path / "fresh", RULES, Hands(workers=0))
    assert outputs(out) == outputs(tmp_path / "fresh")


def test_a_second_run_in_the_same_folder_is_refused(few, tmp_path):
    out = tmp_path / "out"
    out.joinpath(".extractor").mkdir(parents=True)
    with locked(out), pytest.raises(SettingsError, match="another run is writing here"):
        run([str(few)], out, RULES, Hands(workers=0))
    run([str(few)], out, RULES, Hands(workers=0))


def test_shares_and_whole_runs_keep_each_other_out(tmp_path):
    with locked(tmp_path, (1, 2)):
        with locked(tmp_path, (2, 2)):
            pass
        for shard in (None, (1, 2)):
            with pytest.raises(SettingsError, match="another run"), locked(tmp_path, shard):
                pass


def test_a_foreign_folder_is_never_mixed_into(few, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "thesis.txt").write_text("mine", encoding="utf-8")
    for hands in (Hands(workers=0), Hands(workers=0, overwrite=True), Hands(workers=0, update=True)):
        with pytest.raises(SettingsError, match="holds files that are not of a run"):
            run([str(few)], tmp_path / "other", RULES, hands)
    assert [p.name for p in (tmp_path / "other").iterdir()] == ["thesis.txt"]


def test_other_inputs_or_settings_are_refused_until_told(few, tmp_path):
    out = tmp_path / "out"
    run([str(few)], out, RULES, Hands(workers=0))
    before = outputs(out)
    with pytest.raises(SettingsError, match=r"was made with other settings \(date_order\) – --update does the texts again, --overwrite"):
        run([str(few)], out, Settings(model="rules", date_order="YMD"), Hands(workers=0))
    (few / "new.txt").write_text("A new text.", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"was made from other inputs \(1 new, 0 changed, 0 gone\)"):
        run([str(few)], out, RULES, Hands(workers=0))
    assert outputs(out) == before
    assert run([str(few)], out, RULES, Hands(workers=0, overwrite=True)).documents == 31


def test_a_lost_part_is_done_again_and_a_lost_text_is_never_passed_over(few, tmp_path, monkeypatch):
    out = tmp_path / "out"
    run([str(few)], out, RULES, Hands(workers=0))
    before = outputs(out)
    next((out / ".extractor" / "parts").glob("*.json")).unlink()
    run([str(few)], out, RULES, Hands(workers=0))
    assert outputs(out) == before
    next((out / ".extractor" / "parts").glob("*.json")).unlink()
    monkeypatch.setattr("extractor.run.job._run_chunks", lambda *_args: None)
    with pytest.raises(RecordError, match=r"texts went in, \d+ came out"):
        run([str(few)], out, RULES, Hands(workers=0))


def test_missing_shares_are_named(few, tmp_path):
    run([str(few)], tmp_path / "one", RULES, Hands(workers=0, shard="1/3"))
    with pytest.raises(SettingsError, match="files are not finished – run the missing shards first"):
        merge([tmp_path / "one"], tmp_path / "one")
    run([str(few)], tmp_path / "two", Settings(model="rules", date_order="YMD"), Hands(workers=0, shard="2/3"))
    with pytest.raises(SettingsError, match="are not shares of one run"):
        merge([tmp_path / "one", tmp_path / "two"], tmp_path / "out")


def test_ctrl_c_finishes_what_is_at_hand_and_twice_stops_at_once(few, tmp_path):
    body = """
        import os, sys, time
        from pathlib import Path
        import extractor.pipeline
        real = extractor.pipeline.Extractor.extract
        def slow(self, article):
            time.sleep(0.5)
            return real(self, article)
        extractor.pipeline.Extractor.extract = slow
        if __name__ == "__main__":
            from extractor.cli import main
            main(["run", sys.argv[1], "-o", sys.argv[2], "--model", "rules", "--workers", "1"])
    """
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(body), encoding="utf-8")
    for times in (1, 2):
        out = tmp_path / f"out-{times}"
        process = subprocess.Popen([sys.executable, str(script), str(few), str(out)], stderr=subprocess.PIPE, text=True)
        while not list(out.glob(".extractor/parts/*.json")):
            time.sleep(0.1)
        for _ in range(times):
            process.send_signal(signal.SIGINT)
            time.sleep(0.2)
        _, told = process.communicate(timeout=120)
        assert process.returncode == 130
        assert "A run goes on when the same command is given again" in told
        assert "Ctrl-C again stops at once" in told
        assert not list(out.glob("documents.jsonl"))


def test_the_watch_stops_work_and_only_that():
    watch, done = Watch(0.3), 0
    for n in range(4):
        try:
            with watch:
                until = time.monotonic() + (5 if n % 2 else 0)
                while time.monotonic() < until:
                    pass
                done += 1
        except TooSlowError:
            pass
    assert done == 2
    time.sleep(0.6)


def test_workers_that_cannot_start_end_the_run(few, tmp_path):
    body = """
        import os, sys
        from pathlib import Path
        import extractor.run.local
        from extractor.errors import ExtractorError
        from extractor.run.job import Hands, run
        from extractor.settings import Settings
        if __name__ != "__main__":
            os._exit(9)
        try:
            run([sys.argv[1]], Path(sys.argv[2]), Settings(model="rules"), Hands(workers=2))
        except ExtractorError as error:
            print(error, file=sys.stderr)
    """
    status, told = spawned(tmp_path, body, few, tmp_path / "out")
    assert status == 0
    assert "workers: die before their first text (exit code 9) – see why with --workers 0" in told
