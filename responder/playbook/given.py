"""Which placeholders a sentence can count on, and which it can ever get: learned from the built-in sentences. Pure.

The built-in sentences of a situation only use what a post of that situation brings. So what they use there, anybody
may use there; except for facts that some posts state and others do not.
"""

from __future__ import annotations

from functools import cache

from responder.playbook.model import Playbook

TIME = frozenset("when when_short soon".split())
ANYWHERE = frozenset(
    "product_nom product_acc product_dat duration day contact mail signature business want stars stars_dat liked_acc "
    "liked_dat".split()
)
"""What only some posts or profiles bring, in any situation."""
FACTS = ANYWHERE | frozenset("asked_dat subject_nom subject_acc staff_nom staff_acc story_dat".split())
"""These, and what only some posts of certain situations bring."""
_TOGETHER = (
    frozenset("np_nom np_acc np_dat theme that".split()),
    frozenset("stars stars_dat".split()),
    frozenset("staff_nom staff_acc".split()),
)
"""Words for the same thing: where one has a value, so have the others."""
LANGUAGE = "de-DE"
"""The voice that is learned from: the one with the most wordings."""

Names = frozenset[str]


def situations_of(slot: str, playbook: Playbook) -> frozenset[str]:
    """The situations in which a sentence is said; empty for one that only stands in for others."""
    return frozenset(situation for situation in playbook.layouts if slot in _slots(situation, playbook))


def must_have(playbook: Playbook) -> frozenset[str]:
    """The sentences without which some answer cannot be put together."""
    found: Names = frozenset()
    for situation in playbook.layouts:
        found |= _slots(situation, playbook, needed=True)
    return found


def sure(slot: str, built_in: Playbook) -> Names:
    """The placeholders that have a value whenever this sentence is said."""
    found = [_brought(situation, built_in) for situation in situations_of(slot, built_in)]
    return TIME | (frozenset.intersection(*found) if found else frozenset())


def possible(slot: str, built_in: Playbook) -> Names:
    """The placeholders that this sentence may get, for some post at least."""
    found = TIME | ANYWHERE
    for situation in situations_of(slot, built_in):
        found |= _used(situation, built_in)
    return found


def _brought(situation: str, built_in: Playbook) -> Names:
    """What every post of a situation brings: what is used there, and facts only if one sentence cannot do without."""
    phrases = built_in.voices[LANGUAGE].phrases
    needed: Names = frozenset()
    for slot in _slots(situation, built_in, needed=True):
        if wordings := phrases.get(slot):
            needed |= frozenset.intersection(*(_all_words(wording.names) for wording in wordings))
    return (_used(situation, built_in) - FACTS) | needed


def _used(situation: str, built_in: Playbook) -> Names:
    phrases = built_in.voices[LANGUAGE].phrases
    names = (wording.names for slot in _slots(situation, built_in) for wording in phrases.get(slot, ()))
    return _all_words(frozenset[str]().union(*names))


def _all_words(names: Names) -> Names:
    return names.union(*(together for together in _TOGETHER if together & names))


def _slots(situation: str, playbook: Playbook, *, needed: bool = False) -> Names:
    return _of_layouts(tuple(sum(playbook.layouts[situation].values(), ())), needed=needed)


@cache
def _of_layouts(layouts: tuple[tuple[str, ...], ...], *, needed: bool) -> Names:
    slots = (slot for layout in layouts for slot in layout if not (needed and slot.endswith("?")))
    return frozenset(slot.removesuffix("?") for slot in slots)
