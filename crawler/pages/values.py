"""Small values as the web writes them: times, numbers, addresses. Unreadable ones become None, never an error."""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from crawler.pages.times import point_in_time

LONGEST = 200
"""Characters; no number is written longer."""

NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
COUNT = re.compile(r"\d{1,3}(?:[.'’\u202f\u00a0 ]\d{3})+|\d+")


def moment(value: Any) -> datetime | None:
    """An aware UTC time from a text, see `crawler.pages.times`; without zone it is taken as UTC."""
    return point_in_time(value.strip()) if isinstance(value, str) else None


def number(value: Any) -> float | None:
    """A finite number; strings may carry a decimal comma or a trailing dot ("4,2", "4.")."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return float(value) if abs(value) < 1e9 and math.isfinite(value) else None
    if not isinstance(value, str):
        return None
    if len(value) < 10 and value.isascii() and value.isdigit():
        return float(value)
    found = NUMBER.match(value[:LONGEST].strip())
    return float(found.group().replace(",", ".")) if found and len(found.group()) < 20 else None


def count(value: Any) -> int | None:
    """A number of things; thousands may be grouped the German or Swiss way ("1.284", "1'284")."""
    if isinstance(value, str):
        found = COUNT.search(value[:LONGEST])
        digits = re.sub(r"\D", "", found.group()) if found else ""
        return int(digits) if 0 < len(digits) < 10 else None
    exact = number(value)
    return int(exact) if exact is not None and exact >= 0 else None


def join(base: str, target: str) -> str:
    """`target` as an absolute address, empty if it cannot be one."""
    try:
        return urljoin(base, target.strip())
    except ValueError:
        return ""
