"""C2: what somebody did wrong, recognised by clause, and the same fact told neutrally."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from typing import NamedTuple

from responder.reading.anchors import Index, grams, needs_of
from responder.tone.context import Context
from responder.tone.data import load
from responder.tone.hits import Hit
from responder.tone.patterns import compiled
from responder.tone.reply import Reply

_MAIN = (
    r"(?:(?:Sie|du|ihr)\s+<<have>>|<<have>>\s+(?:Sie|du|ihr))(?!\s+nichts)\s+"
    r"(?:leider |ja |doch |aber |jedoch |allerdings |offenbar |offensichtlich |selbst |anscheinend |wohl |uns |mir )*"
    r"<<small>>(?<!\w)(?:{did})(?!\w)"
)
_SUB = r"(?:Sie|du|ihr)(?!\s+nichts) <<clause>>(?<!\w)(?:{did}) <<have>>(?!\w)"
_CLAUSE = re.compile(r"[,;:.!?…–\n]\s*(?:und |aber |doch |denn )?|\b(?:weil|da|dass|nachdem|obwohl|denn|und|aber) ")
_CLOSED = re.compile(r"\s*(?:[.,;:!?–-]|$|\n|und\b|so ?dass\b|deshalb\b|weshalb\b)")
_CONDITION = re.compile(r"\b(?:falls|wenn|sofern|sollten?)\b[^,.]{0,40}$")


_NEAR = 60
"""How far before the accusation its clause may begin, in code points."""


class Fault(NamedTuple):
    """One kind of accusation; the neutral wording is empty where none fits every case."""

    main: re.Pattern[str]
    sub: re.Pattern[str]
    say_main: str
    say_sub: str


@cache
def faults(language: str) -> tuple[Fault, ...]:
    return tuple(_fault(entry, language) for entry in load(f"{language}/fault").get("fault", ()))


def _fault(entry: dict[str, str], language: str) -> Fault:
    main, sub = (compiled(shape.replace("{did}", entry["did"]), language) for shape in (_MAIN, _SUB))
    return Fault(main, sub, entry["main"], entry["sub"])


def accusations(reply: Reply, context: Context) -> Iterator[Hit]:
    """Clauses that say what the customer did wrong. Conditions and questions accuse nobody."""
    if reply.language != "de" or not re.search(r"\b(?:Sie|du|ihr)\b", reply.plain):
        return
    reached = -1
    for match, words in sorted(_found(reply), key=lambda found: (found[0].start(), -found[0].end())):
        if match.start() >= reached and not _harmless(match, reply):
            reached = match.end()
            yield _worded(match, words, reply)


def _found(reply: Reply) -> Iterator[tuple[re.Match[str], str]]:
    known = _shapes("de")
    for number in _index("de").candidates(reply.plain, grams(reply.plain)):
        shape, words = known[number]
        yield from ((match, words) for match in shape.finditer(reply.plain))


@cache
def _shapes(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Each kind of accusation in both orders of its words, with the neutral wording."""
    both = (((fault.sub, fault.say_sub), (fault.main, fault.say_main)) for fault in faults(language))
    return tuple(chain.from_iterable(both))


@cache
def _index(language: str) -> Index:
    return Index(needs_of(shape) for shape, _ in _shapes(language))


def _harmless(match: re.Match[str], reply: Reply) -> bool:
    sentence = reply.sentence_at(match.start())
    before = reply.plain[max(sentence.start, match.start() - _NEAR) : match.start()]
    asked = sentence.text.endswith("?") and "nicht" not in match[0]
    return asked or _CONDITION.search(before) is not None or "noch nicht" in match[0]


def _worded(match: re.Match[str], words: str, reply: Reply) -> Hit:
    """The hit over its whole clause, so that the neutral clause can take its place."""
    sentence = reply.sentence_at(match.start())
    start = max(sentence.start, match.start() - _NEAR)
    near = start == sentence.start
    if sentence.start < reply.greeting_end <= match.start():
        start = max(start, reply.greeting_end)
    for border in _CLAUSE.finditer(reply.plain, start, match.start()):
        start, near = border.end(), True
    whole = near and _CLOSED.match(reply.plain, match.end()) and not sentence.text.endswith("?")
    return Hit("C2", start if near else match.start(), match.end(), "block", "accusation", words if whole else "")
