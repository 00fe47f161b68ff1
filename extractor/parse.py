"""Clean text in, spaCy Doc out: words, sentences and what the model found; the only file that names a model."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab

from extractor.errors import ModelError
from extractor.model.tagger import Tagger
from extractor.model.words import Words, sentence_starts, split_words

SHIPPED = ("accurate", "fast")
FOREIGN_SCORE = 0.8  # other pipelines tell no probability
_KEY = "model"
_TEXT, _SENTENCES, _WORDS, _PLACES = (f"extractor.{name}" for name in ("text", "sentences", "words", "places"))  # in the user data of a Doc
_LONGEST_TEXT = 20_000_000  # characters that spaCy accepts; memory per character is small, as the network reads windows
_HERE = Path(__file__).parent / "model"
_LABELS = {
    **dict.fromkeys(("ORG", "ORGANIZATION", "INSTITUTION", "FACILITY_ORG"), "institution"),
    **dict.fromkeys(("PERSON", "PER"), "person"),
    **dict.fromkeys(("ROLE", "TITLE", "POSITION"), "role"),
    "DATE": "date",
}


class Parser:
    """Reads clean texts with one model: `accurate` or `fast` (shipped), `rules` (none), or an installed spaCy pipeline.

    Raises ModelError when the model is missing or cannot be used.
    """

    def __init__(self, model: str = "accurate", *, threads: int = 1) -> None:
        if model == "rules":
            self._nlp, self.name = _blank(), "rules"
        elif model in SHIPPED:
            self._nlp = _blank()
            finder = self._nlp.add_pipe("extractor_ner", config={"model": model, "threads": threads})
            self.name = f"{model}-{finder.tagger.meta['version']}"  # type: ignore[attr-defined]  # a NameFinder
        else:
            self._nlp, self.name = _foreign(model)
        self._nlp.max_length = _LONGEST_TEXT

    @property
    def vocab(self) -> Vocab:
        """The vocabulary that all Docs of this parser share, for matchers."""
        return self._nlp.vocab

    @contextmanager
    def forgetting(self) -> Iterator[None]:
        """Forget new words at the end, so that memory does not grow with the texts; Docs made within must not be used after."""
        with self._nlp.memory_zone():
            yield

    def parse(self, text: str) -> Doc:
        """Read one text, already clean."""
        return self._nlp(text)

    def parse_many(self, texts: Iterable[str], batch_size: int = 16) -> Iterator[Doc]:
        """Read many texts, streaming, in order; each Doc is the same as `parse` gives."""
        return self._nlp.pipe(texts, batch_size=batch_size)


def model_spans(doc: Doc) -> list[tuple[int, int, str, float]]:
    """Return what the model found: start, end (characters, half-open), label and score from 0 to 1, in text order."""
    if _KEY not in doc.spans:
        return []
    group = doc.spans[_KEY]
    scores: list[float] = group.attrs["scores"]
    return [(span.start_char, span.end_char, span.label_, score) for span, score in zip(group, scores, strict=True)]


class WordPlaces(NamedTuple):
    """Where words stand: characters, half-open; whether a blank follows, and whether a sentence begins (the first word always does)."""

    starts: list[int]
    ends: list[int]
    blanks: list[bool]
    begins: list[bool]


def words_of(doc: Doc) -> WordPlaces:
    """The words of a Doc, without making a Token of each; those of our own tokenizer are known."""
    known: WordPlaces | None = doc.user_data.get(_PLACES)
    if known is not None:
        return known
    lengths, blanks, begins = (column.astype(np.int64) for column in doc.to_array(["LENGTH", "SPACY", "SENT_START"]).reshape(-1, 3).T)
    ends = np.cumsum(lengths + blanks) - blanks
    begins[:1] = 1
    return WordPlaces((ends - lengths).tolist(), ends.tolist(), (blanks == 1).tolist(), (begins == 1).tolist())


def text_of(doc: Doc) -> str:
    """The text of a Doc, which spaCy puts together anew from its Tokens each time that it is asked."""
    text: str | None = doc.user_data.get(_TEXT)
    if text is None:
        text = doc.user_data[_TEXT] = doc.text
    return text


def sentences_of(doc: Doc) -> list[tuple[int, int]]:
    """The sentences of a Doc: characters, half-open, from the first word to the last; found once, when the Doc is whole."""
    found: list[tuple[int, int]] | None = doc.user_data.get(_SENTENCES)
    if found is None:
        words = words_of(doc)
        firsts = [n for n, begins in enumerate(words.begins) if begins]
        found = [(words.starts[first], words.ends[last - 1]) for first, last in pairwise([*firsts, len(words.starts)])]
        doc.user_data[_SENTENCES] = found
    return found


class WordTokenizer:
    """spaCy tokenizer with our words and sentences."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words = split_words(text)
        begins = sentence_starts(words)
        starts: list[bool | int | None] = [*begins]
        doc = Doc(self.vocab, words=words.texts, spaces=words.spaces, sent_starts=starts)
        doc.user_data |= {_TEXT: text, _WORDS: words, _PLACES: _places(words, begins)}
        return doc


