"""The name of a form in, its writer or reader called; each form is a module that knows nothing of the others."""

import importlib
from pathlib import Path
from typing import Any, NamedTuple

from extractor.errors import RecordError, SettingsError
from extractor.io.jsonl import line_of, written_whole
from extractor.records import Document


class Format(NamedTuple):
    """A form: what it is for, the module that writes it, and the name of what is written (a folder where it has no dot)."""

    description: str
    module: str
    default: str


FORMATS: dict[str, Format] = {
    "duckdb": Format("one database file with all tables, keys and foreign keys", "database", "extractor.duckdb"),
    "annotations": Format("W3C Web Annotations, one a line", "web_annotations", "annotations.jsonl"),
    "jsonld": Format("schema.org as JSON-LD, one graph a line", "schema_org", "schema.jsonld.jsonl"),
    "ftm": Format("FollowTheMoney entities, one a line", "followthemoney", "entities.ftm.json"),
    "docbin": Format("spaCy DocBin with entities and spans", "tokens", "documents.spacy"),
    "conll": Format("CoNLL-2003 columns, a token a line", "tokens", "documents.conll"),
    "brat": Format("a folder for the brat annotation tool", "brat", "brat"),
    "labelstudio": Format("tasks for Label Studio", "label_studio", "labelstudio.json"),
}
READABLE = ("brat", "labelstudio")


def export_folder(name: str, folder: Path, out: Path | None = None) -> Path:
    """Write the records of an output folder in one of FORMATS; where they are.

    Raises RecordError where the folder holds no documents, SettingsError where a part that the form needs is not installed.
    """
    if not (folder / "documents.jsonl").is_file():
        raise RecordError(str(folder), "holds no documents.jsonl", f"make it first: extractor run INPUT -o {folder}")
    path = out or folder / "exports" / FORMATS[name].default
    path.parent.mkdir(parents=True, exist_ok=True)
    _module(name).write(name, folder, path)
    return path


def import_annotations(name: str, path: Path, out: Path) -> int:
    """Read annotated texts in one of READABLE into a file of documents; how many there are. Raises RecordError."""
    count = 0
    documents = _module(name).read(path)
    with written_whole(out) as stream:
        for raw in documents:
            try:
                stream.write(line_of(Document.model_validate(raw)))
            except ValueError as error:
                raise RecordError(f"{path}, text {raw['doc_id']!r}", str(error), "correct the annotation") from error
            count += 1
    return count


def _module(name: str) -> Any:  # noqa: ANN401 - a module
    try:
        return importlib.import_module(f"extractor.export.{FORMATS[name].module}")
    except ModuleNotFoundError as error:
        raise SettingsError(f"export {name}", f"needs {error.name}", f"pip install 'extractor[{error.name}]'") from error
