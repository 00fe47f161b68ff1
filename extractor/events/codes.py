"""A draft in, its CAMEO and PLOVER codes out (PLOVER manual 0.8 and its CAMEO2PLOVER table); None where the schemes have none."""

from __future__ import annotations

from extractor.events.drafts import Draft

Codes = tuple[str | None, str | None]
_AGREE: Codes = ("030", "AGREE")
_MEET: Codes = ("036", "AGREE")
_CODES: dict[tuple[str, str], Codes] = {
    ("agreement", "signed"): ("057", "SUPPORT"),
    ("agreement", "renewed"): ("057", "SUPPORT"),
    ("agreement", "agreed"): _AGREE,
    ("agreement", "planned"): _AGREE,
    ("agreement", "ended"): ("160", "SANCTION"),
    ("visit", "planned"): _MEET,
    ("visit", "held"): ("042", "CONSULT"),
    ("meeting", "planned"): _MEET,
    ("meeting", "held"): ("040", "CONSULT"),
    ("establishment", "planned"): _AGREE,
    ("establishment", "done"): ("060", "COOPERATE"),
}


def codes_of(draft: Draft) -> Codes:
    """(CAMEO, PLOVER) of a draft's type and action."""
    return _CODES.get((draft.type, draft.action), (None, None))
