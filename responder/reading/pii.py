"""Personal data in a post: what it is and where it stands, so that no reply repeats it in public."""

from __future__ import annotations

import re

from responder.reading.document import Document
from responder.reading.model import Span

NUMBER = r"(?:(?:nr|nummer|no|number)\b\.?|n°|#)"
CODE = (
    r"[:\s]*(?:lautet|ist|war|is)?[:\s]*#?\s*((?=[A-Za-z0-9/-]*\d)[A-Za-z0-9](?:[A-Za-z0-9]|[-/](?=[A-Za-z0-9])){2,24})"
)
FIRST = r"[A-ZÄÖÜ][a-zäöüßéèáç]{1,20}(?:-[A-ZÄÖÜ][a-zäöüßéè]{1,20})?"
EXPRESSIONS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")),
    ("iban", re.compile(r"\b([A-Z]{2}\d{2}(?: ?[0-9A-Z]{4}){2,7}(?: ?[0-9A-Z]{1,3})?)\b")),
    ("order", re.compile(rf"(?i:\b(?:bestell|auftrags|order|sendungs|paket|rechnungs|buchungs|reservierungs|ticket)-?\s?{NUMBER}|\b(?:bestellung|auftrag|buchung|order|sendung|reservierung|rechnung)\s(?:{NUMBER}\s?)?){CODE}")),
    ("customer_no", re.compile(rf"(?i:\b(?:kunden|mitglieds|customer|patienten|versicherten)-?\s?{NUMBER}){CODE}")),
    ("contract_no", re.compile(rf"(?i:\b(?:vertrags|policen|abo|contract|zähler|polizzen)-?\s?{NUMBER}){CODE}")),
    ("case_no", re.compile(rf"(?i:\b(?:vorgangs|fall|akten|ticket|case|schadens|bearbeitungs|referenz)-?\s?(?:{NUMBER}|zeichen)|\b(?:aktenzeichen|az\.|geschäftszahl|gz)){CODE}")),
    ("room", re.compile(r"(?i:\b(?:zimmer|room|apartment|appartement|suite)(?:nummer|-nr\.?| nr\.?| number)?)\s?#?(\d{1,4}[a-z]?)\b(?!\s?(?:€|euro|%|stern|uhr|nächte|tage|personen|grad))")),
    ("phone", re.compile(r"(?<![\w/.-])((?:\+|00)\d{2}[\s/().-]{0,2}(?:\(0\))?[\d\s/().-]{6,16}\d|0\d{2,5}[\s/.-]{1,3}\d[\d\s/.-]{3,12}\d|0(?:1[567]|7[6-9]|6[5-9]\d?)\d{6,10})(?![\w])")),
    ("address", re.compile(r"\b([A-ZÄÖÜ][\wäöüß.-]{1,30}(?:straße|strasse|str\.|gasse|weg|platz|allee|ring|ufer|damm|steig|hof|promenade)|(?:Am|An der|Im|In der|Zum|Zur) [A-ZÄÖÜ][\wäöüß-]{2,25})\s(\d{1,4}\s?[a-zA-Z]?)\b(?!\s?(?:€|Uhr|Euro|Minuten|Stunden|Tage))(?:,?\s(?:[ACDH]{1,2}-)?\d{4,5}\s[A-ZÄÖÜ][\wäöüß-]+)?")),
)  # fmt: skip
NAMES = (
    re.compile(rf"\b(?:Frau|Herrn?|Hr\.|Fr\.|Dr\.|Prof\.|Mrs?\.?|Ms\.?)\s(?:(?:Dr|Prof|Mag|Ing|Dipl)\.?\s?){{0,3}}(?!Doktor|Professor|Minister)({FIRST}(?:\s(?:von|van|de|zu)\s{FIRST}|\s{FIRST})?)"),
    re.compile(rf"(?:[Mm]ein [Nn]ame ist|[Ii]ch hei(?:ß|ss)e|[Mm]y name is|[Nn]amens|[Nn]ame:|[Hh]ie(?:ß|ss) (?:sie|er))\s({FIRST}(?:\s{FIRST})?)"),
    re.compile(rf"(?:[Kk]ellner(?:in)?|[Mm]itarbeiter(?:in)?|[Vv]erkäufer(?:in)?|[Kk]ollegin?|[Bb]ediensteter?|[Rr]ezeptionist(?:in)?|[Ff]ahrer(?:in)?|[Bb]erater(?:in)?|[Tt]herapeutin?|[Cc]hef(?:in)?|[Ss]ervicekraft|[Tt]rainer(?:in)?)\s({FIRST})(?=\s(?:war|hat|ist|und|von|aus|kümmert|konnte|wollte|meinte|sagte|am|an|in|im|ge|be)|[.,!?)])"),
    re.compile(rf"(?:MfG|LG|VG|(?:[Ff]reundliche|[Ll]iebe|[Vv]iele|[Bb]este|[Hh]erzliche)n? Gr(?:üß|uß|üss)en?,?|[Gg]ruß,?|[Gg]russ,?|[Gg]rüße,?)[\s,]+({FIRST}(?:\s{FIRST})?)\s*$"),
)  # fmt: skip
NO_NAMES = frozenset(
    "Doktor Ober Wirt Nachbar Kollege Kollegin Chef Chefin Service Team Rezeption Am An Im In Das Die Der Und Sie Ich Wir "
    "Es Was Wie Herr Frau".split()
)


def personal_data(document: Document) -> tuple[Span, ...]:
    """Every piece of personal data of the post, in order. The first reading of a place counts."""
    found: list[tuple[int, int, str]] = []
    for label, expression in EXPRESSIONS:
        for match in expression.finditer(document.written):
            start, end = match.span(1) if expression.groups and label != "address" else match.span()
            if (label != "iban" or valid_iban(match.group(1))) and not _taken(found, start, end):
                found.append((start, end, label))
    found += [(*span, "name") for span in names(document.written) if not _taken(found, *span)]
    return tuple(Span(*document.written_place(start, end), label) for start, end, label in sorted(found))


def names(written: str) -> list[tuple[int, int]]:
    """Where persons are named: after Frau, Herr, a role, or as a signature."""
    found: list[tuple[int, int]] = []
    for expression in NAMES:
        for match in expression.finditer(written):
            if match.group(1).split()[0] not in NO_NAMES and not _overlaps(found, *match.span(1)):
                found.append(match.span(1))
    return found


def valid_iban(iban: str) -> bool:
    """Do the check digits hold (ISO 13616, remainder 1 of 97)?"""
    digits = iban.replace(" ", "").upper()
    if not 15 <= len(digits) <= 34:
        return False
    return int("".join(str(int(c, 36)) for c in digits[4:] + digits[:4])) % 97 == 1


def _taken(found: list[tuple[int, int, str]], start: int, end: int) -> bool:
    return _overlaps([(s, e) for s, e, _ in found], start, end)


def _overlaps(found: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(start < e and s < end for s, e in found)
