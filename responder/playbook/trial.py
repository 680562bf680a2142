"""Drafts for sample posts with a business's own playbook, beside those of the built-in one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from responder.drafting import DraftRequest, Proposal, Turn, draft
from responder.playbook.load import load_playbook
from responder.playbook.model import Playbook, Problem
from responder.profile import Profile
from responder.reading.model import Reading, Text
from responder.tone import publishable

_UNRESOLVED = re.compile(r"[{}]|\bNone\b")
_MONDAY = date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Sample:
    """A post as a customer writes it, with what is read in it."""

    name: str
    text: str
    sentiment: Literal["negative", "neutral", "positive"]
    rating: float | None = None
    matters: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    step: int = 1
    question: bool = False
    kind: str = "full"


SAMPLES = (
    Sample("a complaint", "Das Essen war kalt.", "negative", 1, ("food_cold",)),
    Sample("two complaints", "Kalt, und lange gewartet.", "negative", 2, ("food_cold", "waited_long")),
    Sample("a complaint about a topic", "Die Lieferung war schlimm.", "negative", 2, (), ("delivery",)),
    Sample("a second message", "Immer noch keine Lieferung!", "negative", 1, ("delivery_missing",), step=2),
    Sample("a third message", "Immer noch keine Lieferung!", "negative", 1, ("delivery_missing",), step=3),
    Sample("a first word", "Der Aufzug ist kaputt.", "negative", 2, ("lift_broken",), kind="holding"),
    Sample("a lawyer's threat", "Mein Anwalt meldet sich.", "negative", 1, risks=("legal",)),
    Sample("praise", "Sehr freundliche Bedienung!", "positive", 5, ("staff_friendly",)),
    Sample("praise without words", "", "positive", 5),
    Sample("one star without words", "", "negative", 1),
    Sample("mixed words", "Nettes Team, kaltes Essen.", "negative", 3, ("staff_friendly", "food_cold")),
    Sample("a question", "Darf der Hund mit?", "neutral", None, ("ask_dogs",), question=True),
)  # fmt: skip


def trials(playbook: Playbook, profile: Profile) -> Iterator[Problem]:
    """What a draft for a sample post does with this playbook that it does not do with the built-in one."""
    for locale, voice in playbook.voices.items():
        if voice is load_playbook().voices[locale]:
            continue
        ours = replace(profile, locale=locale, address="sie", today=_MONDAY)
        for version in (ours, replace(ours, address="du"), replace(ours, confidential=True)):
            for sample in SAMPLES:
                yield from _compared(playbook, sample, version)


def _compared(playbook: Playbook, sample: Sample, profile: Profile) -> Iterator[Problem]:
    drafted = _draft(sample, profile, playbook)
    where = f"{profile.locale} {profile.address}"
    said = f"The answer to {sample.name}"
    if not drafted.text.strip() or _UNRESOLVED.search(drafted.text):
        yield Problem(where, f"{said} is not complete: {drafted.text[:80]}", "It could not be approved.")
    if trouble := _trouble(drafted):
        for one in sorted(trouble - _trouble(_draft(sample, profile, load_playbook()))):
            yield Problem(where, f"{said} has trouble that the built-in one has not: {one}", "", drafted.text)


def _trouble(proposal: Proposal) -> set[str]:
    """What keeps a critical reader from letting the draft pass."""
    whys = () if publishable(proposal.findings) else (finding.why for finding in proposal.findings)
    return {*proposal.needs, *whys}


def _draft(sample: Sample, profile: Profile, playbook: Playbook) -> Proposal:
    reading = Reading(
        language=profile.locale[:2],  # type: ignore[arg-type]
        sentiment=sample.sentiment,
        matters=sample.matters,
        topics=sample.topics,
        risks=sample.risks,
        is_question=sample.question,
    )
    history = (Turn("us", "Wir fragen nach."),) * (sample.step - 1)
    text = Text(sample.text, rating=sample.rating)
    request = DraftRequest(
        reading, text, profile, step=sample.step, kind=sample.kind, history=history, playbook=playbook
    )
    return draft(request)
