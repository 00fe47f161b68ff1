"""Articles in, documents out: clean, parse, find, link and fill wired together; each part is built once."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar

import extractor
from extractor.clean import clean_text
from extractor.confidence import calibrated, confident
from extractor.errors import SettingsError, SourceError
from extractor.events import fill_events
from extractor.find import find_mentions
from extractor.io.decode import encodable
from extractor.io.failures import Failure
from extractor.io.origins import list_origins
from extractor.io.read import read_texts
from extractor.layout import Layout, read_layout
from extractor.link import link_names, link_posts, read_relations
from extractor.model.relations import shipped_reader
from extractor.parse import Parser
from extractor.records import Article, Document, Entities, Event, Mention, Quote, Source, Stamp
from extractor.rules import load_rules
from extractor.scan import has_words_of, without_endless_words
from extractor.settings import Settings

Q = TypeVar("Q", Mention, Quote)

WITHOUT_RELATIONS = ("fast", "rules")  # quick, or without networks at all


class Extractor:
    """Reads texts with one set of settings; build it once, use it for many texts."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.rules = load_rules(self.settings.rules)
        self.parser = Parser(self.settings.model)
        self.reader = None if self.settings.model in WITHOUT_RELATIONS else shipped_reader()

    @cached_property
    def stamp(self) -> Stamp:
        """Versions of program, model and rules, as every document prints them."""
        return Stamp(version=extractor.__version__, model=self.parser.name, rules=self.rules.digest)

    def extract(self, article: Article) -> Document:
        """All records of one article; a text longer than ``max_characters`` is cut off there."""
        limit, only = self.settings.max_characters, self.settings.only
        text = article.text[:limit]
        warnings = article.warnings
        if len(article.text) > limit:
            warnings += (f"cut: only the first {limit} characters were read",)
        clean = without_endless_words(clean_text(text))
        if only and not has_words_of(clean, only):
            skipped = f"skipped: no word of {' or '.join(only)} in the text"
            return Document(doc_id=article.doc_id, extractor=self.stamp, source=article.source, text=text, warnings=(*warnings, skipped))
        return self._read(article.model_copy(update={"text": text, "warnings": warnings}), clean)

    def _read(self, article: Article, clean: str) -> Document:
        source, settings = article.source, self.settings
        layout = read_layout(clean, source.title)
        doc = self.parser.parse(clean)
        spans = find_mentions(doc, layout, self.rules)
        names = link_names(doc, spans, layout, source=source, site=article.site, settings=settings)
        relations = read_relations(self.reader, names) if self.reader else None
        entities = link_posts(names, relations)
        events = fill_events(doc, entities, layout, self.rules, only=settings.only, relations=relations)
        document = Document(
            doc_id=article.doc_id,
            extractor=self.stamp,
            source=_known(source, entities, layout, article.text),
            text=article.text,
            mentions=tuple(_as_printed(m, article.text) for m in entities.mentions),
            institutions=entities.institutions,
            people=entities.people,
            roles=entities.roles,
            dates=entities.dates,
            events=tuple(_event_as_printed(e, article.text) for e in events),
            warnings=(*article.warnings, *entities.warnings),
        )
        return confident(calibrated(document), settings.min_confidence)

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Document]:
        """One document per article, in order, streaming."""
        return map(self.extract, articles)

    @contextmanager
    def memory_zone(self) -> Iterator[None]:
        """Within it, words that texts bring along are forgotten at the end, so that a long run stays flat."""
        with self.parser.vocab.memory_zone():
            yield


def _as_printed(quote: Q, text: str) -> Q:
    printed = text[quote.start : quote.end]
    return quote if quote.text == printed else quote.model_copy(update={"text": printed})


def _event_as_printed(event: Event, text: str) -> Event:
    trigger = _as_printed(event.trigger, text)
    return event if trigger is event.trigger else event.model_copy(update={"trigger": trigger})


def _known(source: Source, entities: Entities, layout: Layout, text: str) -> Source:
    title = next((text[line.start : line.end] for line in layout.lines if line.part == "title"), None)
    found = {
        "publisher": entities.publisher,
        "published": entities.published,
        "published_from": entities.published_from,
        "title": source.title or title,
    }
    return source.model_copy(update={key: value for key, value in found.items() if value is not None})


def extract(
    text: str, *, title: str | None = None, published: date | str | None = None, url: str | None = None, settings: Settings | None = None
) -> Document:
    """All records of one text. ``published`` is the day of publication (ISO 8601), from which "Friday" is counted.

    Raises SettingsError where ``published`` is no day.
    """
    source = Source(title=title, published=_day(published), published_from="option" if published else None, url=url)
    return extractor_of(settings or Settings()).extract(Article(doc_id="text", text=encodable(text), source=source))


def extract_many(paths: str | Path | Iterable[str | Path], *, settings: Settings | None = None) -> Iterator[Document]:
    """One document per text of files, folders and globs, in the order of their names, streaming.

    Raises SourceError at the first text that cannot be read; ``extractor run`` reports such texts and goes on.
    """
    chosen = settings or Settings()
    given = [paths] if isinstance(paths, str | Path) else list(paths)
    for origin in list_origins([str(path) for path in given]):
        for item in read_texts(origin, chosen):
            if isinstance(item, Failure):
                raise SourceError(item.path, item.message, "leave it out, or use `extractor run`", reason=item.reason)
            yield extractor_of(chosen).extract(item)


def _day(value: date | str | None) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError as error:
        raise SettingsError("published", f"{value!r} is not a day", "write it as 2023-01-16") from error


@cache
def extractor_of(settings: Settings) -> Extractor:
    """The extractor of these settings, built once in a process."""
    return Extractor(settings)
