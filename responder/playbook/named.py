"""What of a post may be said again by its name: things we sell or offer, and colleagues who are thanked. Pure.

Only nouns of the playbook's own list are named, with their article; names of customers never are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from responder.playbook.facts import inflect, meant
from responder.playbook.model import Matter, Voice
from responder.reading import lexicon
from responder.reading.anchors import grams
from responder.reading.model import Reading, Text
from responder.reading.normalise import fold
from responder.reading.tokens import tokens

_FEW_WORDS = 6
"""A happy post of so few words means what it names, with or without a good word beside it."""
MOST = 2
"""More things than this would read like a list."""

_PRAISED = frozenset("food place device soft goods ride event service trait own".split())
"""Kinds of things that praise is about; people are thanked by other sentences."""
_SOLD = frozenset("goods food device own".split())

_WORD = re.compile(r"[A-ZÄÖÜ][\wäöüß]+(?:-[A-ZÄÖÜ][\wäöüß]+)*")
_DELIGHT = re.compile(
    r"\b(?:ein (?:traum|gedicht|hit|genuss|hochgenuss|erlebnis)|(?:schmeck|riech|kling)\w* wie (?:bei|zu|in|im|frueher)"
    r"|der hammer)\b"
)
_CLAUSE_END = re.compile(r"[.!?;:,\n]| (?=(?:aber|doch|jedoch|allerdings|obwohl)\b)")
_ADVERSE = re.compile(
    r"\b(?:nicht|nix|nichts|kein\w*|nie|ohne|nur|leider|aber|doch|jedoch|allerdings|statt|trotz|fehl\w*|schade|abzug"
    r"|zu (?:klein|laut|teuer|kalt|wenig)|knapp\w*|lahm\w*|extra (?:be)?zahlen|gekauft)\b",
    re.IGNORECASE,
)
_MANY = re.compile(
    r"\b(?:die|diese|beiden?|zwei|drei|vier|fünf|sechs|viele|alle|mehrere|unsere|eure|ihre|\d+)\s(?:\w+e[n]?\s)?$", re.I
)
_QUALIFIES = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+(?:e[rsnm]?|iche)\s[A-ZÄÖÜ][a-zäöüß]+(?<!s)\b")
"""An adjective that begins a sentence, before its noun: "Wunderbare Aussicht"."""
_THANKED = re.compile(r"(?<!meine )(?<!meiner )\b(Frau|Herrn?) ([A-ZÄÖÜ][a-zäöüßéç]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?)\b")
_WORKER = re.compile(r"\b([Dd]er|[Dd]ie) (?:[a-zäöü]+e )?([A-ZÄÖÜ][a-zäöüß]+)\b")
_ARTICLES = {"m": "der", "f": "die"}


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of the post's text: where, and whether it is praised or blamed there.

    `adverse` is wider than `blamed`: a word such as "nur" is enough to leave the things of the clause unnamed.
    """

    start: int
    end: int
    praised: bool
    adverse: bool
    blamed: bool = False


def clauses(reading: Reading, text: Text, voice: Voice) -> Iterator[Clause]:
    """The clauses of a post with what the reading's reasons say about each."""
    sides = {key: kind for kind in ("praise", "complaint") for key in voice.matters.get(kind, ())}
    start = 0
    for end in [*(match.end() for match in _CLAUSE_END.finditer(text.text)), len(text.text)]:
        if end > start:
            here = [r.label for r in reading.reasons if r.start < end and start < r.end]
            kinds = {sides.get(label, label) for label in here}
            adverse = "complaint" in kinds or bool(_ADVERSE.search(text.text, start, end))
            yield Clause(start, end, "praise" in kinds, adverse, "complaint" in kinds)
        start = end


def liked(reading: Reading, text: Text, voice: Voice, *, mixed: bool, selling: bool) -> dict[str, str]:
    """liked_acc and liked_dat: the things a post praises. A mixed post must say so in the same clause.

    What customers bring along is praised only where such things are sold.
    """
    voice = voice if not selling else replace(voice, brought=frozenset())
    good = [clause for clause in clauses(reading, text, voice) if not clause.adverse]
    found = _things(reading, text, voice, [clause for clause in good if clause.praised])
    if not mixed:
        short = len(text.text.split()) <= _FEW_WORDS
        found = found or _things(reading, text, voice, [c for c in good if short or _warm(text, c, voice)])
        found = [*_in_title(text, voice), *found]
    return _listed("liked", list({forms["product_nom"]: forms for forms in found}.values())[:MOST], voice)


