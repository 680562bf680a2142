"""C9: third parties read along. Personal data never stands in a public answer; the business's own contact may."""

from __future__ import annotations

import re
from collections.abc import Iterator

from responder.tone.context import Context
from responder.tone.data import load
from responder.tone.hits import Hit
from responder.tone.patterns import compiled, shape
from responder.tone.reply import Reply

_EMAIL = re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE = re.compile(r"(?<![\w/.-])(?:\+|00|0)\d{1,4}[\s/().-]{0,3}(?:\d[\s/().-]{0,2}){5,11}\d\b")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_NUMBER = re.compile(
    r"\b(?:(?P<noun>Bestell|Auftrags|Rechnungs|Kunden|Vertrags|Buchungs|Reservierungs|Vorgangs|Ticket|Fall|Mitglieds|"
    r"Versicherten|Patienten|Sendungs|Konto|Mandats|Akten)-?(?:nummer|nr\.?|zeichen)|"
    r"(?P<thing>Bestellung|Auftrag|Rechnung|Buchung|Reservierung|Vorgang|Ticket|Vertrag|Sendung|order|booking|invoice|"
    r"reservation|ticket|case)(?:\s+(?:mit der |mit )?(?:Nummer|Nr\.?|number|no\.?))?)"
    r"\s*(?:lautet\s*|ist\s*|is\s*)?[:#]?\s*(?P<value>(?:[A-Z]{1,6}-?)?\d[\dA-Z/-]{2,24})\b(?!\s*(?:Uhr|Euro|€|CHF|\.\s*[A-Z]))",
    re.I,
)
_ROOM = re.compile(
    r"\b(?:(?P<in>in|auf|im)\s+)?(?:Ihr(?:em|es)?\s+|dein(?:em|es)?\s+)?(?:Zimmer|Zimmernummer|Suite|room)\s*(?:Nr\.?\s*|number\s*)?\d{1,4}\b",
    re.I,
)
_STREET = re.compile(r"\b[A-ZÄÖÜ][\wäöüß.-]{2,30}(?:straße|strasse|str\.|gasse|weg|platz|allee)\s+\d{1,4}\s?[a-z]?\b")
_PERSON = re.compile(
    r"\b(?:Frau|Herrn?|Familie|Fam\.|Mrs\.?|Mr\.?|Ms\.?)\s+(?:Dr\.\s+|Prof\.\s+)?(?P<name>[A-ZÄÖÜ][\wäöüß’'-]+(?:\s+[A-ZÄÖÜ][\wäöüß’'-]+)?)"
)
_COMPANION = re.compile(
    r"\b(?:Ihr|dein)(?:e[mnrs]?)?\s+(?:Schwester|Bruder|Mann|Frau|Ehemann|Ehefrau|Tochter|Sohn|Mutter|Vater|Freund(?:in)?|"
    r"Partner(?:in)?|Kolleg(?:e|en|in)|Begleitung|Begleiter(?:in)?)\s+(?P<name>[A-ZÄÖÜ][\wäöüß’-]+(?:\s+[A-ZÄÖÜ][\wäöüß’-]+)?)"
)
_ROLE = re.compile(
    r"^(?:info|hilfe|service|kontakt|support|post|office|team|kunden\w*|buero|büro|reservierung\w*|hallo|hello|rezeption|empfang|mail|praxis|kanzlei|shop|bestellung\w*|feedback|beschwerde\w*|qualitaet|gaeste\w*|gast|contact|help|care|booking|reception|direktion|leitung|verwaltung|buchung|datenschutz|anfrage\w*|versand|lager|fragen|dialog|kundendienst)[\w.+-]*@",
    re.I,
)
_OURS = re.compile(
    r"\b(?:unser\w*|mein\w*|Kolleg\w*|Leiter\w*|Chef\w*|Inhaber\w*|Geschäftsführer\w*|Direktor\w*|our|my|colleague|manager|verlangen|bei|an|wenden|durch|von)\s+(?:\w+\s+){0,2}$",
    re.I,
)

