"""How a source sounds when nothing more is configured, and what its channel allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from db.models import Channel, Source
from responder.profile import Profile
from responder.publishers import limits_of


def plain_profile(now: datetime) -> Callable[[Source], Profile]:
    """A maker of profiles from what the source itself says."""

    def make(source: Source) -> Profile:
        return Profile(
            locale=source.locale,
            address="du" if source.address_form == "du" else "sie",
            confidential=source.confidential,
            today=now.date(),
        )

    return make


def fitted(profile: Profile, channel: Channel | None) -> Profile:
    """The profile with the outlet's own limit of length, unless a shorter one is set in the same unit."""
    limits = limits_of(channel.kind if channel is not None else "manual")
    if not limits.max_len or (profile.max_len and profile.max_len <= limits.max_len):
        return profile
    return replace(profile, max_len=limits.max_len, unit=limits.unit)
