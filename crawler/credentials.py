"""What credentials of Apple and Google hold, and the signed statements that are made with them.

Pure: time and addresses are arguments. No message and no repr quotes a key.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key

GOOGLE_TOKENS = "https://oauth2.googleapis.com/token"
"""The one place where Google's credentials are sent; an address inside a credential is not believed."""

CLOCKS = timedelta(seconds=60)
"""Statements are dated back so far, so that a platform whose clock is behind ours does not see one from the future."""

APPLE_LIFETIME = timedelta(minutes=20)
GOOGLE_LIFETIME = timedelta(hours=1)


class BadCredential(Exception):
    """The credential is not what the platform gives out; the message says what was expected."""


NOT_GOOGLE = "The credential of this source is neither the JSON key of a Google service account nor a Google login."
NOT_APPLE = "The credential of this source is not a JSON with issuer_id, key_id and private_key of App Store Connect."
BROKEN_KEY = (
    "The private key in the credential of this source cannot be used. Put it there exactly as it was given out."
)


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """A Google account for programs, from the JSON key that the Cloud console gives out."""

    email: str
    key_id: str
    key: str = field(repr=False)

    def form(self, scope: str, address: str, now: datetime) -> dict[str, str]:
        """What buys an access token at `address`. Raises `BadCredential` when the key cannot sign."""
        claims = {"iss": self.email, "scope": scope, "aud": address, **_dated(now, GOOGLE_LIFETIME)}
        assertion = _signed(claims, self.key, "RS256", self.key_id)
        return {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": assertion}


@dataclass(frozen=True, slots=True)
class GoogleLogin:
    """An OAuth client together with the refresh token that a person has given it."""

    client_id: str
    client_secret: str = field(repr=False)
    refresh_token: str = field(repr=False)

    def form(self, scope: str, address: str, now: datetime) -> dict[str, str]:
        """What buys an access token; its scope is the one that the person has agreed to."""
        return {
            "grant_type": "refresh_token",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "refresh_token": self.refresh_token,
        }


@dataclass(frozen=True, slots=True)
class AppleKey:
    """A team key of App Store Connect; `key` is the content of its .p8 file."""

    issuer: str
    key_id: str
    key: str = field(repr=False)

    def token(self, now: datetime) -> tuple[str, datetime]:
        """A token and when it ends. Raises `BadCredential` when the key cannot sign."""
        dates = _dated(now, APPLE_LIFETIME)
        claims = {"iss": self.issuer, "aud": "appstoreconnect-v1", **dates}
        return _signed(claims, self.key, "ES256", self.key_id), now - CLOCKS + APPLE_LIFETIME


def google(secret: str) -> ServiceAccount | GoogleLogin:
    """The credential for Google's interfaces. Raises `BadCredential`."""
    given = _json(secret, NOT_GOOGLE)
    if {"client_email", "private_key"} <= given.keys():
        return ServiceAccount(*_texts(given, ("client_email", "private_key_id", "private_key"), NOT_GOOGLE))
    client: dict[str, Any] = next((given[key] for key in ("installed", "web") if isinstance(given.get(key), dict)), {})
    return GoogleLogin(*_texts(given | client, ("client_id", "client_secret", "refresh_token"), NOT_GOOGLE))


def apple(secret: str) -> AppleKey:
    """The credential for App Store Connect. Raises `BadCredential`."""
    return AppleKey(*_texts(_json(secret, NOT_APPLE), ("issuer_id", "key_id", "private_key"), NOT_APPLE))


def _json(secret: str, expected: str) -> dict[str, Any]:
    try:
        given = json.loads(secret, strict=False)
    except (ValueError, RecursionError):
        raise BadCredential(expected) from None
    if not isinstance(given, dict):
        raise BadCredential(expected)
    return given


def _texts(given: Mapping[str, Any], names: tuple[str, str, str], expected: str) -> tuple[str, str, str]:
    first, second, third = (given.get(name) for name in names)
    if not (isinstance(first, str) and isinstance(second, str) and isinstance(third, str)):
        raise BadCredential(expected)
    return first, second, third


def _dated(now: datetime, lifetime: timedelta) -> dict[str, int]:
    start = now - CLOCKS
    return {"iat": int(start.timestamp()), "exp": int((start + lifetime).timestamp())}


def _signed(claims: Mapping[str, Any], key: str, algorithm: str, key_id: str) -> str:
    try:
        private: Any = load_pem_private_key(key.encode(), password=None)
        return jwt.encode(dict(claims), private, algorithm, headers={"kid": key_id})
    except (jwt.PyJWTError, UnsupportedAlgorithm, ValueError, TypeError):
        raise BadCredential(BROKEN_KEY) from None
