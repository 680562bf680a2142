"""One question to the model, and a text only if it may be shown."""

from __future__ import annotations

import logging
from collections.abc import Callable

from responder.playbook.request import DraftRequest, Proposal
from responder.suggesting.brief import Message, body, messages, names_somebody
from responder.suggesting.objections import objections
from responder.suggesting.service import NoAnswer
from responder.suggesting.spoken_to import speaks_to_a_machine
from responder.tone import Context

log = logging.getLogger(__name__)

Ask = Callable[[list[Message]], str]
"""Ask the model once; raises `NoAnswer`."""

WORDABLE = frozenset({"matter", "reword"})
"""What a draft may still need: words. A fact, a decision or an answer only a person has."""


def suggest(ask: Ask, request: DraftRequest, proposal: Proposal, context: Context) -> str | None:
    """A better wording of the proposal, or None where the rules' own stands."""
    if not may_be_asked(request, proposal):
        return None
    try:
        answer = ask(messages(request, proposal, context.author))
    except NoAnswer as error:
        log.warning("the model gave no answer: %s", error)
        return None
    text = signed(answer.strip(), request, proposal)
    against = list(objections(text, request, proposal, context))
    if against:
        log.info("the model's wording is not shown: %s", ", ".join(against))
    return None if against else text


def may_be_asked(request: DraftRequest, proposal: Proposal) -> bool:
    """Only plain posts with words leave the house: no risk, no duty of silence, no post that speaks to a machine."""
    profile, reading = request.profile, request.reading
    said = f"{request.text.title}\n{request.text.text}"
    quiet = profile.confidential or profile.contact_lock or bool(reading.risks)
    plain = proposal.kind == "full" and bool(request.text.text.strip()) and not speaks_to_a_machine(said)
    return plain and not quiet and not names_somebody(body(proposal)) and set(proposal.needs) <= WORDABLE


def signed(text: str, request: DraftRequest, proposal: Proposal) -> str:
    """The text with the closing of the rules' draft, unless it is signed already."""
    closing = proposal.text[len(body(proposal)) :].strip()
    name = request.profile.signature.strip()
    return text if not closing or (name and text.endswith(name)) else f"{text}\n{closing}"
