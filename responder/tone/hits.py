"""What a rule reports before it is put into words."""

from __future__ import annotations

from typing import NamedTuple


class Hit(NamedTuple):
    """`why` is a key of messages.toml; `instead` starts in lower case unless it must not."""

    rule: str
    start: int
    end: int
    severity: str
    why: str
    instead: str = ""
