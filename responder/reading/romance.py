"""French and Italian: short lists of their own where the German ones know nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from responder.reading import labels
from responder.reading.document import Document
from responder.reading.rules import Hit, load
from responder.reading.scope import Unsaid

ROMANCE = frozenset({"fr", "it"})
_OWN = frozenset({"matters", "topics"})
_MORE = frozenset({"wants"})
_DENIED = re.compile(r"\b(?:pas|peu|jamais|aucune?|ni|non|poco|mai|niente|nessun\w*|senza|sans)\b")
_BEFORE = 14
"""Code points before a place in which a word of denial still belongs to it."""


def find(name: str, tongue: str, document: Document, unsaid: tuple[Unsaid, ...] = ()) -> list[Hit]:
    """What the rules of that name find outside what states nothing in these ways.

    By the rules of the language where it has its own, or by its own beside the others.
    """
    own = tongue in ROMANCE and name in _OWN | _MORE
    files = [name] * (name in _MORE or not own) + [f"{tongue}_{name}"] * own
    stated = document.outside(unsaid)
    hits = [hit for file in files for hit in load(file).find(stated, document.runs)]
    return list({hit.label: hit for hit in reversed(hits)}.values())[::-1]


def meant(hits: Iterable[Hit], folded: str) -> list[Hit]:
    """The matters that are not denied: "le personnel n'était pas aimable" praises nobody."""
    return [hit for hit in hits if labels.sides()[hit.label] != "praise" or not _denied(hit, folded)]


def _denied(hit: Hit, folded: str) -> bool:
    start = max(0, hit.start - _BEFORE)
    clause = re.split(r"[.!?;,\n]", folded[start : hit.end])[-1]
    return _DENIED.search(clause) is not None


def asks(folded: str, *, complains: bool) -> bool:
    """A question mark outside a complaint."""
    return "?" in folded and not complains