def _warm(text: Text, clause: Clause, voice: Voice) -> bool:
    """Whether a clause holds a good word at all: a thing is not thanked for because it is mentioned."""
    folded = fold(text.text[clause.start : clause.end]).text
    weighed = lexicon.load(voice.language).weigh(folded, tokens(folded), grams(folded))
    return bool(_DELIGHT.search(folded)) or any(item.weight > 0 for item in weighed)


def asked_about(reading: Reading, text: Text, voice: Voice) -> dict[str, str]:
    """asked_dat: the first thing in the questions that no known question is about."""
    known = [(r.start, r.end) for r in reading.reasons if r.label in voice.matters.get("question", {})]
    asked = [
        Clause(match.start(), match.end(), praised=False, adverse=False)
        for match in re.finditer(r"[^.!?\n]+\?", text.text)
        if not any(start < match.end() and match.start() < end for start, end in known)
    ]
    return _listed("asked", _things(reading, text, voice, asked)[:1], voice)


def subject(reading: Reading, text: Text, voice: Voice, matters: Sequence[Matter]) -> dict[str, str]:
    """subject_nom and subject_acc: the one thing that the first matter's words are about."""
    keys = {matter.key for matter in matters[:1]}
    spans = [Clause(r.start, r.end, praised=False, adverse=True) for r in reading.reasons if r.label in keys]
    found = [forms for forms in _things(reading, text, voice, spans) if not forms["product_dat"].startswith("den ")]
    return {f"subject_{case}": found[0][f"product_{case}"] for case in ("nom", "acc")} if found else {}


def mentions(reading: Reading, text: Text, voice: Voice) -> bool:
    """Whether a post names any listed thing at all, so that nobody asks which one it was."""
    return bool(_things(reading, text, voice, [Clause(0, len(text.text), praised=False, adverse=False)], _SOLD))


def thanked(text: Text, signature: str, voice: Voice) -> dict[str, str]:
    """staff_nom and staff_acc: the colleague whom a praising post names by name or by his work, never the signer."""
    for match in _THANKED.finditer(text.text):
        if match[2] not in signature:
            form = "Frau" if match[1] == "Frau" else "Herr"
            return {
                "staff_nom": f"{form} {match[2]}",
                "staff_acc": f"{'Herrn' if form == 'Herr' else form} {match[2]}",
            }
    return _by_work(text, voice)


def _by_work(text: Text, voice: Voice) -> dict[str, str]:
    """ "der Schaffner", "die neue Verkäuferin": one person, named by what he does here."""
    for match in _WORKER.finditer(text.text if voice.language == "de" else ""):
        noun = meant(match[2], voice.nouns)
        if (
            noun is not None
            and noun.kind == "person"
            and not noun.many
            and match[1].lower() == _ARTICLES.get(noun.gender)
        ):
            forms = noun.forms()
            return {"staff_nom": forms["thing_nom"], "staff_acc": forms["thing_acc"]}
    return {}


def _things(
    reading: Reading, text: Text, voice: Voice, places: Sequence[Clause], kinds: frozenset[str] = _PRAISED
) -> list[dict[str, str]]:
    """The listed nouns of these clauses, in three cases, each once."""
    found: dict[str, dict[str, str]] = {}
    for clause in places:
        for match in _WORD.finditer(text.text, clause.start, clause.end):
            private = any(span.start < match.end() and match.start() < span.end for span in reading.pii)
            forms = {} if private else _inflected(text.text, match, voice, kinds)
            if forms:
                found.setdefault(forms["product_nom"], forms)
    return list(found.values())


def _in_title(text: Text, voice: Voice) -> list[dict[str, str]]:
    if _ADVERSE.search(text.title):
        return []
    return [forms for match in _WORD.finditer(text.title) if (forms := _inflected(text.title, match, voice))]


def _inflected(text: str, match: re.Match[str], voice: Voice, kinds: frozenset[str] = _PRAISED) -> dict[str, str]:
    if match[0].lower() in voice.unnamed | voice.brought or _QUALIFIES.match(text, match.start()):
        return {}
    many = _MANY.search(text[max(0, match.start() - 30) : match.start()])
    said = f"die {match[0]}" if many else match[0]
    noun = meant(said, voice.nouns)
    return inflect(said, voice.nouns) if noun is not None and noun.kind in kinds else {}


def _listed(name: str, found: Sequence[dict[str, str]], voice: Voice) -> dict[str, str]:
    if not found or voice.language != "de":
        return {}
    return {f"{name}_{case}": _enumerated([forms[f"product_{case}"] for forms in found]) for case in ("acc", "dat")}


def _enumerated(words: Sequence[str]) -> str:
    return " und ".join(filter(None, (", ".join(words[:-1]), words[-1])))
