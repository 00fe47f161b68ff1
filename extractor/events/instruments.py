"""An instrument's noun and the words around it in, the most specific kind of instrument out."""

from __future__ import annotations

import re

from extractor.events.triggers import Hit
from extractor.records import Instrument

_DEGREE = re.compile(
    r"\b(?:double|dual|joint|twin(?:ned)?|two|cotutelle|co-tutelle)[\s-]+(?:\w+[\s-]+)?(?:degrees?|diplomas?|doctora\w+|ph\.?d\.?s?|masters?|master'?s|bachelors?|post-?graduate|programme\s+degree)"
    r"|\bco-?tutelle\b|\bjointly[\s-]supervised\b|\b[1-4]\s?\+\s?[1-4]\b",
    re.IGNORECASE,
)
_EXCHANGE = re.compile(r"\b(?:exchanges?|erasmus\W?|study[\s-]abroad|mobility)\b", re.IGNORECASE)
_EXCHANGE_AFTER = re.compile(
    r"\s*(?:\(\w+\)\s*)?(?:on|for|of|about|regarding|concerning)\s+(?:the\s+)?(?:\w+['\u2019]?s?\s+(?:and\s+|or\s+|,\s*)?){0,4}exchanges?\b", re.IGNORECASE
)
_RESEARCH = re.compile(r"\b(?:research|crada|r&d)(?:\s*(?:and|&)\s*(?:development|innovation))?(?:\s+(?:co-?operation|collaboration|partnership))?\s*$", re.IGNORECASE)
_GENERAL = re.compile(r"\b(?:co-?operation|co-?operative|collaborati\w+|framework|general|umbrella|affiliation)\b", re.IGNORECASE)
_FRAMEWORK = re.compile(r"\bframework\s*$", re.IGNORECASE)
_PHRASE_END = re.compile(r"[.;:,(]|\b(?:with|between|among|by|signed|sign|which|that|was|were|will|has|have|had|is|are|and)\b", re.IGNORECASE)
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
    if not _GENERAL.search(before) and (_EXCHANGE.search(before) or (_EXCHANGE_AFTER.match(after) and not re.search(r"letter|memo|mo[ua]", words, re.IGNORECASE))):
        return "exchange_agreement"
    if base == "contract" and not _FRAMEWORK.search(before):
        return "contract"
    return "cooperation_agreement"
