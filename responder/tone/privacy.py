"""C9: third parties read along. Personal data never stands in a public answer; the business's own contact may."""

from __future__ import annotations

import re
from collections.abc import Iterator

from responder.tone.context import Context
from responder.tone.hits import Hit
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
_PLATE = re.compile(r"(?<=Kennzeichen )[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2}[- ]?\d{1,4}\b")
_STREET = re.compile(r"\b[A-ZÄÖÜ][\wäöüß.-]{2,30}(?:straße|strasse|str\.|gasse|weg|platz|allee)\s+\d{1,4}\s?[a-z]?\b")
_ROLE = re.compile(
    r"^(?:info|hilfe|service|kontakt|support|post|office|team|kunden\w*|buero|büro|reservierung\w*|hallo|hello|rezeption|empfang|mail|praxis|kanzlei|shop|bestellung\w*|feedback|beschwerde\w*|qualitaet|gaeste\w*|gast|contact|help|care|booking|reception|direktion|leitung|verwaltung|buchung|datenschutz|anfrage\w*|versand|lager|fragen|dialog|kundendienst)[\w.+-]*@",
    re.I,
)
_INVITED = re.compile(
    r"\b(?:unter|tel\.?|telefon\w*|erreich\w*|anrufen|ruf\w*|nummer|schreib\w*|schick\w*|send\w*|wend\w*|meld\w*|"
    r"mail\w*|kontaktier\w*|erzähl\w*|richt\w*|genügt|call|phone|write|email|reach|contact)\b",
    re.I,
)
_THEIRS = re.compile(
    r"\b(?:Ihre[rn]?|deine[rn]?|your)\s+(?:\w+[\s-])?(?:\w*(?:adresse|mail|nummer|telefon|handy|kontakt|anschrift)\w*|address|number|phone)"
    r"\b[^.!?]{0,25}$|\b(?:haben|habe|hatten|have|had)\b[^.!?]{0,60}$",
    re.I,
)
_ANYBODYS = re.compile(
    r"@(?:gmail|googlemail|gmx|web|hotmail|outlook|live|yahoo|icloud|me|aol|t-online|freenet|posteo|mailbox|bluewin|aon|"
    r"chello|sunrise|proton|protonmail|arcor)\.",
    re.I,
)
_AT_HOME = re.compile(
    r"\b(?:bestellung|paket|sendung|lieferung|geliefert|zugestellt|wohn\w*|bei Ihnen|bei dir|"
    r"(?:Ihre|deine)[rn]? (?:adresse|wohnung|anschrift|haus\w*))\b",
    re.I,
)


def personal_data(reply: Reply, context: Context) -> Iterator[Hit]:
    """Addresses, numbers and names of persons that anybody could read."""
    for match in (*_EMAIL.finditer(reply.text), *_PHONE.finditer(reply.text)):
        if not _own_contact(match[0], reply, match.start(), context):
            yield Hit("C9", match.start(), match.end(), "block", "personal_data", _private(reply, context))
        elif _strange(match[0], context):
            yield Hit("C9", match.start(), match.end(), "warn", "strange_address", _private(reply, context))
    for pattern in (_IBAN, _NUMBER, _ROOM, _PLATE):
        for match in pattern.finditer(reply.text):
            yield Hit("C9", match.start(), match.end(), "block", "personal_data", _without(match))
    for match in _STREET.finditer(reply.text):
        if _at_home(match, reply, context):
            yield Hit("C9", match.start(), match.end(), "block", "personal_data")


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
    if _THEIRS.search(before):
        return bool(_ROLE.match(value))
    return bool(_ROLE.match(value) or _INVITED.search(before + after) or _known(value, context))


def _known(value: str, context: Context) -> bool:
    """True when the address has a word of the business's name or of the signature in it."""
    words = re.findall(r"\w{3,}", f"{context.profile.business} {context.profile.signature}".lower())
    return "@" in value and any(word in value.lower() for word in words)


def _strange(value: str, context: Context) -> bool:
    """True for a mail address that anybody may have, or of another house than the business's own contact."""
    if "@" not in value or value in context.profile.contact:
        return False
    domain = value.rpartition("@")[2].lower()
    own = {address.rpartition("@")[2].lower() for address in _EMAIL.findall(context.profile.contact)}
    ours = _known(value, context) or bool(_ROLE.match(value))
    return (bool(own) and domain not in own) or (bool(_ANYBODYS.search(value)) and not ours)


def _at_home(match: re.Match[str], reply: Reply, context: Context) -> bool:
    """True for a street and number that are the customer's: posted, or told as where something was brought."""
    if match[0] in context.profile.contact:
        return False
    sentence = reply.sentence_at(match.start())
    return match[0] in context.posted or bool(_AT_HOME.search(sentence.text))


def _private(reply: Reply, context: Context) -> str:
    return context.profile.contact if "@" in context.profile.contact else ""


def _without(match: re.Match[str]) -> str:
    groups = match.groupdict()
    if thing := groups.get("thing"):
        return thing
    return ""
