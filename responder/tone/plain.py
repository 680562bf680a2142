"""C8: short sentences, no shouting, no exclamation marks or emoji beside anger."""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from responder.tone.context import Context
from responder.tone.data import load
from responder.tone.hits import Hit
from responder.tone.patterns import shape
from responder.tone.regret import regret
from responder.tone.reply import Reply

SHORT = 5
"""Words that a thank you may have to be one."""

LONGEST = 30
"""Words a sentence may have before it becomes hard to take in."""

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_CAPITALS = re.compile(r"\b[A-ZÄÖÜ]{3,}(?:\s+[A-ZÄÖÜ]{3,})*\b")
_MARKS = re.compile(r"!+")
_EMOJI = regex.compile(
    r"\p{Extended_Pictographic}[\uFE0F\u200D\p{Extended_Pictographic}\p{EMod}]*|(?<!\w)[:;]-?[)(DPp](?!\w)"
)
_SIGNS = frozenset("©®™☎✉✆")


def plainness(reply: Reply, context: Context) -> Iterator[Hit]:
    """Everything C8 can see without a list of words."""
    calm = reply.situation in ("complaint", "risk")
    yield from _long_sentences(reply)
    yield from _shouting(reply, context)
    yield from _exclamations(reply, calm)
    if calm:
        for match in _EMOJI.finditer(reply.text):
            if match[0] not in _SIGNS:
                yield Hit("C8", match.start(), match.end(), "warn", "emoji_beside_anger")


def _long_sentences(reply: Reply) -> Iterator[Hit]:
    for sentence in reply.body:
        if len(_WORD.findall(sentence.text)) > LONGEST:
            yield Hit("C8", sentence.start, sentence.end, "warn", "long_sentence")


def _shouting(reply: Reply, context: Context) -> Iterator[Hit]:
    known = f"{context.posted} {context.profile.business} {context.profile.signature} {context.profile.contact}"
    for match in _CAPITALS.finditer(reply.text):
        if _loud(match[0]) and match[0] not in known:
            yield Hit("C8", match.start(), match.end(), "warn", "shouting", " ".join(map(_spoken, match[0].split())))


def _loud(capitals: str) -> bool:
    """Several words, a long one or a small one shout; WLAN and IBAN do not."""
    words = capitals.split()
    return len(words) > 1 or len(capitals) > 6 or _small(capitals)


def _small(word: str) -> bool:
    return word.lower() in load("words")["empty"].split() or word.lower() in load("words")["small"]["de"]


def _spoken(word: str) -> str:
    """MORGEN becomes morgen; a word that is not among the small ones is taken for a noun."""
    return word.lower() if _small(word) else word.capitalize()


def _heartfelt(mark: int, reply: Reply) -> bool:
    """True for the one mark after a short thank you or a word of regret ("Danke fürs Melden!")."""
    if reply.language not in ("de", "en"):
        return False
    sentence = reply.sentence_at(mark)
    plain = reply.plain[sentence.start : sentence.end]
    return regret(plain, reply.language) or (
        len(plain.split()) <= SHORT and shape(reply.language, "opening/thanks").search(plain) is not None
    )


def _exclamations(reply: Reply, calm: bool) -> Iterator[Hit]:
    """None where somebody is angry, never two in a row, at most two in all. A greeting may have its own."""
    marks = [
        m for m in _MARKS.finditer(reply.text) if m.start() >= reply.greeting_end and m.start() < reply.signature_start
    ]
    for number, match in enumerate(marks):
        if calm and len(marks) == 1 and len(match[0]) == 1 and _heartfelt(match.start(), reply):
            return
        if calm or len(match[0]) > 1 or number > 1:
            yield Hit("C8", match.start(), match.end(), "warn", "exclamation", "." if calm or number > 1 else "!")
