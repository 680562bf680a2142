"""What the customer says he was promised, ordered or expecting, and what he got instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from responder.reading import expressions
from responder.reading.pii import Place

KINDS = ("expected", "received")


def stated(written: str) -> Iterator[tuple[str, Place]]:
    """Each piece with its kind (`expected` or `received`); no letter belongs to two pieces."""
    taken = bytearray(len(written))
    for kind, (start, end) in _pieces(written):
        if not any(taken[start:end]):
            taken[start:end] = b"x" * (end - start)
            yield kind, (start, end)


def _pieces(written: str) -> Iterator[tuple[str, Place]]:
    for _, expression in expressions.load("stated", re.IGNORECASE):
        for match in expression.finditer(written):
            yield from ((kind, match.span(kind)) for kind in KINDS if kind in expression.groupindex)
