"""The outlets we can answer in. One folder each; loaded only when used, so that the page needs none of them."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from responder.publishers.base import Account, Limits, Publisher

PUBLISHERS = {
    "manual": "responder.publishers.manual.publisher.ManualPublisher",
    "wordpress": "responder.publishers.wordpress.publisher.WordPressPublisher",
    "demo": "responder.publishers.demo.publisher.DemoPublisher",
}
"""Dotted name of the class by channel kind. A new outlet is a folder and a line here."""

LIMITS = {"manual": Limits(0, "chars"), "wordpress": Limits(65525, "bytes"), "demo": Limits(4000, "chars")}
"""The longest text by channel kind, known without loading the outlet."""


def make_publisher(kind: str, account: Account) -> Publisher:
    """The publisher of `kind` for one account. Raises `LookupError` for a kind that is not in the table."""
    if kind not in PUBLISHERS:
        raise LookupError(f"There is no outlet of the kind {kind!r}; there are {', '.join(sorted(PUBLISHERS))}.")
    module, _, name = PUBLISHERS[kind].rpartition(".")
    return cast(Publisher, getattr(import_module(module), name)(account))


def limits_of(kind: str) -> Limits:
    """The longest text the outlet takes; unlimited for a kind that is not in the table."""
    return LIMITS.get(kind, LIMITS["manual"])
