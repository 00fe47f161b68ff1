"""A run of words and an entry that it may name in, what speaks for and against it out, as numbers."""

from collections.abc import Sequence
from typing import NamedTuple

from extractor.corpus.names import load_words
from extractor.corpus.ror.index import Index
from extractor.corpus.ror.runs import Run, Word, countries_in

TYPES = ("education", "healthcare", "facility", "company", "government", "nonprofit", "funder")


class Candidate(NamedTuple):
    """An entry (position in the index) that a run may name, with its features."""

    run: Run
    at: int
    features: dict[str, float]


class Surroundings(NamedTuple):
    """What is around a run: its words as one string, and the countries told."""

    words: str
    countries: frozenset[str]


def weigh_runs(words: Sequence[Word], runs: Sequence[Run], index: Index) -> list[Candidate]:
    """Each entry that each run may name, with its features; of namesakes those that the place leaves."""
    found: list[Candidate] = []
    for run in runs:
        around = _around(words, run)
        shape = _shape(words, run, index)
        options = [(at, _places(at, run, around, index)) for at in run.at]
        best = max(_fit(places) for _, places in options)
        left = [(at, places) for at, places in options if _fit(places) == best]
        for at, places in left:
            key = " ".join(w.form for w in words[run.start : run.end])
            shown = float(index.keys[at][0] == key)
            rival = float(any(index.keys[other][0] == key for other, _ in left if other != at))
            features = {
                **shape,
                **places,
                **_kind(at, index),
                "shown": shown,
                "rival_shown": rival,
                "namesakes": float(len(left) > 1),
                "had_namesakes": float(len(run.at) > 1),
            }
            found.append(Candidate(run, at, features | _together(features)))
    return [c._replace(features=c.features | _company(c, found, index)) for c in found]


def _fit(places: dict[str, float]) -> float:
    return 2 * places["city"] + places["region"] + 2 * places["country"] - 3 * places["other_country"]


def _around(words: Sequence[Word], run: Run) -> Surroundings:
    before, after = [w.form for w in words[: run.start]], [w.form for w in words[run.end :]]
    return Surroundings(f" {' '.join(before)} | {' '.join(after)} ", frozenset(countries_in(before) | countries_in(after)))


def _places(at: int, run: Run, around: Surroundings, index: Index) -> dict[str, float]:
    entry = index.entries[at]
    cities, regions = index.places[at]
    name = f" {' '.join(index.keys[at])} "
    city = any(f" {c} " in around.words for c in cities if c)
    region = any(f" {r} " in around.words for r in regions if r)
    country = entry.country in around.countries
    return {
        "city": float(city),
        "region": float(region),
        "country": float(country),
        "other_country": float(bool(around.countries) and entry.country is not None and not country),
        "no_country": float(not around.countries),
        "city_in_name": float(any(f" {c} " in name for c in cities if c)),
        "nowhere": float(not (city or region or country)),
    }


def _shape(words: Sequence[Word], run: Run, index: Index) -> dict[str, float]:
    lists = load_words()
    held = words[run.start : run.end]
    forms = [w.form for w in held]
    core = [f for f in forms if f not in lists.common and not f.isdigit()]
    weight = sum(index.weights.get(f, 12.0) for f in forms)
    before = words[run.start - 1] if run.start and words[run.start - 1].part == held[0].part else None
    after = words[run.end] if run.end < len(words) and words[run.end].part == held[-1].part else None
    return {
        "one_word": float(len(forms) == 1),
        "two_words": float(len(forms) == 2),
        "words": min(len(forms), 6) / 6,
        "weight": min(weight, 40) / 40,
        "turned": float(run.how == "turned"),
        "joined": float(run.how == "joined"),
        "by_city": float(run.how == "city"),
        "school": float(run.how == "school"),
        "acronym": float(run.how == "acronym"),
        "whole": float(len(forms) == len(words)),
        "whole_part": float(before is None and after is None),
        "no_core": float(not core),
        "one_core": float(len(core) == 1),
        "head": float(any(f in lists.heads for f in forms)),
        "university": float("university" in forms),
        "begins_university": float(forms[0] == "university"),
        "ends_university": float(forms[-1] == "university"),
        "broken": float(held[0].part != held[-1].part),
        "first_part": float(held[0].part == 0),
        "before_core": float(before is not None and not held[0].is_linked and before.form not in lists.common),
        "before_common": float(before is not None and not held[0].is_linked and before.form in lists.common),
        "before_linked": float(held[0].is_linked),
        "after_linked": float(after is not None and after.is_linked),
        "after_head": float(after is not None and not after.is_linked and after.form in lists.heads),
        "after_core": float(after is not None and not after.is_linked and after.form not in lists.common),
        "after_common": float(after is not None and not after.is_linked and after.form in lists.common and after.form not in lists.heads),
        "capital": float(all(w.printed[0].isupper() or w.printed[0].isdigit() for w in held)),
        "unit": float(forms[0] in ("department", "faculty", "division", "school")),
    }


def _together(f: dict[str, float]) -> dict[str, float]:
    """What weighs more where no place confirms it."""
    weak = {
        "turned": f["turned"],
        "no_core": f["no_core"],
        "one_word": f["one_word"],
        "alias": 1 - f["shown"],
        "whole": f["whole"],
        "weight": f["weight"],
    }
    return {f"{name}_nowhere": value * f["nowhere"] for name, value in weak.items()}


def _kind(at: int, index: Index) -> dict[str, float]:
    types = index.entries[at].types
    return {f"is_{kind}": float(kind in types) for kind in TYPES}


def _company(candidate: Candidate, found: Sequence[Candidate], index: Index) -> dict[str, float]:
    """What the other candidates of the affiliation say."""
    entry = index.entries[candidate.at]
    others = [index.entries[c.at] for c in found if c.run is not candidate.run]
    rival = any(
        c.at != candidate.at and c.run is not candidate.run and c.run.start < candidate.run.end and candidate.run.start < c.run.end
        for c in found
    )
    return {
        "parent_told": float(any(o.id in entry.parents for o in others)),
        "child_told": float(any(entry.id in o.parents for o in others)),
        "university_told": float("education" not in entry.types and any("education" in o.types for o in others)),
        "overlap": float(rival),
        "others": min(len({o.id for o in others}), 4) / 4,
    }
