"""A finding: which practice rule a reply text breaks, where, why, and what to write instead."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from responder.words import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """`rule` is a practice id (C1–C10, A6, B6, F1 …); offsets are code points of the checked text.

    `instead` is a better wording for the span, empty when there is none to offer. `why` is a sentence for the person.
    """

    rule: str
    start: int
    end: int
    severity: Severity
    why: str
    instead: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
