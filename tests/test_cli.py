"""The command line, as a user meets it: what is printed where, and with which exit status."""

import importlib
import json
import re
import subprocess
import sys
import time

import pytest

from extractor.cli import main

NEWS = (
    "On 5 May 2021, Aarlund University and Kyushin University signed a memorandum of understanding in Bergen, in the presence of the mayor."
)


@pytest.fixture
def call(capfd):
    """Runs a command here; (exit status, stdout, stderr)."""

    def _call(*words):
        with pytest.raises(SystemExit) as caught:
            main([str(word) for word in words])
        return (caught.value.code, *capfd.readouterr())

    return _call


def run(call, *words):
    return call("run", *words, "--model", "rules", "--workers", 0)


def test_a_run_writes_everything_and_sums_up(call, write, tmp_path):
    out = tmp_path / "out"
    status, printed, told = run(call, write("a.txt", NEWS), "-o", out, "--csv")
    assert (status, printed) == (0, "")
    assert re.search(r"1 +texts in +\n1 +documents out", told)
    assert {p.name for p in out.iterdir()} == {
        ".extractor",
        "csv",
        "datapackage.json",
        "documents.jsonl",
        "failures.jsonl",
        "network",
        "tables",
    }
    assert json.loads((out / "documents.jsonl").read_text())["doc_id"] == "a"
    assert (out / "failures.jsonl").read_bytes() == b""


def test_bad_inputs_give_status_1_and_the_rest_is_processed(call, write, tmp_path):
    for name, content in (
        ("a.txt", NEWS),
        ("b.txt", ""),
        ("c.jsonl", f'{{"text": "{NEWS}"}}\n\n{{no\n'),
        ("d.csv", "a,b\n1,2\n"),
        ("e.txt", bytes(range(256))),
    ):
        write(f"in/{name}", content)
    status, _, told = run(call, tmp_path / "in", tmp_path / "no.txt", "-o", tmp_path / "out")
    assert status == 1
    assert "c.jsonl:3: is no JSON" in told
    documents = [json.loads(line)["doc_id"] for line in (tmp_path / "out" / "documents.jsonl").read_text().splitlines()]
    failures = [json.loads(line)["reason"] for line in (tmp_path / "out" / "failures.jsonl").read_text().splitlines()]
    assert documents == ["a", "c#1"]
    assert failures == ["empty", "json", "columns", "binary", "missing"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run"], "Missing argument 'INPUT...'"),
        (["run", "x.txt"], "Missing option '-o'"),
        (["no-such"], "No such command 'no-such'"),
        (["run", "x.txt", "-o", "OUT", "--model", "no-such-model"], "no-such-model"),
        (["run", "x.txt", "-o", "OUT", "--field", "words=x"], "--field: 'words=x' is no mapping"),
        (["run", "x.txt", "-o", "OUT", "--max-seconds", "0"], "--max-seconds"),
        (["run", "x.txt", "-o", "OUT", "--shard", "4/3"], "--shard: '4/3' is no share of the work"),
        (["run", "x.txt", "-o", "OUT", "--rules", "no.yaml"], "no.yaml: cannot be read"),
        (["run", "x.txt", "-o", "FILE"], "is a file"),
        (["run", "x.txt", "-o", "FULL"], "holds files that are not of a run"),
        (["run", "EMPTY", "-o", "OUT"], "holds no files"),
        (["evaluate", "x.jsonl", "y.jsonl"], "does not exist"),
        (["merge", "EMPTY"], "no output folder of a run"),
    ],
)
def test_wrong_use_gives_status_2_and_says_what_to_do(call, write, tmp_path, words, message):
    write("full/other.txt", "x")
    (tmp_path / "empty").mkdir()
    places = {
        "OUT": tmp_path / "out",
        "FILE": write("file", "x"),
        "FULL": tmp_path / "full",
        "EMPTY": tmp_path / "empty",
        "x.txt": write("x.txt", NEWS),
    }
    status, printed, told = call(
        *(places.get(word, word) for word in words), *(["--workers", "0"] if words[:2] == ["run", "x.txt"] else [])
    )
    assert (status, printed) == (2, "")
    assert message in told


