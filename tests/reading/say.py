"""Short ways to read a sentence in a test."""

from __future__ import annotations

from typing import Any

from responder.reading import read
from responder.reading.model import Reading, Text


def say(text: str, **values: Any) -> Reading:
    """The reading of a review text, with any further value of `Text`."""
    return read(Text(text, **values))


def facts(text: str, **values: Any) -> set[tuple[str, str]]:
    return {(fact.kind, fact.value) for fact in say(text, **values).facts}


def personal(text: str) -> set[tuple[str, str]]:
    return {(span.label, text[span.start : span.end]) for span in say(text).pii}
