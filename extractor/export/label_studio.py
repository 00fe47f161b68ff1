"""Documents in, tasks for Label Studio out, with the records as predictions to be corrected; its exported JSON in, documents out.

Format: https://labelstud.io/guide/predictions. Offsets are code points; those of versions before 1.4, which count UTF-16 units,
are recognised by the words.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor.errors import RecordError
from extractor.export.identifiers import Row, documents_of
from extractor.export.marked import LABELS, LINKS, Link, Marked, Span, document_of, mark
from extractor.io.jsonl import value_line, written_whole

_COLOURS = ("#1c5fa8", "#1d7044", "#7b3fa0", "#8a5a00", "#0f6e84", "#c47a16", "#6c7a89", "#8756a8", "#3f8f58")


def write(_name: str, folder: Path, path: Path) -> None:
    """A list of tasks, one a line, and beside it the labelling configuration (``.xml``)."""
    with written_whole(path) as stream:
        for number, doc in enumerate(documents_of(folder)):
            stream.write((b",\n" if number else b"[\n") + value_line(task_of(mark(doc))).rstrip(b"\n"))
        stream.write(b"\n]\n")
    path.with_suffix(".xml").write_text(configuration(), encoding="utf-8")


def configuration() -> str:
    """The labelling interface: one label for each kind of mention and event, one relation for each link."""
    labels = "\n".join(f'    <Label value="{label}" background="{colour}"/>' for label, colour in zip(LABELS, _COLOURS, strict=True))
    relations = "\n".join(f'    <Relation value="{name}"/>' for name in LINKS)
    return (
        f'<View>\n  <Labels name="label" toName="text">\n{labels}\n  </Labels>\n  <Relations>\n{relations}\n  </Relations>\n'
        '  <Text name="text" value="$text" granularity="word"/>\n</View>\n'
    )


def task_of(marked: Marked) -> dict[str, Any]:
    """One text as a task."""
    regions = [_region(marked, span) for span in marked.spans]
    relations = [
        {"type": "relation", "from_id": k.source, "to_id": k.target, "direction": "right", "labels": [k.name]} for k in marked.links
    ]
    version = str(marked.facts["extractor"]["version"])
    return {
        "data": {"text": marked.text, "doc_id": marked.doc_id, "document": marked.facts},
        "predictions": [{"model_version": f"extractor {version}", "result": [*regions, *relations]}],
    }


def _region(marked: Marked, span: Span) -> dict[str, Any]:
    value = {"start": span.start, "end": span.end, "text": marked.text[span.start : span.end], "labels": [span.label]}
    return {"id": span.id, "from_name": "label", "to_name": "text", "type": "labels", "value": value, "meta": {"facts": span.facts}}


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of an export in JSON: of each task the newest annotation, or the prediction where nobody annotated.

    Raises RecordError with the task.
    """
    try:
        tasks = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise RecordError(str(path), f"is no JSON ({error})", "export from Label Studio as JSON") from error
    for number, task in enumerate(tasks if isinstance(tasks, list) else [None], 1):
        try:
            yield document_of(_marked(task, number))
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise RecordError(f"{path}, task {number}", f"cannot be read ({error!r})", "export from Label Studio as JSON") from error


def _marked(task: Row, number: int) -> Marked:
    data = task["data"]
    annotations = [a for a in task.get("annotations", ()) if not a.get("was_cancelled")]
    newest = sorted(annotations, key=lambda a: (a.get("updated_at") or "", a.get("id") or 0))
    results = (newest or task.get("predictions") or [{"result": []}])[-1]["result"]
    spans = [_span(data["text"], r) for r in results if r["type"] == "labels"]
    known = {span.id for span in spans}
    links = [
        Link(name, r["from_id"], r["to_id"])
        for r in results
        if r["type"] == "relation" and {r["from_id"], r["to_id"]} <= known
        for name in r.get("labels", ())
    ]
    return Marked(data.get("doc_id", f"task-{number}"), data["text"], spans, links, dict(data.get("document", {})))


def _span(text: str, region: Row) -> Span:
    value = region["value"]
    [label] = value["labels"]
    if label not in LABELS:
        raise ValueError(f"{label!r} is none of {', '.join(LABELS)}")
    start, end = _code_points(text, value)
    return Span(region["id"], label, start, end, dict(region.get("meta", {}).get("facts", {})))


def _code_points(text: str, value: Row) -> tuple[int, int]:
    start, end, words = value["start"], value["end"], value.get("text")
    if words is None or text[start:end] == words:
        return start, end
    units = text.encode("utf-16-le")
    as_units = tuple(len(units[: 2 * n].decode("utf-16-le", "ignore")) for n in (start, end))
    if text[as_units[0] : as_units[1]] == words:
        return as_units[0], as_units[1]
    raise ValueError(f"characters {start}:{end} are not {words!r}")
