"""Topics, station, wants, risks and matters: rules found, narrowed by what the post as a whole is."""

from __future__ import annotations

import tomllib
from functools import cache

from responder.reading.rules import DATA, Hit

MOST_TOPICS = 6
STARTS_OF_QUESTIONS = "ask_"


@cache
def sides() -> dict[str, str]:
    """For every matter whether it is praise, complaint or question; and which topic it belongs to."""
    content = tomllib.loads((DATA / "sides.toml").read_text(encoding="utf-8"))
    return {key: side for side, keys in content["sides"].items() for key in keys.split()}


@cache
def topic_of() -> dict[str, str]:
    """The topic that a matter implies."""
    content = tomllib.loads((DATA / "sides.toml").read_text(encoding="utf-8"))
    return {key: topic for topic, keys in content["topics"].items() for key in keys.split()}


def matters(hits: list[Hit], *, is_question: bool) -> list[Hit]:
    """The matters that stand: questions only where something is asked, praise not where the same place complains."""
    complaints = [hit for hit in hits if sides()[hit.label] == "complaint"]
    return [
        hit
        for hit in hits
        if (sides()[hit.label] == "complaint")
        or (sides()[hit.label] == "question" and is_question)
        or (sides()[hit.label] == "praise" and not any(_within(hit, other) for other in complaints))
    ]


def _within(hit: Hit, other: Hit) -> bool:
    return other.start < hit.end and hit.start < other.end


def topics(hits: list[Hit], found: list[Hit]) -> tuple[str, ...]:
    """Topics of the concrete matters first, then of the words; `other` when nothing is recognised."""
    names = dict.fromkeys([topic_of()[hit.label] for hit in found if hit.label in topic_of()])
    names |= dict.fromkeys(hit.label for hit in hits)
    return tuple(names)[:MOST_TOPICS] or ("other",)


def station(hits: list[Hit]) -> str | None:
    """The first station found in the order of the file."""
    return hits[0].label if hits else None
