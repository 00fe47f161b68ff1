"""Features in, probabilities out, by the weights of logistic regressions that ``training/events.py`` makes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from math import exp


class Scorer:
    """Weights by model and feature; what a model does not know weighs nothing."""

    def __init__(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        self._weights = weights

    def knows(self, model: str) -> bool:
        """Whether there are weights of that name."""
        return model in self._weights

    def chance(self, model: str, features: Iterable[str]) -> float:
        """0 to 1: the probability that a model gives; the features in one order, so that the sum is the same everywhere."""
        weights = self._weights.get(model, {})
        return 1 / (1 + exp(-sum(weights.get(feature, 0.0) for feature in features))) if weights else 0.0

    def odds(self, model: str, features: Mapping[str, float]) -> float:
        """The same for features that are numbers."""
        weights = self._weights.get(model, {})
        return 1 / (1 + exp(-sum(weights.get(name, 0.0) * features[name] for name in sorted(features))))


@cache
def shipped_scorer() -> Scorer:
    """The scorer with the weights that the package ships."""
    return Scorer(json.loads(files("extractor.events").joinpath("weights.json").read_text(encoding="utf-8")))
