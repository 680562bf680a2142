"""Expressions over the text as written, kept as data: named parts, and per label a list of choices."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
PART = re.compile(r"\{([a-z_]+)\}")


@cache
def load(name: str, flags: int = 0) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The (label, expression) pairs of `data/<name>.toml` in their order; KeyError for an unknown part."""
    content = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    parts = content.get("parts", {})
    return tuple(
        (label, re.compile(insert(choice, parts), flags))
        for label, choices in content["expressions"].items()
        for choice in choices
    )


def insert(expression: str, parts: dict[str, str]) -> str:
    """The expression with every `{part}` replaced, parts within parts too."""
    return PART.sub(lambda found: insert(parts[found[1]], parts), expression)


def words(name: str) -> list[str]:
    """The words of a plain list in `data`."""
    return (DATA / name).read_text(encoding="utf-8").split()
