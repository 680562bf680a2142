"""Failed requests as sentences: what happened, what it means, what to do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response

from crawler.download import RefusedRequest
from crawler.hosts import Closed, RulesUnknown
from crawler.patience import UNTIL

LONGEST, LONGEST_WAIT = 200, 60
"""Characters of what a server says that are repeated to people."""

STATUS = {
    401: "asks for a login (401). Only public pages can be watched.",
    403: "refuses to be read by programs (403). Ask the site's operator or use another way in.",
    404: "does not exist (any more) (404). Check the address.",
    410: "has been removed for good (410). Check the address.",
    429: "asks us to come less often (429).",
}


def explain(url: str, error: Exception) -> str:
    """One sentence about a request for `url` that brought no answer."""
    if isinstance(error, RefusedRequest):
        return str(error) if error.url == url else f"{url} leads to {error.url}, which was refused. {error}"
    return f"{url} {_trouble(error)}"


def explain_status(url: str, response: Response) -> str:
    """One sentence about an answer for `url` that is not the page."""
    status = response.status
    if 300 <= status < 400:
        target = (response.headers.get(b"Location") or b"nowhere").decode("latin-1")[:LONGEST]
        return f"{url} redirects to {target!r}, which is not a web address."
    if response.headers.get(b"CF-Mitigated") == b"challenge":
        return f"{url} is guarded by a captcha ({status}). Nothing is done to get around it; look for another way in."
    wait = (response.headers.get(b"Retry-After") or b"").decode("latin-1").strip()[:LONGEST_WAIT]
    asked = f" It asks to wait: {wait}{' s' if wait.isdecimal() else ''}." if wait else ""
    if UNTIL in response.meta:
        asked += f" Nothing is sent there before {_minute(response.meta[UNTIL])}."
    return f"{url} {STATUS.get(status, f'answers with the error {status}; the next look will try again.')}{asked}"


def _closed(closed: Closed) -> str:
    until = _minute(closed.until)
    if closed.failures:
        return f"was not asked: its host failed {closed.failures} times in a row and is left alone until {until}."
    return f"was not asked: its host wants no request before {until}."


def _minute(moment: datetime) -> str:
    """The first full minute at or after `moment`."""
    rounded_up = moment.astimezone(UTC) + timedelta(seconds=59, microseconds=999_999)
    return rounded_up.strftime("%Y-%m-%d %H:%M UTC")


def _trouble(error: Exception) -> str:
    if isinstance(error, Closed):
        return _closed(error)
    if isinstance(error, RulesUnknown):
        return (
            f"was not asked: its site answers robots.txt with an error ({error.status}), so nobody knows what programs "
            "may read there. The next look will try again; if it stays so, tell the operator of the site."
        )
    if isinstance(error, IgnoreRequest):
        return _ignored(str(error))
    if isinstance(error, ValueError) and "scheme" in str(error):
        return "redirects to something that is not a web address."
    if isinstance(error, DownloadTimeoutError):
        return "did not answer in time. The next look will try again."
    if isinstance(error, CannotResolveHostError):
        return "cannot be found. Check the spelling of the address and whether this machine is online."
    if isinstance(error, DownloadConnectionRefusedError):
        return "accepts no connection. Is the site up?"
    if isinstance(error, DownloadCancelledError):  # by ourselves, and only for its size
        return "is too big to be read safely; nothing of it was read."
    if isinstance(error, (DownloadFailedError, ResponseDataLossError)):
        return "broke off its answer or does not answer as a web server should. The next look will try again."
    return f"could not be fetched ({type(error).__name__}: {str(error)[:LONGEST]})."


def _ignored(reason: str) -> str:
    if "robots.txt" in reason:
        return "must not be read by programs: the site's robots.txt forbids it. Ask its operator for permission."
    if "DOWNLOAD_MAXSIZE" in reason:
        return "is too big to be read safely; nothing of it was read."
    if "redirections" in reason:
        return "redirects in circles."
    return f"was not fetched ({reason})."
