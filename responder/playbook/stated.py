"""What a customer says himself about how it came to this, for the person who fills in the neutral sentence. Pure."""

from __future__ import annotations

import re

from responder.reading.model import Reading, Text

_LONGEST, _BEFORE, _LEAST_WORDS = 52, 10, 4
_CLAUSE = re.compile(r"(?:\d[.:](?=\s?\d|\s[A-ZJ])|[^.!?;:\n])+")
_ADMITS = re.compile(
    r"\b(?:mein fehler|meine schuld|mein ding"
    r"|hab\w*(?: ich)? (?:\w+ ){0,3}(?:angekreuzt|angeklickt|unterschrieben|übersehen|vergessen|überlesen)"
    r"|(?:angekreuzt|unterschrieben|vergessen|überlesen) hab\w*|erst (?:um|am|gegen|nach|kurz)\b|zu spät|verspätet"
    r"|steht (?:\w+ ){0,2}(?:im|in|auf|unter)|stand (?:\w+ ){0,3}(?:im|in|auf|unter|was)|in zwei bestellungen"
    r"|neu angemeldet|falsch\w* (?:gelesen|verstanden|gebucht)|mag sein|das bestreite ich nicht|kündigungsfrist"
    r"|vergeben wir weiter|abgesagt)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:nirgend\w*|nie|niemand|keiner|angeblich)\b", re.IGNORECASE)
_SIGNS = re.compile(r"[\[\]{}<>\"“”„«»%$#]")


def stated(reading: Reading, text: Text) -> str:
    """The customer's own words that say how it came to this, at most a line; empty where he says none."""
    for match in _CLAUSE.finditer(text.text):
        private = any(span.start < match.end() and match.start() < span.end for span in reading.pii)
        found = _ADMITS.search(match[0])
        if found and not private and not _DENIES.search(match[0]) and len(match[0].split()) >= _LEAST_WORDS:
            return _around(match[0], found.start())
    return ""


def _around(clause: str, place: int) -> str:
    """As much of the clause as fits, from a little before the telling words on."""
    words = " ".join(_SIGNS.sub("", clause[_word_before(clause, place - _BEFORE) :]).split()).strip(" ,-–()")
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rpartition(' ')[0].rstrip(' ,')} …"


def _word_before(clause: str, place: int) -> int:
    return clause.rfind(" ", 0, place) + 1 if place > 0 else 0
