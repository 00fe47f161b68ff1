"""Sample texts in, as many varied ones as wanted out: sentences are mixed, names and days exchanged, new words made up."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
_SYLLABLES = ("ka", "lo", "min", "ter", "su", "va", "ri", "hen", "do", "pa", "tel", "ar", "be", "no", "shi", "wa", "ul", "gra", "mo", "ne")
_QUIET = (
    "The library opens at eight and closes at midnight. Students need their card to enter. "
    "The weather will be fine until Sunday, with some clouds over the hills in the evening. "
    "Trains to the coast run every hour; the last one leaves at ten. Tickets are sold at the desk. "
    "The choir sings in the old hall and the doors open half an hour before. Coats can be left downstairs. "
)


def samples() -> list[str]:
    """The news texts of the project: those of ``data/raw`` and, where they are there, the gold ones."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "data" / "raw").glob("*.txt"))]
    gold = ROOT / "tests" / "gold" / "input.jsonl"
    if gold.exists():
        texts += [json.loads(line)["text"] for line in gold.read_text(encoding="utf-8").splitlines()]
    return texts


def varied(count: int, seed: int = 0) -> Iterator[str]:
    """``count`` texts, the same ones for the same seed; each brings words that no other has."""
    base, chance = samples(), random.Random(seed)
    for _ in range(count):
        lines = chance.choice(base).split("\n")
        name = _name(chance)
        swapped = [line.replace("University", f"{name} University", 1) if chance.random() < 0.3 else line for line in lines]
        yield "\n".join(
            [*swapped, f"The next guests come from {_name(chance)} on {chance.randint(1, 28)} May {chance.randint(1990, 2025)}."]
        )


def quiet(count: int, seed: int = 0) -> Iterator[str]:
    """``count`` texts of some 300 words that no word of an agreement stands in."""
    chance = random.Random(seed)
    for _ in range(count):
        sentences = _QUIET.split(". ") * 5
        chance.shuffle(sentences)
        yield f"{_name(chance)}\n\n" + ". ".join(s for s in sentences if s.strip())


def write_rows(path: Path, texts: Iterator[str]) -> int:
    """Texts as JSONL; how many words they have."""
    words = 0
    with path.open("w", encoding="utf-8") as stream:
        for number, text in enumerate(texts):
            words += len(text.split())
            stream.write(json.dumps({"id": f"t{number}", "text": text, "published": "2024-05-01"}, ensure_ascii=False) + "\n")
    return words


def _name(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).title()
