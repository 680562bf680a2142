"""Which situation an answer is for, and which matters it names: decided from reading, assessment, step and profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from responder.playbook import evidence, inquiry, named, praising, told
from responder.playbook.about import ONLY_AGAIN, clause_of, complained_of, general, sure_of
from responder.playbook.asked import FOLLOW_UP, HOLDING, PRIVATE, Asked, Situation
from responder.playbook.besides import others_blamed, wished_for
from responder.playbook.demand import excessive
from responder.playbook.good import (
    good_of_mixed,
    is_praise,
    matters_of,
    unless_short,
)
from responder.playbook.model import Matter, Voice
from responder.playbook.praising import by_stars
from responder.playbook.retold import as_matter
from responder.playbook.risks import by_risk
from responder.playbook.second import second_of
from responder.playbook.swaps import ABOUT_QUESTION

_FACTS = ("own_fault", "misunderstanding")
"""Assessments by which the matter looks different from our side."""
_WITHOUT_NAME = (
    ("repeat_matter", "regret_matter"),
    ("repeat_short", "regret_short"),
    ("third_matter", "regret_matter"),
)
"""A matter that is told in a clause has no noun to stand behind "zu"."""
_MIXED, _GOOD = 0.6, 0.8
_PRICY = frozenset(("costly",))
_OF_MONEY = ("price", "billing", "refund", "contract", "account")
_NEARLY_ALL = 0.9


def decide(asked: Asked, voice: Voice) -> Situation:
    """The situation; risks outrank the person's assessment, which outranks what was read. A clause of the customer has
    no noun of its own, so that only a complaint's answer can say it."""
    sure, wrong = sure_of(asked, voice), complained_of(asked, voice)
    praised = is_praise(asked, sure if asked.share is None or asked.share > _NEARLY_ALL else wrong)
    nameable = tuple(matter for matter in wrong if matter.nouns)
    return (
        by_risk(asked, voice, nameable)
        or _discreet(asked, voice, nameable, praised=praised)
        or _by_kind(asked, voice, nameable)
        or _demand(asked, voice, nameable, praised=praised)
        or (_praise(asked, voice) if praised else None)
        or _question(asked, voice, sure if asked.step == 1 else wrong)
        or _complaint(asked, voice, wrong)
    )


def _discreet(asked: Asked, voice: Voice, wrong: tuple[Matter, ...], *, praised: bool) -> Situation | None:
    """Where nothing may confirm that anybody was a customer: only the theme is named, never what happened."""
    if not asked.discreet:
        return None
    if asked.kind == FOLLOW_UP:
        return Situation("follow_up_neutral", needs=("status",))
    if praised or _mostly_good(asked):
        if not asked.text.text.strip() and asked.text.rating is not None:
            return Situation("praise_no_text", slots=(("wish", "neutral_praise_more"),))
        return Situation("confidential_praise", matters_of(asked, voice, "praise")[:1])
    if asked.reading.is_question and not wrong and not asked.profile.contact_lock:
        return None
    matters = (_sayable(wrong, voice) or _sayable(general(asked, voice), voice))[:1]
    name = "locked_complaint" if asked.profile.contact_lock else "confidential_complaint"
    return Situation(name, matters, slots=() if matters else (("neutral_thanks", "neutral_plain"),))


def _mostly_good(asked: Asked) -> bool:
    """Praise with a small wish beside it: a discreet house says nothing of the wish, and regrets nothing."""
    return asked.assessment == "open" and asked.reading.sentiment == "positive" and (asked.share or 0) >= _GOOD


def _sayable(matters: tuple[Matter, ...], voice: Voice) -> tuple[Matter, ...]:
    """Those whose theme a discreet house may name."""
    return tuple(matter for matter in matters if matter.key != ONLY_AGAIN and matter.theme not in _strange(voice))


def _strange(voice: Voice) -> set[str]:
    """Themes that a discreet house never names: "Ware" there is a misreading, and money is nobody else's business."""
    kinds = [voice.kinds[kind].theme for kind in ("goods", "food", "supply", "paper", "money") if kind in voice.kinds]
    return {*kinds, *(voice.matters["topic"][key].theme for key in _OF_MONEY if key in voice.matters["topic"])}


