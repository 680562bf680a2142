"""What a domain says by WebFinger about an account: which server it lives on. Pure."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from crawler.pages.answer import NotAsExpected, json_of

ACTOR = ("application/activity+json", 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"')
"""How the link is marked that leads to the account for programs of the Fediverse."""


def server(body: bytes) -> str:
    """Scheme and host of the server that keeps the account, empty if the answer names none."""
    try:
        data = json_of(body)
    except NotAsExpected:
        return ""
    links = data.get("links") if isinstance(data, dict) else None
    actors = (_actor(link) for link in links) if isinstance(links, list) else iter(())
    return next((origin for actor in actors if (origin := _origin(actor))), "")


def _actor(link: Any) -> str:
    own = isinstance(link, dict) and link.get("rel") == "self" and link.get("type") in ACTOR
    return link["href"] if own and isinstance(link.get("href"), str) else ""


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    named = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    return f"{parts.scheme}://{parts.netloc}" if named else ""
