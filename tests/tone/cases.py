"""Replies written down as JSON lines, each with what the check should say about it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from responder.findings import Finding
from responder.profile import Profile
from responder.reading.model import Reading, Text
from responder.tone import Context, check

HERE = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Case:
    """`rules` are the ids a person would expect; empty for a good reply."""

    id: str
    text: str
    context: Context
    rules: frozenset[str]

    def findings(self) -> list[Finding]:
        return check(self.text, self.context)


def context_of(line: dict[str, Any]) -> Context:
    profile = dict(line.get("profile", {}))
    profile["catalogue"] = tuple(profile.get("catalogue", ()))
    profile["today"] = date.fromisoformat(profile.get("today", "2026-11-23"))
    post = Text(**line["post"]) if "post" in line else None
    reading = None
    if line.get("risks") or line.get("question") or line.get("topics"):
        reading = Reading(
            risks=tuple(line.get("risks", ())),
            is_question=line.get("question", False),
            topics=tuple(line.get("topics", ())),
        )
    return Context(
        Profile(**profile),
        reading,
        post,
        line.get("assessment", "open"),
        line.get("kind", "full"),
        tuple(line.get("history", ())),
        frozenset(line.get("taken", ())),
        line.get("author", ""),
    )


def read_cases(name: str) -> list[Case]:
    lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    raw = [json.loads(line) for line in lines if line.strip()]
    return [Case(line["id"], line["text"], context_of(line), frozenset(line.get("rules", ()))) for line in raw]
