"""C1: the first sentence is about the matter, or thanks for something concrete."""

from __future__ import annotations

import re
from collections.abc import Iterator

from responder.tone.context import Context
from responder.tone.data import load
from responder.tone.hits import Hit
from responder.tone.matter import touches
from responder.tone.patterns import shape
from responder.tone.regret import feeling, regret
from responder.tone.reply import Reply
from responder.tone.stems import content_stems


def opening(reply: Reply, context: Context) -> Iterator[Hit]:
    """A missing or interchangeable first sentence. Where a post has no words, thanks for the stars are all there is."""
    if reply.language not in ("de", "en") or reply.situation in ("question", "risk"):
        return
    first = reply.first
    plain = reply.plain[first.start : first.end]
    if shape(reply.language, "opening/flourish").search(plain):
        if (
            not context.profile.confidential
            and content_stems(context.posted)
            and not _concrete(first.text, plain, reply, context)
        ):
            yield Hit("C1", first.start, first.end, "warn", "generic_opening", _better(reply))
    elif context.post and reply.situation != "other" and not _warm(first.text, plain, reply, context):
        yield Hit("C1", first.start, first.end, "warn", "missing_opening")


def _concrete(text: str, plain: str, reply: Reply, context: Context) -> bool:
    return touches(text, context) or feeling(plain, reply.language)


def _warm(text: str, plain: str, reply: Reply, context: Context) -> bool:
    thanks = shape(reply.language, "opening/thanks")
    return bool(thanks.search(plain)) or regret(plain, reply.language) or _concrete(text, plain, reply, context)


def _better(reply: Reply) -> str:
    """Thanks for something: for the open word of a complaint, for the story of praise."""
    words = load(f"{reply.language}/opening")["better"]
    informal = re.search(r"\b(?:du|dir|dich|dein\w*|euch|euer|eure\w*)\b", reply.plain)
    form = "du" if informal and "du" in words else "sie"
    better: str = words[form]["praise" if reply.situation == "praise" else "other"]
    return better
