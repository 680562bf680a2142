"""Is the post a question that wants an answer, rather than an outcry with a question mark?"""

from __future__ import annotations

from collections.abc import Iterator

from responder.reading import expressions


def asks(folded: str, *, complains: bool) -> bool:
    """True for a real question. Within a complaint an outcry ("Was soll das?") is none."""
    return any(not (complains and _is_outcry(question)) for question in _questions(folded))


def _questions(folded: str) -> Iterator[str]:
    if "?" not in folded:
        return
    for label, expression in expressions.load("questions"):
        if label == "asking":
            yield from (match.group() for match in expression.finditer(folded))


def _is_outcry(question: str) -> bool:
    return any(label == "outcry" and expression.search(question) for label, expression in expressions.load("questions"))
