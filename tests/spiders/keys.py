"""Key pairs as Apple and Google give them out, made once for all tests of a process."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat


@dataclass(frozen=True)
class Pair:
    """Both halves in PEM form."""

    private: str
    public: str


def _pair(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> Pair:
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return Pair(private.decode(), public.decode())


@cache
def google_pair() -> Pair:
    """The key of a service account."""
    return _pair(rsa.generate_private_key(65537, 2048))


@cache
def apple_pair() -> Pair:
    """A team key of App Store Connect."""
    return _pair(ec.generate_private_key(ec.SECP256R1()))


def service_account(**changes: str) -> str:
    """The JSON key of a service account, with the fields that Google writes into it."""
    given = {
        "type": "service_account",
        "project_id": "lindner",
        "private_key_id": "k1",
        "private_key": google_pair().private,
        "client_email": "leser@lindner.iam.gserviceaccount.com",
        "client_id": "1001",
        "auth_uri": "https://accounts.google.com/o/oauth2/auth",
        "token_uri": "https://oauth2.googleapis.com/token",
        "universe_domain": "googleapis.com",
    }
    return json.dumps(given | changes)


def google_login() -> str:
    """An OAuth client with a refresh token."""
    return json.dumps({"client_id": "c1", "client_secret": "geheim", "refresh_token": "auffrischen"})


def apple_key(**changes: str) -> str:
    """A team key as a source's credential holds it."""
    return json.dumps(
        {"issuer_id": "57246542-96fe", "key_id": "2X9R4HXF34", "private_key": apple_pair().private} | changes
    )
