"""The outer wall, as one ASGI middleware: host names, cross-site requests, and the headers of every answer.

Cross-site requests are told by Sec-Fetch-Site, else by comparing Origin with Host (the rule of Go's
`http.CrossOriginProtection`). A request that carries neither must prove itself with the form key (`desk`).
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from responder.people import LANGUAGES
from responder.web.translate import N_, preferred, words

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types gelassen",
    )
)

HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}

WRONG_HOST = N_("This address does not belong to this page (see the setting for hosts).")
FOREIGN = N_("Refused: this request was started by another website.")
BROKEN = N_("Something went wrong")

OK, REFUSED, KEY_NEEDED = "ok", "refused", "key needed"


def judge(method: str, headers: Headers) -> str:
    """Whether a request comes from our own pages: `OK`, `REFUSED`, or `KEY_NEEDED` when the headers do not tell.

    `Origin: null` tells nothing by itself: with `Referrer-Policy: no-referrer` browsers send it from our own forms.
    """
    if method in SAFE_METHODS:
        return OK
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return OK if site in ("same-origin", "none") else REFUSED
    if origin is None or origin == "null":
        return KEY_NEEDED
    try:
        return OK if urlsplit(origin).netloc == headers.get("host", "") else REFUSED
    except ValueError:
        return REFUSED


def host_name(host: str) -> str:
    """The Host header without its port, lower case; IPv6 keeps its brackets."""
    name = host.strip().lower()
    if name.startswith("["):
        return name.partition("]")[0] + "]"
    return name.partition(":")[0]


def plain(headers: Headers, message: str, status_code: int) -> PlainTextResponse:
    """A refusal in the browser's language; there is no page and no person behind it yet."""
    language = preferred(headers.get("accept-language", ""), LANGUAGES, LANGUAGES[0])
    return PlainTextResponse(words(language).gettext(message), status_code)


class Guard:
    """Refuses foreign hosts (400) and cross-site writes (403); adds the security headers to every answer.

    It stands outside everything else, the handlers of errors and the limit on bodies included, so that no answer is
    made behind its back. Where not even the error page could be made, it answers itself.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str], https: bool) -> None:
        self.app = app
        self.hosts = frozenset(name.lower() for name in hosts)
        self.headers = HEADERS | ({"strict-transport-security": "max-age=31536000"} if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        started = False

        async def send_guarded(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
            await send(message)

        try:
            await (self.refusal(scope) or self.app)(scope, receive, send_guarded)
        except Exception:
            if not started:
                await plain(Headers(scope=scope), BROKEN, 500)(scope, receive, send_guarded)
            raise  # the server writes it to the log

    def refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        if host_name(headers.get("host", "")) not in self.hosts:
            return plain(headers, WRONG_HOST, 400)
        verdict = judge(scope["method"], headers)
        if verdict == REFUSED:
            return plain(headers, FOREIGN, 403)
        scope.setdefault("state", {})["key_needed"] = verdict == KEY_NEEDED
        return None
