"""What a post is about: the matters written by hand, else composed ones, else what is blamed, told earlier or named."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from responder.playbook import evidence, told
from responder.playbook.model import Matter, Voice
from responder.playbook.sectors import Sector, sector_of
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Reading, Text

_AT_HOME = ("hotel", "transport")
"""Trades in which a room or a journey is meant even where the post does not name it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a situation is decided from."""

    reading: Reading
    text: Text
    profile: Profile
    assessment: str
    step: int
    kind: str
    earlier: tuple[Text, ...] = ()
    """What the customer wrote before in this case, in the order of time."""

    @property
    def sector(self) -> Sector:
        return sector_of(self.profile)

    @property
    def discreet(self) -> bool:
        """Whether nothing may say what somebody was a customer for."""
        return self.profile.confidential or self.profile.contact_lock

    @property
    def share(self) -> float | None:
        return stars_share(self.text)


def stars_share(text: Text) -> float | None:
    """The rating as a share of the best one (five unless told), None without stars."""
    return None if text.rating is None else text.rating / (text.rating_best or 5)


def sure_of(asked: Asked, voice: Voice, kind: str) -> tuple[Matter, ...]:
    """The matters written by hand that the reading found, as far as they can be meant here."""
    found = evidence.named(asked.reading.matters, voice, kind, asked.sector)
    return tuple(matter for matter in found if kind != "complaint" or _speaks_of(matter, asked))


def complained_of(asked: Asked, voice: Voice, sure: tuple[Matter, ...]) -> tuple[Matter, ...]:
    """What is complained of: matters written by hand, and things with their trouble. A calm question tells of none."""
    if asked.reading.is_question and asked.reading.sentiment != "negative":
        return sure
    pieces = told.composed(asked.reading, asked.text, voice, discreet=asked.discreet)
    found = told.joined(sure, pieces, asked.reading, asked.text) or told.plain(asked.text, voice)
    return found or _earlier(asked, voice)


def _earlier(asked: Asked, voice: Voice) -> tuple[Matter, ...]:
    """What an earlier message of the same case complained of, the latest first: "immer noch nichts passiert"."""
    for text in reversed(asked.earlier):
        before = replace(asked, reading=read(text), text=text, earlier=())
        if found := complained_of(before, voice, sure_of(before, voice, "complaint")):
            return found
    return ()


def general(asked: Asked, voice: Voice) -> tuple[Matter, ...]:
    """When no matter was found: the thing that is blamed, else the topic, else any thing the post names."""
    surely, anyway = (
        told.about(asked.reading, asked.text, voice, discreet=asked.discreet, surely=flag) for flag in (True, False)
    )
    return surely or evidence.topic(asked.reading, asked.text, voice, "topic", asked.sector) or anyway


def _speaks_of(matter: Matter, asked: Asked) -> bool:
    """Whether a post has the word that our words would say back: no "Zimmer" to a swimmer, no "Fahrt" to a camper."""
    said = f"{asked.text.title} {asked.text.text}".lower()
    return not matter.words or asked.sector.name in _AT_HOME or any(re.search(word, said) for word in matter.words)
