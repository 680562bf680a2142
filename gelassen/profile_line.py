"""The `profile` in a line of JSON: which keys it may have, and what their values may be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, get_args

from gelassen.errors import WrongUse
from responder.profile import Profile
from responder.words import LOCALES, SignatureStyle, Unit

DEFAULTS = Profile()
KEYS = tuple(Profile.__dataclass_fields__)
CHOICES: dict[str, tuple[str, ...]] = {
    "locale": LOCALES,
    "address": ("sie", "du"),
    "unit": get_args(Unit),
    "signature_style": get_args(SignatureStyle),
}


def profile_from(given: dict[str, Any], defaults: dict[str, Any]) -> Profile:
    """The profile of a line; every key is optional. Raises `WrongUse` for a key or a value that cannot be."""
    if unknown := [key for key in given if key not in KEYS]:
        raise WrongUse(f"profile.{unknown[0]} is not a key of a profile; its keys are {', '.join(KEYS)}")
    read = {key: _value(key, value) for key, value in given.items() if value is not None}
    return Profile(**(defaults | read))


def _value(key: str, value: Any) -> Any:
    allowed = CHOICES.get(key)
    if allowed and value not in allowed:
        raise WrongUse(f"profile.{key} must be one of {', '.join(allowed)}, not {value!r}")
    wanted, read = _FORMS[type(getattr(DEFAULTS, key))]
    try:
        return read(value)
    except (TypeError, ValueError) as error:
        raise WrongUse(f"profile.{key} must be {wanted}, not {value!r}") from error


def _instance(kind: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if not isinstance(value, kind):
            raise TypeError(value)
        return value

    return read


def _length(value: Any) -> int:
    broken = isinstance(value, float) and not value.is_integer()
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0 or broken:
        raise ValueError(value)
    return int(value)


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError(value)
    return tuple(value)


def _day(value: Any) -> date:
    return date.fromisoformat(value[:10])


_FORMS: dict[type, tuple[str, Callable[[Any], Any]]] = {
    str: ("a text", _instance(str)),
    bool: ("true or false", _instance(bool)),
    int: ("a whole number from 0 on", _length),
    tuple: ("a list of texts", _texts),
    date: ("a date like 2026-11-23", _day),
}
"""By the type of a key's default: what its value must be, in words, and how it is read."""
