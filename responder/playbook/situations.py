"""Which situation an answer is for, and which matters it names: decided from reading, assessment, step and profile."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from responder.playbook.model import Matter, Voice
from responder.profile import Profile
from responder.reading.model import Reading, Text

FULL, HOLDING, FOLLOW_UP, PRIVATE = "full", "holding", "follow_up", "private_channel"

_GRAVE = ("legal", "fraud_accusation", "extortion", "press", "discrimination", "safety")
_HIGH, _LOW = 0.7, 0.5
_SOONER = {"holding", "holding_unnamed", "private", "repeat", "third"}


@dataclass(frozen=True, slots=True)
class Situation:
    """`name` is a layout; `slots` says which sentences stand in for others; `needs` what a person must add."""

    name: str
    matters: tuple[Matter, ...] = ()
    praised: Matter | None = None
    slots: tuple[tuple[str, str], ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def days(self) -> int:
        """Business days until the answer that this text announces."""
        if self.name in _SOONER:
            return 1
        return 3 if self.name == "risk" else 2


@dataclass(frozen=True, slots=True)
class Asked:
    """What a situation is decided from."""

    reading: Reading
    text: Text
    profile: Profile
    assessment: str
    step: int
    kind: str


def decide(asked: Asked, voice: Voice) -> Situation:
    """The situation; risks outrank the person's assessment, which outranks what was read."""
    wrong = _named(asked.reading.matters, voice, "complaint")
    praised = is_praise(asked, wrong)
    return (
        _follow_up(asked, voice, wrong)
        or _by_risk(asked)
        or _discreet(asked, voice, wrong, praised=praised)
        or _by_kind(asked, voice, wrong)
        or (_praise(asked, voice) if praised else None)
        or _question(asked, voice, wrong)
        or _complaint(asked, voice, wrong)
    )


def is_praise(asked: Asked, wrong: tuple[Matter, ...]) -> bool:
    """Praise by the person's word, or by sentiment or stars with nothing complained of."""
    if asked.assessment != "open":
        return asked.assessment == "praise"
    share = stars_share(asked.text)
    if wrong or asked.reading.sentiment == "negative" or (share is not None and share <= _LOW):
        return False
    good = asked.reading.sentiment == "positive" or (share is not None and share >= _HIGH)
    return good and not asked.reading.is_question


def stars_share(text: Text) -> float | None:
    """The rating as a share of the best one (five unless told), None without stars."""
    return None if text.rating is None else text.rating / (text.rating_best or 5)


def _follow_up(asked: Asked, voice: Voice, wrong: tuple[Matter, ...]) -> Situation | None:
    if asked.kind != FOLLOW_UP:
        return None
    matters = (wrong or _topics(asked.reading, voice, "topic"))[:1]
    return (
        Situation("follow_up", matters, needs=("status",))
        if matters
        else Situation("holding_unnamed", needs=("matter",))
    )


def _by_risk(asked: Asked) -> Situation | None:
    risks = asked.reading.risks
    for risk in ("self_harm", "violence"):
        if risk in risks:
            return Situation(risk)
    grave = next((risk for risk in _GRAVE if risk in risks), None)
    if grave is None:
        return None
    swapped = (("risk", f"risk_{grave}"),) if grave in ("safety", "discrimination") else ()
    return Situation("risk", slots=swapped)


def _discreet(asked: Asked, voice: Voice, wrong: tuple[Matter, ...], *, praised: bool) -> Situation | None:
    """Where nothing may confirm that anybody was a customer: only the theme is named, never what happened."""
    if not (asked.profile.confidential or asked.profile.contact_lock):
        return None
    if praised:
        return Situation("confidential_praise", _good(asked, voice)[:1])
    if asked.reading.is_question and not wrong and not asked.profile.contact_lock:
        return None
    matters = (wrong or _topics(asked.reading, voice, "topic"))[:1]
    name = "locked_complaint" if asked.profile.contact_lock else "confidential_complaint"
    plain = () if matters else (("neutral_thanks", "holding_plain"),)
    return Situation(name, matters, slots=plain, needs=() if matters else ("matter",))


