"""Documents in, a folder for the brat annotation tool out (standoff ``.txt`` and ``.ann``), and back.

Format: https://brat.nlplab.org/standoff.html. Fields that brat has no place for travel as notes in JSON.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor.errors import RecordError
from extractor.export.identifiers import documents_of
from extractor.export.marked import KINDS, LABELS, SLOTS, Link, Marked, Span, document_of, mark

_RELATIONS = {"same": ("institution|person|date|role", "institution|person|date|role"), "part_of": ("institution", "institution"),
              "holder": ("role", "person"), "at": ("role", "institution")}  # fmt: skip
_NOTE, _DOCUMENT = "AnnotatorNotes", "document.json"


def write(_name: str, folder: Path, path: Path) -> None:
    """One ``.txt`` and ``.ann`` for each text, and the configuration that brat needs."""
    path.mkdir(parents=True, exist_ok=True)
    (path / "annotation.conf").write_text(_configuration(), encoding="utf-8")
    index = {}
    for number, doc in enumerate(documents_of(folder), 1):
        name, marked = f"{number:06}", mark(doc)
        (path / f"{name}.txt").write_bytes(marked.text.encode())
        (path / f"{name}.ann").write_bytes("".join(f"{line}\n" for line in lines_of(marked)).encode())
        index[name] = {"doc_id": marked.doc_id, **marked.facts}
    (path / _DOCUMENT).write_text(json.dumps(index, ensure_ascii=False, indent=1), encoding="utf-8")


def _configuration() -> str:
    events = [f"{name}\t" + ", ".join(f"{slot}*:institution|person" for slot in slots) + ", date?:date" for name, slots in SLOTS.items()]
    relations = [f"{name}\tArg1:{first}, Arg2:{second}" for name, (first, second) in _RELATIONS.items()]
    return "\n".join(("[entities]", *KINDS, "", "[relations]", *relations, "", "[events]", *events, "", "[attributes]", ""))


def lines_of(marked: Marked) -> Iterator[str]:
    """The standoff lines of a text: spans, events, relations, notes."""
    number = {span.id: n for n, span in enumerate(marked.spans, 1)}
    for span in marked.spans:
        yield f"T{number[span.id]}\t{span.label} {_fragments(marked.text, span)}\t{_one_line(marked.text[span.start : span.end])}"
    for span in marked.spans:
        if span.label in SLOTS:
            yield f"E{number[span.id]}\t" + " ".join((f"{span.label}:T{number[span.id]}", *_arguments(marked, span, number)))
    relations = [link for link in marked.links if link.name in _RELATIONS]
    yield from (f"R{n}\t{k.name} Arg1:T{number[k.source]} Arg2:T{number[k.target]}" for n, k in enumerate(relations, 1))
    for span in marked.spans:
        on = f"{'E' if span.label in SLOTS else 'T'}{number[span.id]}"
        note = json.dumps({"span": span.id, **span.facts}, ensure_ascii=False)
        yield f"#{number[span.id]}\t{_NOTE} {on}\t{note}"


def _arguments(marked: Marked, span: Span, number: dict[str, int]) -> Iterator[str]:
    """``parties:T1 parties2:T4``: brat numbers the arguments of one name."""
    seen: dict[str, int] = {}
    for link in marked.links:
        if link.source == span.id:
            seen[link.name] = seen.get(link.name, 0) + 1
            yield f"{link.name}{seen[link.name] if seen[link.name] > 1 else ''}:T{number[link.target]}"


def _fragments(text: str, span: Span) -> str:
    """Offsets; a span over several lines is cut at their ends, as the format demands."""
    parts = [(span.start + m.start(), span.start + m.end()) for m in re.finditer(r"[^\n]+", text[span.start : span.end])]
    return ";".join(f"{start} {end}" for start, end in parts or [(span.start, span.end)])


def _one_line(words: str) -> str:
    return " ".join(part for part in words.split("\n") if part)


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of a folder of standoff files, in the order of their names. Raises RecordError with file and line."""
    texts = sorted(path.glob("*.txt"))
    if not texts:
        raise RecordError(str(path), "holds no .txt files", "name a folder of brat")
    index_path = path / _DOCUMENT
    index = json.loads(index_path.read_text(encoding="utf-8")) if index_path.is_file() else {}
    for text in texts:
        facts = dict(index.get(text.stem, {}))
        doc_id = facts.pop("doc_id", text.stem)
        marked = Marked(doc_id, text.read_bytes().decode(), [], [], facts)
        _read_lines(marked, text.with_suffix(".ann"))
        yield document_of(marked)


def _read_lines(marked: Marked, path: Path) -> None:
    spans, triggers, links, notes = {}, {}, [], {}
    lines = path.read_bytes().decode().split("\n") if path.is_file() else []
    for number, line in enumerate(lines, 1):
        key, _, rest = line.rstrip("\r").partition("\t")
        try:
            if key.startswith("T"):
                spans[key] = _span(key, rest)
            elif key.startswith("E"):
                head, *arguments = rest.split()
                triggers[key] = head.split(":")[1]
                links += [Link(re.sub(r"\d+$", "", name), key, target) for name, target in (a.split(":") for a in arguments)]
            elif key.startswith("R"):
                name, source, target = rest.split()
                links.append(Link(name, source.split(":")[1], target.split(":")[1]))
            elif key.startswith("*"):
                name, first, *others = rest.split()
                links += [Link("same", other, first) for other in others if name == "Equiv"]
            elif key.startswith("#") and rest.startswith(_NOTE):
                notes[rest.partition("\t")[0].split()[1]] = rest.partition("\t")[2]
        except (ValueError, IndexError, KeyError) as error:
            raise RecordError(
                f"{path}:{number}", f"is no standoff annotation ({error})", "see https://brat.nlplab.org/standoff.html"
            ) from error
    _tie(marked, spans, triggers, links, notes)


def _span(key: str, rest: str) -> Span:
    label, _, offsets = rest.partition("\t")[0].partition(" ")
    if label not in LABELS:
        raise ValueError(f"{label!r} is none of {', '.join(LABELS)}")
    numbers = [int(n) for n in re.split(r"[ ;]", offsets)]
    return Span(key, label, numbers[0], numbers[-1])


def _tie(marked: Marked, spans: dict[str, Span], triggers: dict[str, str], links: list[Link], notes: dict[str, str]) -> None:
    """Give spans their notes and their own ids back, and events the span of their trigger."""
    names: dict[str, str] = {}
    events = {trigger: event for event, trigger in triggers.items()}
    for key, span in spans.items():
        note = notes.get(events.get(key, key), "")
        span.facts = json.loads(note) if note.startswith("{") else {}
        names[key] = names[events.get(key, key)] = span.facts.pop("span", key.lower())
        span.id = names[key]
    marked.spans = list(spans.values())
    marked.links = [Link(k.name, names[k.source], names[k.target]) for k in links if k.source in names and k.target in names]
