"""JSON values in, text that a page can hold and its browser can unpack out: nothing in it can end a script or be read as markup."""

import base64
import json
import zlib
from typing import Any

_PART = 300_000  # characters of JSON in one part: some 100 texts, unpacked in a few milliseconds when one of them is opened


def packed(value: Any) -> str:  # noqa: ANN401 - anything that JSON can say
    """A value as deflated JSON in base64 (``DecompressionStream("deflate")`` reads it). Equal values give equal text."""
    return _deflated(_json(value))


def _deflated(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode("utf-8", "surrogatepass"), 9)).decode("ascii")


def _json(value: Any) -> str:  # noqa: ANN401
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Parts:
    """Values in order, packed into parts of some 300,000 characters."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self._held: list[str] = []
        self._size = 0

    def add(self, value: Any) -> tuple[int, int]:  # noqa: ANN401
        """Append a value; the number of its part and its place in there."""
        self._held.append(_json(value))
        self._size += len(self._held[-1])
        place = len(self.done), len(self._held) - 1
        if self._size >= _PART:
            self.close()
        return place

    def close(self) -> None:
        """Pack what is held."""
        if self._held:
            self.done.append(_deflated(f"[{','.join(self._held)}]"))
        self._held, self._size = [], 0
