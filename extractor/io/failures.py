"""What could not be made into a document: one line of failures.jsonl each."""

from pydantic import Field

from extractor.errors import SourceError
from extractor.records import Record


class Failure(Record):
    """A text that was left out, and why. Every text that goes in comes out as a document or as a failure."""

    path: str = Field(description="input file, as the documents print it")
    line: int | None = Field(default=None, description="line (JSONL, CSV) or number (Parquet, WARC) of the text in its file, from 1")
    doc_id: str | None = Field(default=None, description="id of the text where it could be read")
    reason: str = Field(
        description="one word: missing, unreadable, empty, binary, archive, encoding, json, columns, language, size, time, crash, error"
    )
    message: str = Field(description="where: what is wrong – what to do")

    @classmethod
    def of(cls, error: SourceError, path: str, line: int | None = None, doc_id: str | None = None) -> "Failure":
        """The failure that an error of reading amounts to."""
        return cls(path=path, line=line, doc_id=doc_id, reason=error.reason, message=str(error))
