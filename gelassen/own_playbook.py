"""The playbook in the data folder: starter files to begin with, and the check of what stands there."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from gelassen.bridge import default_profile
from gelassen.home import Home
from responder.playbook.load import BUILT_IN, built_in_files, languages
from responder.playbook.model import Problem
from responder.profile import Profile

HEAD = """\
# {name}: the sentences that come with Gelassen. As long as a line begins with "#", the built-in text is used.
# To change a list, remove the "# " in front of all its lines and write your own; the new list takes the place of the
# built-in one of that name, everything else stays. The table above it, such as [phrases], has to lose its "# " too.
# Placeholders and what they stand for: docs/playbook.md. Afterwards: gelassen playbook check

"""


def examined(home: Home, now: datetime) -> list[Problem]:
    """Everything wrong with the business's own files, in the light of its settings; nothing when it has none."""
    from responder.playbook.review import review

    return review(home.playbook, Profile(**default_profile(home.settings, now))) if home.playbook.is_dir() else []


def trouble(home: Home, now: datetime) -> tuple[str, str] | None:
    """The first problem in words, and the command that lists them all; None when there is none."""
    problems = examined(home, now)
    more = f" And {len(problems) - 1} more." if problems[1:] else ""
    return (f"{problems[0]}{more}", "gelassen playbook check") if problems else None


def begin(folder: Path, language: str) -> tuple[list[Path], list[Path]]:
    """Write commented starter files for one language; returns those written and those that were there already."""
    regions = [BUILT_IN / language / f"region-{region}.toml" for region in sorted(languages()[language])]
    sources = [*built_in_files(language), *regions, BUILT_IN / "layouts.toml"]
    written: list[Path] = []
    kept: list[Path] = []
    for source in sources:
        file = folder / source.relative_to(BUILT_IN)
        (kept if file.exists() else written).append(file)
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(HEAD.format(name=file.name) + _commented(source.read_text("utf-8")), encoding="utf-8")
    return written, kept


def _commented(text: str) -> str:
    return "".join(f"# {line}\n" if line else "\n" for line in text.splitlines())
