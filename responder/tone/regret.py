"""C4: a complaint is met with one honest regret, and nothing takes it back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from responder.tone.context import Context
from responder.tone.hits import Hit
from responder.tone.patterns import shape
from responder.tone.reply import Reply


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
    if reply.situation != "complaint" or context.kind != "full" or _regretted_before(reply, context):
        return
    enough = feeling if context.assessment == "misunderstanding" else regret
    if not enough(reply.plain, reply.language):
        first = reply.first
        yield Hit("C4", first.start, first.end, "warn", "no_regret", _with_regret(first.text, reply))


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
