"""An instrument's noun and the words around it in, the most specific kind of instrument out."""

from __future__ import annotations

import re

from extractor.events.phrases import Phrase
from extractor.events.triggers import Hit
from extractor.records import Instrument

_DEGREE = Phrase("instruments.degree")
_EXCHANGE = Phrase("instruments.exchange")
_EXCHANGE_AFTER = Phrase("instruments.exchange_after")
_RESEARCH = Phrase("instruments.research")
_GENERAL = Phrase("instruments.general")
_FRAMEWORK = Phrase("instruments.framework")
_PHRASE_END = Phrase("instruments.phrase_end")
_LETTER = "letter_of_intent"


def instrument_of(masked: str, noun: Hit, zone: tuple[int, int]) -> Instrument | None:
    """The kind of instrument that a noun and its modifiers name; None for a bare "document"."""
    base = noun.value["instrument"]
    if base == "any":
        return None
    before = masked[max(zone[0], noun.start - 70) : noun.start]
    before = re.split(r"[.;:,(]|\b(?:and|signed?|inked|an?|the|with|of|has|have)\b", before, flags=re.IGNORECASE)[-1]
    after = masked[noun.end : min(zone[1], noun.end + 90)]
    complement = _PHRASE_END.split(after.lstrip(" ("), maxsplit=1)[0] if _PHRASE_END.search(after) else after
    words = masked[noun.start : noun.end]
    if base in {"cooperation_agreement", "contract"}:
        return _agreement(base, before, complement, after, words)
    if base == "memorandum_of_understanding" and _DEGREE.search(before):
        return "joint_degree_agreement"
    return base  # type: ignore[return-value]  # the rules' values are checked against Instrument by a test


def _agreement(base: str, before: str, complement: str, after: str, words: str) -> Instrument:
    if _DEGREE.search(before) or _DEGREE.search(complement):
        return "joint_degree_agreement"
    if _RESEARCH.search(before) and not re.search(r"\beducation|teaching\b", before, re.IGNORECASE):
        return "research_agreement"
    if not _GENERAL.search(before) and (
        _EXCHANGE.search(before) or (_EXCHANGE_AFTER.match(after) and not re.search(r"letter|memo|mo[ua]", words, re.IGNORECASE))
    ):
        return "exchange_agreement"
    if base == "contract" and not _FRAMEWORK.search(before):
        return "contract"
    return "cooperation_agreement"
