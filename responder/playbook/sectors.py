"""The trade of a business, and which matters cannot be meant there: in a furniture shop "Küche" is not a meal."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from responder.profile import Profile


@dataclass(frozen=True, slots=True)
class Sector:
    """`foreign` are patterns of matter keys that are never meant; `topics` those that must not be named alone."""

    name: str
    words: tuple[str, ...]
    foreign: tuple[str, ...]
    topics: tuple[str, ...]

    def knows(self, matter: str) -> bool:
        """Whether this matter can be meant in this trade."""
        return not any(fnmatchcase(matter, pattern) for pattern in self.foreign)


ANY = Sector("", (), (), ())


def sector_of(profile: Profile) -> Sector:
    """The trade by the profile's own word, else by the name of the business; `ANY` when neither says it."""
    for said in (profile.sector.lower(), profile.business.lower()):
        for sector in _sectors():
            if said and (said == sector.name or any(word in said for word in sector.words)):
                return sector
    return ANY


@cache
def _sectors() -> tuple[Sector, ...]:
    content = tomllib.loads((Path(__file__).parent / "sectors.toml").read_text("utf-8"))
    return tuple(
        Sector(name, *(tuple(entry.get(key, "").split()) for key in ("words", "foreign", "topics")))
        for name, entry in content.items()
    )
