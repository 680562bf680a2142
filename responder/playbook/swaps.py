"""Sentences that stand in for others, by what is known of the post, the case and the house. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from responder.playbook.asked import Situation
from responder.playbook.asking import kinds_told
from responder.playbook.promised import missed
from responder.playbook.request import DraftRequest
from responder.playbook.roles import signs_as_owner
from responder.playbook.sectors import sector_of
from responder.playbook.wants import CALL, Answer, asked_for
from responder.playbook.weight import bereaved, grave

ABOUT_QUESTION = (
    ("unnamed", "unnamed_asked"),
    ("repeat_unnamed", "repeat_asked"),
    ("third_unnamed", "third_asked"),
)
"""Where nothing is told but a question, it is what the answer is about."""
_UNHAPPY = tuple(
    "complaint repeat third mixed risk discrimination data safety violence confidential_complaint locked press".split()
)
"""How the names of situations begin in which nobody is greeted warmly."""
_OWNERS = ("risk_action", "risk_contact", "second_person", "safety_action", "violence_action")
_NAMED = ("safety", "discrimination", "data")
"""Situations in which people are offered a direct way, and what they also ask for is said to be answered."""
_ANGRY = 2
_DEMANDS = re.compile(
    r"\b(?:verlang\w*|forder\w*|schadens?ersatz|schmerzensgeld|entschädigung\w*|rückerstatt\w*|ersetz\w*"
    r"|(?<!anzeige )(?<!anzeige ist )erstatt\w*|geld\b[^.!?]{0,40}\b(?:zurück|wieder)"
    r"|(?:%|prozent|euro|€|franken) zurück|zurück ?(?:zahl|haben|bekomm)\w*|nicht zurück\w*)\b",
    re.IGNORECASE,
)
Swap = tuple[str, str]
"""A slot, and the one whose sentences are said there; an empty one leaves it out."""


def swaps(
    request: DraftRequest, situation: Situation, answer: Answer | None, values: Mapping[str, str]
) -> Iterator[Swap]:
    """Every exchange for this request; a later one outranks an earlier one."""
    yield "contact", _contact(request, situation, answer)
    yield from _house(request, situation, values)
    if claim := _claim(request, situation, answer, values):
        yield "claim", claim
    if "apology" in request.reading.wants and request.assessment in ("open", "right", "partly"):
        yield "apology", "apology_said"
    open_house = not (request.profile.confidential or request.profile.contact_lock)
    if values.get("asked_clause") and open_house and not set(situation.slots) & set(ABOUT_QUESTION):
        yield "asked", "asked_dated" if situation.name.startswith(("praise", "lukewarm")) else "asked_said"
    if values.get("others_dat"):
        yield "others", "others_said"
    if values.get("wish_dat"):
        yield "wished", "wished_dated" if situation.name.startswith(("praise", "lukewarm")) else "wished_said"
    if situation.name.startswith("praise") and request.profile.signature_style == "name":
        first = request.profile.signature.split()[:1]
        if first and re.search(rf"\b{re.escape(first[0])}\b", request.text.text):
            yield from ((slot, "pass_praise_own") for slot in ("pass_praise", "value_praise"))
    if values.get("stated"):
        yield "facts_gap", "facts_stated"
    if situation.name.startswith(_UNHAPPY):
        yield from _late(request, values)
        yield from _weight(request)
        yield from _ending(request)


def _claim(request: DraftRequest, situation: Situation, answer: Answer | None, values: Mapping[str, str]) -> str:
    """What is demanded beside the grave matter is answered with it; whoever extorts gets no word about it."""
    if situation.name not in ("risk", *_NAMED) or "extortion" in request.reading.risks:
        return ""
    if answer is not None and answer.kind == "granted" and situation.name == "safety":
        return ""
    if "apology" in request.reading.wants and situation.name == "discrimination":
        return "claim_apology"
    if _DEMANDS.search(f"{request.text.title} {request.text.text}"):
        return "claim_said"
    return "claim_also" if values.get("also_dat") else ""


def _house(request: DraftRequest, situation: Situation, values: Mapping[str, str]) -> Iterator[Swap]:
    """Who speaks, and how the house is reached."""
    if not request.profile.contact:
        yield "private_contact", "contact_imprint"
    if signs_as_owner(request.profile):
        own = dict(situation.slots)
        yield from ((slot, f"{own.get(slot, slot)}_owner") for slot in _OWNERS)
        if situation.name == "risk" and not situation.matters:
            yield "risk", "risk_own"
    if request.profile.second:
        yield "second_person", "second_person_named"


def _late(request: DraftRequest, values: Mapping[str, str]) -> Iterator[Swap]:
    """Our own missed day comes before everything else; then the matter needs no second regret."""
    late = missed(request.history, request.profile.today) if values.get("missed") else None
    if late is None or request.profile.confidential or request.profile.contact_lock:
        return
    yield "missed", "missed_thing" if late.kind == "thing" else "missed_said"
    still = "still_right" if request.assessment == "right" else "still"
    yield from ((slot, still) for slot in ("repeat_matter", "third_matter", "regret_matter"))
    yield from ((slot, "still_unnamed") for slot in ("repeat_unnamed", "third_unnamed"))


def _weight(request: DraftRequest) -> Iterator[Swap]:
    """What is heavy is said soberly, and anger is met without greetings."""
    if grave(request.text):
        yield from ((slot, "regret_grave") for slot in ("regret_matter", "thanks_regret", "expected_regret"))
        yield "thanks_short", ""
        if bereaved(request.text):
            yield "condolence", "condolence_said"


def _ending(request: DraftRequest) -> Iterator[Swap]:
    """Under anger nobody is greeted fondly."""
    if grave(request.text) or request.step > 1 or request.reading.anger >= _ANGRY or request.reading.risks:
        yield from ((slot, "signature") for slot in ("closing", "closing_short"))
    else:
        yield from ((slot, "closing_plain") for slot in ("closing", "closing_short"))


def _contact(request: DraftRequest, situation: Situation, answer: Answer | None) -> str:
    """A contact line only where something is needed that must not stand here, and it says what for."""
    if situation.name in _NAMED:
        return "data_contact" if situation.name == "data" else "direct_contact"
    if answer is not None and answer.kind == "granted":
        return {"refund": "contact_money", CALL: ""}.get(answer.wants[0], "")
    if request.step > 2 and request.profile.contact and situation.name.startswith("third"):
        return "contact_direct"
    if _order_number_helps(request, situation):
        return "contact_order"
    return "contact_call" if CALL in request.reading.wants and asked_for(CALL, request) else ""


def _order_number_helps(request: DraftRequest, situation: Situation) -> bool:
    """Only where an order exists, and only while its number was not given and nobody said that we have it."""
    given = kinds_told(request) & {"order", "customer_no", "contract_no", "case_no"}
    ordered = bool(situation.matters) and situation.matters[0].order and sector_of(request.profile).name in ("", "shop")
    return ordered and not given and not request.history and situation.name.startswith("complaint")
