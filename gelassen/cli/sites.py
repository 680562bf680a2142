"""Addresses on the command line: which site they belong to, and a short name for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

if TYPE_CHECKING:
    from db.models import Channel

Private = Annotated[bool, typer.Option("--allow-private", help="Allow an address in your own network.")]

LABEL = r"\w(?:[\w-]*\w)?"
HOST = re.compile(rf"(?:localhost|{LABEL}(?:\.{LABEL})+\.?|\[[0-9a-f:.]+\]|{LABEL}(?=:\d))(?::\d*)?", re.IGNORECASE)
"""Names with a dot, addresses, and a single word where a port follows; a single word alone is no address."""


def may_be_address(text: str) -> bool:
    """Whether `text` can be meant as a web address, rather than as the name of a source."""
    return "://" in text or HOST.fullmatch(re.split(r"[/?#]", text, maxsplit=1)[0]) is not None


def site(address: str) -> tuple[str, int | None]:
    """Host and port: two addresses with the same site belong together. A short form (`youtube:@x`) is all of it."""
    if "://" not in address and HOST.fullmatch(re.split(r"[/?#]", address, maxsplit=1)[0]) is None:
        return address, None
    parts = urlsplit(address if "://" in address else f"https://{address}")
    return (parts.hostname or "").removeprefix("www."), parts.port


def same_site(channels: Iterable[Channel], address: str) -> Channel | None:
    """The first channel that answers on the site of `address`."""
    return next((one for one in channels if site(one.address) == site(address)), None)


def short_name(address: str) -> str:
    """`https://www.mein-laden.de/x` -> `mein-laden.de`."""
    return site(address)[0] or address