def _by_kind(asked: Asked, voice: Voice, wrong: tuple[Matter, ...]) -> Situation | None:
    if asked.kind not in (HOLDING, PRIVATE):
        return None
    matters = (wrong or _named(asked.reading.matters, voice, "question") or _topics(asked.reading, voice, "topic"))[:2]
    if asked.kind == PRIVATE:
        return Situation("private", matters)
    return Situation("holding", matters) if matters else Situation("holding_unnamed", needs=("matter",))


def _praise(asked: Asked, voice: Voice) -> Situation:
    if not asked.text.text.strip() and asked.text.rating is not None:
        return Situation("praise_no_text")
    good = _good(asked, voice)
    return Situation("praise", good[:2]) if good else Situation("praise_unnamed", needs=_unless_short(asked.text))


def _question(asked: Asked, voice: Voice, wrong: tuple[Matter, ...]) -> Situation | None:
    asking = asked.reading.is_question or asked.text.text.rstrip().endswith("?")
    if not asking or wrong or asked.assessment != "open" or asked.reading.sentiment == "negative":
        return None
    asks = _named(asked.reading.matters, voice, "question")
    if asks:
        return Situation("question", asks[:1])
    plain = (("thanks_question", "thanks_question_plain"),)
    return Situation("question", _named(("general",), voice, "question"), slots=plain)


def _complaint(asked: Asked, voice: Voice, wrong: tuple[Matter, ...]) -> Situation:
    if not asked.text.text.strip() and not asked.text.title.strip() and asked.text.rating is not None:
        return Situation("complaint_no_text")
    matters = (wrong or _topics(asked.reading, voice, "topic"))[:2]
    if asked.reading.sentiment == "neutral" and not wrong and asked.assessment == "open":
        named = (("lukewarm", "lukewarm_named"),) if matters else ()
        return Situation("lukewarm", matters, None, named, () if matters else _unless_short(asked.text))
    if not matters:
        return Situation("complaint_unnamed", needs=("matter",))
    good = _named(asked.reading.matters, voice, "praise")
    name = _complaint_name(asked, mixed=bool(good))
    chosen = matters[:1] if name in ("repeat", "third") else matters
    return Situation(name, chosen, good[0] if good else None, *_facts(asked))


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


def _named(keys: Iterable[str], voice: Voice, kind: str) -> tuple[Matter, ...]:
    """The matters of one kind in the order they were read, without those that another one already says."""
    found = [voice.matters[kind][key] for key in keys if key in voice.matters.get(kind, {})]
    covered = {key for matter in found for key in matter.covers}
    left = [matter for matter in found if matter.key not in covered]
    left.sort(key=lambda matter: matter.second)
    return tuple({matter.key: matter for matter in left or found[:1]}.values())


def _topics(reading: Reading, voice: Voice, kind: str) -> tuple[Matter, ...]:
    """The first topic as a matter, else the station of the customer's journey."""
    keys = (*reading.topics, *([reading.station] if reading.station else ()))
    return tuple(voice.matters[kind][key] for key in keys if key in voice.matters.get(kind, {}))[:1]


def _good(asked: Asked, voice: Voice) -> tuple[Matter, ...]:
    """What is praised: read matters, then the topic, then words such as "gern wieder"."""
    named = _named(asked.reading.matters, voice, "praise")
    if named:
        return named
    said = f"{asked.text.title} {asked.text.text}".lower()
    by_words = (m for m in voice.matters["praise"].values() if any(re.search(word, said) for word in m.words))
    return (*_topics(asked.reading, voice, "good_topic"), *by_words)


def _unless_short(text: Text) -> tuple[str, ...]:
    """A handful of words names nothing that we could name; anything longer a person should look at."""
    return () if len(text.text.split()) <= 8 else ("matter",)
