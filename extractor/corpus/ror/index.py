"""Entries of a release in, a compact index of their names out, kept as one Arrow file beside the release or in a cache folder."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from math import log
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from extractor.corpus.names import load_words, name_of, words_of
from extractor.corpus.ror.dump import Entry, read_dump
from extractor.errors import SourceError
from extractor.io.jsonl import written_whole
from extractor.rules.lexicon import load_lexicon

_VERSION = "3"  # raise it where the columns or the folding of names change
_STRINGS = pa.list_(pa.string())
_SCHEMA = pa.schema([
    ("id", pa.string()), ("names", _STRINGS), ("keys", _STRINGS), ("acronyms", _STRINGS), ("country", pa.string()), ("cities", _STRINGS),
    ("regions", _STRINGS), ("types", _STRINGS), ("parents", _STRINGS),
])  # fmt: skip


class Keyed(NamedTuple):
    """An entry and the words of each of its names, joined by spaces."""

    entry: Entry
    keys: tuple[str, ...]


class Index:
    """Look-ups by the words of names. Positions are those of ``entries``."""

    def __init__(self, keyed: Iterable[Keyed]) -> None:
        self.entries: list[Entry] = []
        self.by_words: dict[str, tuple[int, ...]] = {}
        self.by_acronym: dict[str, tuple[int, ...]] = {}
        self.keys: list[tuple[str, ...]] = []
        for at, (entry, keys) in enumerate(keyed):
            self.entries.append(entry)
            self.keys.append(keys)
            for key in keys:
                self.by_words[key] = (*self.by_words.get(key, ()), at)
            for acronym in entry.acronyms:
                self.by_acronym[acronym] = (*self.by_acronym.get(acronym, ()), at)

    @cached_property
    def by_id(self) -> Mapping[str, int]:
        return {entry.id: at for at, entry in enumerate(self.entries)}

    @cached_property
    def by_turn(self) -> Mapping[str, tuple[int, ...]]:
        """Names that two orders may have, in one of them: "Jena University", "University of Jena"."""
        found: dict[str, dict[int, None]] = defaultdict(dict)
        for key, at in self.by_words.items():
            words = key.split()
            if 1 < len(words) <= _LONGEST_TURNED:
                found[turn(words)].update(dict.fromkeys(at))
        return {key: tuple(at) for key, at in found.items()}

    @cached_property
    def by_joined(self) -> Mapping[str, tuple[int, ...]]:
        """Names written together -> entries: "Post Graduate Institute", "Postgraduate Institute"."""
        found: dict[str, dict[int, None]] = defaultdict(dict)
        for key, at in self.by_words.items():
            if len(key) >= _LONG:
                found[key.replace(" ", "")].update(dict.fromkeys(at))
        return {key: tuple(at) for key, at in found.items()}

    @cached_property
    def by_city(self) -> Mapping[str, tuple[int, ...]]:
        """Names without the person that a house is named after: "University of Jena" for "Friedrich Schiller University Jena"."""
        found: dict[str, dict[int, None]] = defaultdict(dict)
        for at, keys in enumerate(self.keys):
            if "education" not in self.entries[at].types:
                continue
            for short in {tuple(s) for key in keys for s in _without_person(key.split(), self.places[at][0])}:
                found[turn(short)][at] = None
        return {key: tuple(at) for key, at in found.items() if key not in self.by_turn}

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """How telling each word of the names is: the logarithm of names per name that holds it."""
        counts: dict[str, int] = defaultdict(int)
        for key in self.by_words:
            for word in set(key.split()):
                counts[word] += 1
        names = max(len(self.by_words), _FEWEST)
        return {word: log(names / count) for word, count in counts.items()}

    @cached_property
    def cities(self) -> frozenset[str]:
        """The folded cities of all entries."""
        return frozenset(city for cities, _ in self.places for city in cities)

    @cached_property
    def places(self) -> Sequence[tuple[frozenset[str], frozenset[str]]]:
        """The folded cities, and the folded regions, of each entry."""
        return [(_folded(entry.cities), _folded(entry.regions)) for entry in self.entries]


_LONGEST_TURNED = 6  # words
_FEWEST = 100_000  # names: a part of the registry is weighed as if it were about the whole
_LONG = 12  # letters: shorter names, written together, may be other words


_PLAIN = frozenset({"university", "technical", "medical", "state", "national", "agricultural"})


def turn(words: Sequence[str]) -> str:
    """The words of a name with its first head noun, and what narrows it, at the end; equal for "National University of X" and "X National
    University".
    """
    heads = load_words().heads
    at = next((at for at, word in enumerate(words) if word in heads), None)
    if at is None:
        return " ".join(words)
    return " ".join([*sorted([*words[:at], *words[at + 1 :]]), "|", words[at]])


def _without_person(words: Sequence[str], cities: frozenset[str]) -> Iterator[Sequence[str]]:
    """The words from the first that is no proper name on, where they end in "university" and the city."""
    common = load_words().common
    start = next((at for at, word in enumerate(words) if word in common), 0)
    if start and "university" in words[start:]:
        end = len(words) - words[::-1].index("university")
        if set(words[start:end]) <= _PLAIN and " ".join(words[end:]) in cities:
            yield words[start:]


def _folded(places: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(words_of(place)) for place in places)


def load_index(dump: Path, cache: Path | None = None) -> Index:
    """The index of a release, from the cache where it is there, else built and kept there (by default beside the release)."""
    kept = (cache or dump.parent) / f".{dump.name}.{_digest(dump)}.index"
    if kept.is_file():
        return read_index(kept)
    keyed = list(map(key_entry, read_dump(dump)))
    write_index(kept, keyed)
    return Index(keyed)


def _digest(dump: Path) -> str:
    """Of what the index depends on: the file, told by name, size and time, the word lists, and the version of the index."""
    try:
        stat = dump.stat()
    except OSError as error:
        raise SourceError(str(dump), f"cannot be read ({error.strerror})", "fetch a release first: extractor ror fetch") from error
    told = f"{_VERSION}|{load_lexicon('organization_names')}|{dump.name}|{stat.st_size}|{stat.st_mtime_ns}"
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def key_entry(entry: Entry) -> Keyed:
    """An entry with the words of its names; a country in brackets at the end of a name is the registry's, not the name's."""
    names = dict.fromkeys(" ".join(name_of(_bare(name)).words) for name in entry.names)
    return Keyed(entry, tuple(name for name in names if name))


def _bare(name: str) -> str:
    return name[: name.rindex("(")].strip() or name if name.endswith(")") and "(" in name else name


def write_index(path: Path, keyed: Sequence[Keyed]) -> None:
    """Keeps an index as one file."""
    rows = [{**k.entry._asdict(), "keys": k.keys} for k in keyed]
    table = pa.Table.from_pylist(rows, schema=_SCHEMA)
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_whole(path) as stream:
        pq.write_table(table, stream, compression="zstd")


def read_index(path: Path) -> Index:
    """A kept index. Raises SourceError where the file is none."""
    try:
        return Index(_read_keyed(path))
    except (OSError, pa.ArrowException, KeyError) as error:
        raise SourceError(str(path), f"is no index ({error})", "delete it; it is built again") from error


def _read_keyed(path: Path) -> Iterator[Keyed]:
    for batch in pq.ParquetFile(path).iter_batches(batch_size=5000):
        for row in batch.to_pylist():
            keys = tuple(row.pop("keys"))
            lists = {name: tuple(value) for name, value in row.items() if isinstance(value, list)}
            yield Keyed(Entry(id=row["id"], country=row["country"], **lists), keys)
