"""What Google's interfaces have in common: how an error names its reason, and how a list goes on."""

from __future__ import annotations

from typing import Any

from crawler.pages.answer import NotAsExpected, json_of
from crawler.pages.fields import at, id_at
from crawler.pages.paging import with_query

REASONS = (
    (
        frozenset({"quotaExceeded", "dailyLimitExceeded"}),
        "gives nothing more today: the quota of this credential is used up. It begins anew at midnight in California.",
    ),
    (
        frozenset({"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"}),
        "asks us to come less often (429).",
    ),
    (
        frozenset({"accessNotConfigured", "SERVICE_DISABLED"}),
        "is not switched on for the project of this credential. Switch it on in the Google Cloud console.",
    ),
    (
        frozenset({"API_KEY_INVALID", "keyInvalid", "keyExpired"}),
        "does not accept the credential of this source (401). Renew it where Gelassen finds it.",
    ),
    (frozenset({"commentsDisabled"}), "says that comments are switched off there. There is nothing to read."),
)
"""What a reason means to a person; without one the status says enough."""


def why(body: bytes) -> str:
    """The end of a sentence about an error, empty when its status says enough."""
    found = reasons(body)
    return next((told for known, told in REASONS if known & found), "")


def reasons(body: bytes) -> frozenset[str]:
    """The machine words for what went wrong, in both places where Google puts them."""
    try:
        error = at(json_of(body), "error")
    except NotAsExpected:
        return frozenset()
    causes = [cause for key in ("errors", "details") for cause in _list(at(error, key))]
    return frozenset(id_at(cause, "reason") for cause in causes)


def next_page(url: str, parameter: str, answer: Any, *path: str) -> str:
    """`url` with the token of the following page, which stands in the answer at `path`; empty on the last one."""
    token = id_at(answer, *path)
    return with_query(url, parameter, token) if token else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
