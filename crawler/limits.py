"""How long a host asks us to wait: `Retry-After` and the rate-limit headers of the platforms, read without any network.

Platforms agree on the names of these headers but not on what the reset means: Mastodon gives a time, Bluesky and
GitHub-like interfaces seconds since 1970, Reddit and the IETF draft seconds that are left.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isfinite

RETRY_AFTER = "retry-after"
FAMILIES = ("x-ratelimit", "ratelimit")
HEADERS = (RETRY_AFTER, *(f"{family}-{part}" for family in FAMILIES for part in ("remaining", "reset", "policy")))
"""Every header that is read here, in small letters."""

WINDOW = re.compile(r";\s*w=(\d{1,9})")
SINCE_1970 = 1e9
"""A reset that is a larger number than this is a moment, a smaller one a number of seconds."""


def asked_wait(status: int, headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that an answer which is no page asks us to wait, None if it does not say.

    `headers` are those of `HEADERS` that came. A 429 without `Retry-After` means the reset of its limit, even if
    that claims to have some left.
    """
    named = retry_after(headers.get(RETRY_AFTER, ""), now)
    if named is not None:
        return named
    return _reset(headers, now) if status == 429 else used_up(headers, now)


def used_up(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds until the limit starts anew, if these headers say that nothing of it remains; else None."""
    for family in FAMILIES:
        left = _number(headers.get(f"{family}-remaining", ""))
        if left is not None and left < 1:
            return _reset(headers, now)
    return None


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds that a `Retry-After` header asks for (a number or an HTTP date), None if it says nothing usable."""
    seconds = _number(value)
    if seconds is not None:
        return max(0.0, seconds)
    try:
        moment = parsedate_to_datetime(value.strip())
    except ValueError:
        return None
    return _until(moment, now)


def _reset(headers: Mapping[str, str], now: datetime) -> float | None:
    """When the limit starts anew; the length of its window where the reset itself is missing."""
    for family in FAMILIES:
        wait = _moment(headers.get(f"{family}-reset", ""), now)
        if wait is not None:
            return wait
        window = WINDOW.search(headers.get(f"{family}-policy", ""))
        if window:
            return float(window[1])
    return None


def _moment(value: str, now: datetime) -> float | None:
    seconds = _number(value)
    if seconds is not None:
        return max(0.0, seconds - now.timestamp() if seconds > SINCE_1970 else seconds)
    try:
        return _until(datetime.fromisoformat(value.strip()), now)
    except ValueError:
        return None


def _until(moment: datetime, now: datetime) -> float:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())


def _number(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if isfinite(number) else None
