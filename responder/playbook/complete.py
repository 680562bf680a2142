"""Built-in wordings beside those of the business, wherever its own would leave some post without a sentence. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from responder.playbook.given import must_have, sure
from responder.playbook.grammar import Phrase
from responder.playbook.model import Matter, Noun, Playbook, Voice

FREE = frozenset("soon liked_acc liked_dat".split())
"""What a matter's wordings may use and still fit every post of that matter."""

W = TypeVar("W", Phrase, Noun)


def completed(own: Voice, base: Voice, playbook: Playbook) -> Voice:
    """`own` with the plain wordings of `base` added to each sentence and form that has none of its own."""
    phrases = dict(own.phrases)
    for slot in must_have(playbook) & base.phrases.keys():
        phrases[slot] = _beside(own.phrases.get(slot, ()), base.phrases[slot], _fits(sure(slot, playbook)))
    matters = {kind: _matters(found, base.matters[kind]) for kind, found in own.matters.items()}
    return replace(own, phrases=phrases, matters=matters)


def _matters(own: Mapping[str, Matter], base: Mapping[str, Matter]) -> dict[str, Matter]:
    return {key: _matter(matter, base[key]) if key in base else matter for key, matter in own.items()}


def _matter(own: Matter, base: Matter) -> Matter:
    plain = _fits(FREE)
    forms = {form: _beside(own.forms.get(form, ()), wordings, plain) for form, wordings in base.forms.items()}
    return replace(own, forms={**own.forms, **forms}, nouns=_beside(own.nouns, base.nouns, plain))


def _fits(names: frozenset[str]) -> Callable[[Phrase | Noun], bool]:
    return lambda wording: wording.names <= names


def _beside(own: Sequence[W], base: Sequence[W], plain: Callable[[Phrase | Noun], bool]) -> tuple[W, ...]:
    if own == base or any(map(plain, own)):
        return tuple(own)
    return tuple(own) + tuple(wording for wording in base if plain(wording))
