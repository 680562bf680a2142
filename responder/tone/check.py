"""The tone check: one function for the texts of machines and of people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import cast

from responder.findings import Finding
from responder.tone.action import actions, likely_day
from responder.tone.address import address
from responder.tone.blame import accusations
from responder.tone.composed import composed
from responder.tone.context import Context
from responder.tone.data import load
from responder.tone.harsh import UNKIND
from responder.tone.hits import Hit
from responder.tone.matter import matter
from responder.tone.naming import names
from responder.tone.opening import about_nothing, opening
from responder.tone.patterns import phrases
from responder.tone.plain import plainness
from responder.tone.platform import bribes, fits, repeated
from responder.tone.privacy import personal_data
from responder.tone.promises import promises
from responder.tone.questions import questions
from responder.tone.regret import regrets
from responder.tone.relation import read_along, relation
from responder.tone.reply import Reply, prepare
from responder.tone.sentences import likely
from responder.tone.weighing import weighed
from responder.words import Severity

Rule = Callable[[Reply, Context], Iterable[Hit]]

RULES: tuple[Rule, ...] = (
    opening, accusations, phrases, regrets, actions, promises, plainness, personal_data, names, relation,
    address, matter, questions, bribes, repeated,
)  # fmt: skip

SMALL = frozenset({"C1", "C8"})
"""Rules of which a single breach is a remark: a plain opening or one clumsy sentence keeps no answer from helping."""

OF_THE_WHOLE = frozenset({"C6"})
"""Rules that a reply breaks once: a step is there or it is not."""

UNKIND_WORDS = frozenset({"accusation", "insult", "lecturing", "proving_wrong", "excuse", "blaming_others", "irony"})
"""What phrases tell of blame, lectures, excuses and mockery: a model needs to add nothing to the same place."""

LONGEST = 20_000
"""Code points that are looked at; no outlet takes a longer answer."""


def check(text: str, context: Context, language: str = "de") -> list[Finding]:
    """Every finding, by start. Offsets are code points of `text`; `language` is that of the reasons (de or en)."""
    if not text.strip():
        return [Finding("A6", 0, len(text), "block", _why("empty", language))]
    whole, origin = composed(text)
    reply = weighed(prepare(whole[:LONGEST], context))
    hits = {hit for rule in RULES for hit in rule(reply, context)}
    hits |= {hit for hit in likely(reply, context) if not _found(hit, hits)}
    hits |= {*read_along(hits), *about_nothing(hits, reply)}
    if len(whole) > LONGEST:
        hits.add(Hit("F3", LONGEST, len(whole), "block", "too_long_to_check"))
    fit = _Fitting(reply, context)
    found = [_finding(hit, origin, language, fit.wording(hit)) for hit in _widest(hits)]
    found += [_finding(hit, range(len(text) + 1), language) for hit in fits(text, context)]
    return sorted(found, key=lambda finding: finding.start)


def _finding(hit: Hit, origin: Sequence[int], language: str, instead: str = "") -> Finding:
    severity = cast(Severity, hit.severity)
    return Finding(hit.rule, origin[hit.start], origin[hit.end], severity, _why(hit.why, language), instead)


def acceptable(findings: Iterable[Finding]) -> bool:
    """True when nothing blocks; warnings leave the choice to the person."""
    return all(finding.severity != "block" for finding in findings)


def publishable(findings: Iterable[Finding]) -> bool:
    """True when a critical reader would let the reply pass: at most one small remark, on the opening or the style."""
    found = list(findings)
    return acceptable(found) and (not found or (len(found) == 1 and found[0].rule in SMALL))


def _found(hit: Hit, hits: Iterable[Hit]) -> bool:
    """True when a rule says the same of the same place already, or of the whole reply, or something as unkind."""
    same = (other for other in hits if other.rule == hit.rule or (hit.rule in UNKIND and other.why in UNKIND_WORDS))
    return any(hit.rule in OF_THE_WHOLE or (other.start < hit.end and hit.start < other.end) for other in same)


def _widest(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Of two hits of one rule and reason that overlap, the wider one; in order of their start."""
    last: dict[tuple[str, str], int] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end, hit.rule, hit.why, not hit.instead, hit)):
        if hit.end > last.get((hit.rule, hit.why), -1):
            last[hit.rule, hit.why] = hit.end
            yield hit


def _why(key: str, language: str) -> str:
    message: dict[str, str] = load("messages")[key]
    return message.get(language, message["de"])


class _Fitting:
    """Makes better wordings fit in: the day filled in, I or we as in the reply, Swiss spelling, a capital."""

    def __init__(self, reply: Reply, context: Context) -> None:
        self.reply, self.context = reply, context
        self.begins = {reply.greeting_end, *(sentence.start for sentence in reply.sentences)}
        words = reply.plain.split()
        self.one_speaks = "ich" in words and words.count("ich") >= words.count("wir")

    def wording(self, hit: Hit) -> str:
        words = hit.instead
        if "{day}" in words:
            words = words.replace("{day}", likely_day(self.context.profile.today, self.context.profile.locale))
            words += "," if self.reply.language == "de" and self.reply.text[hit.end : hit.end + 1] == " " else ""
        if self.one_speaks:
            words = words.replace("tut uns leid", "tut mir leid").replace("wir kümmern uns", "ich kümmere mich")
        if self.context.profile.swiss:
            words = words.replace("ß", "ss")
        large = hit.start in self.begins and self.reply.text[hit.start : hit.start + 1].isupper()
        return words[:1].upper() + words[1:] if large else words
