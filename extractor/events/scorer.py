"""Features in, probabilities out, by the weights of logistic regressions that ``training/events.py`` makes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import chain, repeat
from math import exp, fsum


class Scorer:
    """Weights by model and feature; what a model does not know weighs nothing."""

    def __init__(self, weights: Mapping[str, Mapping[str, float]]) -> None:
        self._weights = weights
        self._tables: dict[tuple[str, ...], dict[str, tuple[float, ...]]] = {}

    def knows(self, model: str) -> bool:
        """Whether there are weights of that name."""
        return model in self._weights

    def extended(self, weights: Mapping[str, Mapping[str, float]]) -> Scorer:
        """The same with further models."""
        return Scorer({**self._weights, **weights})

    def chance(self, model: str, features: Iterable[str]) -> float:
        """0 to 1: the probability that a model gives for features without doubles; the sum is exact, and so the same in every order."""
        return _chance(self._found(model, features)) if self._weights.get(model) else 0.0

    def chances(self, shared: frozenset[str], own: Mapping[str, frozenset[str]]) -> dict[str, float]:
        """The chance that each model in ``own`` gives for the features there and those that all of them share; sooner than one by one."""
        rows = list(filter(None, map(self._table(tuple(own)).get, shared)))
        columns = zip(*rows, strict=True) if rows else repeat((), len(own))
        return {
            model: _chance(chain(column, self._found(model, features - shared))) if self.knows(model) else 0.0
            for (model, features), column in zip(own.items(), columns, strict=True)
        }

    def _found(self, model: str, features: Iterable[str]) -> Iterator[float]:
        return filter(None, map(self._weights.get(model, {}).get, features))

    def _table(self, models: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
        """Feature -> its weight in each model."""
        if models not in self._tables:
            weights = [self._weights.get(model, {}) for model in models]
            features = dict.fromkeys(chain.from_iterable(weights))
            self._tables[models] = {feature: tuple(known.get(feature, 0.0) for known in weights) for feature in features}
        return self._tables[models]

    def odds(self, model: str, features: Mapping[str, float]) -> float:
        """The same for features that are numbers."""
        weights = self._weights.get(model, {})
        return _chance(weights[name] * features[name] for name in weights.keys() & features.keys())


def _chance(weights: Iterable[float]) -> float:
    return 1 / (1 + exp(-fsum(weights)))


@cache
def shipped_scorer() -> Scorer:
    """The scorer with the weights that the package ships."""
    return Scorer(json.loads(files("extractor.events").joinpath("weights.json").read_text(encoding="utf-8")))
