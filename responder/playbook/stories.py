"""The thing on which a praising story turns: "seinen Stoffhasen" becomes "dem Stoffhasen", as in "die Geschichte mit
dem Stoffhasen". Only where article and word leave no doubt, and never a person, a time or an illness. Pure."""

from __future__ import annotations

import re

from responder.playbook.facts import meant
from responder.playbook.model import Voice
from responder.playbook.nouns import NEVER
from responder.playbook.weight import grave
from responder.reading.model import Reading, Text

LEAST = 12
"""A post of fewer words tells no story."""
_INTRODUCED = re.compile(
    r"\b(?P<article>einen?|einem|einer|(?:mein|sein|ihr|unser|dein)(?:en|em))\s(?:[a-zäöüß]+e[nrm]?\s)?"
    r"(?P<thing>[A-ZÄÖÜ][a-zäöüß]{3,}(?:-[A-ZÄÖÜ][a-zäöüß]+)*)"
)
_NO_THING = re.compile(
    r"(?:\w*(?:zeit|tag|abend|morgen|nacht|woche|monat|jahr|stunde|minute|moment|augenblick|art|weise|mal|urlaub|mann|frau"
    r"|kind|sohn|tochter|vater|mutter|oma|opa|eltern|freunde?|hund|katze|chef|termin|besuch|aufenthalt|unfall|notfall"
    r"|krankheit|schmerz\w*|operation|op|diagnose|blick|sinn|grund|fall|spaß|service|empfang|platz|preis|eindruck|not))n?",
    re.IGNORECASE,
)


def story_thing(reading: Reading, text: Text, voice: Voice) -> str:
    """The first thing that a longer post introduces, in the dative with its article; empty where none is certain."""
    if voice.language != "de" or len(text.text.split()) < LEAST or grave(text):
        return ""
    for found in _INTRODUCED.finditer(text.text):
        private = any(span.start < found.end() and found.start() < span.end for span in reading.pii)
        if not private and not _NO_THING.fullmatch(found["thing"]) and (said := _dative(found, voice)):
            return said.replace("ß", "ss") if voice.locale == "de-CH" else said
    return ""


def _dative(found: re.Match[str], voice: Voice) -> str:
    noun = meant(found["thing"], voice.nouns)
    if noun is not None:
        return "" if noun.kind in (NEVER, "person", "money", "date") else noun.forms()["thing_dat"]
    if voice.nouns.find(found["thing"]):
        return ""
    one = found["article"]
    return f"der {found['thing']}" if one == "einer" else f"dem {found['thing']}" if one[-1] in "nm" else ""
