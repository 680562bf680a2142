"""What a customer says himself about how it came to this, for the person who fills in the neutral sentence. Pure."""

from __future__ import annotations

import re

from responder.reading.model import Reading, Text

_LONGEST, _LEAST_WORDS = 70, 3
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
_QUOTED = re.compile(r"[\[\]{}<>\"“”„«»‚‘%$#]")
"""Words with such signs are somebody else's, or no plain words at all."""
_PIECE = re.compile(r"\s*,\s*(?:aber|und|doch|denn|ja)?\s*|\s+(?:aber|doch)\s+")


def stated(reading: Reading, text: Text) -> str:
    """The customer's own words that say how it came to this: one whole clause, or nothing."""
    for match in _CLAUSE.finditer(text.text):
        private = any(span.start < match.end() and match.start() < span.end for span in reading.pii)
        if private or _DENIES.search(match[0]) or _QUOTED.search(match[0]) or not _ADMITS.search(match[0]):
            continue
        for said in (match[0], *_PIECE.split(match[0])):
            words = " ".join(said.split()).strip(" ,-–()")
            if _ADMITS.search(words) and len(words.split()) >= _LEAST_WORDS and len(words) <= _LONGEST:
                return words
    return ""
