"""From a reading to a proposed answer: the situation, the sentences, the first combination that may stand. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import regex

from responder.findings import Finding
from responder.playbook import GAP, Playbook, load_playbook
from responder.playbook.asked import HOLDING, Asked, Situation
from responder.playbook.compose import Composed, Sentences, attempts, sentences_of
from responder.playbook.doubled import doubled
from responder.playbook.material import sentences_for
from responder.playbook.request import DraftRequest, Proposal, Served, Turn
from responder.playbook.situations import decide

if TYPE_CHECKING:
    from responder.tone import Context

__all__ = ["DraftRequest", "Proposal", "Turn", "draft", "length", "open_gaps"]

LENGTHS = ("full", "medium", "short")
MOST_BYTES = 10 * 1024
"""No answer is longer, whatever the sentences of a business say."""
_ENGLISH = re.compile(
    r"\b(?:the|and|is|are|was|were|we|you|your|i|my|it|not|very|this|that|with|for|to|of|great|good|bad|thanks?|terrible)\b",
    re.I,
)
_FEW, _TRIES = 3, 16
"""How many texts that fit are weighed against each other: a few, and more only while none of them is clean."""
_WORST = 10_000
"""More than can be said against any text."""
_CONCRETE = ("product_nom", "subject_nom")
"""What a post is about, in its own terms: an answer that says one of them stands under no other post."""
_UNNAMED = {
    "complaint_open": "complaint_unnamed",
    "complaint_right": "complaint_unnamed",
    "complaint_partly": "complaint_unnamed",
    "complaint_mixed": "mixed_unnamed",
    "complaint_own_fault": "own_fault_unnamed",
    "complaint_misunderstanding": "misunderstanding_unnamed",
}
"""Where a text is wanted that names no matter."""
_UNMARKED = {
    "matter": "Der Entwurf benennt noch nicht, worum es in diesem Beitrag geht: bitte in eigenen Worten ergänzen.",
    "reword": "Ein Satz stand schon in einer früheren Antwort an diese Person: bitte anders sagen.",
}
"""What blocks a draft although no gap shows where."""
_GRAVE = ("safety", "discrimination", "data")
_UNSAID = (
    "Der Entwurf sagt nicht, was hier gemeldet wird. Bei Gefahr, Herabsetzung und Datenschutz soll es neutral genannt "
    "sein: bitte ergänzen, wenn der Beitrag es sagt."
)
"""What a person is told of an answer to something grave that could stand under any such post."""


def draft(request: DraftRequest) -> Proposal:
    """The proposed answer. Same request, same text; never one of `taken`, never a placeholder left open."""
    playbook = request.playbook or load_playbook()
    voice = playbook.voice(_locale(request))
    situation = decide(_asked(request), voice)
    sentences = sentences_for(request, voice, situation)
    judge = _Judge(request, voice.tables["once"].get("stems", "").split(), sentences, _page(request))
    composed, needs = _choose(judge, playbook, sentences, situation)
    if (plain := _without_matter(situation, request)) and judge.says_more(composed.text):
        situation, sentences = plain, sentences_for(request, voice, plain)
        judge = _Judge(request, judge.once, sentences, judge.page)
        composed, needs = _choose(judge, playbook, sentences, situation)
    text = composed.text
    if request.playbook is not None and not 0 < len(text.encode()) <= MOST_BYTES:
        return draft(replace(request, playbook=None))  # sentences of a business that cannot be put together
    needs = tuple(dict.fromkeys((*_open(situation, text), *needs)))
    served = tuple(_served(playbook, composed))
    practices = tuple(dict.fromkeys(rule for part in served for rule in part.practices))
    findings = (*_findings(judge.findings(text), text, needs), *_unsaid(situation, request, text))
    return Proposal(text, request.kind, situation.name, practices, findings, needs, served)


def _without_matter(situation: Situation, request: DraftRequest) -> Situation | None:
    """The same answer with a gap for a matter that was read in the post: better than one that the post does not tell.

    What a person put into the reading has no place in the text, and is believed.
    """
    name, keys = _UNNAMED.get(situation.name), {matter.key for matter in situation.matters}
    if name is None or not any(reason.label in keys for reason in request.reading.reasons):
        return None
    return replace(situation, name=name, matters=(), slots=(), needs=tuple({*situation.needs, "matter"}))


def length(text: str, unit: str) -> int:
    """The length as an outlet counts it: characters, UTF-8 bytes or graphemes."""
    if unit == "bytes":
        return len(text.encode())
    return len(regex.findall(r"\X", text)) if unit == "graphemes" else len(text)


def open_gaps(text: str) -> list[tuple[int, int]]:
    """Where something is still to be filled in: code point offsets of each […] in the text."""
    return [match.span() for match in GAP.finditer(text)]


def _page(request: DraftRequest) -> frozenset[str]:
    return frozenset().union(*(sentences_of(text) for text in request.taken))


def _asked(request: DraftRequest) -> Asked:
    return Asked(
        request.reading, request.text, request.profile, request.assessment, request.step, request.kind, request.earlier
    )


def _locale(request: DraftRequest) -> str:
    """A post in English, French or Italian is answered in its own language, whatever the locale of the place.

    A few words that only look like English are not enough.
    """
    spoken = request.reading.language
    english = spoken == "en" and _ENGLISH.search(f"{request.text.title} {request.text.text}")
    return spoken if english or spoken in ("fr", "it") else request.profile.locale


@dataclass(slots=True)
class _Judge:
    """Weighs texts for one request; each text's tone is checked once. `page` are the sentences that stand there."""

    request: DraftRequest
    once: list[str]
    sentences: Sentences
    page: frozenset[str]
    checked: dict[str, list[Finding]] = field(default_factory=dict)

    def fits(self, text: str) -> bool:
        """Whether the outlet takes it; a text never has more graphemes than characters."""
        limit, unit = self.request.profile.max_len, self.request.profile.unit
        return not limit or (unit != "bytes" and len(text) <= limit) or length(text, unit) <= limit

    def findings(self, text: str) -> list[Finding]:
        if text not in self.checked:
            self.checked[text] = _tone(self.request, text)
        return self.checked[text]

    def repeats(self, text: str) -> int:
        """How many sentences of our earlier answers stand in the text again."""
        return len(sentences_of(text) & self.sentences.said) if self.sentences.said else 0

    def vague(self, body: str) -> bool:
        """Whether a first answer leaves out every thing of the post that it could have named."""
        if self.sentences.said:
            return False
        known = [self.sentences.values.get(name, "") for name in _CONCRETE]
        words = {value.split()[-1].lower() for value in known if value}
        return bool(words) and not any(word in body for word in words)

    def cheap(self, text: str) -> int:
        """What speaks against a text and is told at once: sentences said before in this case or elsewhere on the page,
        refrains, words said twice in a row, and nothing named that could have been."""
        written = text.rpartition("\n")[0] or text
        body = written.lower()
        refrain = sum(max(0, body.count(stem) - 1) for stem in self.once)
        said = 5 * refrain + 2 * len(doubled(written)) + 3 * len(sentences_of(text) & self.page)
        return 100 * self.repeats(text) + said + 3 * self.vague(body)

    def says_more(self, text: str) -> bool:
        """Whether the text regrets or praises what the post does not tell."""
        from responder.tone import says_more  # here, for the same reason as below

        return says_more(text, _context(self.request))

    def tone(self, text: str) -> int:
        """What the tone check has against a text, besides the gaps that a person fills anyway, and whether it says more
        than the post."""
        gaps = open_gaps(text)
        found = [f for f in self.findings(text) if not any(f.start <= start and end <= f.end for start, end in gaps)]
        against = sum(50 if finding.severity == "block" else 10 for finding in found)
        return against + 10 * self.says_more(text)

    def best(self, fitting: list[Composed]) -> tuple[int, Composed]:
        """The one with the least against it, and how much; the tone check is asked only while it can change that."""
        ordered = sorted(
            ((self.cheap(one.text), place, one) for place, one in enumerate(fitting)), key=lambda row: row[:2]
        )
        least, best = ordered[-1][0] + _WORST, ordered[0][2]
        for cheap, _, one in ordered:
            if cheap >= least:
                break
            cost = cheap + self.tone(one.text)
            if cost < least:
                least, best = cost, one
        return least, best


