"""Demands that nobody rules on in public: far more than the matter cost, or a year of everything for free. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from responder.playbook.catalogue import amounts
from responder.reading.model import Text

TIMES_THE_PRICE = 5
LEAST = 100.0
WITHOUT_PRICE = 500.0
"""A demand counts as excessive from five times the price that the post names, never below 100; where it names no price,
from 500 on if it is for damages rather than for the money back."""

_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\d)[^.!?\n]+)*[.!?\n]?")
_DEMANDS = re.compile(
    r"\b(?:forder\w*|verlang\w*|will|wollen|erwart\w*|bestehe|bestehen|möchte\w*|hätte\w*|gebt|geben sie|zahlt"
    r"|zahlen sie|überweis\w*|schuldet|schulden|mindestens|sonst|demand\w*|want|expect\w*|owe)\b",
    re.IGNORECASE,
)
_DAMAGES = re.compile(
    r"entschädig|schmerzensgeld|schadens?ersatz|wiedergutmach|kompensation|genugtuung|compensat|damages", re.IGNORECASE
)
_FREE = r"(?:gratis|kostenlos\w*|umsonst(?! \w*(?:wart|gefahren|angestanden))|geschenkt|freie\w*|frei|free)"
_FOR_YEARS = (
    r"(?:lebenslang\w*|(?:ein|mein) leben lang|auf lebenszeit|für immer|for life|for ever|forever"
    r"|(?<!seit )(?<!nach )\b\w+ (?:ganzes |volles )?(?:jahr|years?)e?)"
)
_BEYOND = re.compile(
    rf"\b{_FOR_YEARS}\b[^.!?\n]{{0,50}}\b{_FREE}\b|\b{_FREE}\b[^.!?\n]{{0,50}}\b{_FOR_YEARS}\b"
    r"|\b(?:drei|vier|fünf|zehn|hundert)fach\w*\b"
    r"|\b(?:entlass\w*|gefeuert|feuer[nt]|rauswerf\w*|rausgeworfen|rausfliegt|rausgeschmissen|fristlos\w*|fired)\b",
    re.IGNORECASE,
)


def excessive(text: Text) -> bool:
    """Whether a post demands what no reply in public can settle."""
    said = list(_sentences(text))
    demands = [sentence for sentence in said if _DEMANDS.search(sentence) or _DAMAGES.search(sentence)]
    if any(_BEYOND.search(sentence) for sentence in demands):
        return True
    asked = max((amount for sentence in demands for amount in amounts(sentence)), default=0.0)
    named = [amount for sentence in said for amount in amounts(sentence) if amount < asked]
    if named:
        return asked >= max(LEAST, TIMES_THE_PRICE * max(named))
    return asked >= WITHOUT_PRICE and any(_DAMAGES.search(sentence) for sentence in demands)


def largest_amount(text: Text) -> float | None:
    """The largest amount of money that a post names, None without any."""
    return max((amount for sentence in _sentences(text) for amount in amounts(sentence)), default=None)


def _sentences(text: Text) -> Iterator[str]:
    yield text.title
    yield from (match[0] for match in _SENTENCE.finditer(text.text))
