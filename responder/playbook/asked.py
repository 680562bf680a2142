"""What a situation is decided from, and what it is: plain values between the reading and the sentences. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from responder.playbook.model import Matter
from responder.playbook.sectors import Sector, sector_of
from responder.profile import Profile
from responder.reading.model import Reading, Text

FULL, HOLDING, FOLLOW_UP, PRIVATE = "full", "holding", "follow_up", "private_channel"

_SOONER = frozenset("holding private demand repeat third safety data press".split())
"""Situations, by the first word of their name, that announce an answer for the next business day."""


@dataclass(frozen=True, slots=True)
class Situation:
    """`name` is a layout; `slots` says which sentences stand in for others; `needs` what a person must add.

    `values` are placeholders that only this post fills, such as the things it praises.
    """

    name: str
    matters: tuple[Matter, ...] = ()
    praised: tuple[Matter, ...] = ()
    slots: tuple[tuple[str, str], ...] = ()
    needs: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def days(self) -> int:
        """Business days until the answer that this text announces."""
        if self.name.partition("_")[0] in _SOONER:
            return 1
        return 3 if self.name in ("risk", "discrimination") else 2


@dataclass(frozen=True, slots=True)
class Asked:
    """What a situation is decided from."""

    reading: Reading
    text: Text
    profile: Profile
    assessment: str
    step: int
    kind: str
    earlier: tuple[Reading, ...] = ()
    """What the customer wrote before in this case."""

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
