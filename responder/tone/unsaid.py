"""A6: what is regretted or thanked for stands in the post. A number or a whole matter that does not was told by
nobody, whether a person, a rule or a model wrote the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from responder.tone.context import Context, silent
from responder.tone.hits import Hit
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
    """Whether an answer regrets or praises what the post does not tell."""
    return any(unsaid(prepare(text, context), context))


def unsaid(reply: Reply, context: Context) -> Iterator[Hit]:
    """What cannot come from the post, on first contact: later ones also speak of what was written before."""
    if reply.language != "de" or context.history or silent(context) or not context.posted:
        return
    for sentence in reply.body:
        plain = reply.plain[sentence.start : sentence.end]
        sorry = feeling(plain, reply.language) or bool(_SORRY.search(plain))
        if sorry:
            yield from _matter(sentence, context)
        if sorry or _PRAISED.search(plain):
            yield from _numbers(sentence, context)


def _numbers(sentence: Sentence, context: Context) -> Iterator[Hit]:
    told = {_VALUES.get(found.lower(), found) for found in _NUMBER.findall(context.posted)}
    for found in _COUNTED.finditer(sentence.text):
        said = (found[1] or found[2]).lower()
        if told.isdisjoint({_VALUES.get(said, said)}):
            yield Hit("A6", sentence.start + found.start(), sentence.start + found.end(), "warn", "unsaid")


def _matter(sentence: Sentence, context: Context) -> Iterator[Hit]:
    """A clause of another matter, in a sentence of regret that shares no word and no family of words with the post."""
    if len(content_stems(context.posted)) < _ENOUGH:
        return
    for found in _THAT.finditer(sentence.text):
        if topics_of(found[1]) and not touches(sentence.text, context):
            yield Hit("A6", sentence.start + found.start(1), sentence.start + found.end(1), "warn", "unsaid")
