"""Features in, probabilities out, by the weights of logistic regressions that ``training/events.py`` makes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from math import exp, fsum


class Scorer:
    """Weights by model and feature; what a model does not know weighs nothing."""

    def __init__(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        self._weights = weights
        self._tables: dict[tuple[str, ...], dict[str, list[tuple[int, float]]]] = {}

    def knows(self, model: str) -> bool:
        """Whether there are weights of that name."""
        return model in self._weights

    def extended(self, weights: Mapping[str, Mapping[str, float]]) -> Scorer:
        """The same with further models."""
        return Scorer({**self._weights, **weights})

    def chance(self, model: str, features: Iterable[str]) -> float:
        """0 to 1: the probability that a model gives; the sum is exact, and so the same in every order."""
        weights = self._weights.get(model)
        return 1 / (1 + exp(-fsum(map(weights.__getitem__, weights.keys() & features)))) if weights else 0.0

    def chances(self, shared: frozenset[str], own: Mapping[str, frozenset[str]]) -> dict[str, float]:
        """The chance that each model in ``own`` gives for the features there and those that all of them share; sooner than one by one."""
        table = self._table(tuple(own))
        values: list[list[float]] = [[] for _ in own]
        for feature in shared & table.keys():
            for number, weight in table[feature]:
                values[number].append(weight)
        for (model, features), found in zip(own.items(), values, strict=True):
            weights = self._weights.get(model, {})
            found += [weights[feature] for feature in features - shared if feature in weights]
        return {model: 1 / (1 + exp(-fsum(found))) if self.knows(model) else 0.0 for model, found in zip(own, values, strict=True)}

    def _table(self, models: tuple[str, ...]) -> dict[str, list[tuple[int, float]]]:
        """Feature -> its weights, each with the number of its model."""
        if models not in self._tables:
            table = self._tables[models] = {}
            for number, model in enumerate(models):
                for feature, weight in self._weights.get(model, {}).items():
                    table.setdefault(feature, []).append((number, weight))
        return self._tables[models]

    def odds(self, model: str, features: Mapping[str, float]) -> float:
        """The same for features that are numbers."""
        weights = self._weights.get(model, {})
        return 1 / (1 + exp(-fsum(weights[name] * features[name] for name in weights.keys() & features.keys())))


@cache
def shipped_scorer() -> Scorer:
    """The scorer with the weights that the package ships."""
    return Scorer(json.loads(files("extractor.events").joinpath("weights.json").read_text(encoding="utf-8")))
