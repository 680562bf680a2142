"""Who an account of the AT Protocol is: its DID, and the document that tells its names and the server that keeps it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from crawler.pages.answer import NotAsExpected, json_of

DID = re.compile(r"did:(?:plc:[a-z2-7]{24}|web:[a-z0-9.-]+(?:%3A\d{1,5})?)")
LABEL = re.compile(r"[a-z0-9-]{1,63}", re.IGNORECASE)
LONGEST = 253
"""Characters of a handle, as of any name of a host."""


@dataclass(frozen=True, slots=True)
class Identity:
    """An account as its own document describes it. `server` is an address without a path, empty if none is named."""

    did: str
    handles: tuple[str, ...]
    server: str


def is_did(text: str) -> bool:
    """Whether this is an identity of one of the two methods that accounts use."""
    return DID.fullmatch(text) is not None


def is_handle(text: str) -> bool:
    """Whether this may be the name of an account: a host's name, never a bare word or a number."""
    labels = text.split(".")
    proper = all(LABEL.fullmatch(label) and label == label.strip("-") for label in labels)
    return proper and len(labels) > 1 and labels[-1][0].isalpha() and len(text) <= LONGEST


def named(body: bytes) -> str:
    """The DID that an answer about a handle names, as plain text or as JSON; empty if none."""
    try:
        data = json_of(body)
    except NotAsExpected:
        data = body.decode("utf-8", "replace").strip()
    found = data.get("did") if isinstance(data, dict) else data
    return found if isinstance(found, str) and is_did(found) else ""


def host_of_web(did: str) -> str:
    """The host that keeps the document of a `did:web`, with its port if it has one; empty for another DID."""
    method = "did:web:"
    return unquote(did[len(method) :]) if did.startswith(method) else ""


def identity(body: bytes, did: str) -> Identity | None:
    """What the document of `did` says; None if this is no document of that DID."""
    try:
        document = json_of(body)
    except NotAsExpected:
        return None
    if not isinstance(document, dict) or document.get("id") != did:
        return None
    names = document.get("alsoKnownAs")
    texts = [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
    handles = tuple(name.removeprefix("at://").lower() for name in texts if name.startswith("at://"))
    return Identity(did, handles, server_of(document))


def server_of(document: Any) -> str:
    """The server that keeps an account, by the account's document; empty if none, or none that can be one."""
    services = document.get("service") if isinstance(document, dict) else None
    for service in services if isinstance(services, list) else []:
        if isinstance(service, dict) and str(service.get("id")).endswith("#atproto_pds"):
            return _origin(service.get("serviceEndpoint"))
    return ""


def _origin(address: Any) -> str:
    """An address of nothing but scheme, host and port, empty if it is something else."""
    try:
        parts = urlsplit(address.strip().rstrip("/")) if isinstance(address, str) else urlsplit("")
    except ValueError:
        return ""
    plain = parts.hostname and not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
    return f"{parts.scheme}://{parts.netloc}" if plain and parts.scheme in ("http", "https") else ""
