"""Entities of a text in, the events that it tells out, one for each act in the world."""

from collections.abc import Collection

from spacy.tokens import Doc

from extractor.layout import Layout
from extractor.records import Entities, Event, EventType
from extractor.rules import Rules


def fill_events(doc: Doc, entities: Entities, layout: Layout, rules: Rules, *, only: Collection[EventType] = ()) -> tuple[Event, ...]:
    """Agreements, visits, meetings, appointments and joint establishments, in text order."""
    return ()
