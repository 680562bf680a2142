"""Which situation an answer is for, and which matters it names: decided from reading, assessment, step and profile."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from responder.playbook import evidence, named, told
from responder.playbook.asked import Asked, complained_of, general, sure_of
from responder.playbook.model import Matter, Voice
from responder.reading.model import Text

FULL, HOLDING, FOLLOW_UP, PRIVATE = "full", "holding", "follow_up", "private_channel"

_GRAVE = ("legal", "fraud_accusation", "extortion", "press", "discrimination", "safety")
_NEARLY_ALL, _HIGH, _LOW, _LOWEST = 0.9, 0.7, 0.5, 0.2
_SOONER = {"holding", "holding_unnamed", "private", "repeat", "third"}
_KIND_WORDS = {"staff_friendly", "advice_good", "fast_help"}
"""Praise of people stands beside any complaint; praise of things sounds wrong to somebody who is angry about things."""
_MENDED = {"product_broken", "product_damaged", "bathroom_fault"}
"""What brought somebody to us is no complaint where he gives every star: "mein Drucker war kaputt, super repariert"."""
_MOST_QUESTIONS = 3
_MILD = re.compile(r"abzock|wucher|nepp", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Situation:
    """`name` is a layout; `slots` says which sentences stand in for others; `needs` what a person must add.

    `values` are placeholders that only this post fills, such as the things it praises.
    """

    name: str
    matters: tuple[Matter, ...] = ()
    praised: tuple[Matter, ...] = ()
    slots: tuple[tuple[str, str], ...] = ()
    needs: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def days(self) -> int:
        """Business days until the answer that this text announces."""
        if self.name in _SOONER:
            return 1
        return 3 if self.name == "risk" else 2


def decide(asked: Asked, voice: Voice) -> Situation:
    """The situation; risks outrank the person's assessment, which outranks what was read."""
    sure = sure_of(asked, voice, "complaint")
    wrong = complained_of(asked, voice, sure)
    praised = is_praise(asked, sure if asked.share is None or asked.share > _NEARLY_ALL else wrong)
    return (
        _follow_up(asked, voice, wrong)
        or _by_risk(asked, wrong)
        or _discreet(asked, voice, wrong, praised=praised)
        or _by_kind(asked, voice, wrong)
        or (_praise(asked, voice) if praised else None)
        or _question(asked, voice, sure)
        or _complaint(asked, voice, wrong)
    )


def is_praise(asked: Asked, wrong: tuple[Matter, ...]) -> bool:
    """Praise by the person's word, or by sentiment or stars with nothing complained of."""
    if asked.assessment != "open":
        return asked.assessment == "praise"
    share = asked.share
    if asked.reading.sentiment == "positive" and share == 1 and {matter.key for matter in wrong} <= _MENDED:
        return not evidence.criticises(asked.text, share)
    if wrong or asked.reading.sentiment == "negative" or (share is not None and share <= _LOW):
        return False
    if evidence.is_ironic(asked.reading) and (share is None or share < _HIGH):
        return False
    good = asked.reading.sentiment == "positive" or (share is not None and share >= _HIGH)
    return good and not asked.reading.is_question


def _follow_up(asked: Asked, voice: Voice, wrong: tuple[Matter, ...]) -> Situation | None:
    if asked.kind != FOLLOW_UP:
        return None
    matters = (wrong or general(asked, voice))[:1]
    return (
        Situation("follow_up", matters, needs=("status",))
        if matters
        else Situation("holding_unnamed", needs=("matter",))
    )


def _by_risk(asked: Asked, wrong: tuple[Matter, ...]) -> Situation | None:
    risks = asked.reading.risks
    for risk in ("self_harm", "violence"):
        if risk in risks:
            return Situation(risk)
    grave = next((risk for risk in _GRAVE if risk in risks and _really(risk, asked, wrong)), None)
    if grave is None:
        return None
    swapped = (("risk", f"risk_{grave}"),) if grave in ("safety", "discrimination") else ()
    return Situation("risk", slots=swapped)


def _really(risk: str, asked: Asked, wrong: tuple[Matter, ...]) -> bool:
    """A word such as "Abzocke" beside a plain matter accuses nobody of a crime, and dirt is a matter of cleanliness."""
    if risk == "safety":
        return not wrong or "safety_worry" in asked.reading.matters
    if risk != "fraud_accusation" or not wrong:
        return True
    said = [asked.text.text[r.start : r.end] or asked.text.title for r in asked.reading.reasons if r.label == risk]
    return not said or not all(_MILD.match(words) for words in said)


def _discreet(asked: Asked, voice: Voice, wrong: tuple[Matter, ...], *, praised: bool) -> Situation | None:
    """Where nothing may confirm that anybody was a customer: only the theme is named, never what happened."""
    if not asked.discreet:
        return None
    if praised:
        if not asked.text.text.strip() and asked.text.rating is not None:
            return Situation("praise_no_text")
        return Situation("confidential_praise", sure_of(asked, voice, "praise")[:1])
    if asked.reading.is_question and not wrong and not asked.profile.contact_lock:
        return None
    matters = (wrong or general(asked, voice))[:1]
    name = "locked_complaint" if asked.profile.contact_lock else "confidential_complaint"
    plain = () if matters else (("neutral_thanks", "holding_plain"),)
    return Situation(name, matters, slots=plain, needs=() if matters else ("matter",))


def _by_kind(asked: Asked, voice: Voice, wrong: tuple[Matter, ...]) -> Situation | None:
    if asked.kind not in (HOLDING, PRIVATE):
        return None
    matters = (wrong or sure_of(asked, voice, "question") or general(asked, voice))[:2]
    if asked.kind == PRIVATE:
        return Situation("private", matters)
    return Situation("holding", matters) if matters else Situation("holding_unnamed", needs=("matter",))


