"""The optional model that may word drafts: from the settings to something that can be asked, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping

from gelassen.secrets import READING, NoSecret, find_reading_secret, variable
from gelassen.settings import Settings
from responder.suggesting import Ask, Service

KEY = "model"
"""Name of the credential; a service on this machine needs none."""


def model_of(settings: Settings) -> Ask | None:
    """What asks the model; None where no address or no model is set, which is how it comes."""
    if not (settings.model_address and settings.model_name):
        return None
    try:
        key = find_reading_secret(KEY)
    except NoSecret:
        key = ""
    return Service(settings.model_address, settings.model_name, key).ask


def trouble(settings: Settings, environ: Mapping[str, str]) -> tuple[str, str] | None:
    """What keeps the model from being asked although it is wanted, and how to mend it; None when all is well or off."""
    if bool(settings.model_address) != bool(settings.model_name):
        given, missing = ("model_address", "model_name") if settings.model_address else ("model_name", "model_address")
        return f"{given} is set and {missing} is not, so no model is asked.", f"Set {missing} in gelassen.toml."
    if variable(KEY, READING) + "_FILE" in environ:
        try:
            find_reading_secret(KEY, environ)
        except NoSecret as error:
            return str(error), f"export {variable(KEY, READING)}_FILE=…"
    return None
