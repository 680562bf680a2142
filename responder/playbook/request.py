"""What goes into a draft and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from responder.findings import Finding
from responder.playbook.asked import FULL
from responder.playbook.model import Playbook
from responder.profile import Profile
from responder.reading.model import Reading, Text


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier text of the case."""

    role: Literal["customer", "us"]
    text: str


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """`taken` are texts that already stand on this page and are never proposed again; `key` seeds the choice.

    `kind` is full, holding, follow_up or private_channel. `earlier` are the readings of what the customer wrote before
    in this case: what they tell is never asked for again. Without a `playbook` the built-in one is used.
    """

    reading: Reading
    text: Text
    profile: Profile
    assessment: str = "open"
    step: int = 1
    kind: str = FULL
    history: tuple[Turn, ...] = ()
    earlier: tuple[Reading, ...] = ()
    taken: frozenset[str] = frozenset()
    key: str = ""
    playbook: Playbook | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """A piece of the draft, from `start` to `end` in code points, and the practice rules that it serves."""

    start: int
    end: int
    practices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """`needs` lists what a person must add before this can be approved: matter, answer, fact, status, shorten,
    reword. `practices` are the rules that its sentences serve; `sentences` tells which serves which."""

    text: str
    kind: str
    situation: str
    practices: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    needs: tuple[str, ...] = field(default=())
    sentences: tuple[Served, ...] = ()
