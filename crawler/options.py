"""Settings that a person may give to a source, and how what was typed becomes a value."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class Option:
    """`about` explains the setting in one line. `read` turns what was typed into the value that is stored.

    `read` raises `ValueError` with what is expected. A `needed` setting was found out when the source was added and
    can be changed but not taken away.
    """

    name: str
    about: str
    read: Callable[[str], Any] = str.strip
    needed: bool = False


def number(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number between two others."""

    def read(typed: str) -> int:
        if not typed.strip().isdecimal() or not least <= int(typed) <= most:
            raise ValueError(f"a whole number from {least} to {most}")
        return int(typed)

    return read


def seconds(typed: str) -> float:
    """Reads a wait between two requests, with a decimal point or comma."""
    try:
        value = float(typed.replace(",", "."))
    except ValueError:
        value = -1
    if not 0 <= value <= 600:
        raise ValueError("seconds from 0 to 600")
    return value


def words(typed: str) -> list[str]:
    """Reads a list with commas between its parts."""
    return [word for part in typed.split(",") if (word := part.strip())]


def countries(typed: str) -> list[str]:
    """Reads country codes of two letters."""
    found = [word.lower() for word in words(typed)]
    if not all(re.fullmatch(r"[a-z]{2}", code) for code in found):
        raise ValueError("codes of two letters with commas between them, e.g. de,at,ch")
    return found


def web_address(typed: str) -> str:
    """Reads the address of an interface, without a slash at the end."""
    address = typed.strip().rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise ValueError("an address that begins with https:// and has no password in it")
    return address


DELAY = Option("delay", "seconds between two requests to this place (otherwise the setting crawl_delay)", seconds)
MAX_PAGES = Option("max_pages", "so many pages of a list are read in one look at most (otherwise 5)", number(1, 1000))
EVERY_KIND = (DELAY, MAX_PAGES)
"""What the crawler obeys at any source."""

API = Option("api", "address of the interface, if it is not the usual one; the credential is sent there", web_address)
FOUND_API = Option("api", "address of the interface that was found in the page", web_address, needed=True)
COUNTRIES = Option("countries", "countries whose reviews are read, e.g. de,at,ch", countries)
PAGE = Option("uri", "the page under which the comments stand, as its path: /stimmen.html", needed=True)
POST = Option("post", "number of the one post whose comments are watched; without it all", number(1, 10**12))


def own_ids(about: str) -> Option:
    """The accounts of the business; `about` says what an id looks like on the platform."""
    return Option("own_ids", f"your own accounts there, which answer: {about}", words)
