"""A later post that only refers back: "das mit der Scherbe" is what the first one told. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from responder.playbook.asked import Asked
from responder.playbook.grammar import compile_phrase
from responder.playbook.model import Matter, Noun, Voice
from responder.playbook.nouns import NEVER
from responder.playbook.retold import RETOLD

_REFERS = re.compile(
    r"\b(?:[Dd]as|[Dd]ie (?:Sache|Geschichte)|[Dd]er (?:Vorfall|Fall)) mit (?P<article>der|dem|den) "
    r"(?P<word>[A-ZÄÖÜ][a-zäöüß]{2,})\b"
)
_DONE = re.compile(r"\b(?:erledigt|geklärt|gelöst|behoben|in ordnung|passt)\b", re.IGNORECASE)


def referred(asked: Asked, voice: Voice) -> Matter | None:
    """The matter that a later post calls by its thing; None where it calls none, or says that it is settled."""
    kind, found = voice.kinds.get(RETOLD), _REFERS.search(asked.text.text)
    if asked.step == 1 or asked.discreet or kind is None or found is None or _settled(asked.text.text, found.end()):
        return None
    if all(noun.kind == NEVER for noun in voice.nouns.find(found["word"])):
        return None
    thing = f"mit {found['article']} {found['word']}"
    whole, dative = compile_phrase(f"die Sache {thing}"), compile_phrase(f"der Sache {thing}")
    forms = {**kind.forms, "that": (compile_phrase(f"die Sache {thing} noch offen ist"),)}
    return replace(kind, key="referred", nouns=(Noun(whole, whole, dative),), forms=forms)


def _settled(text: str, place: int) -> bool:
    end = re.search(r"[.!?\n]|$", text[place:])
    assert end is not None
    return end[0] != "?" and _DONE.search(text, place, place + end.start()) is not None
