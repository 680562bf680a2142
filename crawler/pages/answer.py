"""The JSON that a platform's interface answers with, and how it differs from what was expected."""

from __future__ import annotations

from typing import Any

from crawler.shape import Misshapen, load_json


class NotAsExpected(Exception):
    """The answer cannot be read; the message says what it is instead."""


def json_of(body: bytes) -> Any:
    """The JSON value of an answer. Raises `NotAsExpected`."""
    try:
        return load_json(body.decode("utf-8-sig"))
    except (ValueError, Misshapen) as error:
        raise NotAsExpected(f"The site's answer is not the JSON it should be ({error}).") from error


def listed(value: Any, key: str = "") -> list[dict[str, Any]]:
    """The objects of a list, or of the list under `key` of an object. Raises `NotAsExpected`."""
    if key:
        value = value.get(key) if isinstance(value, dict) else None
    if not isinstance(value, list):
        raise NotAsExpected("The site's answer holds no list of posts; its interface may have changed.")
    return [item for item in value if isinstance(item, dict)]
