"""F1, F2 and C9: words that confirm that the author was a customer, where that must stay open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from responder.tone.context import Context
from responder.tone.data import load
from responder.tone.hits import Hit
from responder.tone.patterns import compiled, shape
from responder.tone.reply import Reply


def relation(reply: Reply, context: Context) -> Iterator[Hit]:
    """Where the trade is confidential (F1) or the contact is disputed (F2)."""
    profile = context.profile
    if reply.language not in ("de", "en") or not (profile.confidential or profile.contact_lock):
        return
    rule, why = ("F1", "confidential") if profile.confidential else ("F2", "contact_lock")
    data = load(f"{reply.language}/relation")
    neutral = shape(reply.language, "relation/neutral")
    general = {s.start for s in reply.sentences if neutral.search(reply.plain, s.start, s.end)}
    for expression in data["confirms"]:
        for match in compiled(expression, reply.language).finditer(reply.plain):
            if reply.sentence_at(match.start()).start not in general:
                yield Hit(rule, match.start(), match.end(), "block", why)


def read_along(hits: Iterable[Hit]) -> Iterator[Hit]:
    """C9 for the first confirmation in a confidential trade: what is confirmed there, everybody reads."""
    found = sorted(hit for hit in hits if hit.rule == "F1")
    if found:
        first = min(found, key=lambda hit: hit.start)
        yield first._replace(rule="C9", why="read_along", instead="")
