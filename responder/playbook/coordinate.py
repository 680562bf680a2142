"""Two things said of one, or two clauses in one: "Das Gulasch kam spät und war kalt", "Die Griffe fehlen und eine Lade
klemmt". Each half is said back by itself; where only the first one can be, it stands alone. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from responder.playbook.clause_words import LONGEST, tokens
from responder.playbook.nouns import Lexicon
from responder.playbook.restate import restated
from responder.playbook.restate_none import restated_none
from responder.playbook.restate_short import restated_short
from responder.playbook.restate_us import restated_us
from responder.playbook.verbs import verbs

MOST = 19
"""Words of both halves together; more would be no one sentence."""
_AND = re.compile(r"\s+(?:und|&|u\.)\s+")
_WRITER = re.compile(r"\b(ich|wir)\b", re.IGNORECASE)
_ADDRESSED = ("Sie ", "du ", "ihr ")


@dataclass(frozen=True, slots=True)
class Manner:
    """In whose words a clause is said back."""

    nouns: Lexicon
    formal: bool
    swiss: bool


def said_again(clause: str, manner: Manner, *, led: bool = False) -> str:
    """The clause as it stands after "dass", as a whole or in its halves; or nothing."""
    whole = _said(clause, manner, led=led)
    return whole or next((said for left, right in _halves(clause) if (said := _both(left, right, manner, led=led))), "")


def _said(clause: str, manner: Manner, *, led: bool) -> str:
    found = restated(clause, manner.nouns, formal=manner.formal, swiss=manner.swiss, led=led)
    short = (restated_us, restated_short, restated_none)
    others = (say(clause, manner.nouns, formal=manner.formal, swiss=manner.swiss) for say in short)
    return found or next(filter(None, others), "")


def _halves(clause: str) -> list[tuple[str, str]]:
    """Left and right of every "und" that has a finite verb on both sides."""
    if not tokens(clause, longest=2 * LONGEST):
        return []
    pairs = [(clause[: match.start()], clause[match.end() :]) for match in _AND.finditer(clause)]
    return [(left, right) for left, right in pairs if _has_verb(left) and _has_verb(right)]


def _has_verb(words: str) -> bool:
    return any(word in verbs().finite for word in words.lower().split())


def _both(left: str, right: str, manner: Manner, *, led: bool) -> str:
    first, second = _said(left, manner, led=led), _second(left, right, manner)
    follows = right.split()[0].lower() in verbs().finite
    if not first:
        return second if second.startswith(_ADDRESSED) or not follows else ""
    shared = follows and _WRITER.search(left)
    start = next((start for start in _ADDRESSED if shared and second.startswith(start)), "")
    together = f"{first} und {second.removeprefix(start)}" if second else first
    return together if len(together.split()) <= MOST else first


def _second(left: str, right: str, manner: Manner) -> str:
    """The second half as a clause of its own; the writer is its subject where he is that of the first one."""
    if right.split()[0].lower() not in verbs().finite:
        return _said(right, manner, led=False)
    writer = _WRITER.search(left)
    return _said(f"{writer[1]} {right}", manner, led=False) if writer else _said(right, manner, led=True)
