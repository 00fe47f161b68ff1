"""Entities of a text in, the events that it tells out, one for each act in the world."""

from extractor.events.fill import fill_events as fill_events
