"""Is a playbook complete? What a business itself wrote is looked at line by line in `review.py`."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from responder.playbook.complete import FREE
from responder.playbook.model import Matter, Noun, Playbook, Problem, Voice
from responder.playbook.shape import MADE_FROM_POST

LEAST = {"de": 5, "en": 3, "fr": 2, "it": 2}
"""How many wordings a sentence should have per language, so that answers on one page differ."""

NEEDED = {
    "complaint": ("that", "expected", "look", "answer"),
    "praise": ("that", "expected", "pass_on"),
    "question": ("gap",),
    "topic": ("that", "expected", "look", "answer"),
}
FORMULAS = {"gap", "greeting", "closing_short", "signature", "offer_callback"}


def check_playbook(playbook: Playbook) -> list[Problem]:
    """Everything that would make drafts fail or sound alike; empty when the playbook is complete."""
    problems = list(playbook.problems)
    for voice in playbook.voices.values():
        problems += _slots(playbook, voice)
        for kind, names in NEEDED.items():
            for matter in voice.matters.get(kind, {}).values():
                problems += _matter(voice, matter, names)
    return list(dict.fromkeys(problems))


def _slots(playbook: Playbook, voice: Voice) -> Iterator[Problem]:
    lengths = itertools.chain.from_iterable(lengths.values() for lengths in playbook.layouts.values())
    slots = {slot.rstrip("?") for layouts in lengths for layout in layouts for slot in layout}
    for slot in sorted(slots - MADE_FROM_POST):
        phrases = voice.phrases.get(slot, ())
        where = f"{voice.locale} phrases.{slot}"
        if not phrases:
            yield Problem(where, "No wording at all: answers that need this sentence cannot be written.")
        elif len(phrases) < LEAST[voice.language] and slot not in FORMULAS:
            yield Problem(where, f"Only {len(phrases)} wordings: answers on one page will sound alike.")


def _matter(voice: Voice, matter: Matter, needed: tuple[str, ...]) -> Iterator[Problem]:
    where = f"{voice.locale} {matter.key}"
    if not matter.theme:
        yield Problem(where, "`theme` is missing: confidential answers cannot name the matter.")
    if not any(_plain(noun) for noun in matter.nouns):
        yield Problem(where, "`np` needs a wording without facts, for posts that state none.")
    for form in needed:
        if not any(phrase.names <= FREE for phrase in matter.forms.get(form, ())) and form != "gap":
            yield Problem(where, f"`{form}` needs a wording without facts, for posts that state none.")


def _plain(noun: Noun) -> bool:
    return noun.names <= FREE
