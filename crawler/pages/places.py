"""Places that a credential can see, from which a person chooses the one to watch."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """`address` is what a person gives to `source add`, `title` how people call it.

    `marks` are what links to it carry.
    """

    address: str
    title: str
    marks: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class PlacesRead:
    """One page of a list of places, or of what holds them; `next_url` is empty on the last one."""

    places: list[Place]
    next_url: str = ""
