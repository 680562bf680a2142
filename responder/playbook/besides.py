"""What a post holds beside its matter: other things that it blames, and a wish. In the dative with their article, as
far as the playbook's own list has them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from responder.playbook.asked import Asked
from responder.playbook.beside import prepared
from responder.playbook.facts import meant
from responder.playbook.model import Matter, Voice
from responder.playbook.named import clauses
from responder.playbook.nouns import NEVER, OWN, Noun
from responder.playbook.second import STEM, left_of, stems_of
from responder.playbook.troubles import subjects
from responder.reading.model import Text
from responder.reading.normalise import fold

_MOST, _SHORTEST = 2, 4
_BY_ENDING = re.compile(r"(?:ung|heit|keit|schaft|tion|taet)(?:en)?$")
_NOT_WANTED = re.compile(r"\b(?:will|wollen|möchten?|brauchen?|verlangen?|erwarten?)\b", re.IGNORECASE)
_TIME = re.compile(r"(?:stunde|minute|zeit|woche|monat|tag)n?$")
_NOT_BLAMED = frozenset((NEVER, OWN, "person", "trait", "date"))
_WISHES = re.compile(
    r"\b(?:wünsch\w*|hätten? (?:ich |wir )?gern\w*|fänden? (?:ich|wir)|wären? (?:schön|toll|super|prima|hilfreich)"
    r"|würden? (?:mich|uns) (?:über|freuen))\b([^.!?\n]{4,})"
    r"|\b((?:der|die|das) [^.!?\n,]{3,40}) könnten? (?:\w+ ){1,3}sein\b",
    re.IGNORECASE,
)
_NOUN = re.compile(r"(?:\b(die|diese|mehr|\w+e) )?([A-ZÄÖÜ][\wäöüß-]{2,})")


def others_blamed(asked: Asked, voice: Voice, matters: tuple[Matter, ...], praised: str) -> dict[str, str]:
    """others_dat: at most two things that are blamed and stand in none of the matters named already."""
    if voice.language != "de" or asked.discreet:
        return {}
    said = stems_of(*matters) | {fold(word).text for word in praised.split()}
    found: dict[str, str] = {}
    for noun in _blamed(left_of(matters, asked, voice), asked, voice):
        word = fold(noun.word).text
        if word[:STEM] not in said and len(word) >= _SHORTEST and _may_be_named(word, voice):
            found.setdefault(noun.word, noun.forms()["thing_dat"])
    words = list(found.values())[:_MOST]
    return {"others_dat": _local(" und ".join(words), voice)} if words else {}


def wished_for(asked: Asked, voice: Voice) -> dict[str, str]:
    """wish_dat: the first thing that a wish speaks of."""
    wish = _WISHES.search(asked.text.text) if voice.language == "de" and not asked.discreet else None
    for match in _NOUN.finditer(wish[1] or wish[2]) if wish else ():
        noun = meant(f"die {match[2]}" if match[1] else match[2], voice.nouns)
        if noun is not None and noun.kind not in (NEVER, "person"):
            return {"wish_dat": _local(noun.forms()["thing_dat"], voice)}
    return {}


def _may_be_named(word: str, voice: Voice) -> bool:
    """No time, nothing brought along, and no word that is known by its ending alone: most of those are no things."""
    listed = word in voice.nouns.entries or not _BY_ENDING.search(word)
    return listed and not _TIME.search(word) and word not in {fold(one).text for one in voice.unnamed | voice.brought}


def _blamed(left: Text, asked: Asked, voice: Voice) -> Iterator[Noun]:
    """The things that stand as the subject or object of an adverse clause of what is left of the text."""
    told, written = prepared(left, voice), left.text
    adverse = [
        (clause.start, clause.end)
        for clause in clauses(asked.reading, left, voice)
        if clause.adverse
        and not clause.praised
        and written[clause.end - 1 : clause.end] != "?"
        and not _NOT_WANTED.search(written, clause.start, clause.end)
    ]
    for phrase in subjects(told, adverse):
        if phrase.noun is not None and not phrase.preposition and phrase.noun.kind not in _NOT_BLAMED:
            yield phrase.noun


def _local(value: str, voice: Voice) -> str:
    return value.replace("ß", "ss") if voice.locale == "de-CH" else value
