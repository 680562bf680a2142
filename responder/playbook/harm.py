"""How much a clause tells of harm, by its words: signs of a fault, what is denied, counted or too much; praise counts
against it. Pure."""

from __future__ import annotations

import re
from functools import cache

from responder.playbook.verbs import clause_data
from responder.reading import lexicon
from responder.reading.normalise import fold

STRONG, WEAK, GOOD = 2.0, 1.0, 1.0
_APART = re.compile(
    r"\b(?:stehen|sitzen|warten|hängen|liegen) ?(?:ge)?lassen$"
    r"|\b(?:f[iä]el|fällt|fielen|fallen)\b.* (?:aus|ab|auseinander)$|\bging\b.* (?:kaputt|auf|aus|zu)$"
    r"|\bhing\b.* durch$|\bst[aeä]nd?\w*\b.* still$|\bblieb\w*\b.* (?:stehen|liegen|stecken|hängen|zu)$"
    r"|\bf(?:u|ä)hr\w*\b.* vorbei$|\blief\w*\b.* (?:aus|über)$|\bbr[aiu]ch\w*\b.* (?:ab|zusammen)$"
    r"|\bstürz\w*\b.* ab$|\b(?:l(?:ö|o)s|blätter)\w*\b.* (?:ab|auf)$"
)
"""Verbs that tell of a fault only with the part that stands apart from them."""
_COUNTED = re.compile(
    r"\d|\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|halben?|stunden?|wochen?|tagen?|monaten?|minuten"
    r"|jahren?)\b",
    re.IGNORECASE,
)
_NOT = frozenset("nicht nie niemals ned nit net".split())
"""These deny a word further on, "kein" only the next one."""
_TOO = re.compile(r"\b[Zz]u (?!haus|zweit|dritt|viert|fuß|fuss|ende|recht|zeit|dir|mir|uns|\w+en\b)[a-zäöüß]{3,}")
_WITHOUT = re.compile(r"\bohne (?!weitere|problem|zögern|warte|umweg|murren|wenn)", re.IGNORECASE)


def harm(words: str) -> float:
    """How much in a clause tells of harm; words of praise count against it, and "nicht" turns what it denies."""
    found = [fold(word).text for word in re.findall(r"[^\W\d_]+", words)]
    strong, weak, poor, denying, scenes = _signs()
    denied = [place for place, word in enumerate(found) if word in denying]
    signs = _by_form(words) or any(word.startswith(strong) for word in found)
    if not denied and not signs and scenes & set(found[-2:]):
        return 0.0
    reach = [range(at + 1, at + 2 + (found[at] in _NOT)) for at in denied]
    turned = {place for places in reach for place in places}
    bad = {place: _bad(word, strong, poor) for place, word in enumerate(found) if place not in denied}
    left = sum(worth for place, worth in bad.items() if place not in turned) + _by_form(words)
    good = sum(max(0.0, -_felt(word)) for word in found if not word.startswith(strong) and word not in denying)
    if denied:
        undone = all(any(bad.get(place) for place in places) for places in reach)
        return left if undone else STRONG + left + good
    return left - good + WEAK * (bool(_COUNTED.search(words)) + sum(word in weak for word in found))


def _bad(word: str, strong: tuple[str, ...], poor: frozenset[str]) -> float:
    return (STRONG if word.startswith(strong) else max(0.0, _felt(word))) + WEAK * (word in poor)


def _by_form(words: str) -> float:
    """What a clause tells by how it is built: a verb in two parts, "zu eng", "ohne Licht"."""
    small = bool(_TOO.search(words)) + bool(_WITHOUT.search(words))
    return STRONG * bool(_APART.search(words)) + WEAK * small


def _felt(word: str) -> float:
    mood = lexicon.load("de").weight(word)
    return WEAK if mood > 0 else -GOOD if mood < 0 else 0.0


@cache
def _signs() -> tuple[tuple[str, ...], frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    """Beginnings of words that tell of harm, whole words that tell a little of it, of a fault, that deny, and that only
    set the scene."""
    table = clause_data()["harm"]
    names = ("weak", "poor", "denying", "neutral")
    weak, poor, denying, scenes = (frozenset(fold(table[name]).text.split()) for name in names)
    return tuple(fold(table["strong"]).text.split()), weak, poor, denying, scenes
