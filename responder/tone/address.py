"""C10: one form of address, the place's spelling, one greeting, a signature, nothing left open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from responder.tone.context import Context
from responder.tone.data import load
from responder.tone.hits import Hit
from responder.tone.reply import Reply

_FORMAL = re.compile(r"(?<=[^\s.!?:„“\"»«\n–-])[,;]?[ \t\n]+(?P<word>Sie|Ihnen|Ihr(?:e[mnrs]?)?)\b")
_FORMAL_START = re.compile(
    r"(?:^|[.!?:\n–-]\s{0,2})(?P<word>Ihnen|Ihre[nmrs]?|Sie(?= (?:haben|hatten|schreiben|schildern|sprechen|können|"
    r"erreichen|bekommen|erhalten|finden|möchten|fragen|wünschen)\b))"
)
_INFORMAL = re.compile(
    r"\b(?:du|dich|dir|dein(?:e[mnrs]?)?|euch|euer|eure[mnrs]?|"
    r"ihr(?= (?:habt|seid|könnt|wollt|wart|hattet|möchtet|schreibt)))\b"
)
_GAP = re.compile(
    r"\[[^\[\]\n]{0,80}\]|\{\{?[^{}\n]{0,80}\}\}?|<[A-Za-zÄÖÜäöü _-]{2,30}>|"
    r"_{3,}|\bX{2,}\b|\bTODO\b|\bTBD\b|\b(?:Max|Erika) Mustermann\b|\?{3,}"
)
_SHARP = re.compile(r"\b\w*[ßẞ]\w*")
_FORMULA = re.compile(r"[^,\n]*?(?:grü(?:ß|ss)en?|regards|wishes|herzlichst|alles gute)\b[,\s]*", re.I)
_GREETING_WORD = re.compile(
    r"\b(?:guten tag|guten morgen|guten abend|grü(?:ß|ss) gott|grüezi|"
    r"grüessech|servus|hallo|sehr geehrte[rs]?|hi|hey|moin)\b"
)


def address(reply: Reply, context: Context) -> Iterator[Hit]:
    """Everything C10 looks at; the form of address and the spelling only in German."""
    yield from _gaps(reply)
    yield from _signature(reply, context)
    if reply.language == "de":
        yield from _form(reply, context)
        yield from _spelling(reply, context)
        yield from _greetings(reply, context)


def _gaps(reply: Reply) -> Iterator[Hit]:
    for match in _GAP.finditer(reply.text):
        yield Hit("C10", match.start(), match.end(), "block", "open_gap")


def _form(reply: Reply, context: Context) -> Iterator[Hit]:
    formal = sorted({m.span("word") for find in (_FORMAL, _FORMAL_START) for m in find.finditer(_unquoted(reply))})
    informal = [match.span() for match in _INFORMAL.finditer(reply.plain)]
    wrong = informal if context.profile.address == "sie" else formal
    if not wrong:
        return
    mixed = bool(formal and informal)
    for start, end in wrong:
        yield Hit("C10", start, end, "block" if mixed else "warn", "mixed_address" if mixed else "wrong_address")


def _unquoted(reply: Reply) -> str:
    """The text with quotations blanked, in its own case."""
    return "".join(
        own if low != " " or own.isspace() else " " for own, low in zip(reply.text, reply.plain, strict=True)
    )


def _spelling(reply: Reply, context: Context) -> Iterator[Hit]:
    if context.profile.swiss:
        for match in _SHARP.finditer(reply.text):
            words = match[0].replace("ß", "ss").replace("ẞ", "SS")
            yield Hit("C10", match.start(), match.end(), "block", "swiss_spelling", words)
        return
    swaps = load("de/spelling")["sharp"]
    for match in re.finditer(r"\b\w*ss\w*", reply.plain):
        for swiss, german in swaps.items():
            if match[0].startswith(swiss):
                right = german + reply.text[match.start() + len(swiss) : match.end()]
                yield Hit("C10", match.start(), match.end(), "warn", "german_spelling", right)
                break


def _greetings(reply: Reply, context: Context) -> Iterator[Hit]:
    greetings = [m.span() for m in _GREETING_WORD.finditer(reply.plain, 0, reply.greeting_end + 60)]
    paired = re.match(r"\W*(?:sehr geehrte|liebe)", reply.plain)
    if len(greetings) > 1 and not paired:
        yield Hit("C10", *greetings[1], "warn", "double_greeting")


def _signature(reply: Reply, context: Context) -> Iterator[Hit]:
    profile = context.profile
    if profile.signature_style == "none" or not reply.text.strip() or reply.situation == "other":
        return
    tail = reply.text[-160:]
    named = [part for part in re.split(r"[\s,]+", profile.signature) if len(part) > 2]
    signed = any(part in tail for part in named) if named else reply.signature_start < len(reply.text)
    if not signed and not _short_mark(tail, profile.signature):
        start, better = _signed(reply, profile.signature)
        yield Hit("C10", start, len(reply.text.rstrip()), "warn", "no_signature", better if profile.signature else "")


def _signed(reply: Reply, signature: str) -> tuple[int, str]:
    """Where the end of the reply begins, and that end signed: in place of another name, or after the last sentence."""
    tail = reply.text[reply.signature_start :].rstrip()
    if not tail:
        last = reply.sentences[-1]
        return last.start, f"{last.text} {signature}"
    formula = _FORMULA.match(tail)
    if formula is None:
        return reply.signature_start, signature
    return reply.signature_start, formula[0] + ("" if formula[0][-1] in ", \n" else ", ") + signature


def _short_mark(tail: str, signature: str) -> bool:
    """Initials such as "^JB", "/JB", "(jb)" or "J. B." at the end."""
    tail = re.sub(r"\b([A-Za-zÄÖÜäöü])\.[ ]?", r"\1", tail)
    initials = "".join(part[0] for part in signature.split()).lower()
    mark = re.search(r"(?P<sign>[\^/(–-])?\s?\b(?P<letters>[A-Za-zÄÖÜäöü]{1,3})\)?\s*$", tail)
    if mark is None:
        return False
    return mark["letters"].lower() in (initials, initials[:1]) if initials else mark["sign"] is not None