_INVITED = re.compile(
    r"\b(?:unter|tel\.?|telefon\w*|erreich\w*|anrufen|ruf\w*|nummer|schreib\w*|schick\w*|send\w*|wend\w*|meld\w*|"
    r"mail\w*|kontaktier\w*|call|phone|write|email|reach|contact)\b",
    re.I,
)
_THEIRS = re.compile(r"\b(?:Ihre[rn]?|deine[rn]?|haben|habe|hatten|your|have|had)\b[^.!?]{0,60}$")


def personal_data(reply: Reply, context: Context) -> Iterator[Hit]:
    """Addresses, numbers and names of persons that anybody could read."""
    for match in (*_EMAIL.finditer(reply.text), *_PHONE.finditer(reply.text)):
        if not _own_contact(match[0], reply, match.start(), context):
            yield Hit("C9", match.start(), match.end(), "block", "personal_data", _private(reply, context))
    for pattern in (_IBAN, _NUMBER, _ROOM):
        for match in pattern.finditer(reply.text):
            yield Hit("C9", match.start(), match.end(), "block", "personal_data", _without(match))
    for match in _STREET.finditer(reply.text):
        if match[0] in context.posted and match[0] not in context.profile.contact:
            yield Hit("C9", match.start(), match.end(), "block", "personal_data")
    yield from _names(reply, context)


def _own_contact(value: str, reply: Reply, at: int, context: Context) -> bool:
    digits = re.sub(r"\D", "", value)
    contact = context.profile.contact
    if value in contact or (len(digits) > 5 and digits in re.sub(r"\D", "", contact)):
        return True
    if value in context.posted:
        return False
    sentence = reply.sentence_at(at)
    before = reply.text[max(sentence.start, at - 120) : at]
    after = reply.text[at : min(sentence.end, at + len(value) + 60)]
    theirs = _THEIRS.search(before)
    return bool("@" in value and _ROLE.match(value)) or bool(_INVITED.search(before + after) and not theirs)


def _private(reply: Reply, context: Context) -> str:
    return context.profile.contact if "@" in context.profile.contact else ""


def _without(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if thing := groups.get("thing"):
        return thing
    return ""


def _names(reply: Reply, context: Context) -> Iterator[Hit]:
    """Surnames that the customer did not show himself. Colleagues and the signature may be named."""
    profile = context.profile
    shown = f"{context.author}\n{context.posted}\n{profile.signature}\n{profile.business}\n{profile.contact}"
    end = max(reply.signature_start, reply.greeting_end)
    for match in _COMPANION.finditer(reply.text, 0, end):
        if match["name"] not in shown:
            yield Hit("C9", match.start(), match.end(), "block", "customer_name")
    for match in _PERSON.finditer(reply.text, 0, end):
        ours = _OURS.search(reply.text[max(0, match.start() - 40) : match.start()])
        if match["name"].split()[-1] not in shown and not ours:
            yield Hit("C9", match.start(), match.end(), "block" if context.author else "warn", "customer_name")


def relation(reply: Reply, context: Context) -> Iterator[Hit]:
    """F1 and F2: words that confirm that the author was a customer, where that must stay open."""
    profile = context.profile
    if reply.language not in ("de", "en") or not (profile.confidential or profile.contact_lock):
        return
    rule, why = ("F1", "confidential") if profile.confidential else ("F2", "contact_lock")
    data = load(f"{reply.language}/relation")
    neutral = shape(reply.language, "relation/neutral")
    general = {s.start for s in reply.sentences if neutral.search(reply.plain, s.start, s.end)}
    for expression in data["confirms"]:
        for match in compiled(expression, reply.language).finditer(reply.plain):
            if reply.sentence_at(match.start()).start not in general:
                yield Hit(rule, match.start(), match.end(), "block", why)
