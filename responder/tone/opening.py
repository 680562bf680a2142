"""C1: the first sentence is about the matter, or thanks for something concrete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from responder.tone.context import Context, silent
from responder.tone.data import load
from responder.tone.harsh import any_harsh, harsh
from responder.tone.hits import Hit
from responder.tone.matter import touches
from responder.tone.patterns import shape
from responder.tone.regret import acknowledged, feeling, shown
from responder.tone.reply import Reply, Sentence
from responder.tone.stems import content_stems

BARE = 2
"""Words of a thank you that has no room for what it is for."""


def opening(reply: Reply, context: Context) -> Iterator[Hit]:
    """A missing or interchangeable beginning. Where a post has no words, thanks for the stars are all there is."""
    if reply.language not in ("de", "en") or reply.situation == "question":
        return
    first = _first(reply)
    if shape(reply.language, "opening/flourish").search(reply.plain[first.start : first.end]):
        if not silent(context) and content_stems(context.posted) and not _concrete(first, reply, context):
            yield Hit("C1", first.start, first.end, "warn", "generic_opening", _better(reply))
    elif context.post and reply.situation != "other" and not _warm(reply, context):
        yield Hit("C1", first.start, first.end, "warn", "missing_opening")


def about_nothing(hits: Iterable[Hit], reply: Reply) -> Iterator[Hit]:
    """C1 for an answer that names nothing of the matter at all (A6): its opening does not either."""
    found, first = list(hits), reply.first
    if any(hit.why == "not_about_this" for hit in found) and all(hit.rule != "C1" for hit in found):
        offered = first.text.lower().startswith(_better(reply).lower())
        if not offered:
            yield Hit("C1", first.start, first.end, "warn", "generic_opening", _better(reply))


def _first(reply: Reply) -> Sentence:
    """The first sentence; a bare "Danke!" together with the one after it."""
    first, body = reply.first, reply.body
    if len(body) < 2 or len(first.text.split()) > BARE:
        return first
    return Sentence(first.start, body[1].end, reply.text[first.start : body[1].end])


def _concrete(sentence: Sentence, reply: Reply, context: Context) -> bool:
    plain = reply.plain[sentence.start : sentence.end]
    return touches(sentence.text, context) or feeling(plain, reply.language)


def _warm(reply: Reply, context: Context) -> bool:
    """True when thanks or regret stand in the first two sentences, or the first one calmly names the matter.

    In an answer without any regret the matter alone is no appreciation; beside praise everything friendly is one.
    """
    beginning = reply.plain[reply.first.start : max(sentence.end for sentence in (reply.first, *reply.body[:2]))]
    if shape(reply.language, "opening/thanks").search(beginning) or feeling(beginning, reply.language):
        return True
    if reply.situation == "praise":
        return not _harsh(reply)
    if reply.situation == "risk":
        return not any_harsh(reply)
    if silent(context):
        return acknowledged(beginning, reply.language)
    if _harsh(reply) or not touches(reply.first.text, context):
        return False
    return context.kind == "holding" or shown(reply, context) or acknowledged(beginning, reply.language)


def _harsh(reply: Reply) -> bool:
    """True when the first sentence probably blames, lectures or mocks."""
    return any(harsh(item) for item in reply.weighed[:1] if item.sentence.start <= reply.first.start)


def _better(reply: Reply) -> str:
    """Thanks for something: for the open word of a complaint, for the story of praise."""
    words = load(f"{reply.language}/opening")["better"]
    informal = re.search(r"\b(?:du|dir|dich|dein\w*|euch|euer|eure\w*)\b", reply.plain)
    form = "du" if informal and "du" in words else "sie"
    better: str = words[form]["praise" if reply.situation == "praise" else "other"]
    return better
