"""C7: only what the business's catalogue allows is promised, and not more of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from responder.tone.context import Context
from responder.tone.data import load
from responder.tone.hits import Hit
from responder.tone.patterns import compiled, shape
from responder.tone.reply import Reply, Sentence
from responder.tone.stems import content_stems

_AMOUNT = re.compile(
    r"(\d{1,3}(?:[.' ]\d{3})+|\d+)(?:[,.](\d{1,2}))?\s*(€|euro?\b|eur\b|chf\b|franken|fr\.|prozent|%|pounds?|£|\$)",
    re.I,
)


def promises(reply: Reply, context: Context) -> Iterator[Hit]:
    """Refunds, vouchers, discounts and the like that are promised, not merely mentioned, without being allowed."""
    if reply.language not in ("de", "en"):
        return
    shapes = load(f"{reply.language}/promises")
    allowed = " | ".join(context.profile.catalogue).lower()
    for sentence in reply.body:
        plain = reply.plain[sentence.start : sentence.end]
        if shape(reply.language, "promises/not_promised").search(plain):
            continue
        if shape(reply.language, "promises/promised").search(plain):
            yield from _beyond(shapes, sentence, plain, allowed, reply)


def covered(sentence: str, language: str, context: Context) -> bool:
    """True when a sentence speaks of what one entry of the catalogue allows, and of no larger amount."""
    plain, said = sentence.lower(), content_stems(sentence)
    families = [compiled(expression, language) for expression in load(f"{language}/promises")["family"].values()]
    named = [family for family in families if family.search(plain)]
    return any(
        (said & content_stems(entry) or any(family.search(entry.lower()) for family in named))
        and not any(_too_much(plain, family, entry.lower()) for family in named)
        for entry in context.profile.catalogue
    )


def _beyond(shapes: dict[str, Any], sentence: Sentence, plain: str, allowed: str, reply: Reply) -> Iterator[Hit]:
    for name, expression in shapes["family"].items():
        family = compiled(expression, reply.language)
        owed = shapes["owed"].get(name)
        match = family.search(plain) if not owed or compiled(owed, reply.language).search(plain) else None
        if match and not (family.search(allowed) and not _too_much(plain, family, allowed)):
            why = "amount_over_catalogue" if family.search(allowed) else "promise"
            yield Hit("C7", sentence.start + match.start(), sentence.start + match.end(), "block", why)


def _too_much(plain: str, family: re.Pattern[str], allowed: str) -> bool:
    """True when the sentence names more than the largest amount of the same unit in the fitting entries."""
    limits = _amounts(" | ".join(entry for entry in allowed.split(" | ") if family.search(entry)))
    return any(amount > limits[unit] for unit, amount in _amounts(plain).items() if unit in limits)


def _amounts(text: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for whole, cents, unit in _AMOUNT.findall(text):
        kind = "percent" if unit in ("%", "prozent") else "money"
        amount = float(re.sub(r"\D", "", whole)) + float(f"0.{cents or 0}")
        found[kind] = max(found.get(kind, 0.0), amount)
    return found
