"""What a customer lacks, written without a verb: "Nach drei Wochen immer noch keine Antwort" becomes "Sie nach
drei Wochen immer noch keine Antwort haben", "Am Gleis keine Durchsage" "es am Gleis keine Durchsage gab". Pure."""

from __future__ import annotations

from collections.abc import Sequence

from responder.playbook.clause_words import forbidden, lowered, tokens, understood
from responder.playbook.nouns import Lexicon
from responder.playbook.persons import Speaker, turned
from responder.playbook.verbs import clause_data, verbs

_LONGEST = 13
_NONE = frozenset("kein keine keinen keinerlei".split())
_STILL = frozenset("noch seit bisher heute".split())
"""Words by which it is still so."""
_BEGINS = frozenset("nach seit trotz auf bis am im beim an in bei immer noch weit weder für schon".split())


def restated_none(clause: str, nouns: Lexicon, *, formal: bool, swiss: bool) -> str:
    """The clause as it stands after "dass", or nothing."""
    words = lowered(tokens(clause), nouns)
    place = next((at for at, word in enumerate(words) if word in _NONE), None)
    if place is None or not 2 <= len(words) <= _LONGEST or forbidden(words) or not _without_verb(words):
        return ""
    begins = place == 0 or words[0] in _BEGINS
    thing = next((word for word in words[place:] if word[0].isupper()), "")
    if not begins or not thing or not understood(words, nouns, frozenset()):
        return ""
    return _said(words, place, thing, Speaker(formal, swiss))


def _without_verb(words: Sequence[str]) -> bool:
    known = verbs()
    return not any(word in known.finite or (known.participle(word) and word[0].islower()) for word in words)


def _said(words: Sequence[str], place: int, thing: str, speaker: Speaker) -> str:
    said = turned(words, "", "", speaker)
    if not said:
        return ""
    if thing in clause_data()["words"]["owed"].split():
        verb = ("haben" if speaker.formal else "hast") if _STILL & set(words) else _had(speaker)
        return speaker.spelled(f"{'Sie' if speaker.formal else 'du'} {' '.join(said)} {verb}")
    verb = "gibt" if "seit" in words or "heute" in words else "gab"
    return speaker.spelled(" ".join(("es", *said, verb)))


def _had(speaker: Speaker) -> str:
    return "hatten" if speaker.formal else "hattest"
