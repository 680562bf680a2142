"""Parts of a house that only some trades have: nobody at a telephone company speaks with the kitchen. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from responder.playbook.grammar import Phrase
from responder.playbook.model import Matter, Voice
from responder.playbook.sectors import Sector

_STATIONS = (
    (re.compile(r"\bküche|\bherd\b|\bkitchen", re.I), "restaurant hotel"),
    (re.compile(r"\brezeption|\bhousekeeping|\bhausteam", re.I), "hotel"),
    (re.compile(r"\blager\b|\bversand\w*|\bpackliste", re.I), "shop"),
    (re.compile(r"\bleitstelle|\bfahrpersonal", re.I), "transport"),
    (re.compile(r"\bentwicklung\b|\bapp-team", re.I), "app"),
)
_FORMS = ("expected", "look", "answer", "pass_on")


def of_this_house(matter: Matter, sector: Sector, voice: Voice) -> Matter:
    """The matter without wordings that name a part of another house; plain ones take their place where none is left."""
    other = voice.kinds.get("other")
    forms = dict(matter.forms)
    for form in _FORMS:
        own = forms.get(form, ())
        kept = tuple(phrase for phrase in own if not _elsewhere(phrase, sector))
        plain = other.forms.get(form, ()) if other and own else ()
        forms[form] = kept or plain or own
    return replace(matter, forms={form: phrases for form, phrases in forms.items() if phrases})


def _elsewhere(phrase: Phrase, sector: Sector) -> bool:
    said = "".join(part.text for part in phrase.parts)
    return any(sector.name not in homes.split() for pattern, homes in _STATIONS if pattern.search(said))
