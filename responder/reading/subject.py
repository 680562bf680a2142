"""What a post is about and where on the customer's way it stands: told by words, matters, risks and wants together."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from functools import cache

from responder.reading.rules import DATA, Hit

MOST_TOPICS = 3
VAGUE = "product"
"""Nearly every post names a thing; it is the topic only where nothing else is."""
TELLING = frozenset({"complaint", "delivery", "order", "support", "invoice", "advice"})
"""Stations whose words speak for themselves; the others follow better from the topic."""
MOST_LIKELY = "product"
"""Where most customers stand who write."""


@cache
def implied(table: str) -> dict[str, str]:
    """A table of `subject.toml` read backwards: what each key implies."""
    content = tomllib.loads((DATA / "subject.toml").read_text(encoding="utf-8"))
    return {key: name for name, keys in content[table].items() for key in keys.split()}


def topic_of() -> dict[str, str]:
    """The topic that a matter implies."""
    return implied("topics_of_matters")


def topics(hits: list[Hit], matters: Iterable[str], risks: Iterable[str], wants: Iterable[str]) -> tuple[str, ...]:
    """Topics of the concrete matters first, then of risks and wants, then of the words; `other` when there is none."""
    names = dict.fromkeys(_following("topics_of_matters", matters))
    names |= dict.fromkeys(_following("topics_of_risks", risks)) | dict.fromkeys(_following("topics_of_wants", wants))
    names |= dict.fromkeys(hit.label for hit in hits if hit.label != VAGUE)
    return tuple(names)[:MOST_TOPICS] or tuple(hit.label for hit in hits) or ("other",)


def station(hits: list[Hit], topic: str, risks: Iterable[str]) -> str | None:
    """Where the customer stands: telling words first, then what the first topic implies, then any word.

    Where nothing tells it, what was bought or lived through (`MOST_LIKELY`). None for advertising.
    """
    if "spam" in risks:
        return None
    threatened = next(_following("stations_of_risks", risks), None)
    told = hits[0].label if hits and hits[0].label in TELLING else None
    return threatened or told or implied("stations_of_topics").get(topic) or (hits[0].label if hits else MOST_LIKELY)


def _following(table: str, keys: Iterable[str]) -> Iterator[str]:
    return (implied(table)[key] for key in keys if key in implied(table))
