"""Marked sentences and lists of names -> new sentences: the same frame with other people, institutions, roles and dates."""

from __future__ import annotations

import random
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from training.corpora import rows
from training.reshape import Part, initials, parts_of, reshaped, sample_of_parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from training.samples import Sample

_LISTS = Path(__file__).parent / "lists"
_KINDS: tuple[tuple[str, str], ...] = (
    ("hospital", r"Hosp|Klinik|Clinic|Hôpital|Ospedale"),
    ("unit", r"^(?:School|Faculty|Department|College|Institute|Centre|Center|Division|Graduate School) (?:of|for) "),
    ("university", r"Universi|Uniwers|College|Institute of Technology|Polytechnic|Hochschule"),
    ("government", r"^(?:Ministry|Embassy|Department of)|Council$"),
    ("office", r"Office|Directorate"),
    ("association", r"Association|Foundation|Society|Alliance|Federation"),
    ("company", r"Ltd|GmbH|Inc|Corp|Group|Bank|AG$"),
)
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_DAY = r"(?:[A-Z][a-z]{2,8} \d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8})"
_FORMS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (
        re.compile(rf"{_DAY},? ?\d{{4}}$|\d{{4}}-\d\d-\d\d$|\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}$"),
        (
            *("{short} {day}, {year}", "{month} {nth}, {year}", "{day} {short} {year}", "{nth} {month} {year}", "{nth} of {month}, {year}"),
            *("{year}-{number:02}-{day:02}", "{day:02}.{number:02}.{year}", "{day:02}/{number:02}/{year}", "{month} {day} {year}"),
            *("{month} {day},{year}", "{weekday}, {day} {month} {year}", "{weekday}, {month} {day}, {year}", "{year}/{number}/{day}"),
            "{year}.{number:02}.{day:02}",
        ),
    ),
    (
        re.compile(rf"{_DAY}$"),
        (
            *("{short} {day}", "{day} {short}", "{month} {nth}", "{nth} {month}", "{nth} of {month}", "{weekday}, {day} {month}"),
            "{weekday} ({day} {month})",
        ),
    ),
    (
        re.compile(r"[A-Z][a-z]{2,8} \d{1,2} ?(?:to|-|–) ?\d{1,2}, ?\d{4}$"),
        (
            *("{month} {day} to {later}, {year}", "{month} {day}-{later}, {year}", "{day}–{later} {month} {year}"),
            *("{day} to {later} {month}, {year}", "{nth}-{later}th {month}, {year}", "{month} {day} - {later}, {year}"),
        ),
    ),
    (re.compile(r"(?:19|20)\d\d$"), ("{year}", "{year}", "{month} {year}", "end of {year}", "late {year}", "early {year}")),
    (re.compile(rf"(?:{'|'.join(_DAYS)})$"), ("{weekday}", "last {weekday}")),
)


@cache
def lists(name: str) -> dict[str, Any]:
    """Read one of the word lists beside this file."""
    found: dict[str, Any] = yaml.safe_load((_LISTS / f"{name}.yaml").read_text(encoding="utf-8"))
    return found


def person(rng: random.Random) -> str:
    """Make a name of a random culture, in one of its written forms."""
    culture = lists("people")[rng.choice(sorted(lists("people")))]
    written = rng.choice(culture["forms"])

    def part(match: re.Match[str]) -> str:
        kind = match.group()
        if kind in ("F", "FF"):
            name = rng.choice(culture["family"])
            return name.upper() if kind == "FF" else name
        if kind == "I":
            return rng.choice("ABCDEFGHJKLMNPRSTVWY")
        source = {"G": "given", "M": "middle", "P": "patronymic", "Western": "western"}[kind]
        return str(rng.choice(culture[source]))

    name = re.sub(r"\b(?:FF|F|G|M|P|I|Western)\b", part, written)
    return name.replace("Mc ", "Mc").replace("O' ", "O'")


@cache
def _registry(folder: Path) -> dict[str, list[str]]:
    """Names of the research organisations' registry by kind; empty without the registry."""
    kinds = {
        "education": "university",
        "healthcare": "hospital",
        "government": "government",
        "company": "company",
        "nonprofit": "association",
    }
    found: dict[str, list[str]] = {}
    for file in ("ror_active.jsonl.gz", "ror_names_without_id.jsonl.gz"):
        if not (folder / "ror" / file).exists():
            continue
        for row in rows(folder / "ror" / file):
            kind = next((kinds[t] for t in row.get("types") or () if t in kinds), None)
            if (
                kind
                and 6 < len(row["name"]) < 70
                and "," not in row["name"]
                and "(" not in row["name"]
                and row["name"].isascii() != (len(row["name"]) % 7 == 0)
            ):
                found.setdefault(kind, []).append(row["name"].removeprefix("The "))
    return found


