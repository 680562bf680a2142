"""Does the customer say Sie or Du?"""

from __future__ import annotations

from responder.reading import expressions
from responder.words import Address


def address(written: str) -> Address:
    """The form the customer uses towards the business; `none` when he uses neither."""
    counts = {"sie": 0, "du": 0}
    for form, expression in expressions.load("address"):
        counts[form] += len(expression.findall(written))
    if not any(counts.values()):
        return "none"
    return "sie" if counts["sie"] >= counts["du"] else "du"
