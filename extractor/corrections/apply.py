"""Documents and corrections in, corrected documents out; a correction that no longer fits is told, never forced."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError

from extractor.corpus.link import link_folder
from extractor.corrections.judgements import KINDS, Correction, Grounded, Row, read_corrections, records_of, write_corrections
from extractor.errors import RecordError
from extractor.io.jsonl import line_of, read_lines, written_whole
from extractor.io.tables import TableWriter
from extractor.records import Document

Outcome = Literal["kept", "removed", "edited", "unfit"]
KEPT, FOLDER = "corrections.jsonl", "corrected"


class Applied(NamedTuple):
    """What became of a correction; ``why`` tells what an ``unfit`` one did not find."""

    correction: Correction
    outcome: Outcome
    why: str | None = None


def apply_to(doc: Row, corrections: Iterable[Correction]) -> tuple[Document, list[Applied]]:
    """A document with the corrections of its records, and what became of each."""
    current, applied = Document.model_validate(doc), []
    for correction in corrections:
        changed, result = _apply(current, correction)
        current = changed or current
        applied.append(result)
    return current, applied


def _apply(doc: Document, correction: Correction) -> tuple[Document | None, Applied]:
    row = doc.model_dump(mode="json")
    found = _find(row, correction)
    if found is None:
        return None, Applied(correction, "unfit", f"no {correction.type or correction.kind} rests on {correction.quote.text!r} any more")
    if correction.verdict == "right":
        return None, Applied(correction, "kept")
    if correction.verdict == "edited":
        return _edit(row, found, correction)
    _remove(row, found)
    return _checked(row, correction, "removed")


def _find(row: Row, correction: Correction) -> Grounded | None:
    """The record judged: the same id on the same words, else the only one of its kind on these words."""
    alike = [r for r in records_of(row) if r.kind == correction.kind and r.record.get("type") == correction.type]
    alike = [r for r in alike if r.quote["text"] == correction.quote.text]
    for same in ("id", "start"):
        exact = [r for r in alike if (r.record["id"] == correction.id if same == "id" else r.quote["start"] == correction.quote.start)]
        if len(exact) == 1:
            return exact[0]
    return alike[0] if len(alike) == 1 else None


def _edit(row: dict[str, Any], found: Grounded, correction: Correction) -> tuple[Document | None, Applied]:
    for field, value in correction.changes.items():
        if field not in found.record:
            return None, Applied(correction, "unfit", f"records of this kind have no field {field!r}")
        if found.record[field] not in (value, correction.was.get(field)):
            return None, Applied(correction, "unfit", f"{field} is now {found.record[field]!r}, not {correction.was.get(field)!r}")
        found.record[field] = value
    _drop_arguments(found)
    return _checked(row, correction, "edited")


def _drop_arguments(found: Grounded) -> None:
    """Arguments stand for the slots' words: those of entities that left the slot go."""
    if found.kind == "event":
        found.record["arguments"] = [a for a in found.record["arguments"] if a["entity"] in found.record[a["slot"]]]


def _checked(row: Row, correction: Correction, outcome: Outcome) -> tuple[Document | None, Applied]:
    try:
        return Document.model_validate(row), Applied(correction, outcome)
    except ValidationError as error:
        return None, Applied(correction, "unfit", error.errors()[0]["msg"])


def _remove(row: dict[str, Any], found: Grounded) -> None:
    """Take a record out, with all that says it: mentions lose their entity, slots their filler, units their parent."""
    gone = found.record["id"]
    row[KINDS[found.kind]] = [r for r in row[KINDS[found.kind]] if r is not found.record]
    if found.kind == "event":
        return
    row["mentions"] = [m for m in row["mentions"] if m["entity"] != gone or m["label"] == "role"]
    for holder in (*row["institutions"], *row["roles"], *row["events"], row["source"]):
        _forget(holder, gone)
    row["roles"] = [r for r in row["roles"] if r["person"] or r["institution"]]
    posts = {r["id"] for r in row["roles"]}
    for mention in row["mentions"]:
        if mention["label"] == "role" and mention["entity"] not in posts:
            mention["entity"] = None


def _forget(holder: dict[str, Any], gone: str) -> None:
    for field, value in holder.items():
        if field in ("part_of", "person", "institution", "date", "publisher") and value == gone:
            holder[field] = None
        elif field == "arguments":
            holder[field] = [a for a in value if a["entity"] != gone]
        elif isinstance(value, list):
            holder[field] = [v for v in value if v != gone]


def correct_folder(folder: Path, new: Path | None = None) -> list[Applied]:
    """Apply the kept corrections of an output folder, and those of ``new``, to its documents.

    The corrections stay in ``corrections.jsonl`` of the folder, for the next run; corrected documents, tables and network are
    written under ``corrected/``, the program's own output is left as it is. What became of each correction, in their order.
    Raises RecordError where there is nothing to correct, or a file is broken.
    """
    kept = folder / KEPT
    corrections = [*(read_corrections(kept) if kept.exists() else ()), *(read_corrections(new) if new else ())]
    corrections = list({c.key: c for c in corrections}.values())
    if not (folder / "documents.jsonl").is_file():
        raise RecordError(str(folder), "holds no documents.jsonl", f"make it first: extractor run INPUT -o {folder}")
    if not corrections:
        raise RecordError(str(kept), "there are no corrections", "save some from the report: extractor report FOLDER")
    write_corrections(kept, corrections)
    return _write_corrected(folder, corrections)


def _write_corrected(folder: Path, corrections: list[Correction]) -> list[Applied]:
    out = folder / FOLDER
    out.mkdir(exist_ok=True)
    by_doc: dict[str, list[Correction]] = {}
    for correction in corrections:
        by_doc.setdefault(correction.doc_id, []).append(correction)
    applied: list[Applied] = []
    with written_whole(out / "documents.jsonl") as stream, TableWriter(out / "tables") as tables:
        for row in read_lines(folder / "documents.jsonl"):
            doc, results = apply_to(row, by_doc.pop(row["doc_id"], ()))
            applied += results
            stream.write(line_of(doc))
            tables.add(doc.model_dump(mode="json"))
    link_folder(out)
    applied += [Applied(c, "unfit", "the text is no longer among the documents") for left in by_doc.values() for c in left]
    order = {c.key: number for number, c in enumerate(corrections)}
    return sorted(applied, key=lambda result: order[result.correction.key])
