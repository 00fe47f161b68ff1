"""Documents in, tokens with labels out: spaCy DocBin and CoNLL-2003 columns. A token never reaches over the edge of a mention."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import IO

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from extractor.export.identifiers import Row, documents_of
from extractor.io.jsonl import written_whole


def write(name: str, folder: Path, path: Path) -> None:
    """All documents in one file of the named form."""
    nlp = spacy.blank("en")
    docs = (doc_of(nlp, doc) for doc in documents_of(folder))
    with written_whole(path) as stream:
        if name == "docbin":
            stream.write(DocBin(docs=docs, store_user_data=True).to_bytes())
        else:
            _write_conll(docs, stream)


def doc_of(nlp: Language, doc: Row) -> Doc:
    """A spaCy Doc: mentions are ``ents`` (``kb_id_`` is the entity), words that tell events are ``spans["events"]``.

    ``user_data`` holds ``doc_id``. The text is the document's own, whatever its white space.
    """
    cuts = sorted({0, len(doc["text"]), *(p for x in (*doc["mentions"], *_triggers(doc)) for p in (x["start"], x["end"]))})
    words, spaces = _words(nlp, doc["text"], cuts)
    parsed = Doc(nlp.vocab, words=words, spaces=spaces)
    parsed.ents = tuple(_span(parsed, m["start"], m["end"], m["label"], m["entity"] or "") for m in doc["mentions"])
    parsed.spans["events"] = [
        _span(parsed, t["start"], t["end"], e["type"], e["id"]) for e, t in zip(doc["events"], _triggers(doc), strict=True)
    ]
    parsed.user_data["doc_id"] = doc["doc_id"]
    return parsed


def _triggers(doc: Row) -> list[Row]:
    return [event["trigger"] for event in doc["events"]]


def _words(nlp: Language, text: str, cuts: list[int]) -> tuple[list[str], list[bool]]:
    """Tokens of each stretch between two cuts; a single space after a token belongs to it."""
    words: list[str] = []
    spaces: list[bool] = []
    for start, end in pairwise(cuts):
        piece = text[start:end]
        if piece.startswith(" ") and words and not spaces[-1] and not words[-1].isspace():
            spaces[-1], piece = True, piece[1:]
        for token in nlp.make_doc(piece):
            words.append(token.text)
            spaces.append(bool(token.whitespace_))
    return words, spaces


def _span(doc: Doc, start: int, end: int, label: str, id_: str) -> Span:
    span = doc.char_span(start, end, label=label, kb_id=id_)
    if span is None:
        raise ValueError(f"characters {start}:{end} are cut by a token")
    return span


def _write_conll(docs: Iterable[Doc], stream: IO[bytes]) -> None:
    for doc in docs:
        stream.write(b"-DOCSTART- -X- O O\n\n")
        for sentence in _sentences(doc):
            stream.write("".join(f"{_visible(word)} -X- O {tag}\n" for word, tag in sentence).encode() + b"\n")


def _sentences(doc: Doc) -> Iterator[list[tuple[str, str]]]:
    """Words with IOB2 tags; a sentence ends at a full stop outside a mention, or where a line ends."""
    held: list[tuple[str, str]] = []
    for token in doc:
        if not token.is_space:
            tag = "O" if token.ent_iob_ in ("O", "") else f"{token.ent_iob_}-{token.ent_type_}"
            held.append((token.text, tag))
        ends = token.text in (".", "!", "?") and token.ent_iob_ in ("O", "")
        if held and (ends or (token.is_space and "\n" in token.text and token.ent_iob_ in ("O", ""))):
            yield held
            held = []
    if held:
        yield held


def _visible(word: str) -> str:
    """Columns are told apart by white space, which no word may hold."""
    return re.sub(r"\s", "_", word)
