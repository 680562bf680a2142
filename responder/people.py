"""People and what they may do: accounts, one-time links, passwords, roles and browser sessions."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from db import queries_people as queries
from db.engine import Database
from db.models import LoginLink, User, UserSession
from db.moves import Change, record
from responder.passwords import hash_password, matches, refuse_weak

VIEWER, DRAFTER, APPROVER, ADMIN = ROLES = ("viewer", "drafter", "approver", "admin")
LANGUAGES = ("de", "en")

LINK_LIFE = timedelta(minutes=15)
IDLE_LIFE = timedelta(minutes=60)
SESSION_LIFE = timedelta(hours=12)
TOUCH_EVERY = timedelta(minutes=1)


class PeopleError(Exception):
    """The wish cannot be fulfilled; the message says why, as a message id of the page's catalogue."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is looking at the page: the account, the session behind the cookie, and the form key of that session."""

    user: User
    session_id: int
    form_key: str

    def has(self, *roles: str) -> bool:
        """Whether the person holds any of `roles`."""
        return any(role in self.user.roles for role in roles)


def fingerprint(token: str) -> str:
    """sha256 hex: all that is ever stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def add_user(
    database: Database, name: str, roles: Iterable[str], now: datetime, *, actor: str = "cli", language: str = "de"
) -> str:
    """Create an account and return the token of its one-time login link (valid for 15 minutes, shown only once).

    Raises `PeopleError` for an empty or taken name, no role or an unknown one.
    """
    name, wanted = name.strip(), [role for role in ROLES if role in set(roles)]
    if not name or len(name) > 80:
        raise PeopleError("A name has 1 to 80 characters.")
    if not wanted or set(roles) - set(ROLES):
        raise PeopleError("Choose at least one of the roles viewer, drafter, approver and admin.")
    with database.write() as session:
        if queries.user_by_name(session, name):
            raise PeopleError("This name is already taken.")
        user = User(name=name, display_name=name, roles=wanted, language=language, created_at=now)
        return _new_link(session, queries.insert_user(session, user, actor, now), now)


def reset_user(database: Database, name: str, now: datetime, *, actor: str = "cli") -> str:
    """A new one-time link for somebody who cannot log in; password, sessions and older links end at once."""
    with database.write() as session:
        user = queries.user_by_name(session, name.strip())
        if user is None or user.id is None:
            raise PeopleError("There is no account with this name.")
        user.password_hash, user.disabled = "", False
        session.add(user)
        queries.end_sessions(session, user.id)
        queries.cancel_links(session, user.id, now)
        record(session, [Change("user", user.id, "active", "reset", actor)], now=now)
        return _new_link(session, user.id, now)


def disable_user(database: Database, user_id: int, disabled: bool, now: datetime, *, actor: str) -> None:
    """Lock an account out or let it in again. Raises `PeopleError` when the last admin would be locked out."""
    with database.write() as session:
        user = queries.get_user(session, user_id)
        if user is None or user.disabled == disabled:
            return
        admins = [one for one in queries.list_users(session) if ADMIN in one.roles and not one.disabled]
        if disabled and [one.id for one in admins] == [user_id]:
            raise PeopleError("The last admin cannot be locked out: nobody could let anybody in again.")
        queries.set_disabled(session, user, disabled, actor, now)


def link_owner(database: Database, token: str, now: datetime) -> User | None:
    """Whose link this is; None when it is unknown, used or expired. Looking does not use it up."""
    with database.read() as session:
        found = queries.find_link(session, fingerprint(token), now)
        return found[1] if found else None


def redeem_link(database: Database, token: str, password: str, now: datetime) -> str | None:
    """Use the link up, set the password and log in: returns the session cookie, or None for a worthless link.

    Raises `WeakPassword` (the link stays usable). All other sessions of the user end.
    """
    owner = link_owner(database, token, now)
    if owner is None:
        return None
    refuse_weak(password, owner.name)
    hashed = hash_password(password)  # outside the transaction: half a second must not hold the write lock
    with database.write() as session:
        found = queries.find_link(session, fingerprint(token), now)
        if found is None or found[0].id is None or not queries.use_link(session, found[0].id, now):
            return None
        user = found[1]
        assert user.id is not None
        user.password_hash = hashed
        session.add(user)
        queries.end_sessions(session, user.id)
        record(session, [Change("user", user.id, "invited", "active", f"user:{user.id}", "password set")], now=now)
        return _new_session(session, user.id, now)


def check_password(database: Database, name: str, password: str) -> User | None:
    """The user with this name and password; unknown, disabled and wrong take the same time and look the same."""
    with database.read() as session:
        user = queries.user_by_name(session, name.strip())
    right = matches(user.password_hash if user else "", password)
    return user if user and right and not user.disabled else None


def log_in(database: Database, user: User, now: datetime) -> str:
    """A fresh session; returns the opaque cookie value (256 bits), of which only the hash is stored."""
    assert user.id is not None
    with database.write() as session:
        queries.end_stale_sessions(session, now)
        return _new_session(session, user.id, now)


def log_out(database: Database, cookie: str) -> None:
    """End the session behind the cookie on the server; a kept copy of the cookie is worthless afterwards."""
    with database.write() as session:
        queries.end_session(session, fingerprint(cookie))


def visitor(database: Database, cookie: str, now: datetime, *, touch: bool = True) -> Visitor | None:
    """Who this cookie belongs to; None when the session ended, idled out, or the account is disabled."""
    with database.read() as session:
        found = queries.find_session(session, fingerprint(cookie))
    if found is None:
        return None
    browser, user = found
    idle = now - browser.last_seen_at
    if user.disabled or now >= browser.expires_at or idle >= IDLE_LIFE or browser.id is None:
        return None
    if touch and idle >= TOUCH_EVERY:
        with database.write() as session:
            queries.touch_session(session, browser.id, now)
    return Visitor(user, browser.id, browser.form_key)


def change_password(database: Database, who: Visitor, old: str, new: str, now: datetime) -> None:
    """Set a new password and end every other session. Raises `PeopleError` (old one wrong) or `WeakPassword`."""
    if not matches(who.user.password_hash, old):
        raise PeopleError("The current password is not right. Nothing was changed.")
    refuse_weak(new, who.user.name)
    hashed = hash_password(new)
    with database.write() as session:
        user = queries.get_user(session, who.user.id or 0)
        assert user is not None
        assert user.id is not None
        user.password_hash = hashed
        session.add(user)
        queries.end_sessions(session, user.id, but=who.session_id)
        record(session, [Change("user", user.id, "active", "active", f"user:{user.id}", "password changed")], now=now)


def change_language(database: Database, user_id: int, language: str) -> None:
    """The language this person reads the page in."""
    if language not in LANGUAGES:
        raise PeopleError("This language is not available.")
    with database.write() as session:
        user = queries.get_user(session, user_id)
        assert user is not None
        user.language = language
        session.add(user)


def _new_link(session: Session, user_id: int, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    queries.insert_link(session, LoginLink(token_hash=fingerprint(token), user_id=user_id, expires_at=now + LINK_LIFE))
    return token


def _new_session(session: Session, user_id: int, now: datetime) -> str:
    token = secrets.token_urlsafe(32)
    browser = UserSession(
        token_hash=fingerprint(token),
        user_id=user_id,
        form_key=secrets.token_urlsafe(24),
        created_at=now,
        last_seen_at=now,
        expires_at=now + SESSION_LIFE,
    )
    queries.insert_session(session, browser)
    return token
