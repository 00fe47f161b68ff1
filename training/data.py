"""All sources together: the samples of one epoch of each stage, mixed by the shares of a configuration."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from training.corpora import joined, news
from training.generate import Recombiner
from training.marks import read_blocks, read_marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from training.samples import Sample

SENTENCES = Path(__file__).parent / "sentences"
TEXTS = Path(__file__).parent / "texts"


@dataclass(frozen=True)
class Mix:
    """How often each source is read in an epoch.

    `news` is the share of the merged corpus; one text in `held` (by its name) is kept for looking.
    """

    news: float = 0.15
    sentences: int = 1
    recombined: int = 2
    texts: int = 2
    texts_recombined: int = 1
    wrapped: float = 0.05
    held: int = 0
    without: str = ""


def is_held(name: str, share: int) -> bool:
    """Say whether a text is kept out of training, one in `share`; the same text always, whatever others are added."""
    return share > 0 and crc32(name.encode()) % share == 0


class Sources:
    """Reads every source once and deals out epochs."""

    def __init__(self, mix: Mix, corpora: Path) -> None:
        self.mix, self.corpora = mix, corpora
        blocks = [] if mix.without == "sentences" else list(read_blocks(SENTENCES))
        files = [] if mix.without == "texts" else sorted(TEXTS.glob("*.txt"))
        self.held = [read_marked(path.read_text(encoding="utf-8")) for path in files if is_held(path.name, mix.held)]
        self.texts = [read_marked(path.read_text(encoding="utf-8")) for path in files if not is_held(path.name, mix.held)]
        self.blocks = blocks

    def corpus_epoch(self, seed: int) -> Iterator[Sample]:
        """Yield the merged corpus in random passages."""
        return news(self.corpora, "train", random.Random(seed), without=self.mix.without)

    def own_epoch(self, seed: int) -> Iterator[Sample]:
        """Yield our sentences and texts, as written and recombined, and a share of the merged corpus."""
        rng = random.Random(seed)
        recombiner = Recombiner(rng, self.corpora if (self.corpora / "ror").exists() else None)
        blocks = self.blocks * self.mix.sentences
        blocks += [recombiner.block(block) for _ in range(self.mix.recombined) for block in self.blocks]
        texts = self.texts * self.mix.texts
        texts += [recombiner.block([text])[0] for _ in range(self.mix.texts_recombined) for text in self.texts]
        yield from (self._wrapped(page, rng) for page in _pages(blocks, rng))
        yield from (self._wrapped(text, rng) for text in texts)
        yield from (sample for sample in news(self.corpora, "train", rng, without=self.mix.without) if rng.random() < self.mix.news)

    def _wrapped(self, sample: Sample, rng: random.Random) -> Sample:
        """Break the lines of some texts at a fixed width, as plain-text files do."""
        if rng.random() >= self.mix.wrapped:
            return sample
        width, last, out = rng.choice((60, 70, 80)), 0, []
        for i, character in enumerate(sample.text):
            wraps = character == " " and i - last > width
            last = i if wraps or character == "\n" else last
            out.append("\n" if wraps else character)
        return replace(sample, text="".join(out))


def _pages(blocks: list[list[Sample]], rng: random.Random) -> Iterator[Sample]:
    """Join one to three random blocks into a page; the lines of a block follow each other in lines or in a paragraph."""
    order = list(blocks)
    rng.shuffle(order)
    while order:
        taken = [order.pop() for _ in range(min(len(order), rng.choice((1, 1, 2, 3))))]
        yield joined([joined(block, rng.choice(("\n", "\n", " "))) for block in taken], "\n")
