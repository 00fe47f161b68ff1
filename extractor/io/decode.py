"""Bytes in, text out: byte order marks, UTF-8, UTF-16, and older encodings as charset-normalizer guesses them."""

import codecs
import re

from extractor.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_GUESSED = 1 << 16  # bytes that the guess of an older encoding looks at


def decode(raw: bytes, where: str, encoding: str | None = None) -> str:
    r"""The text of bytes, line ends as ``\n``. ``encoding`` is taken at its word; None: found out.

    A character cut in two at the end is left out. Raises SourceError where ``encoding`` does not fit or none can be found.
    """
    mark, name = next(((m, n) for m, n in _MARKS if raw.startswith(m)), (b"", None))
    name = name or encoding or encoding_of(raw, where)
    try:
        text = codecs.getincrementaldecoder(name)("strict").decode(raw[len(mark) :], final=False)
    except UnicodeDecodeError as error:
        raise SourceError(where, f"is not in {name} (byte {error.start})", "name the right --encoding", reason="encoding") from error
    except LookupError as error:
        raise SourceError(where, f"{name!r} is no encoding", "name one such as utf-8 or cp1252", reason="encoding") from error
    return encodable(text.replace("\r\n", "\n").replace("\r", "\n"))


def encoding_of(raw: bytes, where: str) -> str:
    """The encoding of bytes without a byte order mark. Raises SourceError where no guess fits."""
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(raw, final=False)
    except UnicodeDecodeError:
        return _wide(raw) or _guessed(raw, where)
    return _wide(raw) or "utf-8"


def encodable(text: str) -> str:
    """The text with a replacement character for each lone surrogate, which no UTF-8 file can hold; its length stays."""
    return _SURROGATE.sub("\ufffd", text)


def _wide(raw: bytes) -> str | None:
    head = raw[:4096]
    if head.count(0) < len(head) * 0.3:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def _guessed(raw: bytes, where: str) -> str:
    from charset_normalizer import from_bytes

    guesses = from_bytes(raw[:_GUESSED])
    best = guesses.best()
    if best is None:
        raise SourceError(where, "is in no encoding known here", "save it as UTF-8, or name its --encoding", reason="encoding")
    western = next((g for g in guesses if g.encoding == "cp1252" or "cp1252" in g.could_be_from_charset), None)
    is_western = western is not None and western.chaos <= best.chaos  # where all else is equal, news in English are Western
    return _fitting(raw, "cp1252" if is_western else best.encoding)


def _fitting(raw: bytes, guess: str) -> str:
    """The guess where it fits the whole, else the Latin encoding that fits anything."""
    try:
        codecs.getincrementaldecoder(guess)("strict").decode(raw, final=False)
    except UnicodeDecodeError:
        return "latin-1"
    return guess
