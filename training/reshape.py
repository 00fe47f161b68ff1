"""Marked sentences as parts -> the same with units and parents, acronyms and blanks in another of the manners of real pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from training.samples import Sample

if TYPE_CHECKING:
    import random

_UNIT = re.compile(r"(?:School|Faculty|Department|College|Institute|Centre|Center|Division|Office|Graduate School|Laboratory) (?:of|for) ")
_JOINTS = frozenset((" of ", " of the ", " at ", " at the ", ", ", " in ", " under ", "'s ", " "))
_UNIT_FIRST = (" of ", " of ", " at ", ", ", " - ", ",", " in ", " of the ")
_PARENT_FIRST = (" ", " ", "'s ", "’s ", ", ", " – ", " | ")
_NEW_JOINT, _DEFINED, _SHORTENED, _SLIPS = 0.4, 0.12, 0.05, 0.1  # how often each happens


class Part(NamedTuple):
    """A stretch of text with its label, an empty one where it is doubtful, None where it is no mention."""

    text: str
    label: str | None


def parts_of(sample: Sample) -> list[Part]:
    """Cut a sample into its mentions and what stands between them."""
    marks: list[tuple[int, int, str]] = sorted([*sample.spans, *((start, end, "") for start, end in sample.doubtful)])
    parts, at = [], 0
    for start, end, label in marks:
        parts += [Part(sample.text[at:start], None), Part(sample.text[start:end], label)]
        at = end
    return [*parts, Part(sample.text[at:], None)]


def sample_of_parts(parts: list[Part]) -> Sample:
    """Join parts into a sample."""
    text, spans, doubtful = "", [], []
    for part in parts:
        start, text = len(text), text + part.text
        if part.label:
            spans.append((start, len(text), part.label))
        elif part.label is not None:
            doubtful.append((start, len(text)))
    return Sample(text, tuple(spans), tuple(doubtful))


def initials(name: str) -> str:
    """Return the acronym that a name gives, at least two letters, or an empty string."""
    letters = "".join(word[0] for word in re.findall(r"[^\W\d_]+", name) if word[0].isupper())
    return letters if 2 <= len(letters) <= 7 else ""


def reshaped(parts: list[Part], rng: random.Random) -> list[Part]:
    """Return the parts in another manner, at random."""
    parts = _slipped(_abbreviated(_rejoined(parts, rng), rng), rng)
    return [part for part in parts if part.text]


def _rejoined(parts: list[Part], rng: random.Random) -> list[Part]:
    """Join units and parents in another way or order."""
    out = list(parts)
    for i in range(len(out) - 2):
        first, joint, second = out[i : i + 3]
        if first.label != "institution" or second.label != "institution" or joint.text not in _JOINTS or rng.random() > _NEW_JOINT:
            continue
        unit, parent = (first, second) if _UNIT.match(first.text) else (second, first)
        if not _UNIT.match(unit.text) or _UNIT.match(parent.text):
            continue
        if rng.random() < 0.5:
            out[i : i + 3] = [unit, Part(rng.choice(_UNIT_FIRST), None), parent]
        else:
            out[i : i + 3] = [parent, Part(rng.choice(_PARENT_FIRST), None), unit]
    return out


def _abbreviated(parts: list[Part], rng: random.Random) -> list[Part]:
    """Put an acronym behind a name, or in its place."""
    out: list[Part] = []
    for i, part in enumerate(parts):
        out.append(part)
        acronym = initials(part.text) if part.label == "institution" and " " in part.text else ""
        follows = parts[i + 1].text if i + 1 < len(parts) else ""
        if len(acronym) < 3 or follows.lstrip().startswith("("):
            continue
        chance = rng.random()
        if chance < _SHORTENED:
            out[-1] = Part(acronym, "institution")
        elif chance < _SHORTENED + _DEFINED:
            out += [Part(rng.choice((" (", " (", "(", " ( ", " – ", ", or ")), None), Part(acronym, "institution")]
            out.append(Part({"(": ")", "-": "", ",": ","}.get(out[-2].text.strip()[0], ""), None))
    return out


def _slipped(parts: list[Part], rng: random.Random) -> list[Part]:
    """Lose or add blanks at commas and brackets, as careless pages do."""
    if rng.random() > _SLIPS:
        return parts
    old, new = rng.choice(((", ", ","), (", ", " , "), (" (", "("), (". ", "."), (") ", ")"), ("; ", ";")))
    return [part._replace(text=part.text.replace(old, new)) if part.label is None else part for part in parts]
