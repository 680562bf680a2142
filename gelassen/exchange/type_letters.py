"""Headings with a letter in front that tells a program the kind of the cells, as shops name their columns: `cText`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gelassen.exchange.column import MOST

TYPED = re.compile(r"([a-z])([A-ZÄÖÜ]\w*)")
KEY = "k"
"""The letter before a number that stands for another line."""

FEWEST = 4
"""Fewer headings may look so by chance."""


def without_types(header: Sequence[str]) -> list[str]:
    """The headings without these letters where nearly all have one, those of keys as ids; else as they are."""
    found = [TYPED.fullmatch(name.strip()) for name in header]
    typed = len(header) >= FEWEST and sum(map(bool, found)) >= MOST * len(header)
    return [_bare(one) if one else name for one, name in zip(found, header, strict=True)] if typed else list(header)


def _bare(found: re.Match[str]) -> str:
    return f"{found[2]} ID" if found[1] == KEY else found[2]
