"""The exact characters that may become public. Pure."""

from __future__ import annotations

import unicodedata

import regex

from responder.findings import Finding

_HIDDEN = regex.compile(r"[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}--\n\u200d]", regex.VERSION1)
_GAP = regex.compile(r"\[[^\]\n]{0,120}\]|\{\{|\}\}|\{%|⟨[^⟩\n]*⟩|_{3,}|(?i:\bx{3,}\b)|\bTODO\b")


def exact(text: str) -> str:
    """The text as it is signed and sent: NFC, line feeds only, no blanks at line ends or around it."""
    unified = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return "\n".join(line.rstrip() for line in unified.split("\n")).strip()


def problems(text: str) -> list[Finding]:
    """Why `text` must not become public whatever the tone: nothing in it, hidden characters, a gap left open."""
    if not text:
        return [Finding("A6", 0, 0, "block", "There is no text yet. Please write an answer.")]
    hidden = "A hidden control or direction character could make the text look other than it is. Please remove it."
    gap = "This gap still has to be filled in before anybody else reads the text."
    found = [Finding("C8", hit.start(), hit.end(), "block", hidden) for hit in _HIDDEN.finditer(text)]
    return found + [Finding("C6", hit.start(), hit.end(), "block", gap) for hit in _GAP.finditer(text)]
