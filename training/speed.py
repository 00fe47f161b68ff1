"""Parsers and texts in, words per second and memory out, each in a process of its own on one core."""

from __future__ import annotations

import multiprocessing
import os
import resource
import time
from typing import TYPE_CHECKING

import spacy
from spacy.training import Example

from extractor.clean import clean_text
from extractor.parse import Parser
from training.corpora import folder, rows
from training.marks import read_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.language import Language
    from spacy.tokens import Doc

_ROUNDS = 3


def texts() -> list[str]:
    """Return clean texts to time on: the annotated ones, else a public corpus."""
    path = folder().parent / "eval" / "train" / "train.jsonl"
    found = (
        (s.text for _, s in read_records(path)) if path.exists() else (row["text"] for row in rows(folder() / "ner_uner_pud/test.jsonl.gz"))
    )
    return [clean_text(text) for text in found]


def blank() -> Callable[[Iterable[str]], Iterable[Doc]]:
    """Return spaCy's own tokenizer with nothing behind it."""
    return spacy.blank("en").pipe


def small_shapes() -> Callable[[Iterable[str]], Iterable[Doc]]:
    """Return a pipeline of the shapes of spaCy's small English model (tok2vec, tagger, parser; ner apart), random weights."""
    nlp = spacy.blank("en")
    sizes = {"width": 96, "depth": 4, "embed_size": 2000, "window_size": 1, "maxout_pieces": 3}
    embedding = {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "subword_features": True, **sizes}
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
    nlp.add_pipe("tok2vec", config={"model": embedding})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": shared}})
    state = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": shared,
    }
    nlp.add_pipe("parser", config={"model": {**state, "state_type": "parser", "extra_state_tokens": False}})
    nlp.add_pipe("ner", config={"model": {**state, "state_type": "ner", "extra_state_tokens": False, "tok2vec": embedding}})
    for name, many in (("tagger", 50), ("parser", 45), ("ner", 18)):  # as many labels as the model of that name has
        for number in range(many):
            nlp.get_pipe(name).add_label(f"X{number}")  # type: ignore[attr-defined]
    nlp.initialize(lambda: _taught(nlp))
    return nlp.pipe


def _taught(nlp: Language) -> list[Example]:
    words = ["Anna", "Lee", "of", "Kyoto", "University", "met", "them", "in", "Japan", "on", "Monday"]
    told = {
        "words": words,
        "tags": ["NNP", "NNP", "IN", "NNP", "NNP", "VBD", "PRP", "IN", "NNP", "IN", "NNP"],
        "heads": [1, 5, 1, 4, 2, 5, 5, 5, 7, 5, 9],
        "deps": ["compound", "nsubj", "prep", "compound", "pobj", "ROOT", "dobj", "prep", "pobj", "prep", "pobj"],
        "entities": ["B-PERSON", "L-PERSON", "O", "B-ORG", "L-ORG", "O", "O", "O", "U-GPE", "O", "U-DATE"],
    }
    return [Example.from_dict(nlp.make_doc(" ".join(words)), told)]


def _timed(name: str) -> tuple[float, float]:
    os.environ["OMP_NUM_THREADS"] = "1"
    makers = {"blank tokenizer": blank, "spaCy small shapes, random weights": small_shapes}
    read = makers[name]() if name in makers else Parser(name).parse_many
    found = texts()
    words = sum(len(text.split()) for text in found)
    best = min(_seconds(read, found) for _ in range(_ROUNDS))
    return words / best, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _seconds(read: Callable[[Iterable[str]], Iterable[Doc]], found: list[str]) -> float:
    began = time.process_time()
    for _ in read(found):
        pass
    return time.process_time() - began


def print_speed(models: list[str]) -> None:
    """Print words (between blanks) per second of processor time, the best of three rounds, and the most memory held."""
    print("\nparse step on one core: words per second, peak memory (MB)")
    context = multiprocessing.get_context("spawn")
    for name in ("blank tokenizer", "spaCy small shapes, random weights", *models):
        with context.Pool(1) as pool:
            speed, memory = pool.apply(_timed, (name,))
        print(f"  {name:36} {speed:9,.0f} {memory:7.0f}", flush=True)