class NameFinder:
    """spaCy component that marks what a shipped network finds in `doc.spans["model"]`, with scores."""

    def __init__(self, tagger: Tagger) -> None:
        self.tagger = tagger

    def __call__(self, doc: Doc) -> Doc:
        found = self.tagger.read(_words(doc), words_of(doc).begins)
        spans = [Span(doc, span.first, span.last, label=span.label) for span in found]
        _set_spans(doc, spans, [round(span.score, 4) for span in found])
        return doc


def shipped_tagger(model: str, threads: int = 1) -> Tagger:
    """Load a shipped network."""
    return Tagger(_HERE / model, threads=threads)


@Language.factory("extractor_ner", default_config={"model": "accurate", "threads": 1})
def make_name_finder(nlp: Language, name: str, model: str, threads: int) -> NameFinder:
    """Build the component for `nlp.add_pipe("extractor_ner")`, which any spaCy pipeline with sentences may use."""
    return NameFinder(shipped_tagger(model, threads))


@Language.component("extractor_sentences")
def set_sentences(doc: Doc) -> Doc:
    """Set our sentence starts on a Doc of any tokenizer."""
    for token, starts in zip(doc, sentence_starts(_words(doc)), strict=True):
        token.is_sent_start = starts
    return doc


@Language.component("extractor_labels")
def map_labels(doc: Doc) -> Doc:
    """Turn the entities of another pipeline into spans with our labels."""
    spans = [Span(doc, ent.start, ent.end, label=_LABELS[ent.label_.upper()]) for ent in doc.ents if ent.label_.upper() in _LABELS]
    _set_spans(doc, spans, [FOREIGN_SCORE] * len(spans))
    return doc


def _blank() -> Language:
    nlp = spacy.blank("en")
    nlp.tokenizer = WordTokenizer(nlp.vocab)
    return nlp


def _foreign(model: str) -> tuple[Language, str]:
    try:
        nlp = spacy.load(model)
    except (OSError, ValueError, ImportError) as error:
        remedy = f"use one of {', '.join(SHIPPED)}, rules, or install the pipeline"
        raise ModelError(model, f"no such spaCy pipeline ({str(error).splitlines()[0]})", remedy) from error
    nlp.add_pipe("extractor_sentences", first=True)
    nlp.add_pipe("extractor_labels", last=True)
    return nlp, f"{nlp.meta['lang']}_{nlp.meta['name']}-{nlp.meta['version']}"


def _places(words: Words, begins: list[bool]) -> WordPlaces:
    ends = list(accumulate(len(word) + space for word, space in zip(words.texts, words.spaces, strict=True)))
    starts = [0, *ends[:-1]] if ends else []
    return WordPlaces(starts, [end - space for end, space in zip(ends, words.spaces, strict=True)], words.spaces, begins)


def _words(doc: Doc) -> Words:
    known: Words | None = doc.user_data.get(_WORDS)
    if known is not None:
        return known
    words, text = words_of(doc), text_of(doc)
    return Words([text[start:end] for start, end in zip(words.starts, words.ends, strict=True)], words.blanks)


def _set_spans(doc: Doc, spans: list[Span], scores: list[float]) -> None:
    doc.spans[_KEY] = SpanGroup(doc, name=_KEY, attrs={"scores": scores}, spans=spans)
