"""Text in, text of the same length out, tidied for the parser: odd spaces, quotes and dashes; offsets never move."""

_SAME = {
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u1680\t\v\f", " "),
    **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", " "),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4\u2032\uff07", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\uff02\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\uff0d", "-"),
    "\uff08": "(", "\uff09": ")", "\uff0c": ",", "\uff1a": ":", "\uff1b": ";", "\u3001": ",", "\u3002": ".", "\uff0e": ".",
    "\r": " ", "\u2028": "\n", "\u2029": "\n", "\x85": "\n",
}  # fmt: skip
_CONTROLS = {chr(c): " " for c in (*range(9), *range(14, 32), *range(127, 160)) if chr(c) not in _SAME}
_SURROGATES = dict.fromkeys(range(55296, 57344), "�")
_TABLE = str.maketrans({**_CONTROLS, **_SAME}) | _SURROGATES


def clean_text(text: str) -> str:
    """The text as the parser sees it; ``len(clean_text(text)) == len(text)`` for every text."""
    return text.translate(_TABLE)
