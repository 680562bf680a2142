"""What a post complains of: matters written by hand, composed ones, what was told earlier, else what it names. Pure."""

from __future__ import annotations

import re

from responder.playbook import evidence, told
from responder.playbook.asked import Asked
from responder.playbook.good import matters_of, topic_of
from responder.playbook.model import Matter, Voice
from responder.playbook.prefer import as_told
from responder.playbook.referred import referred
from responder.playbook.retold import Retold, retold

_AT_HOME = ("hotel", "transport")
"""Trades in which a room or a journey is meant even where the post does not name it."""
ONLY_AGAIN = "repeat_unanswered"
"""Says that somebody wrote before, which step two says anyway, and nothing of what about."""


def sure_of(asked: Asked, voice: Voice) -> tuple[Matter, ...]:
    """The complaints written by hand that the reading found, as far as our words for them can be meant here."""
    return tuple(matter for matter in matters_of(asked, voice, "complaint") if _speaks_of(matter, asked))


def complained_of(asked: Asked, voice: Voice) -> tuple[Matter, ...]:
    """What is complained of. Somebody who writes again and only says so means what he wrote before."""
    if back := referred(asked, voice):
        return (back,)
    now = _now(asked, voice)
    if asked.step == 1 or not all(matter.second for matter in now):
        return now
    before = [key for reading in reversed(asked.earlier) for key in reading.matters]
    meant = evidence.named(before, voice, "complaint", asked.sector)
    found = (*(matter for matter in meant if not matter.second), *now) or meant
    return () if [matter.key for matter in found] == [ONLY_AGAIN] else found


def general(asked: Asked, voice: Voice) -> tuple[Matter, ...]:
    """When no matter was found: the thing that is blamed, else the topic that is. No other thing that a post names."""
    return told.about(asked.reading, asked.text, voice, discreet=asked.discreet) or topic_of(asked, voice)


def _now(asked: Asked, voice: Voice) -> tuple[Matter, ...]:
    """What this post says itself; a calm question tells of no trouble."""
    sure = sure_of(asked, voice)
    if asked.reading.is_question and asked.reading.sentiment != "negative":
        return sure
    pieces = told.composed(asked.reading, asked.text, voice, discreet=asked.discreet)
    found = told.joined(sure, pieces, asked.reading, asked.text) or told.plain(asked.text, voice)
    clause = clause_of(asked, voice) if found else None
    return as_told(found, pieces, clause, asked.reading, asked.text, voice)


def clause_of(asked: Asked, voice: Voice) -> Retold | None:
    """The clause that is said back; none where nothing may say what happened."""
    formal = asked.profile.address == "sie"
    return None if asked.discreet else retold(asked.reading, asked.text, voice, formal=formal)


def _speaks_of(matter: Matter, asked: Asked) -> bool:
    """Whether a post has the word that our words would say back: no "Zimmer" to a swimmer, no "Fahrt" to a camper."""
    said = f"{asked.text.title} {asked.text.text}".lower()
    return not matter.words or asked.sector.name in _AT_HOME or any(re.search(word, said) for word in matter.words)
