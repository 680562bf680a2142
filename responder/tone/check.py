"""The tone check: one function for the texts of machines and of people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import cast

from responder.findings import Finding
from responder.tone.action import actions, likely_day
from responder.tone.address import address
from responder.tone.blame import accusations
from responder.tone.context import Context
from responder.tone.data import load
from responder.tone.hits import Hit
from responder.tone.matter import matter
from responder.tone.opening import opening
from responder.tone.patterns import phrases
from responder.tone.plain import plainness
from responder.tone.platform import fits, repeated
from responder.tone.privacy import personal_data, relation
from responder.tone.promises import promises
from responder.tone.questions import questions
from responder.tone.regret import regrets
from responder.tone.reply import Reply, prepare
from responder.words import Severity

Rule = Callable[[Reply, Context], Iterable[Hit]]

RULES: tuple[Rule, ...] = (
    opening, accusations, phrases, regrets, actions, promises, plainness, personal_data, relation,
    address, matter, questions, fits, repeated,
)  # fmt: skip


def check(text: str, context: Context, language: str = "de") -> list[Finding]:
    """Every finding, by start. Offsets are code points of `text`; `language` is that of the reasons (de or en)."""
    if not text.strip():
        return [Finding("A6", 0, len(text), "block", _why("empty", language))]
    reply = prepare(text, context)
    hits = {hit for rule in RULES for hit in rule(reply, context)}
    return [_finding(hit, reply, context, language) for hit in _widest(hits)]


def acceptable(findings: Iterable[Finding]) -> bool:
    """True when nothing blocks; warnings leave the choice to the person."""
    return all(finding.severity != "block" for finding in findings)


def _widest(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Of two hits of one rule and reason that overlap, the wider one; in order of their start."""
    last: dict[tuple[str, str], int] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.rule, hit.why, hit.severity, hit.instead)):
        if hit.end > last.get((hit.rule, hit.why), -1):
            last[hit.rule, hit.why] = hit.end
            yield hit


def _finding(hit: Hit, reply: Reply, context: Context, language: str) -> Finding:
    severity = cast(Severity, hit.severity)
    return Finding(hit.rule, hit.start, hit.end, severity, _why(hit.why, language), _instead(hit, reply, context))


def _why(key: str, language: str) -> str:
    message: dict[str, str] = load("messages")[key]
    return message.get(language, message["de"])


def _instead(hit: Hit, reply: Reply, context: Context) -> str:
    """The better wording as it fits in: the day filled in, I or we as in the reply, Swiss spelling, a capital."""
    words = hit.instead
    if "{day}" in words:
        words = words.replace("{day}", likely_day(context.profile.today, context.profile.locale))
        words += "," if reply.language == "de" and reply.text[hit.end : hit.end + 1] == " " else ""
    if _speaks_as_one(reply):
        words = words.replace("tut uns leid", "tut mir leid").replace("wir kümmern uns", "ich kümmere mich")
    if context.profile.swiss:
        words = words.replace("ß", "ss")
    return words[:1].upper() + words[1:] if _starts_large(hit, reply) else words


def _starts_large(hit: Hit, reply: Reply) -> bool:
    """True when the span begins a sentence, or the body after the greeting, with a capital."""
    begins = hit.start == reply.greeting_end or any(hit.start == sentence.start for sentence in reply.sentences)
    return begins and reply.text[hit.start : hit.start + 1].isupper()


def _speaks_as_one(reply: Reply) -> bool:
    words = reply.plain.split()
    return "ich" in words and words.count("ich") >= words.count("wir")
