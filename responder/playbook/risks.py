"""What is answered to accusations, dangers and breaches: neutrally, with the matter where it is certain. Pure."""

from __future__ import annotations

import re

from responder.playbook.about import clause_of
from responder.playbook.asked import FOLLOW_UP, Asked, Situation
from responder.playbook.beside import prepared
from responder.playbook.concern import also, certain, hurt_one, named_beside, reported
from responder.playbook.model import Matter, Voice
from responder.playbook.referred import referred
from responder.reading import grids, romance
from responder.reading.model import Span

_GRAVE = ("legal", "extortion", "discrimination", "fraud_accusation", "press", "safety", "personal_data")
_SAFETY = (("safety", "safety_hint"), ("safety_action", "safety_check"), ("safety_short", "safety_hint_short"))
_SAFETY_AGAIN = (("safety", "safety_again"), ("safety_action", "safety_lead"))
_DATA = (("risk", "data_said"), ("risk_action", "data_action"), ("risk_short", "data_short"))
_HARM = re.compile(
    r"krank|vergift|verletz|notarzt|rettung|erbr[ao]ch|übergeben|durchfall|gestürzt|gekippt|umgefallen|rauch|brann|feuer"
    r"|stromschlag|allergi|lebensgefähr|kinderarzt|kinderzimmer|asthma|atemnot|gebrochen|blut|poison|hospital|injur|burn"
    r"|fire|collaps",
    re.IGNORECASE,
)
"""Somebody came to harm, or nearly: then the plain matter beside it is not what the answer is about."""
_HURT = re.compile(
    r"krank|vergift|verletz|notarzt|rettungswagen|erbr[ao]ch|übergeben|durchfall|gestürzt|aufgeschnitten|aufgeschlagen"
    r"|genäht|verbrüht|eingeklemmt|geprellt|zerstochen|verätzt|platzwunde"
    r"|(?:arm|bein|fuß|hand|finger|zehe?|nase|rippe)\w* gebrochen|stromschlag|gebissen|geblutet|aufgeschlitzt"
    r"|aus der klinik|notaufnahme|ins spital|poison|hospital|injur",
    re.IGNORECASE,
)
_DIRT = ("mould_room", "hygiene")
"""Concerns that are a matter of cleanliness as long as nobody came to harm."""
_LIABLE = re.compile(r"haft|schadens?ersatz|schmerzensgeld|liab|compensat", re.IGNORECASE)
_BY_US = "rough"
"""The concern that tells of our own people laying hands on somebody."""
_PRESS = re.compile(
    r"\b(?:ich schreibe für|redaktion\w*|redakteur\w*|journalist\w*|stellungnahme|druckschluss|in (?:den )?druck"
    r"|reporter\w*|presseanfrage)\b",
    re.IGNORECASE,
)
"""Somebody asks as the press; whoever only means to tell it to the papers is no journalist."""
_TO_THE_PRESS = re.compile(r"\b(?:presse\w*|zeitung\w*|medien|fernseh\w*|tv|rtl|boulevard|press|media)\b", re.I)
_MILD = re.compile(r"abzock|wucher|nepp", re.IGNORECASE)
_DECEIT = re.compile(
    r"betr[uüo]g|abzock|wucher|nepp|schwind|gauner|dieb|gestohlen|geklaut|unterschlag|erschlich|getäusch|täusch"
    r"|arglist|absicht|vorsätz|krimin|fake|fälsch|gefälscht|lüg|gelogen|verarsch|untergejubelt|angedreht",
    re.IGNORECASE,
)


def by_risk(asked: Asked, voice: Voice, wrong: tuple[Matter, ...]) -> Situation | None:
    """The situation of a post with a risk that outranks everything else; None where there is none."""
    risks = {*asked.reading.risks, *certain(asked, voice), *_before(asked, voice)}
    if "self_harm" in risks and not (wrong and _guessed("self_harm", asked, voice)):
        return Situation("self_harm")
    if "violence" in risks and not _suffered(asked, voice):
        return Situation("violence")
    if _PRESS.search(asked.text.text) and "press" in voice.phrases and asked.kind != FOLLOW_UP:
        return Situation("press")
    grave = next((risk for risk in _GRAVE if risk in risks and _really(risk, asked, voice, wrong)), None)
    if grave is None and not _suffered(asked, voice):
        return None
    if asked.kind == FOLLOW_UP:
        return Situation("follow_up_neutral", needs=("status",))
    if grave == "discrimination":
        return _discrimination(asked, voice)
    if grave == "personal_data":
        return _data(asked, voice)
    if grave in (None, "safety") or _danger_first(asked, voice, wrong):
        return _safety(asked, voice, wrong)
    if "fraud_accusation" in risks:
        return _accusation(asked, voice, wrong)
    return Situation("risk", slots=(("risk", f"risk_{grave}"), *_again(asked)), values=also(asked, voice, ()))


def _suffered(asked: Asked, voice: Voice) -> bool:
    """Whether violence was done to the writer by our own people, who then threatens nobody."""
    found = reported(asked, voice, "safety") if "violence" in asked.reading.risks else None
    return found is not None and found.key == _BY_US


def _before(asked: Asked, voice: Voice) -> frozenset[str]:
    """The danger that an earlier post told, where this one only refers back to it."""
    told = any("safety" in reading.risks for reading in asked.earlier)
    return frozenset({"safety"}) if told and referred(asked, voice) else frozenset()


