"""A6: the answer touches this post and could not stand under any other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from responder.tone.context import Context, silent
from responder.tone.data import load
from responder.tone.hits import Hit
from responder.tone.reply import Reply
from responder.tone.stems import content_stems, folded, related

PHRASE = -0.5
"""From this score on a sentence counts as a phrase here: better to look twice than to take a phrase for a word."""
OWN_WORDS = 4
"""So many words that stand in no usual answer mean this post, even where none of them is the post's."""


def touches(text: str, context: Context) -> bool:
    """True when a text shares a matter word or a topic's family of words with the post or its reading."""
    ours, theirs = content_stems(text), content_stems(context.posted)
    if ours & theirs or any(related(left, right) for left in ours for right in theirs):
        return True
    topics = topics_of(context.posted) | frozenset(context.reading.topics if context.reading else ())
    return bool(topics & topics_of(text))


@lru_cache(maxsize=512)
def topics_of(text: str) -> frozenset[str]:
    """The topics whose words occur in a text."""
    plain = folded(text[:8000])
    return frozenset(topic for topic, words in _families().items() if words.search(plain))


@cache
def _formula() -> re.Pattern[str]:
    return re.compile(load("words")["formula"])


@cache
def _families() -> dict[str, re.Pattern[str]]:
    families = load("topics")["family"]
    return {topic: re.compile("|".join(map(_shape, words.split()))) for topic, words in families.items()}


def _shape(word: str) -> str:
    """`^` marks a word's beginning, `$` its end; without them the letters may stand anywhere."""
    begin, end = word.startswith("^"), word.endswith("$")
    return (r"\b" if begin else "") + folded(word.strip("^$")) + (r"\b" if end else "")


def matter(reply: Reply, context: Context) -> Iterator[Hit]:
    """An answer without a word about the matter; there is none to name where a post has hardly any words."""
    if reply.language not in ("de", "en") or reply.situation not in ("complaint", "praise"):
        return
    body = reply.plain[reply.greeting_end : reply.signature_start] or reply.plain
    body = _formula().sub(" ", body)
    if silent(context) or _nothing_to_name(context) or touches(body, context) or _says_something(reply):
        return
    severe = "block" if reply.situation == "complaint" and _plain_matter(context) else "warn"
    start = min(reply.greeting_end, reply.first.start)
    yield Hit("A6", start, max(start, min(reply.signature_start, len(reply.text.rstrip()))), severe, "not_about_this")


def _nothing_to_name(context: Context) -> bool:
    return len(content_stems(context.posted)) < 2


def _says_something(reply: Reply) -> bool:
    """True when sentences that are no phrases have words of their own: the answer means this post, in other words."""
    own = (item.sentence.text for item in reply.weighed if max(item.scores["A6"], item.scores["C1"]) < PHRASE)
    return len(content_stems(" ".join(own)) - _usual()) >= OWN_WORDS


@cache
def _usual() -> frozenset[str]:
    """Stems that stand in answers of every kind: steps, days, months."""
    return content_stems(load("words")["usual"])


def _plain_matter(context: Context) -> bool:
    """A long enough post; with less to go by it is a hint only."""
    return len(content_stems(context.posted)) > 3
