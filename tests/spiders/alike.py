"""Whether a made-up answer looks like a real one: each of its keys is there, with a value of the same type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

TYPE = "$type"
"""What tells apart things that may stand at the same place."""


def unlike(ours: Any, real: list[Any], place: str = "answer") -> Iterator[str]:
    """What `ours` has that none of the `real` values at the same place has, in words."""
    alike = [value for value in real if _kind(value) == _kind(ours)]
    if not alike:
        yield f"{place} is {_kind(ours)}, not {' or '.join(sorted({_kind(value) for value in real})) or 'there'}"
    elif isinstance(ours, dict):
        for key, value in ours.items():
            yield from unlike(value, [one[key] for one in alike if key in one], f"{place}.{key}")
    elif isinstance(ours, list):
        for value in ours:
            yield from unlike(value, [element for one in alike for element in one], f"{place}[]")


def _kind(value: Any) -> str:
    if isinstance(value, dict) and TYPE in value:
        return f"a {value[TYPE]}"
    return "number" if isinstance(value, int) and not isinstance(value, bool) else type(value).__name__
