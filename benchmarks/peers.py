"""What the same words cost elsewhere: a blank spaCy tokenizer, and a spaCy pipeline of the shapes that its small models have."""

import random
import time
from collections.abc import Sequence

import spacy
from spacy.language import Language
from spacy.training import Example

_TOK2VEC = {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 96, "depth": 4, "embed_size": 2000,
            "window_size": 1, "maxout_pieces": 3, "subword_features": True}  # fmt: skip
_LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96, "upstream": "tok2vec"}
_TAGS = [f"T{n}" for n in range(50)]
_DEPS = [f"d{n}" for n in range(45)]
_ENTITIES = [f"E{n}" for n in range(18)]


def blank() -> Language:
    """The tokenizer alone."""
    return spacy.blank("en")


def small() -> Language:
    """tok2vec, tagger, parser and ner as wide and deep as those of spaCy's small English model; weights at random, which costs the same."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": _TOK2VEC})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": _LISTENER}})
    for name, state, hidden in (("parser", "parser", 128), ("ner", "ner", 64)):
        model = {
            "@architectures": "spacy.TransitionBasedParser.v2", "state_type": state, "extra_state_tokens": False,
            "hidden_width": hidden, "maxout_pieces": 2, "use_upper": True, "tok2vec": _LISTENER,
        }  # fmt: skip
        nlp.add_pipe(name, config={"model": model})
    nlp.initialize(lambda: [_example(nlp, seed) for seed in range(40)])
    return nlp


def _example(nlp: Language, seed: int) -> Example:
    chance = random.Random(seed)
    doc = nlp.make_doc("The rector of the university met the dean of the faculty and the two signed a paper in the hall .")
    count = len(doc)
    heads = [max(0, i - chance.randint(0, 2)) for i in range(count)]
    entities = ["O"] * count
    entities[chance.randrange(count)] = f"U-{chance.choice(_ENTITIES)}"
    told = {"tags": chance.choices(_TAGS, k=count), "heads": heads, "deps": chance.choices(_DEPS, k=count), "entities": entities}
    return Example.from_dict(doc, told)


def words_per_second(nlp: Language, texts: Sequence[str]) -> float:
    """Words, as blanks tell them apart, for each second of processor time on one core."""
    for doc in nlp.pipe(texts[:20]):
        len(doc)
    started = time.process_time()
    for doc in nlp.pipe(texts):
        len(doc)
    return sum(len(text.split()) for text in texts) / (time.process_time() - started)
