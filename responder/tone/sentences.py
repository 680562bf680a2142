"""What a model of labelled sentences objects to: violations in words that no list of phrases has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from responder.tone.context import Context, silent
from responder.tone.data import load
from responder.tone.harsh import UNKIND
from responder.tone.hits import Hit
from responder.tone.matter import touches
from responder.tone.patterns import shape
from responder.tone.promises import covered
from responder.tone.regret import acknowledged, regret
from responder.tone.reply import Reply, Sentence
from responder.tone.stems import content_stems

ABOUT_AS_MUCH = 1.0
"""So far below the most likely unkindness of a sentence a second one is still named."""

BESIDE_ANGER = frozenset({"C4", "C5", "C6", "C8"})
"""Rules that matter only where somebody is unhappy."""
NEED_THE_MATTER = frozenset({"A6", "C1", "C4"})
"""Rules that ask for a word about the matter: none where silence is a duty or a neutral answer is due."""

EXCUSED = {
    "C5": ("regret/regret",),
    "C6": ("action/time", "action/by_then"),
    "C7": ("regret/regret",),
    "F1": ("relation/neutral",),
    "F3": ("bribe/unconditional",),
}
"""What shows that a sentence means no harm: regret is neither excuse nor promise, a day can be checked, also one
that was named before, general words confirm nobody, stars that may stay are not bought."""


EXPECTED = {"C7": ("cues/cues/gift", "cues/cues/pay", "cues/cues/guarantee", "cues/cues/money", "cues/cues/favour")}
"""What a sentence must speak of for a rule to be broken by it: no promise without something that is promised."""


def likely(reply: Reply, context: Context) -> Iterator[Hit]:
    """Sentences that probably break a rule. They warn only: a model is less sure than a phrase."""
    limits: dict[str, float] = load("de/sentences")["limits"]
    if _cold(reply):
        limits = limits | load("de/sentences")["cold"]
    for sentence, scores in ((weighed.sentence, weighed.scores) for weighed in reply.weighed):
        told = [rule for rule in limits if scores[rule] > limits[rule] and _applies(rule, sentence, reply, context)]
        for rule in likeliest(told, scores):
            yield Hit(rule, sentence.start, sentence.end, "warn", f"likely_{rule}")


def likeliest(rules: Sequence[str], scores: Mapping[str, float]) -> list[str]:
    """Of blame, lecture, excuse and mockery what the sentence is most of all, and every other rule."""
    most = max((scores[rule] for rule in rules if rule in UNKIND), default=0.0)
    return [rule for rule in rules if rule not in UNKIND or scores[rule] > most - ABOUT_AS_MUCH]


def _cold(reply: Reply) -> bool:
    """True for an answer to somebody unhappy without any regret: doubtful sentences there are rarely meant well."""
    return bool(reply.weighed) and reply.situation in ("complaint", "risk") and not regret(reply.plain, reply.language)


def _applies(rule: str, sentence: Sentence, reply: Reply, context: Context) -> bool:
    """Whether a rule can be broken here at all."""
    if rule in UNKIND and _feels(sentence, reply):
        return False
    if rule in BESIDE_ANGER and reply.situation not in ("complaint", "risk"):
        return False
    if rule in NEED_THE_MATTER and (
        silent(context) or reply.situation not in ("complaint", "praise") or _named(sentence, context)
    ):
        return False
    harmless = (shape(reply.language, name) for name in EXCUSED.get(rule, ()))
    if any(find.search(reply.plain, sentence.start, sentence.end) for find in harmless):
        return False
    expected = [shape(reply.language, name) for name in EXPECTED.get(rule, ())]
    if expected and not any(find.search(reply.plain, sentence.start, sentence.end) for find in expected):
        return False
    if rule == "C7":
        return not covered(sentence.text, reply.language, context)
    if rule == "C9" and _public(sentence, reply, context):
        return False
    if rule == "F1":
        return context.profile.confidential
    return rule != "C1" or sentence.start <= reply.first.start


def _feels(sentence: Sentence, reply: Reply) -> bool:
    """True for a general word of sympathy that speaks of nobody's doing ("abgewiesen zu werden, ist bitter")."""
    yours = (shape(reply.language, f"cues/cues/{name}") for name in ("you", "your"))
    if any(find.search(reply.plain, sentence.start, sentence.end) for find in yours):
        return False
    return acknowledged(reply.plain[sentence.start : sentence.end], reply.language)


def _public(sentence: Sentence, reply: Reply, context: Context) -> bool:
    """True when the only person told of is one of the customer's, of whom the post itself tells."""
    kin = shape(reply.language, "cues/cues/your_kin").search(reply.plain, sentence.start, sentence.end)
    return kin is not None and kin[0].split()[-1] in context.posted.lower() and not re.search(r"\d", sentence.text)


def _named(sentence: Sentence, context: Context) -> bool:
    """True when the sentence names the matter, or the post has no matter to name."""
    return touches(sentence.text, context) or not content_stems(context.posted)
