"""A6: what a draft regrets or praises stands in the post; a number or a whole matter that does not was told by nobody.

Asked of drafts alone, whether rules or a model worded them: a person knows more than the post tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from responder.tone.context import Context, silent
from responder.tone.matter import topics_of, touches
from responder.tone.regret import feeling
from responder.tone.reply import Reply, Sentence, prepare
from responder.tone.stems import content_stems

_WORDS = (
    "zwei zwo", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf", "dreizehn",
    "vierzehn", "fünfzehn",
)  # fmt: skip
_VALUES = {word: str(value) for value, words in enumerate(_WORDS, 2) for word in words.split()}
_VALUES |= {"zwanzig": "20", "dreißig": "30", "dreissig": "30", "vierzig": "40", "fünfzig": "50", "hundert": "100"}
_NUMBER = re.compile(rf"\b(?:{'|'.join(_VALUES)})|\d+", re.IGNORECASE)
_COUNTED = re.compile(
    rf"\b(\d+|{'|'.join(_VALUES)})\s(?:minuten|stunden|tagen?|nächte|wochen|monaten?|jahren?|euro|franken|grad|prozent)\b"
    r"|\b(\d+)(?:[.,]\d+)?\s?(?:€|chf\b|%)",
    re.IGNORECASE,
)
_PRAISED = re.compile(r"\b(?:dank\w*|schön|freut|freuen|lob)\b", re.IGNORECASE)
_SORRY = re.compile(r"\b(?:ärgerlich|schade|erspart|nicht in ordnung|nicht passieren)\b")
_ENOUGH = 2
"""A post of fewer words that carry meaning cannot be held against anybody."""
_THAT = re.compile(r"\bdass\s([^,;.]+)", re.IGNORECASE)


def says_more(text: str, context: Context) -> bool:
    """Whether a draft regrets or praises what the post does not tell."""
    reply = prepare(text, context)
    return any(
        _foreign_number(sentence, context) or (sorry and _foreign_matter(sentence, context))
        for sentence, sorry in _moved(reply, context)
    )


def _moved(reply: Reply, context: Context) -> Iterator[tuple[Sentence, bool]]:
    """The sentences that regret (True) or praise, on first contact: later ones speak of earlier posts too."""
    if reply.language != "de" or context.history or silent(context) or not context.posted:
        return
    for sentence in reply.body:
        plain = reply.plain[sentence.start : sentence.end]
        sorry = feeling(plain, reply.language) or bool(_SORRY.search(plain))
        if sorry or _PRAISED.search(plain):
            yield sentence, sorry


def _foreign_number(sentence: Sentence, context: Context) -> bool:
    told = {_VALUES.get(found.lower(), found) for found in _NUMBER.findall(context.posted)}
    said = (_VALUES.get(word.lower(), word) for pair in _COUNTED.findall(sentence.text) for word in pair if word)
    return any(number not in told for number in said)


def _foreign_matter(sentence: Sentence, context: Context) -> bool:
    """A clause of another matter, in a sentence of regret that shares no word and no family of words with the post."""
    if len(content_stems(context.posted)) < _ENOUGH or touches(sentence.text, context):
        return False
    return any(topics_of(clause) for clause in _THAT.findall(sentence.text))
