"""The institutions, people and posts of a text in their order; asks about neighbours and the words between them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractor.find.honorifics import honorific_start
from extractor.records import Mention


class Scene(NamedTuple):
    """Mentions of institutions, people and roles in text order with the entities that they name."""

    text: str
    items: Sequence[Mention]
    entity: Mapping[str, str]

    def kind(self, at: int) -> str:
        """The label of an item, empty beyond either end."""
        return self.items[at].label if 0 <= at < len(self.items) else ""

    def gap(self, at: int) -> str:
        """The text between an item and the next, without the honorifics before a person."""
        if not 0 <= at < len(self.items) - 1:
            return "\n\n"
        start, following = self.items[at].end, self.items[at + 1]
        end = following.start
        if following.label == "person":
            end = max(start, honorific_start(self.text, end))
        return self.text[start:end]

    def who(self, at: int) -> str:
        """The entity of an item."""
        return self.entity[self.items[at].id]
