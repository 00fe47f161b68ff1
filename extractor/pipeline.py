"""Articles in, documents out: clean, parse, find, link and fill wired together; each part is built once."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache, cached_property

import extractor
from extractor.clean import clean_text
from extractor.events import fill_events
from extractor.find import find_mentions
from extractor.layout import read_layout
from extractor.link import link_entities
from extractor.parse import Parser
from extractor.records import Article, Document, Entities, Source, Stamp
from extractor.rules import load_rules
from extractor.settings import Settings


class Extractor:
    """Reads texts with one set of settings; build it once, use it for many texts."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.rules = load_rules(self.settings.rules)
        self.parser = Parser(self.settings.model)

    @cached_property
    def stamp(self) -> Stamp:
        """Versions of program, model and rules, as every document prints them."""
        return Stamp(version=extractor.__version__, model=self.parser.name, rules=self.rules.digest)

    def extract(self, article: Article) -> Document:
        """All records of one article."""
        text, source = article.text, article.source
        limit = self.settings.max_characters
        warnings = (f"cut: only the first {limit} of {len(text)} characters were read",) if len(text) > limit else ()
        clean = clean_text(text[:limit])
        layout = read_layout(clean, source.title)
        doc = self.parser.parse(clean)
        spans = find_mentions(doc, layout, self.rules)
        entities = link_entities(doc, spans, layout, source=source, site=article.site, settings=self.settings)
        events = fill_events(doc, entities, layout, self.rules, only=self.settings.only)
        return Document(
            doc_id=article.doc_id,
            extractor=self.stamp,
            source=_known(source, entities),
            text=text,
            mentions=tuple(m.model_copy(update={"text": text[m.start : m.end]}) for m in entities.mentions),
            institutions=entities.institutions,
            people=entities.people,
            roles=entities.roles,
            dates=entities.dates,
            events=tuple(
                e.model_copy(update={"trigger": e.trigger.model_copy(update={"text": text[e.trigger.start : e.trigger.end]})})
                for e in events
            ),
            warnings=(*warnings, *entities.warnings),
        )

    def extract_many(self, articles: Iterable[Article]) -> Iterator[Document]:
        """One document per article, in order, streaming."""
        return map(self.extract, articles)


def _known(source: Source, entities: Entities) -> Source:
    found = {"publisher": entities.publisher, "published": entities.published, "published_from": entities.published_from}
    return source.model_copy(update={key: value for key, value in found.items() if value is not None})


def extract(
    text: str, *, title: str | None = None, published: date | str | None = None, url: str | None = None, settings: Settings | None = None
) -> Document:
    """All records of one text. ``published`` is the day of publication (ISO 8601), from which "Friday" is counted."""
    day = date.fromisoformat(published) if isinstance(published, str) else published
    source = Source(title=title, published=day, published_from="option" if day else None, url=url)
    return _extractor(settings or Settings()).extract(Article(doc_id="text", text=text, source=source))


@cache
def _extractor(settings: Settings) -> Extractor:
    return Extractor(settings)
