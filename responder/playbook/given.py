"""Which placeholders a sentence can count on, and which it can ever get: by the situations it is said in. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from responder.playbook.model import Playbook

_TIME = frozenset("when when_short soon".split())
_SOMETIMES = _TIME | frozenset(
    "product_nom product_acc product_dat duration day contact mail signature business want stars stars_dat "
    "liked_acc liked_dat".split()
)
_NOUN = frozenset("np_nom np_acc np_dat theme".split())
_WRONG = _NOUN | frozenset("that expected look answer".split())
_GOOD = _NOUN | frozenset("that expected pass_on".split())
_SUBJECT = frozenset("subject_nom subject_acc".split())
_STAFF = frozenset("staff_nom staff_acc".split())
_NOTHING: frozenset[str] = frozenset()

_SURE: dict[str, frozenset[str]] = {
    **dict.fromkeys(("open", "right", "partly", "own_fault", "misunderstanding"), _WRONG),
    **dict.fromkeys(("repeat", "third", "follow_up", "lukewarm_named"), _WRONG),
    "mixed": _WRONG | {"praise_acc"},
    "mixed_unnamed": frozenset({"praise_acc"}),
    "complaint_no_text": frozenset({"stars", "stars_dat"}),
    "praise_no_text": frozenset({"stars", "stars_dat"}),
    "holding": _WRONG,
    "praise": _GOOD,
    "praise_named": _STAFF,
    "question": frozenset({"gap", "theme"}),
    **dict.fromkeys(("confidential_complaint", "locked_complaint"), frozenset({"theme"})),
}
"""What every post of a situation brings; situations without an entry bring nothing but the time."""
_PERHAPS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("open", "mixed", "right", "partly", "own_fault", "misunderstanding"), _SUBJECT),
    **dict.fromkeys(("repeat", "third"), _SUBJECT),
    "private": _WRONG,
    "praise": _STAFF,
    "question": _NOUN | {"asked_dat"},
    **dict.fromkeys(("confidential_complaint", "locked_complaint", "confidential_praise"), _NOUN),
}
_STANDS_FOR = {
    "thanks_mixed_stars": "thanks_mixed",
    "contact_order": "contact",
    "risk_safety": "risk",
    "risk_discrimination": "risk",
    "pass_praise_named": "pass_praise",
    "ask_confirm": "ask",
    "ask_open": "ask",
    "offer_refund": "offer_or_action",
    "offer_exchange": "offer_or_action",
    "offer_repair": "offer_or_action",
    "offer_callback": "offer_or_action",
}
"""Sentences that take the place of another one."""
_ONLY_IN = {"lukewarm_named": "lukewarm_named", "pass_praise_named": "praise_named", "answer_two": ""}


def situations_of(slot: str, playbook: Playbook) -> frozenset[str]:
    """The situations in which a sentence is said; empty for one that no layout has."""
    if slot in _ONLY_IN:
        return frozenset({_ONLY_IN[slot]})
    slot = _STANDS_FOR.get(slot, slot)
    return frozenset(
        situation
        for situation, lengths in playbook.layouts.items()
        if any(slot == name.rstrip("?") for layouts in lengths.values() for layout in layouts for name in layout)
    )


def must_have(playbook: Playbook) -> frozenset[str]:
    """The sentences without which some answer cannot be put together."""
    return frozenset(
        slot
        for lengths in playbook.layouts.values()
        for layouts in lengths.values()
        for layout in layouts
        for slot in layout
        if not slot.endswith("?")
    )


def sure(slot: str, playbook: Playbook) -> frozenset[str]:
    """The placeholders that have a value whenever this sentence is said."""
    return _TIME | _common(_SURE, situations_of(slot, playbook))


def possible(slot: str, playbook: Playbook) -> frozenset[str]:
    """The placeholders that this sentence may get, for some post at least."""
    found = _SOMETIMES
    for situation in situations_of(slot, playbook):
        found |= _of(_SURE, situation) | _of(_PERHAPS, situation)
    return found


def _of(table: Mapping[str, frozenset[str]], situation: str) -> frozenset[str]:
    return table.get(situation, table.get(situation.removeprefix("complaint_"), _NOTHING))


def _common(table: Mapping[str, frozenset[str]], situations: frozenset[str]) -> frozenset[str]:
    sets = [_of(table, situation) for situation in situations]
    return frozenset.intersection(*sets) if sets else _NOTHING