def _by_kind(asked: Asked, voice: Voice, wrong: tuple[Matter, ...]) -> Situation | None:
    """What a person asked for: a first word, the promised word, or the way out of the public."""
    if asked.kind not in (HOLDING, FOLLOW_UP, PRIVATE):
        return None
    matters = (wrong or matters_of(asked, voice, "question") or general(asked, voice))[:2]
    if asked.kind == FOLLOW_UP:
        return Situation("follow_up" if matters else "follow_up_unnamed", matters[:1], needs=("status",))
    if asked.kind == PRIVATE:
        return Situation("private", matters) if matters else Situation("private_unnamed", needs=("matter",))
    return Situation("holding", matters) if matters else Situation("holding_unnamed", needs=("matter",))


def _demand(asked: Asked, voice: Voice, wrong: tuple[Matter, ...], *, praised: bool) -> Situation | None:
    """No ruling in public on what nobody could grant there: a binding word directly, by the next working day (D2)."""
    if praised or not excessive(asked.text):
        return None
    matters = (wrong or general(asked, voice))[:1]
    return Situation("demand", matters) if matters else Situation("demand_unnamed", needs=("matter",))


def _praise(asked: Asked, voice: Voice) -> Situation | None:
    if not asked.text.text.strip() and asked.text.rating is not None:
        return Situation("praise_no_text")
    if voice.language != "de" and asked.reading.is_question and (asked.share or 0) < _NEARLY_ALL:
        return None
    criticised = evidence.criticises(asked.text, asked.share)
    only_wished = bool(wished_for(asked, voice)) and not complained_of(asked, voice)
    if criticised and not only_wished and (asked.assessment == "open" or _names_fault(asked, voice)):
        return None
    return praising.praise(asked, voice, criticised=criticised and not only_wished)


def _names_fault(asked: Asked, voice: Voice) -> bool:
    """Whether what is criticised can be said, so that praise and criticism both get their answer."""
    return bool(complained_of(asked, voice) or _told_back(asked, voice))


def _question(asked: Asked, voice: Voice, wrong: tuple[Matter, ...]) -> Situation | None:
    asking = asked.reading.is_question or asked.text.text.rstrip().endswith("?")
    if not asking or wrong or asked.assessment != "open" or asked.reading.sentiment == "negative":
        return None
    if asked.share is not None and asked.share <= _MIXED and _more_than_asks(asked, voice):
        return None
    known = matters_of(asked, voice, "question")
    formal = asked.profile.address == "sie"
    asks = (
        inquiry.answers(known, asked.reading, asked.text, voice, formal=formal)
        or known
        or (voice.matters["question"]["general"],)
    )
    values = named.asked_about(asked.reading, asked.text, voice)
    return Situation("question", asks, values=values)


def _more_than_asks(asked: Asked, voice: Voice) -> bool:
    """Whether a post with few stars complains beside its question: the complaint names the question too."""
    return evidence.criticises(asked.text, asked.share) or _names_fault(asked, voice)


