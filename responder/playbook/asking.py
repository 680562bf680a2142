"""Which question an answer may ask: one, about what nobody has told yet. Pure."""

from __future__ import annotations

import re

from responder.playbook.asked import Situation
from responder.playbook.grammar import Phrase
from responder.playbook.model import Voice
from responder.playbook.named import mentions
from responder.playbook.request import DraftRequest
from responder.playbook.weight import grave

_DETAILED = 7
"""A post of more words than this has told its details: it is not asked what exactly was wrong."""
_DEVICE = re.compile(
    r"\b(?:iphone|ipad|pixel|galaxy|samsung|android|huawei|xiaomi|oneplus|fairphone|windows|mac|macbook|ios)\b", re.I
)
_WHEN = {"date", "time"}
"""Asked only when nothing else is open: people rarely remember, and often we know it ourselves."""


def questions(request: DraftRequest, voice: Voice, situation: Situation) -> tuple[Phrase, ...]:
    """What may be asked about the first matter, else whether we understood everything (B5).

    Nothing whose fact was already given, and nothing at all when we asked before.
    """
    if not situation.matters or asked_before(request) or grave(request.text):
        return ()
    known = _told(request, voice)
    open_ = {fact: phrases for fact, phrases in situation.matters[0].ask.items() if fact not in known}
    better = {fact: phrases for fact, phrases in open_.items() if fact not in _WHEN}
    detailed = len(request.text.text.split()) > _DETAILED
    left = tuple(phrase for phrases in (better if detailed else better or open_).values() for phrase in phrases)
    if detailed and not left:
        return ()
    if left or situation.matters[0].key in voice.matters["topic"]:
        return left
    return voice.phrases.get("ask_confirm", ())


def asked_before(request: DraftRequest) -> bool:
    """Whether one of our earlier answers in this case asked something."""
    return any(turn.role == "us" and "?" in turn.text for turn in request.history)


def kinds_told(request: DraftRequest) -> set[str]:
    """The kinds of facts and personal data that the customer gave in this case."""
    readings = (request.reading, *request.earlier)
    return {fact.kind for reading in readings for fact in reading.facts} | {
        span.label for reading in readings for span in reading.pii
    }


def _told(request: DraftRequest, voice: Voice) -> set[str]:
    """The kinds of facts that nobody asks for again."""
    told = kinds_told(request)
    told |= {"detail", "any"} if len(request.text.text.split()) > _DETAILED else set()
    told |= {"product"} if mentions(request.reading, request.text, voice) else set()
    return told | ({"device"} if _DEVICE.search(request.text.text) else set())
