"""Records in, the identifiers that they bear outside of their text out."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from extractor.corpus.joined import Joined, read_joined
from extractor.io.jsonl import read_lines

Row = Mapping[str, Any]


def documents_of(folder: Path) -> Iterator[dict[str, Any]]:
    """The documents of an output folder, one after the other."""
    return read_lines(folder / "documents.jsonl")


class Names:
    """URNs: of a text ``urn:extractor:DOC``, of a record in it ``urn:extractor:DOC:e1``, of a real entity ``urn:extractor::ID``."""

    def __init__(self, folder: Path) -> None:
        self.joined: Joined = read_joined(folder)

    def text(self, doc: Row) -> str:
        """A text: its address on the web where it is known."""
        return web_address(doc["source"]["url"]) or _urn(doc["doc_id"])

    def record(self, doc: Row, id_: str) -> str:
        """A record of one text."""
        return _urn(doc["doc_id"], id_)

    def organization(self, doc: Row, id_: str) -> str:
        """An institution of a text: the real one where the corpus tables know it."""
        return self._entity("organization", doc, id_)

    def person(self, doc: Row, id_: str) -> str:
        """A person of a text: the real one where the corpus tables know it."""
        return self._entity("person", doc, id_)

    def _entity(self, kind: str, doc: Row, id_: str) -> str:
        real = self.joined.members.get((kind, doc["doc_id"], id_))
        return _urn("", real) if real else _urn(doc["doc_id"], id_)


def web_address(url: str | None) -> str | None:
    """An address of the web as an IRI that every reader takes; None for other schemes, which may hold code."""
    return quote(url, safe=":/?#[]@!$&'()*+,;=%~") if url and url.startswith(("http://", "https://")) else None


def _urn(*parts: str) -> str:
    return ":".join(("urn:extractor", *(quote(part, safe="") for part in parts)))