def _complaint(asked: Asked, voice: Voice, wrong: tuple[Matter, ...]) -> Situation:
    if not asked.text.text.strip() and not asked.text.title.strip() and asked.text.rating is not None:
        return Situation("complaint_no_text")
    told_back = () if wrong else _told_back(asked, voice)
    repaid = _money_back(asked, voice) if not told_back and {matter.key for matter in wrong} <= _PRICY else ()
    matters = (repaid or wrong or told_back or general(asked, voice))[:2]
    good, values = good_of_mixed(asked, voice)
    values |= named.subject(asked.reading, asked.text, voice, matters)
    if not matters:
        return _unnamed(asked, voice, good, values)
    calm = asked.reading.sentiment == "neutral" and asked.step == 1
    if calm and not (wrong or told_back) and asked.assessment == "open" and not good:
        wish = wished_for(asked, voice)
        return Situation("lukewarm", matters, (), (("lukewarm", "lukewarm_named"),), values=wish)
    name = _complaint_name(asked, mixed=bool(good))
    chosen = matters[:1] if asked.step > 1 or asked.assessment in _FACTS else matters
    slots, needs = _facts(asked)
    if len(chosen) == 1 and asked.step == 1 and not asked.discreet and (more := second_of(chosen[0], asked, voice)):
        chosen, slots = (*chosen, *more), (*slots, ("thanks_matter", ""))
    if chosen[0].told:
        chosen, slots = (replace(chosen[0], nouns=()), *chosen[1:]), (*slots, *_WITHOUT_NAME)
    if asked.step == 1:
        values |= others_blamed(asked, voice, chosen, values.get("liked_acc", "")) | wished_for(asked, voice)
    return Situation(name, chosen, good[:2], (*slots, *by_stars(good)), needs, values)


def _money_back(asked: Asked, voice: Voice) -> tuple[Matter, ...]:
    """Who asks again for his money and tells nothing else speaks of the repayment."""
    refund = voice.matters["topic"].get("refund")
    return (refund,) if refund and asked.step > 1 and "refund" in asked.reading.wants else ()


def _told_back(asked: Asked, voice: Voice) -> tuple[Matter, ...]:
    """What nobody foresaw, in the customer's words."""
    found = clause_of(asked, voice)
    return as_matter(found, voice) if found else ()


def _unnamed(asked: Asked, voice: Voice, good: tuple[Matter, ...], values: Mapping[str, str]) -> Situation:
    """Something is wrong, and what it is a person has to say; what was good can be said all the same."""
    if asked.assessment in _FACTS:
        third = ("third_facts", (("regret_matter", "unnamed"), ("regret_short", "unnamed")))
        name, slots = third if asked.step > 2 else (f"{asked.assessment}_unnamed", ())
        return Situation(name, slots=slots, needs=("matter", "fact"), values=values)
    if question := _only_asks(asked):
        return Situation(question, slots=ABOUT_QUESTION, values=values)
    if asked.step > 1:
        return Situation("third_unnamed" if asked.step > 2 else "repeat_unnamed", needs=("matter",), values=values)
    if asked.assessment != "open":
        return Situation("complaint_unnamed", needs=("matter",), values=values)
    if good:
        return Situation("mixed_unnamed", (), good[:2], by_stars(good), ("matter",), values)
    return _unnamed_mood(asked, voice)


def _only_asks(asked: Asked) -> str:
    """The situation of a post of which nothing can be named but its question; empty where there is none."""
    if not inquiry.asked_clause(asked.text):
        return ""
    return {1: "complaint_unnamed", 2: "repeat_unnamed"}.get(asked.step, "third_unnamed")


def _unnamed_mood(asked: Asked, voice: Voice) -> Situation:
    if asked.reading.sentiment == "negative" and asked.text.rating is not None and told.says_nothing(asked.text, voice):
        return Situation("complaint_no_text")
    if asked.reading.sentiment == "negative":
        return Situation("complaint_unnamed", needs=("matter",))
    if asked.text.rating is None:
        return Situation("holding_unnamed", needs=("matter",))
    needs = unless_short(asked.text)
    return Situation("lukewarm", slots=(("lukewarm", "lukewarm_gap"),) if needs else (), needs=needs)


def _complaint_name(asked: Asked, *, mixed: bool) -> str:
    if asked.assessment in _FACTS:
        return "third_facts" if asked.step >= 3 else f"complaint_{asked.assessment}"
    if asked.step >= 3:
        return "third"
    if asked.step == 2:
        return "repeat"
    if asked.assessment in ("right", "partly"):
        return f"complaint_{asked.assessment}"
    return "complaint_mixed" if mixed else "complaint_open"


def _facts(asked: Asked) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """What stands differently with us only a person can say; who writes again is thanked for that."""
    if asked.assessment not in _FACTS:
        return (), ()
    return (("thanks_short", "thanks_again"),) if asked.step > 1 else (), ("fact",)
