"""A business's own files in a test: written into a folder, then checked."""

from __future__ import annotations

from pathlib import Path

from responder.playbook.model import Problem
from responder.playbook.review import review
from responder.profile import Profile


def write(folder: Path, text: str, name: str = "de/phrases.toml") -> Path:
    """Put a file into the folder; returns the folder."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return folder


def problems(folder: Path, text: str, name: str = "de/phrases.toml", profile: Profile | None = None) -> list[Problem]:
    """What the check says of one file."""
    return review(write(folder, text, name), profile or Profile(signature="Jana Brandt"))


def list_of(slot: str, *wordings: str, fillers: int = 5) -> str:
    """A list of a slot: these wordings, and plain ones so that there are enough."""
    plain = [f"Bis {{when}} schreiben wir hier weiter, Schritt {number}." for number in range(fillers)]
    return f"[phrases]\n{slot} = [\n" + "".join(f'    "{wording}",\n' for wording in (*wordings, *plain)) + "]\n"
