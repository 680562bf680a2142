"""B6: at most one question, and never for something the customer has already told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from responder.tone.context import Context
from responder.tone.data import load
from responder.tone.hits import Hit
from responder.tone.patterns import compiled, shape
from responder.tone.reply import Reply, Sentence
from responder.tone.stems import content_stems, related

FEWEST_ECHOED = 2
"""Words that a question must have in common with the post before it is taken for one about what was told."""


def questions(reply: Reply, context: Context) -> Iterator[Hit]:
    """Requests for known facts, and every question after the first."""
    known = known_facts(context, reply.language)
    asked = [sentence for sentence in reply.body if sentence.text.rstrip('"“”»«)').endswith("?")]
    for extra in asked[1:]:
        yield Hit("B6", extra.start, extra.end, "warn", "second_question")
    if reply.language not in ("de", "en") or not known:
        return
    for sentence in reply.body:
        yield from _again(sentence, reply, known)
        if reply.language == "de" and any(
            told(sentence, reply, context) for told in (_tried, _sent, _whether, _echoed)
        ):
            yield Hit("B6", sentence.start, sentence.end, "warn", "asked_again")


def _again(sentence: Sentence, reply: Reply, known: frozenset[str]) -> Iterator[Hit]:
    shapes = load(f"{reply.language}/questions")
    plain = reply.plain[sentence.start : sentence.end]
    if not sentence.text.endswith("?") and not shape(reply.language, "questions/request").search(plain):
        return
    for kind, expression in shapes["asks"].items():
        match = compiled(expression, reply.language).search(plain)
        if match and kind in known:
            yield Hit("B6", sentence.start + match.start(), sentence.start + match.end(), "warn", "asked_again")


def _tried(sentence: Sentence, reply: Reply, context: Context) -> bool:
    """True when the customer is asked to do, or whether he did, what the post says was done already."""
    asked = shape("de", "questions/asks_to_try").search(reply.plain[sentence.start : sentence.end])
    done = shape("de", "questions/has_tried").search(context.posted.lower())
    stems = content_stems(sentence.text)
    told = content_stems(context.posted)
    return bool(asked and done and stems) and all(any(related(one, other) for other in told) for one in stems)


def _sent(sentence: Sentence, reply: Reply, context: Context) -> bool:
    """True when something is asked for that the customer, by his post, has handed over already."""
    plain = reply.plain[sentence.start : sentence.end]
    if not shape("de", "questions/asks_to_send").search(plain):
        return False
    handed = " ".join(
        match["thing"] or match["also"] for match in shape("de", "questions/has_sent").finditer(context.posted.lower())
    )
    asked = content_stems(plain)
    return any(related(one, other) for one in content_stems(handed) for other in asked)


def _whether(sentence: Sentence, reply: Reply, context: Context) -> bool:
    """True when the customer is asked whether he did what his post says he did."""
    plain = reply.plain[max(sentence.start, reply.greeting_end) : sentence.end]
    asked = shape("de", "questions/asks_whether").search(plain)
    if asked is None or shape("de", "questions/afterwards").search(plain):
        return False
    return bool(content_stems(asked["done"]) & content_stems(context.posted))


def _echoed(sentence: Sentence, reply: Reply, context: Context) -> bool:
    """True for a question all of whose words the post has: whatever is asked there has been told."""
    plain = reply.plain[max(sentence.start, reply.greeting_end) : sentence.end]
    if not shape("de", "questions/asks_what").search(plain) or shape("de", "questions/afterwards").search(plain):
        return False
    asked, told = content_stems(plain), content_stems(context.posted)
    return len(asked) >= FEWEST_ECHOED and all(any(related(one, other) for other in told) for one in asked)


def known_facts(context: Context, language: str) -> frozenset[str]:
    """Kinds of facts the customer has given: by the reading, and by what plainly stands in the post."""
    kinds = {fact.kind for fact in context.reading.facts} if context.reading else set()
    if context.reading:
        kinds |= {span.label for span in context.reading.pii}
    if language in ("de", "en") and context.posted:
        gives = load(f"{language}/questions")["gives"]
        kinds |= {kind for kind, found in gives.items() if re.search(found, context.posted, re.I)}
    return frozenset(kinds)
