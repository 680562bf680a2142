"""What feeds of reviews say in elements of their own: stars, and who wrote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crawler.pages.values import number

HIGHEST = 5.0
"""A feed tells no scale; where one of its ratings is higher, none of them is taken for stars."""


def ratings(entries: Sequence[Any]) -> list[float | None]:
    """The stars of each entry, from an element called `rating` in whatever namespace."""
    read = [number(value) if (value := own(entry, "rating")) else None for entry in entries]
    return read if all(0 < rating <= HIGHEST for rating in read if rating is not None) else [None] * len(read)


def own(entry: Any, name: str) -> str:
    """The text of an element of this name in a namespace that is not one of feeds."""
    found = (value for key, value in entry.items() if key.endswith(f"_{name}") and isinstance(value, str))
    return next((value.strip() for value in found if value.strip()), "")
