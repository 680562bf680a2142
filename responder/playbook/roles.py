"""Who else decides in the house, as it fits into a sentence: "unsere Versandleitung", "unserem Kundendienst". Pure."""

from __future__ import annotations

import re

from responder.playbook.model import Voice
from responder.playbook.sectors import sector_of
from responder.profile import Profile

_POSSESSIVE = {"m": "unser unserem unseren", "f": "unsere unserer unsere", "n": "unser unserem unser"}
_OWNER = re.compile(
    r"\b(?:inhaber(?:in)?|wirt(?:in)?|chef(?:in)?|geschäftsführer(?:in)?|owner|eigentümer(?:in)?)\b", re.IGNORECASE
)
_OWNERS_LINE = re.compile(r"\b(?:wirt|chef|inhaber|owner)(?:in)?@", re.IGNORECASE)


def signs_as_owner(profile: Profile) -> bool:
    """Whether the one who signs leads the house: by title, by a business of that name, or by the address he gives."""
    if profile.signature_style != "name" or not profile.signature:
        return False
    name, _, title = profile.signature.partition(",")
    family = name.split()[-1].lower()
    named = len(family) > 3 and family in re.findall(r"\w+", profile.business.lower())
    return named or _OWNER.search(title or "") is not None or _OWNERS_LINE.search(profile.contact) is not None


def role_values(profile: Profile, voice: Voice, who: str = "") -> dict[str, str]:
    """role_nom, role_dat and role_acc: `who` if it can be inflected, else those who lead such a house."""
    table = voice.tables["roles"]
    leading = table.get(sector_of(profile).name, table.get("other", ""))
    return _inflected(who, voice) or _inflected(leading, voice)


def _inflected(who: str, voice: Voice) -> dict[str, str]:
    if voice.language != "de":
        return (
            dict.fromkeys(("role_nom", "role_dat", "role_acc"), f"our {who}") if who and voice.language == "en" else {}
        )
    endings = voice.tables["role_endings"].items()
    gender = next((gender for gender, ends in endings if who.lower().endswith(tuple(ends.split()))), None)
    if not who or gender is None or len(who.split()) > 1:
        return {}
    names = ("role_nom", "role_dat", "role_acc")
    return {name: f"{word} {who}" for name, word in zip(names, _POSSESSIVE[gender].split(), strict=True)}
