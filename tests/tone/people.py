"""The business of these tests: Jana answers for a furniture shop, now and then somewhere else."""

from __future__ import annotations

from datetime import date
from typing import Any

from responder.findings import Finding
from responder.profile import Profile
from responder.reading.model import Text
from responder.tone import Context, check

ARMCHAIR = Text("Drei Wochen warte ich jetzt auf den Sessel, und am Telefon geht keiner ran.", rating=1)
GOOD = (
    "Guten Tag, drei Wochen auf den Sessel zu warten, das tut mir leid. Danke, dass Sie es so klar schreiben. "
    "Ich sehe heute nach und sage Ihnen bis Dienstag den Liefertag. Jana Brandt"
)


def context(post: Text | None = ARMCHAIR, **known: Any) -> Context:
    """Jana's context; keywords of the profile and of the context alike."""
    names = {name: known.pop(name) for name in list(known) if name in Profile.__dataclass_fields__}
    return Context(Profile(**{"signature": "Jana Brandt", "today": date(2026, 11, 23), **names}), post=post, **known)


def found(text: str, rule: str, post: Text | None = ARMCHAIR, **known: Any) -> list[Finding]:
    """The findings of one rule."""
    return [finding for finding in check(text, context(post, **known)) if finding.rule == rule]


def answer(sentence: str) -> str:
    """A good answer with one more sentence in the middle."""
    return GOOD.replace("Ich sehe", f"{sentence} Ich sehe")


def marked(text: str, finding: Finding) -> str:
    return text[finding.start : finding.end]


def corrected(text: str, finding: Finding) -> str:
    """The text with the better wording in the place of the span."""
    return text[: finding.start] + finding.instead + text[finding.end :]
