"""The link to the review among the links of a mail. Nothing is fetched: a tracker that hides its goal is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, urlsplit

from crawler.pages.mail_rules import Rule

MAX_WRAPS = 3


def review_links(rule: Rule, links: Iterable[str]) -> list[tuple[str, str]]:
    """(address, platform's id of the review or nothing) of each link to a review, without keys and trackers."""
    found: dict[tuple[str, str], None] = {}
    for link in links:
        for goal in _goals(link):
            place = _place(goal)
            fit = rule.begins("links", place) if place else None
            if fit is not None:
                found[f"https://{fit.group()}", fit.groupdict().get("id") or ""] = None
    return list(found)


def _goals(link: str) -> Iterator[str]:
    """The link itself and, layer by layer, the addresses that are written out in its query."""
    layer = [link]
    for _ in range(MAX_WRAPS):
        yield from layer
        layer = [value for one in layer for value in _values(one) if value.startswith(("https://", "http://"))]


def _values(link: str) -> list[str]:
    try:
        return [value for _, value in parse_qsl(urlsplit(link).query, max_num_fields=50)]
    except ValueError:
        return []


def _place(link: str) -> str:
    """Host, path and query; empty for what is no plain web address."""
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or port not in (None, 443):
        return ""
    return f"{(parts.hostname or '').lower()}{parts.path}{'?' if parts.query else ''}{parts.query}"
