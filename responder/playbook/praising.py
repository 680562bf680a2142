"""How praise is thanked for: what somebody did, what was liked, a story, a colleague, or only the kind words. Pure."""

from __future__ import annotations

from responder.playbook.asked import Asked, Situation
from responder.playbook.besides import wished_for
from responder.playbook.good import good_of, good_of_mixed, story_of, thanked_of, told_of, unless_short
from responder.playbook.model import Matter, Voice

_PALE = frozenset("staff_friendly all_good recommend come_again".split())
"""Praise that says less than a story beside it."""


def praise(asked: Asked, voice: Voice, *, criticised: bool) -> Situation:
    """The situation of a praising post that has words; what is `criticised` there and cannot be named is a gap."""
    if criticised and (beside := good_of_mixed(asked, voice))[0]:
        return Situation("mixed_unnamed", (), beside[0][:2], by_stars(beside[0]), ("matter",), beside[1])
    if told_well := told_of(asked, voice):
        return Situation("praise", told_well, slots=(("pass_praise", "pass_praise_told"),))
    good, values = good_of(asked, voice, mixed=False)
    if not good or {matter.key for matter in good} <= _PALE:
        story, thing = story_of(asked, voice)
        good, values = (story, thing) if story else (good, values)
    values |= thanked_of(asked, voice) | wished_for(asked, voice)
    slots = (("pass_praise", "pass_praise_named"), ("value_praise", "pass_praise_named")) * ("staff_acc" in values)
    if good:
        return Situation("praise", good[:2], (), slots, values=values)
    if slots:
        return Situation("praise_named", values=values)
    needs = unless_short(asked.text)
    return Situation("praise_unnamed", slots=(("thanks_plain", "thanks_gap"),) if needs else (), needs=needs)


def by_stars(good: tuple[Matter, ...]) -> tuple[tuple[str, str], ...]:
    """Stars are thanked for; they cannot be passed on to anybody."""
    return (("thanks_mixed", "thanks_mixed_stars"),) if [matter.key for matter in good] == ["stars"] else ()
