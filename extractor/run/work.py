"""A chunk in, its part file out: the same code for every engine; the one place where any error of a text is caught."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from extractor.io.failures import Failure
from extractor.io.jsonl import line_of
from extractor.io.read import Reading, open_texts
from extractor.pipeline import Extractor, extractor_of
from extractor.records import Article
from extractor.run.ledger import PartWriter
from extractor.run.shard import Chunk, Piece
from extractor.run.watch import TooSlowError, Watch
from extractor.settings import Settings

Beat = Callable[[], None]


def run_chunk(chunk: Chunk, folder: Path, settings: Settings, beat: Beat = lambda: None) -> int:
    """Read, extract and write one chunk; how many texts it had. ``beat`` is called at the start of each text.

    Raises OutputError where the part cannot be written.
    """
    extractor, part = extractor_of(settings), PartWriter(folder, chunk)
    texts = 0
    with part.open() as stream:
        for piece in chunk:
            offset, documents, failures = stream.tell(), 0, []
            with extractor.memory_zone():
                for result in _results(piece, extractor, settings, beat):
                    if isinstance(result, Failure):
                        failures.append(result)
                    else:
                        stream.write(result)
                        documents += 1
            part.add(piece, offset, stream.tell() - offset, documents, failures)
            texts += documents + len(failures)
    return texts


def fail_chunk(chunk: Chunk, folder: Path, reason: str, what: str) -> None:
    """Note that the texts of a chunk cannot be done."""
    part = PartWriter(folder, chunk)
    with part.open():
        for piece in chunk:
            failures = [
                Failure(
                    path=piece.origin.name, line=at + 1 if piece.stop > 1 else None, reason=reason, message=f"{piece.origin.name}: {what}"
                )
                for at in range(piece.start, piece.stop)
            ]
            part.add(piece, 0, 0, 0, failures)


def _results(piece: Piece, extractor: Extractor, settings: Settings, beat: Beat) -> Iterator[bytes | Failure]:
    """One line or failure for each text of a piece, whatever happens."""
    readings = islice(open_texts(piece.origin, settings, piece.mark), piece.start - piece.mark.row, piece.stop - piece.mark.row)
    for at in range(piece.start, piece.stop):
        beat()
        yield _result(readings, piece, at, extractor, settings)


def _result(readings: Iterator[Reading], piece: Piece, at: int, extractor: Extractor, settings: Settings) -> bytes | Failure:
    item: Article | Failure | None = None
    try:
        with _watch(settings.max_seconds):
            reading = next(readings, None)
            if reading is None:
                return _failure(item, piece, at, "unreadable", "could not be read to its end – check whether it changed during the run")
            item = reading()
            return line_of(extractor.extract(item)) if isinstance(item, Article) else item
    except TooSlowError:
        return _failure(item, piece, at, "time", f"took over {settings.max_seconds:g} seconds – look at it, or raise --max-seconds")
    except Exception as error:  # noqa: BLE001 - one bad text must not stop the run
        return _failure(item, piece, at, "error", f"{type(error).__name__}: {error} – please report this text")


def _failure(item: Article | Failure | None, piece: Piece, at: int, reason: str, what: str) -> Failure:
    line = item.source.meta.get("line") if isinstance(item, Article) else at + 1 if piece.mark.row or piece.stop > 1 else None
    where = f"{piece.origin.name}:{line}" if line else piece.origin.name
    doc_id = item.doc_id if isinstance(item, Article) else None
    return Failure(
        path=piece.origin.name, line=line if isinstance(line, int) else None, doc_id=doc_id, reason=reason, message=f"{where}: {what}"
    )


@cache
def _watch(seconds: float) -> Watch:
    return Watch(seconds)
