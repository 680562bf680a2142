"""Rows and settings turned into the plain values that the rooms ask for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from gelassen.secrets import find_reading_secret
from gelassen.settings import Settings
from responder.profile import Profile
from responder.words import Unit

if TYPE_CHECKING:
    from crawler.items import Target
    from db.models import Source


def target_of(source: Source, settings: Settings) -> Target:
    """The source as the crawler needs it; an unconditional look where one is wanted.

    Raises `NoSecret` when its credential for reading is nowhere.
    """
    from crawler.items import Target

    assert source.id is not None
    return Target(
        source_id=source.id,
        name=source.name,
        kind=source.kind,
        address=source.address,
        allow_private=source.allow_private,
        cursor=dict(source.cursor),
        settings=dict(source.settings),
        own_names=tuple(source.own_names),
        conditional=not source.full_look_wanted,
        delay_seconds=float(source.settings.get("delay", settings.crawl_delay)),
        max_pages=int(source.settings.get("max_pages", 5)),
        since=source.answer_from,
        secret=find_reading_secret(source.secret) if source.secret else "",
    )


def profile_of(source: Source, settings: Settings, now: datetime, limits: tuple[int, Unit] = (0, "chars")) -> Profile:
    """How the business sounds at this source. `limits` is the longest text its channel takes, and the unit."""
    return Profile(
        locale=source.locale,
        address="du" if source.address_form == "du" else "sie",
        confidential=source.confidential,
        max_len=limits[0],
        unit=limits[1],
        business=str(source.settings.get("business", settings.business)),
        sector=str(source.settings.get("sector", settings.sector)),
        signature=str(source.settings.get("signature", settings.signature)),
        signature_style=settings.signature_style,
        contact=str(source.settings.get("contact_line", settings.contact)),
        second=settings.second,
        catalogue=settings.catalogue,
        region=settings.region,
        today=now.astimezone(ZoneInfo(settings.timezone)).date(),
    )


def default_profile(settings: Settings, now: datetime) -> dict[str, Any]:
    """The values of a profile that a line of input does not give."""
    return {
        "locale": settings.locale,
        "address": settings.address,
        "business": settings.business,
        "sector": settings.sector,
        "signature": settings.signature,
        "signature_style": settings.signature_style,
        "contact": settings.contact,
        "second": settings.second,
        "catalogue": settings.catalogue,
        "region": settings.region,
        "today": now.astimezone(ZoneInfo(settings.timezone)).date(),
    }
