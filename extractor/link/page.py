"""The institution mentions of one text with the houses that they name, for the steps that look around them."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extractor.link.naming import Name
from extractor.records import Mention


class Page(NamedTuple):
    """The institution mentions of a text, the house of each (numbered), the fullest name of each house, and where sentences start."""

    text: str
    mentions: Sequence[Mention]
    number: Mapping[int, int]
    best: Sequence[Name]
    starts: Sequence[int]
