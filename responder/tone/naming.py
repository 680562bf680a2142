"""C9: people in a public answer. A customer's name stays out, and what was done to a colleague is nobody's business."""

from __future__ import annotations

import re
from collections.abc import Iterator

from responder.tone.context import Context
from responder.tone.hits import Hit
from responder.tone.patterns import shape
from responder.tone.reply import Reply

_NAME = r"(?P<name>[A-ZÄÖÜ][\wäöüß’'-]+(?:\s+(?!(?:Sie|Ihnen|Ihr\w*)\b)[A-ZÄÖÜ][\wäöüß’'-]+)?)"
_PERSON = re.compile(r"\b(?:Frau|Herrn?|Familie|Fam\.|Mrs\.?|Mr\.?|Ms\.?)\s+(?:Dr\.\s+|Prof\.\s+)?" + _NAME)
_COMPANION = re.compile(
    r"\b(?:Ihr|dein)(?:e[mnrs]?)?\s+(?:Schwester|Bruder|Mann|Frau|Ehemann|Ehefrau|Tochter|Sohn|Mutter|Vater|Freund(?:in)?|"
    r"Partner(?:in)?|Kolleg(?:e|en|in)|Begleitung|Begleiter(?:in)?|Chef(?:in)?)(?:,\s+(?:Frau|Herrn?))?\s+" + _NAME
)
_OURS = re.compile(
    r"\b(?:unser\w*|mein\w*|Kolleg\w*|Leiter\w*|Chef\w*|Inhaber\w*|Geschäftsführer\w*|Direktor\w*|our|my|colleague|manager|verlangen|bei|an|wenden|durch|von|nimmt|ruft|hilft|antwortet|klärt|prüft|berät|übernimmt|erreichen|sprechen)\s+(?:\w+\s+){0,2}$",
    re.I,
)


def names(reply: Reply, context: Context) -> Iterator[Hit]:
    """Surnames that the customer did not show himself, and colleagues of whom something private is told."""
    if reply.language == "de":
        yield from _told_of_colleagues(reply)
    profile = context.profile
    shown = f"{context.author}\n{context.posted}\n{profile.signature}\n{profile.business}\n{profile.contact}"
    end = max(reply.signature_start, reply.greeting_end)
    for match in _COMPANION.finditer(reply.text, 0, end):
        if match["name"] not in shown:
            yield Hit("C9", match.start(), match.end(), "block", "customer_name")
    for match in _PERSON.finditer(reply.text, 0, end):
        if match["name"].split()[-1] not in shown and not _ours(match, reply):
            yield Hit("C9", match.start(), match.end(), "block" if context.author else "warn", "customer_name")


def _ours(match: re.Match[str], reply: Reply) -> bool:
    """True for somebody of the business: not spoken to, but told of, with what colleagues do."""
    if match.start() < reply.greeting_end:
        return False
    if _OURS.search(reply.text[max(0, match.start() - 40) : match.start()]):
        return True
    if reply.text[match.end() : match.end() + 1] in (",", "!"):
        return False
    sentence = reply.sentence_at(match.start())
    return shape(reply.language, "people/at_work").search(reply.plain, match.end(), sentence.end) is not None


def _told_of_colleagues(reply: Reply) -> Iterator[Hit]:
    for sentence in reply.body:
        match = shape("de", "people/disciplined").search(reply.plain, sentence.start, sentence.end)
        if match and shape("de", "people/colleague").search(reply.plain, sentence.start, sentence.end):
            yield Hit("C9", match.start(), match.end(), "warn", "colleague")
