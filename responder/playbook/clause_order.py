"""Where the words of a main clause stand once its verb has gone to the end: a pronoun first, the thing before the time.
Pure."""

from __future__ import annotations

from responder.playbook.persons import takes
from responder.playbook.verbs import Finite

OBJECTS = ("mich", "mir", "uns", "sich")
SOMEBODY = ("niemand", "man", "jemand")
_DEFINITE = frozenset("der die das mein meine unser unsere Ihr Ihre euer eure dieser diese dieses".split())
_IMPERSONAL = frozenset("geben riechen stinken tropfen regnen".split())
_NOT_FIRST = frozenset(
    "im am in an auf bei beim mit von vom zu zum zur nach für vor seit um ohne trotz wegen den dem".split()
)
_NOT_FIRST_EITHER = frozenset("erst immer noch schon dort nun jetzt einmal zweimal dreimal plötzlich danach".split())


def ordered(words: list[str], place: int, subject: str, lemma: str, finite: Finite) -> list[str]:
    """The words as they stand in a clause with "dass": a pronoun goes to the front; empty where that is not certain."""
    bare = words[0][0].isupper() and "nicht" in words
    if subject == "es" and (bare or not (lemma in _IMPERSONAL or finite.lemma in _IMPERSONAL)):
        return []
    if subject in ("niemand", "jemand") and "sich" in words:
        return ["sich", subject, *(word for word in words if word not in ("sich", subject))]
    if subject:
        rest = [word for at, word in enumerate(words) if at != words.index(subject)]
        return [subject, *_pronoun_first(rest, place - (words.index(subject) < place), subject)]
    pronoun = words[place] if place < len(words) else ""
    if pronoun in OBJECTS and place and not _may_be_subject(words[0]):
        dative = pronoun == "uns" and takes("dative", lemma)
        if pronoun in ("mir", "sich") or dative:
            return [pronoun, *words[:place], *words[place + 1 :]]
        return []
    return _thing_first(words, place)


def _thing_first(words: list[str], place: int) -> list[str]:
    """ "Seit dem Update | die App | beim Öffnen": the thing that all is said of goes first."""
    if not 0 < place < len(words) or _may_be_subject(words[0]) or words[0] in OBJECTS or words[place] not in _DEFINITE:
        return words
    end = next((at for at in range(place, len(words)) if words[at][0].isupper() and words[at] not in _DEFINITE), 0)
    return [*words[place : end + 1], *words[:place], *words[end + 1 :]] if end else words


def _pronoun_first(rest: list[str], place: int, subject: str) -> list[str]:
    """The pronoun that stood behind the verb, now behind the subject."""
    for at in (place, place + 1):
        if at < len(rest) and rest[at] in OBJECTS and (at == place or subject in SOMEBODY):
            if at and rest[at - 1] in ("bei", "von", "mit", "zu", "für", "ohne", "gegen"):
                continue
            return [rest[at], *rest[:at], *rest[at + 1 :]]
    return rest


def _may_be_subject(first: str) -> bool:
    return first not in _NOT_FIRST and first not in _NOT_FIRST_EITHER and first not in OBJECTS
