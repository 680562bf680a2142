"""Wants, risks and matters: rules found, narrowed by what the post as a whole is."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache

from responder.reading.rules import DATA, Hit

LAID_OPEN = frozenset({"phone", "email", "iban", "address"})
"""Personal data that is a risk wherever it stands in public; a name or an order number alone is none."""
PASSING = frozenset({"legal", "fraud_accusation", "insult", "press"})
"""What somebody who is plainly pleased mentions in passing: the lawyer at the next table, the thief in the play."""
GRAVE = frozenset({"discrimination", "safety"})
"""What is said in passing only by somebody who is pleased beyond doubt: praise does not undo a danger."""


@cache
def sides() -> dict[str, str]:
    """For every matter whether it is praise, complaint or question; and which topic it belongs to."""
    content = tomllib.loads((DATA / "sides.toml").read_text(encoding="utf-8"))
    return {key: side for side, keys in content["sides"].items() for key in keys.split()}


@cache
def covered() -> dict[str, frozenset[str]]:
    """Which matters another one says already where both stand at the same place."""
    content = tomllib.loads((DATA / "sides.toml").read_text(encoding="utf-8"))
    return {key: frozenset(others.split()) for key, others in content["covers"].items()}


def matters(hits: list[Hit], *, is_question: bool, irony: bool) -> list[Hit]:
    """The matters that stand: questions where something is asked, praise where it is meant, no place twice."""
    complaints = [hit for hit in hits if sides()[hit.label] == "complaint"]
    stands = {"complaint": True, "question": is_question, "praise": not (irony and complaints)}
    return [hit for hit in hits if stands[sides()[hit.label]] and not any(_yields(hit, other) for other in hits)]


def _yields(hit: Hit, other: Hit) -> bool:
    """Does `other`, at the same place, say it better: a complaint against praise, or the more precise matter?"""
    if not (other.start < hit.end and hit.start < other.end):
        return False
    contradicts = sides()[hit.label] == "praise" and sides()[other.label] == "complaint"
    return contradicts or hit.label in covered().get(other.label, ())


def wants(hits: list[Hit], *, pleased: bool, is_question: bool, spam: bool) -> tuple[str, ...]:
    """What is asked for; a bare question asks for information, praise and advertising for nothing.

    To be heard is what remains where nothing more precise is asked.
    """
    if spam or (pleased and not is_question):
        return ()
    asked = tuple(hit.label for hit in hits if hit.label != "being_heard")
    return asked or tuple(hit.label for hit in hits) or (("information",) if is_question else ())


def risks(hits: list[Hit], personal: Iterable[str], *, pleased: bool, surely: bool = False) -> tuple[str, ...]:
    """What must reach a person first; contact or bank details (kinds of `personal`) laid open in a real post too."""
    passing = (PASSING if pleased else frozenset()) | (GRAVE if surely else frozenset())
    found = dict.fromkeys(hit.label for hit in hits if hit.label not in passing)
    if "spam" not in found and not LAID_OPEN.isdisjoint(personal):
        found["personal_data"] = None
    return tuple(found)
