"""The rules' data: TOML files beside this module, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@cache
def load(name: str) -> dict[str, Any]:
    """The content of `<name>.toml`, for example `messages` or `de/plain`."""
    return tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))


def names(folder: str) -> list[str]:
    """Every data file in one language's folder, without its ending."""
    return sorted(f"{folder}/{path.stem}" for path in (_HERE / folder).glob("*.toml"))
