"""What the customer tells of us as "Sie" or "ihr", said back without anybody who did it: "Ihr habt meinen Termin
vergessen" becomes "Ihr Termin vergessen wurde". What stood as object becomes what the clause is about. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from responder.playbook.clause_words import listed, lowered, tokens
from responder.playbook.nouns import Lexicon
from responder.playbook.restate import restated
from responder.playbook.verbs import verbs

_US = {"Sie": "haben", "ihr": "habt"}
_SUBJECT = {
    "den": "der", "meinen": "mein", "unseren": "unser", "unsern": "unser", "einen": "ein", "keinen": "kein",
    "diesen": "dieser",
}  # fmt: skip
_STAYS = frozenset("die das mein meine unser unsere ein eine kein keine diese dieses zwei drei".split())
_STRONG_ENDING = frozenset("mein unser ein kein".split())
_ONE = frozenset("das mein unser ein kein dieses der dieser".split())
_MANY = frozenset("zwei drei vier".split())


def restated_us(clause: str, nouns: Lexicon, *, formal: bool, swiss: bool) -> str:
    """The clause as it stands after "dass", or nothing."""
    words = lowered(tokens(clause), nouns)
    if len(words) < 4 or _US.get(_who(words[0])) != words[1] or not verbs().ending(words[-1], modal=False):
        return ""
    thing = _object(words[2:-1], nouns)
    if thing is None:
        return ""
    start, end = thing
    rest = [*words[2:-1][:start], *words[2:-1][end:]]
    named = _as_subject(words[2:-1][start:end])
    verb = "wurden" if _several(named, nouns) else "wurde"
    to = [word for word in rest[:1] if word in ("mir", "uns")]
    order = (*to, verb, *named, *rest[1:]) if to else (*named, verb, *rest)
    return restated(" ".join((*order, words[-1])), nouns, formal=formal, swiss=swiss)


def _who(word: str) -> str:
    return "ihr" if word.lower() == "ihr" else word.capitalize() if word.lower() == "sie" else word


def _object(words: Sequence[str], nouns: Lexicon) -> tuple[int, int] | None:
    """Where the one thing stands that was done something to: no preposition before it, a known noun at its end."""
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        if (word not in _SUBJECT and word not in _STAYS) or listed().has("prepositions", before):
            continue
        end = next((place for place in range(at + 1, len(words)) if words[place][0].isupper()), None)
        known = word in _ONE or bool(end is not None and nouns.find(words[end]))
        fits = end is not None and known and _same_number(word, words[end], nouns)
        return (at, end + 1) if fits and end is not None else None
    return None


def _same_number(article: str, word: str, nouns: Lexicon) -> bool:
    """ "den" before a noun that can be one of the masculine gender: "den Kindern" is no object here."""
    return article not in _SUBJECT or any(noun.gender == "m" for noun in nouns.find(word))


def _as_subject(words: Sequence[str]) -> list[str]:
    """ "den falschen Artikel" as "der falsche Artikel", "einen falschen Artikel" as "ein falscher Artikel"."""
    article = words[0]
    if article not in _SUBJECT:
        return list(words)
    ending = "er" if _SUBJECT[article] in _STRONG_ENDING else "e"
    middle = [re.sub(r"en$", ending, word) for word in words[1:-1]]
    return [_SUBJECT[article], *middle, words[-1]]


def _several(words: Sequence[str], nouns: Lexicon) -> bool:
    one = words[0] in _ONE or any(not noun.many for noun in nouns.find(words[-1]))
    return words[0] in _MANY or not one