def _choose(
    judge: _Judge, playbook: Playbook, sentences: Sentences, situation: Situation
) -> tuple[Composed, tuple[str, ...]]:
    """The best text that fits and is new; failing that the shortest there is, with what a person must do."""
    layouts = playbook.layouts[situation.name]
    shortest, worth_walking = Composed("", ()), {"short"}
    for exhaustive in (False, True):
        for name in LENGTHS if not exhaustive else [name for name in LENGTHS if name in worth_walking]:
            fitting: list[Composed] = []
            for found in attempts(layouts[name], sentences, exhaustive=exhaustive):
                shortest = min(shortest if shortest.text else found, found, key=lambda one: len(one.text))
                if not judge.fits(found.text):
                    continue
                worth_walking.add(name)
                if found.text not in judge.request.taken:
                    fitting.append(found)
                if len(fitting) == _TRIES or (len(fitting) == _FEW and not judge.best(fitting)[0]):
                    break
            if fitting:
                best = judge.best(fitting)[1]
                return best, ("reword",) * bool(judge.repeats(best.text))
    return _fresh(judge.request, shortest), ("reword" if judge.fits(shortest.text) else "shorten",)


def _fresh(request: DraftRequest, found: Composed) -> Composed:
    """The text behind a marked gap, so that even the last resort equals nothing on the page."""
    number, marked = 1, found
    while marked.text in request.taken:
        gap = f"[bitte umformulieren {number}] "
        parts = tuple((name, start + len(gap), end + len(gap)) for name, start, end in found.parts)
        number, marked = number + 1, Composed(gap + found.text, parts)
    return marked


