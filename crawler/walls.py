"""What can stand in the place of posts though the server says 200: a login, a test for humans, an empty shell.

Nothing is done to get around any of them; the operator is told at once and clearly. A page that shows posts is never
looked at here, so that a login form or a captcha beside them does no harm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from w3lib.encoding import html_to_unicode

from crawler.shape import Misshapen, check_html

LOGIN_PATH = re.compile(
    r"(?:^|[/._-])(?:log[-_]?in|sign[-_]?in|anmelden|anmeldung|einloggen|auth|sso|wp-login|session/new|accounts?)(?:[/._-]|$)",
    re.IGNORECASE,
)
LOGIN_TITLE = re.compile(
    r"(?:bitte )?(?:anmelden|anmeldung|einloggen|log ?in|sign ?in|please (?:log|sign) in)"
    r"(?: (?:bei|beim|im|zum|in|to|at) .+|$)",
    re.IGNORECASE,
)
CHALLENGE_TITLE = re.compile(
    r"just a moment|nur einen moment|einen moment,? bitte|attention required|access denied|zugriff verweigert"
    r"|are you (?:a )?(?:human|robot)|sind sie ein (?:mensch|roboter)|robot check|captcha|sicherheits(?:über)?prüfung"
    r"|security check|pardon our interruption|ddos-guard|verify(?:ing)? (?:that )?you are",
    re.IGNORECASE,
)
CHALLENGE_MARK = re.compile(
    rb"challenge-platform|cf-turnstile|g-recaptcha|h-captcha|hcaptcha\.com|captcha-delivery\.com|px-captcha"
    rb"|_Incapsula_Resource|awswaf|frc-captcha|friendlycaptcha|altcha-widget|geetest",
    re.IGNORECASE,
)
ASKS_FOR_SCRIPTS = re.compile(r"(?:enable|activate|requires?|needs?|aktivier\w*|benötigt)\b.{0,40}\bjava ?script", re.I)
TITLE_PARTS = re.compile(r"\s[|·–—:-]\s|: ")
HIDDEN = {"script", "style", "template", "title"}
PROGRAMS = './/script[@src]|.//script[not(@type)]|.//script[@type="module"]|.//script[contains(@type,"javascript")]'
LITTLE, NEXT_TO_NOTHING = 800, 200
"""Characters that people see: a login or a captcha page has hardly more, an empty shell hardly any."""

LOGIN = "shows a login page where the posts should be. Only public pages can be watched."
CHALLENGE = "wants proof of a human being (a captcha). Nothing is done to get around it; find another way in."
SHELL = "sends an empty page that only a browser fills by its scripts. Find another way in, such as a feed."


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person sees of a page before any script has run."""

    title: str
    text: str
    password: bool
    scripts: bool


def find_wall(body: bytes, url: str, asked: str, content_type: str = "") -> tuple[str, str] | None:
    """What stands in the way on a page without posts: machine word, and the sentence without its subject, the address.

    `url` is where the request for `asked` ended. None where nothing is recognised.
    """
    shown = _shown(body, content_type)
    if shown is None:
        return ("login", LOGIN) if _led_to_login(url, asked) else None
    little = len(shown.text) <= LITTLE
    if CHALLENGE_TITLE.search(shown.title) or (little and CHALLENGE_MARK.search(body)):
        return "captcha", CHALLENGE
    if _led_to_login(url, asked) or _titled_login(shown.title) or (little and shown.password):
        return "login", LOGIN
    if shown.scripts and (len(shown.text) <= NEXT_TO_NOTHING or (little and ASKS_FOR_SCRIPTS.search(shown.text))):
        return "shell", SHELL
    return None


def _led_to_login(url: str, asked: str) -> bool:
    """Whether the way ended at a login that nobody had asked for."""
    there, wanted = urlsplit(url), urlsplit(asked)
    moved = (there.netloc, there.path) != (wanted.netloc, wanted.path)
    return moved and bool(LOGIN_PATH.search(there.path)) and not LOGIN_PATH.search(wanted.path)


def _titled_login(title: str) -> bool:
    return any(LOGIN_TITLE.match(part.strip()) for part in TITLE_PARTS.split(title))


def _shown(body: bytes, content_type: str) -> Shown | None:
    """None for what is no HTML, or is built to choke a parser."""
    if body.lstrip()[:1] != b"<":
        return None
    text = html_to_unicode(content_type or None, body)[1].replace("\x00", "")
    try:
        check_html(text)
    except Misshapen:
        return None
    root: Any = etree.fromstring(text.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True))
    if root is None:
        return None
    title = " ".join((root.findtext(".//title") or "").split())
    password = root.find('.//input[@type="password"]') is not None
    return Shown(title, _visible(root), password, bool(root.xpath(PROGRAMS)))


def _visible(root: Any) -> str:
    """The first visible characters, a little more than any limit here; what asks for scripts counts as visible."""
    parts: list[str] = []
    length = 0
    for node in root.iter():
        shown = node.text if isinstance(node.tag, str) and node.tag not in HIDDEN else ""
        for part in (shown, node.tail):
            words = " ".join((part or "").split())
            if words:
                parts.append(words)
                length += len(words) + 1
        if length > LITTLE:
            break
    return " ".join(parts)
