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

    def knows(self, model: str) -> bool:
        """Whether there are weights of that name."""
        return model in self._weights

    def chance(self, model: str, features: Iterable[str]) -> float:
        """0 to 1: the probability that a model gives; the sum is exact, and so the same in every order."""
        weights = self._weights.get(model)
        return 1 / (1 + exp(-fsum(map(weights.__getitem__, weights.keys() & features)))) if weights else 0.0

    def odds(self, model: str, features: Mapping[str, float]) -> float:
        """The same for features that are numbers."""
        weights = self._weights.get(model, {})
        return 1 / (1 + exp(-fsum(weights[name] * features[name] for name in weights.keys() & features.keys())))


@cache
def shipped_scorer() -> Scorer:
    """The scorer with the weights that the package ships."""
    return Scorer(json.loads(files("extractor.events").joinpath("weights.json").read_text(encoding="utf-8")))
