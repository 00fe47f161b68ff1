"""A network and examples in, F1 of spans per label out; a quick look while training."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from extractor.model.tags import LABELS, best_tags, spans
from training.learn import predictions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.encoder import Encoder
    from training.samples import Example


def f1(encoder: Encoder, found: Sequence[Example]) -> dict[str, float]:
    """Return strict F1 per label over windows; words whose tags are open are left to the network's own reading."""
    hits: Counter[str] = Counter()
    for example, scores in predictions(encoder, found):
        told = {s[:3] for s in spans(best_tags(scores), scores)}
        closed = scores + (example.allowed - 1.0) * 1e6
        true = {s[:3] for s in spans(best_tags(closed.astype("float32")), scores)}
        for label in LABELS:
            mine, theirs = ({s for s in group if s[2] == label} for group in (told, true))
            hits[f"{label}+"] += len(mine & theirs)
            hits[f"{label}-"] += len(mine) + len(theirs)
    return {label: round(2 * hits[f"{label}+"] / max(1, hits[f"{label}-"]), 4) for label in LABELS}
