"""What of a post is praise, and which praise may be thanked for beside a complaint. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from responder.playbook import evidence, named
from responder.playbook.asked import Asked
from responder.playbook.deeds import deed
from responder.playbook.grammar import compile_phrase
from responder.playbook.model import Matter, Voice
from responder.playbook.roles import signs_as_owner
from responder.playbook.stories import story_thing
from responder.reading.model import Text

_HIGH, _LOW, _LOWEST = 0.7, 0.5, 0.2
_MENDED = {"product_broken", "product_damaged", "bathroom_fault"}
"""What brought somebody to us is no complaint where he gives every star: "mein Drucker war kaputt, super repariert"."""
_LEADS = re.compile(r"\b(?:chef|wirt|inhaber|besitzer|geschäftsführer)(?:in)?\b", re.IGNORECASE)
"""Where the one who leads the house signs, nobody passes praise on to him."""
_KIND_WORDS = {"staff_friendly", "advice_good", "fast_help"}
"""Praise of people stands beside any complaint; praise of things sounds wrong to somebody who is angry about things."""


def is_praise(asked: Asked, wrong: tuple[Matter, ...]) -> bool:
    """Praise by the person's word, or by sentiment or stars with nothing complained of."""
    if asked.assessment != "open":
        return asked.assessment == "praise"
    share = asked.share
    if share == 1 and asked.reading.sentiment == "positive" and (_mended(wrong) or _calm(asked)):
        return not evidence.criticises(asked.text, share)
    if wrong or asked.reading.sentiment == "negative" or (share is not None and share <= _LOW):
        return False
    if evidence.is_ironic(asked.reading) and (share is None or share < _HIGH):
        return False
    good = asked.reading.sentiment == "positive" or (share is not None and share >= _HIGH)
    liked = asked.reading.sentiment == "positive" and share is not None and share >= _HIGH
    return good and (liked or not asked.reading.is_question)


def _mended(wrong: tuple[Matter, ...]) -> bool:
    return {matter.key for matter in wrong} <= _MENDED


def _calm(asked: Asked) -> bool:
    """Nothing but good in every star: a word that elsewhere complains tells here of what was mended or done for one."""
    return not (asked.reading.anger or asked.reading.risks or evidence.is_ironic(asked.reading))


def matters_of(asked: Asked, voice: Voice, kind: str) -> tuple[Matter, ...]:
    """The matters of one kind that the reading found and this trade knows."""
    return evidence.named(asked.reading.matters, voice, kind, asked.sector)


def topic_of(asked: Asked, voice: Voice, kind: str = "topic") -> tuple[Matter, ...]:
    """The topic as a matter; the money that somebody wants back is no matter of its own."""
    wanted = {"refund"} & set(asked.reading.wants)
    reading = replace(asked.reading, topics=tuple(key for key in asked.reading.topics if key not in wanted))
    return evidence.topic(reading, asked.text, voice, kind, asked.sector)


def good_of(asked: Asked, voice: Voice, *, mixed: bool) -> tuple[tuple[Matter, ...], dict[str, str]]:
    """What is praised: the things themselves, then read matters, then the topic and words such as "gern wieder"."""
    values = named.liked(asked.reading, asked.text, voice, mixed=mixed, selling=asked.sector.name == "shop")
    keys = (*(["liked"] if values else []), *asked.reading.matters)
    found = evidence.named(keys, voice, "praise", asked.sector)
    if found or mixed:
        return found, values
    said = f"{asked.text.title} {asked.text.text}".lower()
    by_words = (m for m in voice.matters["praise"].values() if any(re.search(word, said) for word in m.words))
    return (*topic_of(asked, voice, "good_topic"), *by_words), values


def good_of_mixed(asked: Asked, voice: Voice) -> tuple[tuple[Matter, ...], dict[str, str]]:
    """What a complaint also praises, as far as thanking for it sounds right: never irony, nothing under a single star,
    and from angry people only what they say about people. Four stars that praise nothing by name are thanked for."""
    if evidence.is_ironic(asked.reading):
        return (), {}
    good, values = good_of(asked, voice, mixed=True)
    share = asked.share
    if share is not None and share <= _LOWEST:
        return (), {}
    if share is not None and share <= _LOW:
        return tuple(matter for matter in good if matter.key in _KIND_WORDS), {}
    if not good and share is not None and share >= _HIGH and "stars" in voice.matters["praise"]:
        return (voice.matters["praise"]["stars"],), {}
    return good, values


def told_of(asked: Asked, voice: Voice) -> tuple[Matter, ...]:
    """What somebody of ours did, as a praising post tells it, as a matter; nothing where none is certain."""
    kind = voice.matters["praise"].get("deed")
    done = deed(asked.reading, asked.text, voice, formal=asked.profile.address == "sie") if kind else None
    if done is None or kind is None or (_leads(asked) and _LEADS.search(done.doer)):
        return ()
    return (replace(kind, nouns=(), forms={**kind.forms, "that": (compile_phrase(done.that),)}),)


def thanked_of(asked: Asked, voice: Voice) -> dict[str, str]:
    """staff_nom and staff_acc: the colleague to whom praise is passed on, never the one who signs."""
    found = named.thanked(asked.text, asked.profile.signature, voice)
    own = _leads(asked) and _LEADS.search(found.get("staff_nom", ""))
    return {} if own else found


def _leads(asked: Asked) -> bool:
    """Whether the signature itself says that he leads the house; a mailbox of the host is read by others too."""
    return signs_as_owner(replace(asked.profile, contact=""))


def story_of(asked: Asked, voice: Voice) -> tuple[tuple[Matter, ...], dict[str, str]]:
    """The story that a post tells of a thing, and that thing, where nothing else can be named."""
    kind = voice.matters["praise"].get("story")
    thing = story_thing(asked.reading, asked.text, voice) if kind else ""
    return ((kind,), {"story_dat": thing}) if kind and thing else ((), {})


def unless_short(text: Text) -> tuple[str, ...]:
    """A handful of words names nothing that we could name; anything longer a person should look at."""
    return () if len(text.text.split()) <= 8 else ("matter",)
