"""What speaks against showing a text that a model worded. Pure; strict, because the draft from the rules stands by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from responder.drafting import MOST_BYTES, length, open_gaps
from responder.playbook.request import DraftRequest, Proposal
from responder.reading.language import recognise
from responder.tone import Context, acceptable, check, says_more

LONGEST_QUOTE = 4
"""Words in a row that may also stand in the post."""

_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_CALENDAR = re.compile(
    r"\b(?:May|March|Mai)\b"  # in small letters these are other words
    r"|(?i:\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|monday|tuesday|wednesday|thursday|friday"
    r"|saturday|sunday|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunedì|martedì|mercoledì|giovedì|venerdì|sabato"
    r"|domenica|jan\w*|jänner|feb\w*|märz|marzo|april\w*|avril|maggio|juni|june|juin|giugno|juli|july"
    r"|juillet|luglio|august|août|agosto|sept\w*|settembre|o[ck]t\w*|ottobre|nov\w*|de[zc]em\w*|dicembre"
    r"|(?<!guten )morgen|übermorgen|tomorrow|demain|domani|(?:nächste|kommende|next|prochaine|prossim)\w*)\b)"
)
_SPAN = re.compile(
    r"\b(?:in|binnen|innerhalb|within|sous|entro)\s+(?:\w+\s+){0,3}?(?:stunden?|tagen?|wochen?|hours?|days?|weeks?|jours?"
    r"|heures?|giorn[io]|or[ae])\b",
    re.IGNORECASE,
)
_MONEY = re.compile(r"€|\$|£|%|\b(?:euro|eur|chf|franken|francs?|franchi|dollar\w*|prozent|percent|pour cent)\b", re.I)
_REACH = re.compile(r"https?|www\.|@|\b[\w-]+\.[a-z]{2,}\b|\b(?:iban|code|rabattcode)\b", re.IGNORECASE)
_TITLED = re.compile(r"\b(?:Frau|Herrn?|Dr|Mr|Mrs|Ms|Mme|Monsieur|Madame|Signora?)\.?\s+[A-ZÄÖÜ]\w+")
_NAMED = re.compile(r"(?<=[a-zäöüß,] )([A-ZÄÖÜ][a-zäöüßéè]+) ([A-ZÄÖÜ][a-zäöüßéè]+)\b")
_FORMAL = re.compile(r"Ihr\w*|Sie|Ihnen|Lei|Suo|Sua")
_MACHINE = re.compile(
    r"\b(?:sprachmodell|language model|as an ai|als ki|künstliche intelligenz|system prompt|anweisung\w*|instructions?"
    r"|openai|chatgpt|json)\b|```|[<>{}\x00-\x09\x0b-\x1f]|\*\*|^#",
    re.IGNORECASE,
)
_STRICT = frozenset({"C7", "C9", "C10", "F1", "F2", "F3"})
"""Rules of which not even a suspicion may be left."""


def objections(text: str, request: DraftRequest, proposal: Proposal, context: Context) -> Iterator[str]:
    """Why this text must not be shown, each in a word or two; nothing when it may."""
    if not text.strip() or len(text.encode()) > MOST_BYTES:
        yield "empty or endless"
        return
    ours = _ours(request, proposal)
    yield from _form(text, request, proposal)
    yield from _facts(text, ours)
    if _quotes(text, f"{request.text.title} {request.text.text}", ours):
        yield "quotes the post"
    findings = check(text, replace(context, kind=proposal.kind))
    if not acceptable(findings) or any(finding.rule in _STRICT for finding in findings):
        yield "tone"
    if says_more(text, context):
        yield "not in the post"


def _form(text: str, request: DraftRequest, proposal: Proposal) -> Iterator[str]:
    if request.profile.max_len and length(text, request.profile.unit) > request.profile.max_len:
        yield "too long"
    if text in request.taken:
        yield "stands on the page already"
    if open_gaps(text):
        yield "gap"
    if _language(text) not in (_language(proposal.text), "und"):
        yield "language"
    if _MACHINE.search(text):
        yield "speaks as a machine"


def _facts(text: str, ours: str) -> Iterator[str]:
    """Facts that are not ours; those of the post count as foreign too, because a post may dictate them."""
    low = ours.lower()
    if set(_NUMBER.findall(text)) - set(_NUMBER.findall(ours)):
        yield "number"
    for name, sign in (("date", _CALENDAR), ("span of time", _SPAN), ("amount", _MONEY), ("way to reach us", _REACH)):
        if any(match[0].lower() not in low for match in sign.finditer(text)):
            yield name
    if any(match[0] not in ours for match in _TITLED.finditer(text)):
        yield "name"
    for first, second in _NAMED.findall(text):
        if not _FORMAL.fullmatch(first) and first.lower() not in low and second.lower() not in low:
            yield "name"


def _ours(request: DraftRequest, proposal: Proposal) -> str:
    profile = request.profile
    return "\n".join((proposal.text, profile.contact, profile.business, profile.signature, *profile.catalogue))


def _quotes(text: str, post: str, ours: str) -> bool:
    """Whether more than a few words in a row are the post's and not ours."""
    theirs, own = _runs(post), _runs(ours)
    return bool((_runs(text) & theirs) - own)


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [word.lower() for word in _WORD.findall(text)]
    size = LONGEST_QUOTE + 1
    return {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}


def _language(text: str) -> str:
    return recognise((word.lower() for word in _WORD.findall(text)), text)