def _open(situation: Situation, text: str) -> Iterator[str]:
    yield from (need for need in situation.needs if need not in ("fact", "status") or open_gaps(text))
    if situation.name == "question" and open_gaps(text):
        yield "answer"


def _served(playbook: Playbook, composed: Composed) -> Iterator[Served]:
    """Which practice rules each piece of the text serves."""
    for slot, start, end in composed.parts:
        yield Served(start, end, playbook.practices.get(slot, ()))


def _tone(request: DraftRequest, text: str) -> list[Finding]:
    from responder.tone import check  # here, so that reading a playbook does not load the tone's patterns

    return check(text, _context(request))


def _context(request: DraftRequest) -> Context:
    from responder.tone import Context

    history = tuple(turn.text for turn in request.history if turn.role == "us")
    kind = "holding" if request.kind == HOLDING else "full"
    return Context(request.profile, request.reading, request.text, request.assessment, kind, history)


def _unsaid(situation: Situation, request: DraftRequest, text: str) -> Iterator[Finding]:
    """A grave post answered without its matter, where nothing forbids to name it."""
    discreet = request.profile.confidential or request.profile.contact_lock
    if situation.name in _GRAVE and not situation.matters and not discreet:
        yield Finding("A6", 0, len(text), "warn", _UNSAID)


def _findings(checked: list[Finding], text: str, needs: tuple[str, ...]) -> tuple[Finding, ...]:
    """The tone check's findings, and one that blocks for every gap and open need."""
    found = list(checked)
    seen = {(finding.start, finding.end) for finding in found}
    for start, end in open_gaps(text):
        if (start, end) not in seen:
            why = "Hier fehlt noch etwas, das nur ein Mensch weiß: die Lücke ausfüllen oder den Satz streichen."
            found.append(Finding("A6", start, end, "block", why))
    for need, why in _UNMARKED.items():
        if need in needs and not open_gaps(text):
            found.append(Finding("A2" if need == "reword" else "A6", 0, len(text), "block", why))
    return tuple(found)
