"""Clean text in, its lines with their part on the page out: title, date line, byline, body, list item, footer …"""

from bisect import bisect_right
from typing import Literal, NamedTuple

Part = Literal["title", "date_line", "byline", "heading", "body", "item", "caption", "menu", "contact", "footer"]


class Line(NamedTuple):
    """A line of the page: characters ``start`` to ``end`` (half-open, no surrounding blanks) and what it is."""

    start: int
    end: int
    part: Part


class Layout(NamedTuple):
    """The lines of a text that hold words, in order."""

    lines: tuple[Line, ...]

    def line_at(self, offset: int) -> Line | None:
        """The line that holds a character, None between lines."""
        i = bisect_right(self.lines, offset, key=lambda line: line.start) - 1
        return self.lines[i] if i >= 0 and offset < self.lines[i].end else None

    def part_at(self, offset: int) -> Part:
        """What the line at a character is; ``body`` between lines."""
        line = self.line_at(offset)
        return line.part if line else "body"


def read_layout(text: str, title: str | None = None) -> Layout:
    """The layout of a clean text; ``title`` as the source's metadata give it, None where unknown."""
    lines: list[Line] = []
    at = 0
    for raw in text.split("\n"):
        words = raw.strip()
        if words:
            start = at + raw.index(words)
            is_title = not lines and (title is None or words == title.strip()) and len(words) < 200
            lines.append(Line(start, start + len(words), "title" if is_title else "body"))
        at += len(raw) + 1
    return Layout(tuple(lines))