def institution(rng: random.Random, kind: str, folder: Path | None = None) -> str:
    """Make a name of a kind by a grammar, or take one of the registry."""
    known = _registry(folder).get(kind) if folder else None
    if known and rng.random() < 0.5:
        return rng.choice(known)
    words = lists("institutions")
    fillers = {
        "C": words["cities"],
        "N": [*words["countries"], *words["regions"]],
        "P": words["namesakes"],
        "S": words["subjects"],
        "A": words["ranks"],
    }

    def filler(match: re.Match[str]) -> str:
        made: str = rng.choice(fillers[match.group(1)])
        if match.group(1) == "P" and rng.random() < 0.25:
            made = person(rng)
        return made.removeprefix("the ") if match.start() == 0 else made

    return re.sub(r"\{([CNPSA])\}", filler, rng.choice(words[kind])).removeprefix("The ")


def date(rng: random.Random, surface: str) -> str:
    """Make another expression of the same grain; what is not understood stays."""
    forms = next((written for pattern, written in _FORMS if pattern.match(surface)), None)
    if forms is None:
        return surface
    month, day, year = rng.choice(_MONTHS), rng.randint(1, 28), rng.randint(1985, 2026)
    values = {
        "month": month,
        "short": rng.choice((month, month, month[:3], f"{month[:3]}.")),
        "number": _MONTHS.index(month) + 1,
        "day": day,
        "nth": _ordinal(day),
        "later": min(29, day + rng.randint(1, 9)),
        "year": year,
        "weekday": rng.choice(_DAYS),
    }
    return rng.choice(forms).format(**values)


def _ordinal(day: int) -> str:
    return f"{day}{'th' if 10 < day < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def kind_of(name: str) -> str | None:
    """Say which list of the grammar a name could stand for, None where no other name would fit."""
    return next((kind for kind, pattern in _KINDS if re.search(pattern, name)), None)


class Recombiner:
    """Replaces the mentions of a block, the same name always by the same name; `folder` holds the corpora."""

    def __init__(self, rng: random.Random, folder: Path | None, share: float = 0.85, *, reshape: bool = True) -> None:
        self.rng, self.folder, self.share, self.reshape = rng, folder, share, reshape

    def block(self, samples: list[Sample]) -> list[Sample]:
        """Return the block with new names."""
        known: dict[tuple[str, str], str] = {}
        return [self._sample(sample, known) for sample in samples]

    def _sample(self, sample: Sample, known: dict[tuple[str, str], str]) -> Sample:
        parts = [
            Part(text if label is None else known.setdefault((label, text), self._other(label, text, known)), label)
            for text, label in parts_of(sample)
        ]
        return sample_of_parts(reshaped(parts, self.rng) if self.reshape else parts)

    def _other(self, label: str, surface: str, known: dict[tuple[str, str], str]) -> str:
        if not label or self.rng.random() > self.share:
            return surface
        makers: dict[str, Callable[[], str]] = {
            "person": lambda: self._person(surface, known),
            "institution": lambda: self._institution(surface, known),
            "role": lambda: self._role(surface),
            "date": lambda: date(self.rng, surface),
        }
        new = makers[label]()
        return new.upper() if surface.isupper() and len(surface) > 8 and label != "person" else new

    def _person(self, surface: str, known: dict[tuple[str, str], str]) -> str:
        if " " not in surface:
            whole = next(
                (new for (label, old), new in known.items() if label == "person" and surface.casefold() in old.casefold().split()), None
            )
            name = max((whole or person(self.rng)).replace("-", " ").split(), key=len)
            return name.upper() if surface.isupper() and len(surface) > 2 else name
        name = person(self.rng)
        while " " not in name:
            name = person(self.rng)
        return name.upper() if surface.isupper() else name

    def _institution(self, surface: str, known: dict[tuple[str, str], str]) -> str:
        if surface.isupper() and " " not in surface and len(surface) < 8:
            whole = next((new for (label, old), new in known.items() if label == "institution" and initials(old) == surface), None)
            return (initials(whole) if whole else "") or (self._acronym() if self.rng.random() < 0.5 else surface)
        kind = kind_of(surface)
        return institution(self.rng, kind, self.folder) if kind else surface

    def _acronym(self) -> str:
        return initials(institution(self.rng, "university", self.folder)) or "UDE"

    def _role(self, surface: str) -> str:
        if self.rng.random() < 0.5:
            return surface
        for titles in lists("roles").values():
            if any(surface.casefold() == title.casefold() for title in titles):
                new: str = self.rng.choice(titles)
                return new.lower() if surface.islower() else new
        return surface
