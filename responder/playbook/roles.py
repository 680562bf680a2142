"""Who else decides in the house, as it fits into a sentence: "unsere Versandleitung", "unserem Kundendienst". Pure."""

from __future__ import annotations

from responder.playbook.model import Voice
from responder.playbook.sectors import sector_of
from responder.profile import Profile

_POSSESSIVE = {"m": "unser unserem unseren", "f": "unsere unserer unsere", "n": "unser unserem unser"}


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