def _praise(asked: Asked, voice: Voice) -> Situation | None:
    if not asked.text.text.strip() and asked.text.rating is not None:
        return Situation("praise_no_text")
    if asked.assessment == "open" and evidence.criticises(asked.text, asked.share):
        return None
    good, values = _good(asked, voice, mixed=False)
    values |= named.thanked(asked.text, asked.profile.signature)
    slots = (("pass_praise", "pass_praise_named"), ("value_praise", "pass_praise_named")) * ("staff_acc" in values)
    if good:
        return Situation("praise", good[:2], (), slots, values=values)
    if slots:
        return Situation("praise_named", values=values)
    return Situation("praise_unnamed", needs=_unless_short(asked.text))


def _question(asked: Asked, voice: Voice, wrong: tuple[Matter, ...]) -> Situation | None:
    asking = asked.reading.is_question or asked.text.text.rstrip().endswith("?")
    if not asking or wrong or asked.assessment != "open" or asked.reading.sentiment == "negative":
        return None
    asks = sure_of(asked, voice, "question")[:_MOST_QUESTIONS]
    known = voice.matters["question"]
    asks = asks or (known["general"],)
    if "another" in known and named.questions(asked.text) > len(asks):
        asks = (*asks, known["another"])
    values = named.asked_about(asked.reading, asked.text, voice)
    return Situation("question", asks, values=values)


def _complaint(asked: Asked, voice: Voice, wrong: tuple[Matter, ...]) -> Situation:
    if not asked.text.text.strip() and not asked.text.title.strip() and asked.text.rating is not None:
        return Situation("complaint_no_text")
    matters = (wrong or general(asked, voice))[:2]
    good, values = _good_of_mixed(asked, voice)
    values |= named.subject(asked.reading, asked.text, voice, matters)
    if not matters:
        return _unnamed(asked, voice, good, values)
    if asked.reading.sentiment == "neutral" and not wrong and asked.assessment == "open" and not good:
        return Situation("lukewarm", matters, (), (("lukewarm", "lukewarm_named"),))
    name = _complaint_name(asked, mixed=bool(good))
    chosen = matters[:1] if name in ("repeat", "third") else matters
    slots, needs = _facts(asked)
    return Situation(name, chosen, good[:2], (*slots, *_by_stars(good)), needs, values)


def _unnamed(asked: Asked, voice: Voice, good: tuple[Matter, ...], values: Mapping[str, str]) -> Situation:
    """Something is wrong, and what it is a person has to say; what was good can be said all the same."""
    if good and asked.assessment == "open":
        return Situation("mixed_unnamed", (), good[:2], _by_stars(good), ("matter",), values)
    calm = asked.reading.sentiment != "negative" and asked.assessment == "open"
    if not calm and asked.text.rating is not None and told.says_nothing(asked.text, voice):
        return Situation("complaint_no_text")
    if calm and asked.text.rating is None:
        return Situation("holding_unnamed", needs=("matter",))
    if calm:
        return Situation("lukewarm", needs=_unless_short(asked.text))
    return Situation("complaint_unnamed", needs=("matter",))


def _by_stars(good: tuple[Matter, ...]) -> tuple[tuple[str, str], ...]:
    """Stars are thanked for; they cannot be passed on to anybody."""
    return (("thanks_mixed", "thanks_mixed_stars"),) if [matter.key for matter in good] == ["stars"] else ()


def _complaint_name(asked: Asked, *, mixed: bool) -> str:
    if asked.assessment in ("own_fault", "misunderstanding"):
        return f"complaint_{asked.assessment}"
    if asked.step >= 3:
        return "third"
    if asked.step == 2:
        return "repeat"
    if asked.assessment in ("right", "partly"):
        return f"complaint_{asked.assessment}"
    return "complaint_mixed" if mixed else "complaint_open"


def _facts(asked: Asked) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    return ((), ("fact",)) if asked.assessment in ("own_fault", "misunderstanding") else ((), ())


def _good(asked: Asked, voice: Voice, *, mixed: bool) -> tuple[tuple[Matter, ...], dict[str, str]]:
    """What is praised: the things themselves, then read matters, then the topic and words such as "gern wieder"."""
    values = named.liked(asked.reading, asked.text, voice, mixed=mixed, selling=asked.sector.name == "shop")
    keys = (*(["liked"] if values else []), *asked.reading.matters)
    found = evidence.named(keys, voice, "praise", asked.sector)
    if found or mixed:
        return found, values
    said = f"{asked.text.title} {asked.text.text}".lower()
    by_words = (m for m in voice.matters["praise"].values() if any(re.search(word, said) for word in m.words))
    topics = evidence.topic(asked.reading, asked.text, voice, "good_topic", asked.sector)
    return (*topics, *by_words), values


def _good_of_mixed(asked: Asked, voice: Voice) -> tuple[tuple[Matter, ...], dict[str, str]]:
    """What a complaint also praises, as far as thanking for it sounds right: never irony, nothing under a single star,
    and from angry people only what they say about people. Four stars that praise nothing by name are thanked for."""
    if evidence.is_ironic(asked.reading):
        return (), {}
    good, values = _good(asked, voice, mixed=True)
    share = asked.share
    if share is not None and share <= _LOWEST:
        return (), {}
    if share is not None and share <= _LOW:
        return tuple(matter for matter in good if matter.key in _KIND_WORDS), {}
    if not good and share is not None and share >= _HIGH and "stars" in voice.matters["praise"]:
        return (voice.matters["praise"]["stars"],), {}
    return good, values


def _unless_short(text: Text) -> tuple[str, ...]:
    """A handful of words names nothing that we could name; anything longer a person should look at."""
    return () if len(text.text.split()) <= 8 else ("matter",)
