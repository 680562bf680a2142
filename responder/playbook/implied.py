"""What a matter calls for although nobody asks in so many words, as far as the catalogue holds it. Pure.

A crooked fringe calls for another cut, a week without a connection for a technician: the entry is found by its own
words, the need by those of the post.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from responder.playbook.catalogue import Commitment
from responder.reading.model import Reading, Text

_NEEDS = {
    "recut": ("nachschneid", r"schief|pony|schnitt|haare?|frisur|verschnitten"),
    "recolour": ("nachfärb|farbkorrektur", r"strähn\w*|gefärbt|fleckig|orange"),
    "extra_appointment": ("zusatztermin|ersatztermin", r"termin\w*|wochen warten"),
    "tow": ("abschlepp", r"liegen ?geblieben|springt nicht an|fahruntüchtig|abgeschleppt"),
    "recheck": ("nachprüf|nachkontroll", r"rad\w*|reifen\w*|bremse\w*|motor|auto|wagen|fahrzeug|service"),
    "loan_car": ("ersatzwagen|leihwagen", r"ohne auto|kein auto|ersatzwagen|leihwagen"),
    "technician": ("techniker", r"internet|leitung|anschluss|störung|router"),
    "craftsman": ("tischler", r"kratzer|\w*tür\w*|\w*schrank\w*|scharnier\w*|montage|arbeitsplatte"),
    "bill_check": ("rechnung prüf", r"rechnung\w*|verrechnet|abgebucht|roaming"),
    "restore": ("sicherung|wiederherstell", r"(?:termine|daten|alles) (?:weg|leer|gelöscht)|verschwunden"),
    "label": ("rücksendeetikett", r"falsch\w* \w+|fremde\w*"),
    "pause": ("pausier|ruhen lassen", r"krank|verletz\w*|umgezogen|schwanger"),
    "exchange": (
        "austausch|umtausch|tausch|ersatz kostenlos",
        r"defekt\w*|kaputt\w*|zerbrochen|falsch\w* (?:farbe|größe|grösse|ware|artikel)|in der (?:farbe|größe|grösse)",
    ),
}
"""By need: words of a catalogue entry that meets it, and words of a post that calls for it."""
_EXCHANGE = frozenset("wrong_item product_damaged product_broken parcel_damaged item_missing".split())


def implied(
    reading: Reading, text: Text, entries: Sequence[Commitment], items: Mapping[str, str]
) -> Iterator[tuple[str, Commitment]]:
    """Needs of the post that an entry meets, the most particular first; `items` are those that we have words for."""
    said = f"{text.title}. {text.text}".lower()
    for need, (entry_words, post_words) in _NEEDS.items():
        found = next((entry for entry in entries if re.search(entry_words, entry.line.lower())), None)
        wrong = need == "exchange" and bool(_EXCHANGE & set(reading.matters))
        called_for = wrong or re.search(rf"\b(?:{post_words})\b", said)
        if found and called_for and (need in items or need == "exchange"):
            yield need, found