def test_options_from_a_file(call, write, tmp_path):
    config = write("c.toml", 'model = "rules"\nworkers = 0\nlanguage = ["all"]\nfield = ["text=words"]\npublished = 2021-05-06\n')
    status, _, _ = call("run", write("a.jsonl", f'{{"words": "{NEWS}"}}'), "-o", tmp_path / "out", "--config", config)
    assert status == 0
    assert json.loads((tmp_path / "out" / "documents.jsonl").read_text())["source"]["published"] == "2021-05-06"
    status, _, told = call("run", "x", "-o", "y", "--config", write("d.toml", "modle = 1"))
    assert (status, "d.toml, modle: is no option" in told) == (2, True)


def test_show_tells_records_and_why(call, write):
    status, printed, _ = call("show", write("a.txt", f"{NEWS}\x1b[31m\n"), "--model", "rules", "--why")
    assert status == 0
    assert "\x1b[31m" not in printed
    for words in ("Aarlund University", "2021-05-05", "Why: mentions"):
        assert words in printed


def test_show_as_json_and_from_standard_input(write):
    command = [sys.executable, "-m", "extractor", "show", "-", "--model", "rules", "--json"]
    shown = subprocess.run(command, input=NEWS.encode(), capture_output=True, check=True)
    assert json.loads(shown.stdout)["text"] == NEWS


def test_show_of_what_cannot_be_read(call, write):
    status, printed, told = call("show", write("a.txt", ""), "--model", "rules")
    assert (status, printed, told) == (1, "", "Error: a.txt: is empty – nothing to do\n")


def test_schema(call):
    status, printed, _ = call("schema")
    assert status == 0
    assert json.loads(printed)["title"] == "Document"


def test_evaluate_lists_faults_or_figures(call, write, tmp_path):
    run(call, write("a.txt", NEWS), "-o", tmp_path / "out")
    document = json.loads((tmp_path / "out" / "documents.jsonl").read_text())
    gold = write("gold.jsonl", json.dumps({**document, "people": [{"id": "p9", "name": "Ann Lee"}]}) + "\n")
    status, printed, _ = call("evaluate", gold, tmp_path / "out")
    assert (status, "people" in printed, "0.000" in printed) == (0, True, True)
    _, printed, _ = call("evaluate", gold, tmp_path / "out" / "documents.jsonl", "--errors")
    assert printed == "a\tpeople\tmissed\tAnn Lee\n"
    _, printed, _ = call("evaluate", gold, tmp_path / "out", "--json", "--ci")
    assert json.loads(printed)["scores"]["people"]["r"] == 0.0


@pytest.mark.parametrize("command", ["run", "show", "evaluate", "merge", "schema"])
def test_every_command_has_help_with_an_example(call, command):
    status, printed, _ = call(command, "--help")
    assert status == 0
    assert printed.startswith(f"Usage: extractor {command} ")
    assert re.search(rf"^ .*extractor {command}\b", printed, re.MULTILINE)
    options = importlib.import_module(f"extractor.cli.{command}").command.params
    assert [p.name for p in options if p.param_type_name == "option" and not p.help] == []


def test_help_is_quick_and_loads_nothing_heavy():
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", "extractor", "--help"], capture_output=True, check=True)
    assert time.monotonic() - began < 2.0  # half a second on an idle machine
    code = "import sys\nfrom extractor.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint([m for m in ('spacy', 'pyarrow', 'pydantic', 'rich') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.splitlines()[-1] == "[]"


def test_a_run_over_standard_input(tmp_path):
    command = [sys.executable, "-m", "extractor", "run", "-", "-o", str(tmp_path / "out"), "--model", "rules", "--workers", "1"]
    rows = "".join(json.dumps({"id": f"r{n}", "text": NEWS}) + "\n" for n in range(3))
    done = subprocess.run(command, input=rows.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    documents = [json.loads(line) for line in (tmp_path / "out" / "documents.jsonl").read_text().splitlines()]
    assert [(d["doc_id"], d["source"]["path"]) for d in documents] == [("r0", "stdin"), ("r1", "stdin"), ("r2", "stdin")]
