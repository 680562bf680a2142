"""Failed requests as sentences: what happened, what it means, what to do."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import Response

from crawler.download import RefusedRequest

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
        target = (response.headers.get(b"Location") or b"nowhere").decode("latin-1")
        return f"{url} redirects to {target!r}, which is not a web address."
    wait = (response.headers.get(b"Retry-After") or b"").decode("latin-1").strip()
    asked = f" It asks to wait: {wait}{' s' if wait.isdecimal() else ''}." if wait else ""
    return f"{url} {STATUS.get(status, f'answers with the error {status}; the next look will try again.')}{asked}"


def _trouble(error: Exception) -> str:
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
    if isinstance(error, DownloadCancelledError) and "max size" in str(error):
        return "is too big to be read safely; nothing of it was read."
    return f"could not be fetched ({type(error).__name__}: {error})."


def _ignored(reason: str) -> str:
    if "robots.txt" in reason:
        return "must not be read by programs: the site's robots.txt forbids it. Ask its operator for permission."
    if "DOWNLOAD_MAXSIZE" in reason:
        return "is too big to be read safely; nothing of it was read."
    if "redirections" in reason:
        return "redirects in circles."
    return f"was not fetched ({reason})."
