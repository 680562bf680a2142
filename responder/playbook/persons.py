"""Who is meant when the customer's words are said back to him: "ich" becomes "Sie" or "du", "bei Ihnen" "bei uns"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from responder.playbook.verbs import Finite, clause_data, verbs

_MINE = re.compile(r"mein(e[mnrs]?)?")
_OUR = re.compile(r"unser(e[mnrs]?)?")
_YOUR = re.compile(r"(?:Ihr|eur?)(er|e[mnrs]?)?")
_DATIVE = frozenset("bei von mit zu aus nach gegenüber".split())
_ACCUSATIVE = frozenset("für ohne gegen um durch".split())


@dataclass(frozen=True, slots=True)
class Speaker:
    """How the reader is addressed, and whether ß is written."""

    formal: bool
    swiss: bool

    def verb(self, finite: Finite, said: str, subject: str) -> str:
        """The finite verb for its new subject; `said` is it as it stands, a prefix before it."""
        if subject not in ("ich", "wir"):
            return said
        new = finite.many if self.formal else finite.du if subject == "ich" else finite.ihr
        plain = next((form for form in _forms(finite) if said.endswith(form)), "")
        return said[: len(said) - len(plain)] + new if plain else new

    def spelled(self, text: str) -> str:
        return text.replace("ß", "ss") if self.swiss else text


@lru_cache(maxsize=1024)
def _forms(finite: Finite) -> tuple[str, ...]:
    """How the form may have stood, to tell a prefix from it; the longest first."""
    found = [form for form, senses in verbs().finite.items() if finite in senses]
    return tuple(sorted(found, key=len, reverse=True))


def turned(words: Sequence[str], subject: str, lemma: str, speaker: Speaker) -> list[str]:
    """The words from our side; empty where a pronoun's case cannot be told."""
    said: list[str] = []
    for place, word in enumerate(words):
        new = _word(word, words[place - 1] if place else "", subject, lemma, speaker)
        if not new:
            return []
        said.append(new)
    return said


def _word(word: str, before: str, subject: str, lemma: str, speaker: Speaker) -> str:
    if word in ("ich", "wir"):
        return "Sie" if speaker.formal else "du" if word == "ich" else "ihr"
    if word in ("mich", "mir", "uns"):
        return _object(word, before, subject, lemma, speaker)
    if match := _MINE.fullmatch(word):
        return ("Ihr" if speaker.formal else "dein") + (match[1] or "")
    if match := _OUR.fullmatch(word):
        informal = f"eur{match[1]}" if match[1] else "euer"
        return f"Ihr{match[1] or ''}" if speaker.formal else informal
    if word in ("Ihnen", "euch"):
        return "uns"
    if word != "eu" and (match := _YOUR.fullmatch(word)):
        return "unser" + ("" if match[1] == "er" and word == "euer" else match[1] or "")
    return word


def _object(word: str, before: str, subject: str, lemma: str, speaker: Speaker) -> str:
    """ "mich", "mir" and "uns" in the reader's person and the right case."""
    formal = speaker.formal
    plain = {"mich": "dich", "mir": "dir", "uns": "euch"}[word]
    if before in _DATIVE | _ACCUSATIVE:
        return ("Ihnen" if before in _DATIVE else "Sie") if formal else plain
    if (subject == "wir") == (word == "uns") and subject in ("ich", "wir"):
        return "sich" if formal else plain
    if not formal or word != "uns":
        return {"mich": "Sie", "mir": "Ihnen"}[word] if formal else plain
    if takes("dative", lemma):
        return "Ihnen"
    return "Sie" if takes("accusative", lemma) else ""


def takes(name: str, lemma: str) -> bool:
    """Whether a verb is listed under this name; one with a prefix as the one without ("zurückgeben", "geben")."""
    listed = clause_data()["verbs"][name].split()
    return lemma in listed or any(
        lemma.removeprefix(prefix) in listed for prefix in verbs().prefixes if lemma.startswith(prefix)
    )
