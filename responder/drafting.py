"""From a reading to a proposed answer: the situation, the sentences, the first combination that may stand. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from responder.findings import Finding
from responder.playbook import GAP, Playbook, load_playbook
from responder.playbook.asked import Asked
from responder.playbook.compose import Sentences, attempts, sentences_of
from responder.playbook.material import sentences_for
from responder.playbook.request import DraftRequest, Proposal, Turn
from responder.playbook.situations import HOLDING, Situation, decide
from responder.reading.model import Text

__all__ = ["DraftRequest", "Proposal", "Turn", "draft", "length", "open_gaps"]

LENGTHS = ("full", "medium", "short")
_CLEAN_TRIES = 16
"""How many acceptable texts are looked at before one with a finding of our own tone check is proposed after all."""


def draft(request: DraftRequest) -> Proposal:
    """The proposed answer. Same request, same text; never one of `taken`, never a placeholder left open."""
    playbook = request.playbook or load_playbook()
    voice = playbook.voice(_locale(request))
    situation = decide(_asked(request), voice)
    judge = _Judge(request, voice.tables["once"].get("stems", "").split())
    text, needs = _choose(judge, playbook, sentences_for(request, voice, situation), situation)
    needs = tuple(dict.fromkeys((*_open(situation, text), *needs, *_foreign(request))))
    practices = _practices(playbook, situation)
    return Proposal(text, request.kind, situation.name, practices, _findings(judge.findings(text), text, needs), needs)


def length(text: str, unit: str) -> int:
    """The length as an outlet counts it: characters, UTF-8 bytes or graphemes."""
    if unit == "bytes":
        return len(text.encode())
    return len(regex.findall(r"\X", text)) if unit == "graphemes" else len(text)


def open_gaps(text: str) -> list[tuple[int, int]]:
    """Where something is still to be filled in: code point offsets of each […] in the text."""
    return [match.span() for match in GAP.finditer(text)]


def _asked(request: DraftRequest) -> Asked:
    earlier = tuple(Text(turn.text) for turn in request.history if turn.role == "customer")
    reading, text, profile = request.reading, request.text, request.profile
    return Asked(reading, text, profile, request.assessment, request.step, request.kind, earlier)


def _locale(request: DraftRequest) -> str:
    """An English post is answered in English, whatever the locale of the place."""
    return "en" if request.reading.language == "en" else request.profile.locale


def _foreign(request: DraftRequest) -> tuple[str, ...]:
    """There are no French or Italian sentences yet: the draft says that it has to be translated."""
    languages = {request.reading.language, request.profile.locale}
    return ("translate",) if languages & {"fr", "it"} else ()


@dataclass(slots=True)
class _Judge:
    """Weighs texts for one request; each text's tone is checked once."""

    request: DraftRequest
    once: list[str]
    checked: dict[str, list[Finding]] = field(default_factory=dict)

    def fits(self, text: str) -> bool:
        limit = self.request.profile.max_len
        return not limit or self.length(text) <= limit

    def length(self, text: str) -> int:
        return length(text, self.request.profile.unit)

    def findings(self, text: str) -> list[Finding]:
        if text not in self.checked:
            self.checked[text] = _tone(self.request, text)
        return self.checked[text]

    def cost(self, text: str) -> int:
        """What speaks against a text: sentences of ours said again, refrains, and then findings of the tone check."""
        body = (text.rpartition("\n")[0] or text).lower()
        ours = (turn.text for turn in self.request.history if turn.role == "us")
        earlier = {sentence for answer in ours for sentence in sentences_of(answer)}
        again = 100 * sum(sentence in body for sentence in earlier)
        refrain = sum(max(0, body.count(stem) - 1) for stem in self.once)
        if again or refrain:
            return again + refrain
        return sum(10 if finding.severity == "block" else 2 for finding in self.findings(text))


def _choose(
    judge: _Judge, playbook: Playbook, sentences: Sentences, situation: Situation
) -> tuple[str, tuple[str, ...]]:
    """The first clean text that fits and is new; failing that the best there is, with what a person must do."""
    layouts = playbook.layouts[situation.name]
    shortest, worth_walking = "", {"short"}
    for exhaustive in (False, True):
        for name in LENGTHS if not exhaustive else [name for name in LENGTHS if name in worth_walking]:
            fitting: list[str] = []
            for text in attempts(layouts[name], sentences, exhaustive=exhaustive):
                shortest = min(shortest or text, text, key=judge.length)
                if not judge.fits(text):
                    continue
                worth_walking.add(name)
                if text not in judge.request.taken:
                    fitting.append(text)
                    if len(fitting) == _CLEAN_TRIES or not judge.cost(text):
                        break
            if fitting:
                return min(fitting, key=judge.cost), ()
    return _fresh(judge.request, shortest), ("reword" if judge.fits(shortest) else "shorten",)


def _fresh(request: DraftRequest, text: str) -> str:
    """The text behind a marked gap, so that even the last resort equals nothing on the page."""
    number, marked = 1, text
    while marked in request.taken:
        marked = f"[bitte umformulieren {number}] {text}"
        number += 1
    return marked


def _open(situation: Situation, text: str) -> Iterator[str]:
    yield from (need for need in situation.needs if need not in ("fact", "status") or open_gaps(text))
    if situation.name == "question" and open_gaps(text):
        yield "answer"


def _practices(playbook: Playbook, situation: Situation) -> tuple[str, ...]:
    slots = (slot.rstrip("?") for layout in playbook.layouts[situation.name]["full"] for slot in layout)
    return tuple(dict.fromkeys(rule for slot in slots for rule in playbook.practices.get(slot, ())))


def _tone(request: DraftRequest, text: str) -> list[Finding]:
    from responder.tone import Context, check  # here, so that reading a playbook does not load the tone's patterns

    history = tuple(turn.text for turn in request.history if turn.role == "us")
    kind = "holding" if request.kind == HOLDING else "full"
    context = Context(request.profile, request.reading, request.text, request.assessment, kind, history)
    return check(text, context)


def _findings(checked: list[Finding], text: str, needs: tuple[str, ...]) -> tuple[Finding, ...]:
    """The tone check's findings, and one that blocks for every gap and open need."""
    found = list(checked)
    seen = {(finding.start, finding.end) for finding in found}
    for start, end in open_gaps(text):
        if (start, end) not in seen:
            why = "Hier fehlt noch etwas, das nur ein Mensch weiß: die Lücke ausfüllen oder den Satz streichen."
            found.append(Finding("A6", start, end, "block", why))
    if "matter" in needs and not open_gaps(text):
        why = "Der Entwurf benennt noch nicht, worum es in diesem Beitrag geht: bitte in eigenen Worten ergänzen."
        found.append(Finding("A6", 0, len(text), "block", why))
    return tuple(found)
