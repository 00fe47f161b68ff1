"""Names of patterns in, the compiled patterns of ``lexicon/post_cues.yaml`` out."""

from functools import cache

import regex

from extractor.errors import RuleError
from extractor.rules.lexicon import load_lexicon

_PLACE = regex.compile(r"@(\w+)@")


@cache
def cue(name: str) -> "regex.Pattern[str]":
    """The pattern of an entry, with its lists filled in; letter case is ignored. Raises RuleError where it does not compile."""
    lexicon = load_lexicon("post_cues")
    filled = _PLACE.sub(lambda match: f"(?:{'|'.join(lexicon['lists'][match[1]])})", lexicon["patterns"][name])
    try:
        return regex.compile(filled, regex.IGNORECASE)
    except regex.error as error:
        raise RuleError(f"lexicon/post_cues.yaml, pattern '{name}'", f"does not compile ({error})", "mend the pattern") from error
