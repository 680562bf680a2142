"""Sentences that probably blame, lecture, excuse, mock or threaten: they neither open an answer nor are they a step."""

from __future__ import annotations

from responder.tone.reply import Reply, Weighed

UNKIND = ("C2", "C3", "C5", "C8")
PROBABLY = 1.0
"""From this score on, in log-odds, a sentence is taken for unkind; a finding by itself needs more than that."""
THREATENING = 3.0
"""The same for a threat (C9), of which the model is less sure: most such sentences only tell too much."""


def unkind(weighed: Weighed) -> bool:
    """True for a sentence that the model takes for blame, a lecture, an excuse or mockery."""
    return any(weighed.scores[rule] > PROBABLY for rule in UNKIND)


def harsh(weighed: Weighed) -> bool:
    """True for an unkind sentence, and for a threat."""
    return unkind(weighed) or weighed.scores["C9"] > THREATENING


def any_harsh(reply: Reply) -> bool:
    """True when some sentence is harsh."""
    return any(map(harsh, reply.weighed))
