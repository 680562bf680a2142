"""C4: a complaint is met with one honest regret, and nothing takes it back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from responder.tone.context import Context, silent
from responder.tone.harsh import any_harsh
from responder.tone.hits import Hit
from responder.tone.patterns import shape
from responder.tone.reply import Reply

OFTEN = 3
"""From so many words of apology on they sound false; one that is meant is enough."""


def regret(plain: str, language: str) -> bool:
    """True when the text says that something is a pity for the customer."""
    return shape(language, "regret/regret").search(plain) is not None


def feeling(plain: str, language: str) -> bool:
    """True for regret and for understanding ("das verstehe ich gut")."""
    return regret(plain, language) or bool(shape(language, "regret/empathy").search(plain))


def regrets(reply: Reply, context: Context) -> Iterator[Hit]:
    """A regret that is missing or withdrawn. A holding reply and a third answer need not repeat it."""
    if reply.language not in ("de", "en"):
        return
    yield from _withdrawn(reply)
    yield from _again_and_again(reply)
    if reply.situation not in ("complaint", "risk") or context.kind != "full":
        return
    if not shown(reply, context):
        first = reply.first
        yield Hit("C4", first.start, first.end, "warn", "no_regret", _with_regret(first.text, reply))


def _again_and_again(reply: Reply) -> Iterator[Hit]:
    """C8: one apology after the other."""
    if reply.language == "de":
        words = list(shape("de", "regret/sorry").finditer(reply.plain, 0, reply.signature_start))
        if len(words) >= OFTEN:
            yield Hit("C8", *words[OFTEN - 1].span(), "warn", "over_apology")


def shown(reply: Reply, context: Context) -> bool:
    """True when there is as much regret as this case calls for, here or in an earlier answer of it."""
    if regret(reply.plain, reply.language) or _regretted_before(reply, context):
        return True
    if reply.situation == "risk" and not any_harsh(reply):
        return True
    if silent(context) or reply.situation == "risk":
        return feeling(reply.plain, reply.language) or acknowledged(reply.plain, reply.language)
    if _mild(context) and not any_harsh(reply):
        return feeling(reply.plain, reply.language) or bool(shape(reply.language, "opening/thanks").search(reply.plain))
    return context.assessment == "misunderstanding" and feeling(reply.plain, reply.language)


def _mild(context: Context) -> bool:
    """True for a post that is neither angry nor plainly negative: thanks for the hint are enough of an answer."""
    reading = context.reading
    return bool(reading and reading.sentiment != "negative" and not reading.anger)


def acknowledged(plain: str, language: str) -> bool:
    """True for a general word that confirms nothing ("eine schlimme Nacht wünscht man niemandem")."""
    return shape(language, "regret/general").search(plain) is not None


def _regretted_before(reply: Reply, context: Context) -> bool:
    return any(regret(earlier.lower(), reply.language) for earlier in context.history)


def _with_regret(sentence: str, reply: Reply) -> str:
    words = "I am sorry about that." if reply.language == "en" else "Das tut uns leid."
    return (
        f"{sentence.rstrip()}{'' if sentence.rstrip()[-1:] in ('.', '!', '?') else '.'} {words}" if sentence else words
    )


def _withdrawn(reply: Reply) -> Iterator[Hit]:
    for match in shape(reply.language, "regret/withdrawn").finditer(reply.plain):
        start, end = match.span("but")
        yield Hit("C4", start, end, "warn", "regret_but", _split(match, reply))


def _split(match: re.Match[str], reply: Reply) -> str:
    """ ", aber wir" becomes ". Wir": two sentences, the regret stays whole."""
    rest = match.groupdict().get("rest")
    if not rest:
        return ""
    word = reply.text[match.start("rest") : match.end("rest")]
    return ". " + word[:1].upper() + word[1:]
