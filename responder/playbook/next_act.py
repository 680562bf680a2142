"""What is done next when somebody writes again: an act of the catalogue that admits nothing, a call or an answer from
those who know, with its day and hour. Nothing where the catalogue holds none. Pure."""

from __future__ import annotations

import re
from datetime import time

from responder.dates import say_date, say_time
from responder.playbook.catalogue import Commitment, allowing, catalogue
from responder.playbook.model import Voice
from responder.playbook.request import DraftRequest
from responder.playbook.wants import CALL, Answer

LED = ("lead", "lead_unnamed", "third_action")
"""The slots that say the next act instead of that something is looked into; "_call" or "_answer" is put behind."""
_ANSWER = re.compile(
    r"(?:schriftliche )?(?:antwort|rückmeldung|auskunft|stellungnahme)\b(?: [\w-]+){0,5}", re.IGNORECASE
)


def next_act(request: DraftRequest, voice: Voice, answer: Answer | None) -> tuple[str, dict[str, str]]:
    """ "call" or "answer", and its placeholders; empty where nothing is promised or a want is granted already."""
    if request.step == 1 or voice.language != "de" or (answer is not None and answer.kind == "granted"):
        return "", {}
    entries = catalogue(request.profile.catalogue)
    for entry in allowing(CALL, entries, voice.catalogue):
        if when := _when(entry, request, voice):
            return "call", {"act_when": when}
    for entry in entries:
        what, when = _ANSWER.match(entry.what), _when(entry, request, voice)
        if what and when:
            return "answer", {"act_when": when, "act_nom": _with_article(what[0])}
    return "", {}


def _when(entry: Commitment, request: DraftRequest, voice: Voice) -> str:
    profile = request.profile
    due = entry.due(profile.today, profile.country, profile.region)
    hour = f", {say_time(time(entry.hour), voice.locale)}" if entry.hour is not None else ""
    return say_date(due, voice.locale) + hour if due else ""


def _with_article(what: str) -> str:
    """ "die schriftliche Antwort der Leitung": all these words are feminine."""
    return f"die {what[0].lower() if what.lower().startswith('schriftlich') else what[0]}{what[1:]}"
