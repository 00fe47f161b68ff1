"""The commands for people: report, sample, apply, evaluate --corrections, export, import, doctor, completion."""

import json
from pathlib import Path

import pytest
from sample_documents import attack, quote, signing, visit

from extractor.cli import main
from extractor.io.tables import TableWriter


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    docs = [signing(), visit(), attack()]
    with TableWriter(folder / "tables") as tables:
        for doc in docs:
            tables.add(doc)
    (folder / "documents.jsonl").write_text("".join(json.dumps(d) + "\n" for d in docs), encoding="utf-8")
    return folder


def status(*arguments: object) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(a) for a in arguments])
    return int(left.value.code or 0)


def test_report_names_the_page(out: Path, capsys: pytest.CaptureFixture[str]):
    assert status("report", out, "--title", "May") == 0
    assert capsys.readouterr().err.startswith(f"{out / 'report.html'} (0.")
    assert "<title>May – extractor report</title>" in (out / "report.html").read_text(encoding="utf-8")


def test_sample_report_and_estimate_follow_each_other(out: Path, capsys: pytest.CaptureFixture[str]):
    assert status("sample", out, "-n", 6, "--seed", "x") == 0
    sample = out / "sample.jsonl"
    assert len(sample.read_text().splitlines()) == 6
    assert status("report", out, "--sample", sample) == 0
    sample.write_text(sample.read_text().replace('"verdict":null', '"verdict":"right"', 4).replace('"verdict":null', '"verdict":"wrong"'))
    capsys.readouterr()
    assert status("evaluate", "--corrections", sample, "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert (sum(r["judged"] for r in rows), sum(r["right"] for r in rows)) == (6, 4)
    assert status("evaluate", "--corrections", sample) == 0
    assert "precision" in capsys.readouterr().out


def test_apply_tells_what_does_not_fit(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    doc = signing()
    words = quote(doc["text"], "Kyoto University")
    lines = [
        {
            "doc_id": "signing",
            "kind": "institution",
            "id": "i2",
            "quote": words,
            "verdict": "edited",
            "changes": {"country": "KR"},
            "was": {"country": "JP"},
        },
        {"doc_id": "gone\x1b[31m", "kind": "institution", "id": "i2", "quote": words, "verdict": "wrong"},
    ]
    path = tmp_path / "corrections.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert status("apply", path, out) == 1
    told = capsys.readouterr().err
    assert "does not fit: gone\ufffd[31m, institution i2: the text is no longer among the documents" in told
    assert told.endswith("1 edited, 1 unfit\n")
    assert (out / "corrected" / "tables" / "institutions.parquet").is_file()
    assert status("apply", out) == 1


def test_a_later_run_keeps_the_corrections(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    text, out = tmp_path / "a.txt", tmp_path / "out"
    text.write_text("Jena University and Kyoto University signed an MoU on 5 May 2021.")
    run = ("run", text, "-o", out, "--model", "rules", "--workers", 0)
    assert status(*run) == 0
    [doc] = map(json.loads, (out / "documents.jsonl").read_text().splitlines())
    kyoto = next(i for i in doc["institutions"] if i["name"] == "Kyoto University")
    words = {"start": 20, "end": 36, "text": "Kyoto University"}
    line = {
        "doc_id": doc["doc_id"],
        "kind": "institution",
        "id": kyoto["id"],
        "quote": words,
        "verdict": "edited",
        "changes": {"name": "Kyoto"},
        "was": {"name": kyoto["name"]},
    }
    (tmp_path / "c.jsonl").write_text(json.dumps(line))
    assert status("apply", tmp_path / "c.jsonl", out) == 0
    text.write_text("Again: " + text.read_text())
    assert status(*run, "--update") == 0
    assert "corrections applied again in" in capsys.readouterr().err
    [corrected] = map(json.loads, (out / "corrected" / "documents.jsonl").read_text().splitlines())
    assert corrected["text"].startswith("Again")
    assert "Kyoto" in {i["name"] for i in corrected["institutions"]}
    assert (out / "corrected" / "tables" / "organizations.parquet").is_file()


@pytest.mark.parametrize("form", ["annotations", "ftm", "brat"])
def test_export_names_what_it_wrote(form: str, out: Path, capsys: pytest.CaptureFixture[str]):
    assert status("export", form, out) == 0
    assert Path(capsys.readouterr().err.strip()).exists()


def test_export_without_a_needed_part_says_what_to_install(out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    import sys

    monkeypatch.delitem(sys.modules, "extractor.export.database", raising=False)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    assert status("export", "duckdb", out) == 2
    assert "needs duckdb – pip install 'extractor[duckdb]'" in capsys.readouterr().err


def test_import_gives_gold_that_evaluate_takes(out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    gold = tmp_path / "gold.jsonl"
    assert status("export", "labelstudio", out, "-o", tmp_path / "tasks.json") == 0
    assert status("import", "labelstudio", tmp_path / "tasks.json", "-o", gold) == 0
    assert capsys.readouterr().err.endswith("(3 texts)\n")
    assert status("evaluate", gold, out, "--json") == 0
    assert json.loads(capsys.readouterr().out)["scores"]["mention.institution"]["f1"] == 1.0


@pytest.mark.parametrize("command", [["report"], ["sample"], ["apply"], ["export", "ftm"]])
def test_a_folder_without_documents_is_told(command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert status(*command, tmp_path) == 1
    told = capsys.readouterr().err
    assert "documents.jsonl" in told
    assert "Traceback" not in told


def test_doctor_names_versions(capsys: pytest.CaptureFixture[str]):
    status("doctor")
    told = capsys.readouterr().out
    assert all(word in told for word in ("ok       extractor", "spacy", "rules", "model accurate", "duckdb"))


@pytest.mark.parametrize(
    ("shell", "words"), [("bash", "complete -o nosort"), ("zsh", "#compdef extractor"), ("fish", "complete --no-files --command extractor")]
)
def test_completion_prints_a_script(shell: str, words: str, capsys: pytest.CaptureFixture[str]):
    assert status("completion", shell) == 0
    assert words in capsys.readouterr().out
