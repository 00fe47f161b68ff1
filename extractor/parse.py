"""Clean text in, spaCy Doc out; the only file that names a model."""

from collections.abc import Iterable, Iterator

import spacy
from spacy.tokens import Doc


class Parser:
    """Tokens, sentences and, with a model, its spans."""

    def __init__(self, model: str = "rules", *, threads: int = 1) -> None:
        self.name = "rules"
        self._nlp = spacy.blank("en")
        self._nlp.add_pipe("sentencizer")
        self._nlp.max_length = 10_000_000

    def parse(self, text: str) -> Doc:
        """One text."""
        return self._nlp(text)

    def parse_many(self, texts: Iterable[str], batch_size: int = 16) -> Iterator[Doc]:
        """Many texts, streaming."""
        return map(self.parse, texts)


def model_spans(doc: Doc) -> list[tuple[int, int, str, float]]:
    """Character start, end, label and score of what the model found."""
    return []
