"""What people paste that is no web address, with a sentence that says what to paste instead."""

from __future__ import annotations

import re

SHORT_FORMS = {
    "app-store": "app-store:123456789",
    "app-store-connect": "app-store-connect:123456789",
    "google-play": "google-play:de.laden.app",
    "google-business": "google-business:accounts/123/locations/456",
    "youtube": "youtube:@laden",
    "trusted-shops": "trusted-shops:chl-01234567-89ab",
    "mastodon": "mastodon://server.example/search?q=laden",
}
"""The short forms of kinds without a web address of their own, each with a complete example."""

COPY = "Open the page with the posts in a browser and copy its whole address, which begins with https://."
SCHEME = re.compile(r"\b([a-z][a-z0-9+.-]{0,30}):(?!\d+(?:/|$))", re.IGNORECASE)


def no_address(pasted: str) -> str:
    """Why this cannot be fetched from the web and what to paste instead; empty for what may be an address."""
    text = pasted.strip()
    scheme = SCHEME.match(text)
    if not text:
        return f"Nothing was given. {COPY}"
    if scheme and scheme[1].lower() in SHORT_FORMS:
        return f"{text!r} is not complete. It is written like this: {SHORT_FORMS[scheme[1].lower()]}"
    if re.fullmatch(r"(mailto:)?[^\s@/:]+@[^\s@/]+\.\w+", text, re.IGNORECASE):
        return f"{text!r} is an e-mail address, not a place where customers can be read. {COPY}"
    if text.startswith("@"):
        return (
            f"{text!r} does not say on which network. Write @name@server for Mastodon, @name.bsky.social for Bluesky, "
            "youtube:@name for YouTube."
        )
    if re.search(r"\s", text):
        return f"{text!r} is no address, because there is a blank in it. {COPY}"
    if scheme and scheme[1].lower() not in ("http", "https"):
        return f"{text!r} is no address that can be read: {scheme[1]}: is not known here. {COPY}"
    return "" if scheme or re.match(r"[^/?#]*[.:]|localhost\b", text) else f"{text!r} is no web address. {COPY}"
