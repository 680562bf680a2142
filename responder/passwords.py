"""Passwords: argon2id with the low-memory parameters of RFC 9106, two at a time, and no password everybody tries."""

from __future__ import annotations

import threading
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MIN_LENGTH = 12
MAX_LENGTH = 256

_at_once = threading.BoundedSemaphore(2)  # 64 MiB and half a second each: more at a time would be a way to stop us

COMMON = frozenset(
    "password1234 passwort1234 123456789012 1234567890123 111111111111 000000000000 qwertyuiop12 qwertzuiop12 "
    "qwertyuiop123 qwertzuiop123 administrator adminadmin12 adminadminadmin passwordpassword passwortpasswort "
    "letmein12345 welcome12345 willkommen12 willkommen123 willkommen1234 hallohallo12 hallohallohallo sommer2025!! "
    "sommer2026!! winter2025!! winter2026!! changeme1234 changemechangeme geheim123456 geheimgeheim abcdefghijkl "
    "abcdefghijklm abc123abc123 iloveyou1234 ichliebedich schatz123456 fussball1234 dragon123456 monkey123456 "
    "gelassen1234 gelassen2026 gelassengelassen test12341234 testtesttest qwerty123456 qwertz123456 1q2w3e4r5t6z "
    "1q2w3e4r5t6y 1qay2wsx3edc 1qaz2wsx3edc asdfghjklöä1 passw0rd1234 p@ssw0rd1234 p@ssword1234 master123456".split()
)


class WeakPassword(ValueError):
    """The password was refused; `args[0]` is the reason as a message id of the page's catalogue."""


def refuse_weak(password: str, name: str) -> None:
    """Raise `WeakPassword` for a password that is too short, too long, repeats one character or everybody tries."""
    plain = password.casefold()
    if len(password) < MIN_LENGTH:
        raise WeakPassword("The password needs at least 12 characters. A short sentence is easy to remember.")
    if len(password) > MAX_LENGTH:
        raise WeakPassword("The password is longer than 256 characters.")
    if (
        plain in COMMON
        or len(set(plain)) < 4
        or (name and plain.replace(name.casefold(), "").strip("0123456789!.") == "")
    ):
        raise WeakPassword("This password is among the first that everybody tries. Please choose another one.")


@cache
def hasher() -> PasswordHasher:
    """argon2id as RFC 9106 recommends it where memory is scarce; loaded with the first password."""
    from argon2 import PasswordHasher
    from argon2.profiles import RFC_9106_LOW_MEMORY

    return PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


def hash_password(password: str) -> str:
    """The argon2id string to store (about half a second of work)."""
    with _at_once:
        return hasher().hash(password)


NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$JaPxd3kQEhIKlMLKf7syYA$5IDqKbjqNzZ1Y/V7loYIwO59+Mj35mRaGShQAY00cE0"
"""The hash of a random password that was thrown away: an unknown name must take as long as a wrong password."""


def matches(stored: str, password: str) -> bool:
    """Whether `password` belongs to `stored`. An empty `stored` costs the same time and is never matched."""
    from argon2.exceptions import InvalidHashError, VerificationError

    with _at_once:
        try:
            return hasher().verify(stored or NOBODY, password[:MAX_LENGTH]) and bool(stored)
        except (VerificationError, InvalidHashError):
            return False