def _danger_first(asked: Asked, voice: Voice, wrong: tuple[Matter, ...]) -> bool:
    """Whether a reported danger outranks an accusation or a question of liability beside it; no lawyer, no blackmail.

    A kind word admits nothing, and whoever reads along must learn that the danger is looked into.
    """
    said = [asked.text.text[r.start : r.end] for r in asked.reading.reasons if r.label == "legal"]
    armed = "extortion" in asked.reading.risks or not all(_LIABLE.search(words) for words in said)
    threatened = armed or ("legal" in asked.reading.risks and not said)
    real = "safety" in asked.reading.risks and _really("safety", asked, voice, wrong)
    return real and not threatened and reported(asked, voice, "safety") is not None


def _safety(asked: Asked, voice: Voice, wrong: tuple[Matter, ...]) -> Situation:
    """Somebody is or was in danger: looked into at once, nothing admitted, and a kind word for whoever was hurt."""
    hurt = [] if asked.discreet else [match.start() for match in _HURT.finditer(asked.text.text)]
    values = hurt_one(asked, hurt) if voice.concerns else {}
    well = (("wellbeing", "wellbeing_named" if values else "wellbeing_said"),) if hurt else ()
    if found := reported(asked, voice, "safety") or referred(asked, voice):
        slots = (*_SAFETY, *(_SAFETY_AGAIN if asked.step > 1 else ()), *well)
        return Situation("safety", (found,), slots=slots, values=values)
    matters = named_beside(asked, voice, "safety", tuple(matter for matter in wrong if matter.key != "safety_worry"))
    return Situation("safety", matters, slots=well if matters else (("safety", "safety_plain"), *well), values=values)


def _discrimination(asked: Asked, voice: Voice) -> Situation:
    """Taken seriously, neither confirmed nor denied; who was treated how is said as the writer tells it."""
    found = reported(asked, voice, "discrimination")
    if found is None:
        return Situation("discrimination", slots=(("risk", "risk_discrimination"), *_again(asked)))
    said = "discrimination_said" if "that" in found.forms else "discrimination_about"
    action = ("risk_action", "discrimination_action")
    slots = (("risk", said), action, ("risk_short", "discrimination_short"), *_again(asked))
    return Situation("discrimination", (found,), slots=slots)


def _data(asked: Asked, voice: Voice) -> Situation | None:
    """Somebody's data: only where the post surely speaks of them; an address that merely stands in it is no breach."""
    found = reported(asked, voice, "personal_data")
    return Situation("data", (found,), slots=(*_DATA, *_again(asked))) if found else None


def _accusation(asked: Asked, voice: Voice, wrong: tuple[Matter, ...]) -> Situation:
    """Fraud is alleged: what about is said only where it is certain."""
    found = reported(asked, voice, "fraud_accusation")
    matters = (found,) if found else named_beside(asked, voice, "fraud_accusation", wrong)
    named = matters and "risk_fraud_accusation_named" in voice.phrases
    slot = "risk_fraud_accusation_named" if named else "risk_fraud_accusation"
    chosen = matters if named else ()
    return Situation("risk", chosen, slots=(("risk", slot), *_again(asked)), values=also(asked, voice, chosen))


def _again(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Who writes again is told who ends this, not once more that it is looked into."""
    return (("risk_action", "risk_action_again"),) if asked.step > 1 else ()


def _really(risk: str, asked: Asked, voice: Voice, wrong: tuple[Matter, ...]) -> bool:
    """A word such as "Abzocke" beside a plain matter accuses nobody of a crime, and dirt is a matter of cleanliness."""
    if risk == "safety":
        found = reported(asked, voice, risk)
        harmed = (
            referred(asked, voice)
            or _HARM.search(f"{asked.text.title} {asked.text.text}")
            or (found and found.key not in _DIRT)
        )
        return not wrong or "safety_worry" in asked.reading.matters or bool(harmed)
    if risk == "personal_data":
        return reported(asked, voice, risk) is not None
    if risk == "legal":
        return not (_guessed(risk, asked, voice) and reported(asked, voice, "personal_data"))
    if risk == "press":
        return _TO_THE_PRESS.search(f"{asked.text.title} {asked.text.text}") is not None
    if risk == "fraud_accusation" and _guessed(risk, asked, voice) and (wrong or clause_of(asked, voice)):
        return False
    if risk != "fraud_accusation" or not wrong:
        return True
    said = [r for r in asked.reading.reasons if r.label == risk]
    return not said or not all(_MILD.match(_words(r, asked)) or _only_tells(r, asked, wrong) for r in said)


def _words(reason: Span, asked: Asked) -> str:
    return asked.text.text[reason.start : reason.end] or asked.text.title


def _only_tells(reason: Span, asked: Asked, wrong: tuple[Matter, ...]) -> bool:
    """Whether what points to a risk is itself the story of a plain matter, with no word of deceit: a bill with dishes
    that were never ordered is wrong, and accuses nobody."""
    plain = {matter.key for matter in wrong}
    places = [(r.start, r.end) for r in asked.reading.reasons if r.label in plain and r.end]
    inside = any(start <= reason.start < reason.end <= end for start, end in places)
    return inside and not _DECEIT.search(_words(reason, asked))


def _guessed(risk: str, asked: Asked, voice: Voice) -> bool:
    """Whether neither rule nor concepts point to a risk: then it is the words together that sound like it, and what
    the post surely tells is answered. A person is shown the risk all the same."""
    document, known = prepared(asked.text, voice).document, grids.load("risk_grids")
    ruled = romance.find("risks", asked.reading.language, document)
    pointed = {hit.label for hit in (*ruled, *known.find(known.look(document.words)))}
    return risk in asked.reading.risks and risk not in pointed
