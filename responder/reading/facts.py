"""What the customer has already told us, so that nobody asks him again."""

from __future__ import annotations

import re

from responder.reading.document import Document
from responder.reading.model import Fact, Span
from responder.reading.pii import names
from responder.reading.rules import DATA

MONTH = r"(?:Januar|Jänner|Februar|Feber|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jan\.|Feb\.|Aug\.|Sept?\.|Okt\.|Nov\.|Dez\.|January|February|March|May|June|July|October|December)"
DAY = r"(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
COUNT = r"(?:\d{1,3}(?:[.,]\d)?|einer?|einem|eineinhalb|anderthalb|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|fünfzehn|zwanzig|dreißig|vierzig|fünfundvierzig|sechzig|neunzig|mehrere|two|three|four|five|six|an|half an)"
EXPRESSIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("date", re.compile(rf"\b(?:\d{{1,2}}\.\s?\d{{1,2}}\.(?:\s?(?:20)?\d{{2}}\b)?|20\d{{2}}-\d{{2}}-\d{{2}}|\d{{1,2}}\.?\s{MONTH}(?:\s20\d{{2}})?|{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?\b|(?:letzten|vergangenen|diesen|am|letzte|kommenden|nächsten|on|last)\s{DAY}(?:abend|morgen|mittag|nachmittag)?|(?:vor)?gestern(?:\sabend|\smorgen)?|heute(?:\sfrüh|\smorgen|\sabend)?|yesterday)", re.IGNORECASE)),
    ("time", re.compile(r"\b(?:(?:[01]?\d|2[0-4])[:.][0-5]\d\s?(?:Uhr|h)?\b|(?:[01]?\d|2[0-4])\s?(?:Uhr|h\b)(?:\s[0-5]\d\b)?|\d{1,2}\s?(?:am|pm)\b)", re.IGNORECASE)),
    ("amount", re.compile(r"(?<![\w.,])(?:(?:€|EUR|CHF|Fr\.|SFr\.|£|\$)\s?\d{1,6}(?:[.'’,]\d{3}){0,3}(?:[.,](?:\d{2}|-{1,2}|–))?|\d{1,6}(?:[.'’,]\d{3}){0,3}(?:[.,](?:\d{2}|-{1,2}|–))?\s?(?:€|Euro\b|EUR\b|CHF\b|Franken\b|Fr\.|Stutz\b|£|pounds\b|\$))", re.IGNORECASE)),
    ("duration", re.compile(rf"\b{COUNT}(?:\s(?:geschlagene|ganze|volle|halbe|gute|lange|knappe)n?)?\s(?:Minuten?|Min\.|Std\.|Stunden?|Tage?n?|Wochen?|Monate?n?|Jahre?n?|minutes?|hours?|days?|weeks?|months?)\b|\b(?:Viertel|Dreiviertel)stunde\b|\beine?r?\s(?:halbe|geschlagene|dreiviertel|viertel)n?\s?stunde\b", re.IGNORECASE)),
    ("room", re.compile(r"\b(?:Zimmer|Room|Apartment|Suite)(?:nummer|-Nr\.?|\sNr\.?)?\s?(\d{1,4}[a-z]?)\b(?!\s?(?:€|Euro|%|Stern|Uhr|Nächte))", re.IGNORECASE)),
)  # fmt: skip
PLACE = re.compile(
    r"\b(?:in|aus|nach|Filiale(?:\sin)?|Standort|Niederlassung(?:\sin)?|Markt(?:\sin)?|bei euch in|Haltestelle|Bahnhof|Richtung|Ort)\s((?:(?:St\.|Bad)\s)?[A-ZÄÖÜ][a-zäöüß]{2,20}(?:-[A-ZÄÖÜ][a-zäöüß]+|(?:straße|strasse|gasse|platz))?)"
)
PLACE_WORDS = frozenset({"Filiale", "Standort", "Niederlassung", "Haltestelle", "Bahnhof", "Richtung"})


def facts(document: Document, pii: tuple[Span, ...]) -> tuple[Fact, ...]:
    """Order number, date, time, place, person, amount, duration, room and product, each once, in order of place."""
    found = [("order", span) for span in _orders(document, pii)]
    for kind, expression in EXPRESSIONS:
        found += [(kind, match.span(expression.groups)) for match in expression.finditer(document.written)]
    found += [("person", span) for span in names(document.written)]
    found += [("place", span) for span in _places(document.written)]
    found += [("product", span) for span in _products(document.written)]
    return tuple(_fact(document, kind, *span) for kind, span in sorted(found, key=lambda item: item[1]))


def _fact(document: Document, kind: str, start: int, end: int) -> Fact:
    return Fact(kind, document.written[start:end].strip(), *document.written_place(start, end))


def _orders(document: Document, pii: tuple[Span, ...]) -> list[tuple[int, int]]:
    return [(s.start + document.shift, s.end + document.shift) for s in pii if s.label == "order" and s.end]


def _places(written: str) -> list[tuple[int, int]]:
    """Known towns after a preposition, and whatever is called a branch, a stop or a station."""
    found = []
    for match in PLACE.finditer(written):
        if match.group(1).split("-")[0] in TOWNS or match.group().split()[0] in PLACE_WORDS:
            found.append(match.span(1))
    return found


def _products(written: str) -> list[tuple[int, int]]:
    return [match.span() for match in PRODUCT.finditer(written)][:3]


def _words(name: str) -> list[str]:
    return (DATA / name).read_text(encoding="utf-8").split()


TOWNS = frozenset(_words("towns.txt"))
PRODUCT = re.compile(r"\b(?:[A-ZÄÖÜ][a-zäöüß]{2,15})?(?i:%s)\b" % "|".join(_words("products.txt")))
