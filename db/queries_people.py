"""People: accounts, one-time login links and browser sessions. Only hashes of tokens ever arrive here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from db.models import LoginLink, User, UserSession
from db.moves import Change, record


def user_by_name(session: Session, name: str) -> User | None:
    """The account called `name`, disabled or not."""
    return session.exec(select(User).where(col(User.name) == name)).one_or_none()


def get_user(session: Session, user_id: int) -> User | None:
    """The account with this id, disabled or not."""
    return session.get(User, user_id)


def list_users(session: Session) -> list[User]:
    """Everybody, by name."""
    return list(session.exec(select(User).order_by(col(User.name))))


def insert_user(session: Session, user: User, actor: str, now: datetime) -> int:
    """Store a new account and note it in the audit trail; returns its id."""
    session.add(user)
    session.flush()
    assert user.id is not None
    record(session, [Change("user", user.id, "", "active", actor, " ".join(user.roles))], now=now)
    return user.id


def set_disabled(session: Session, user: User, disabled: bool, actor: str, now: datetime) -> None:
    """Lock an account out (all its sessions and links end at once) or let it in again."""
    assert user.id is not None
    before, after = ("active", "disabled") if disabled else ("disabled", "active")
    user.disabled = disabled
    session.add(user)
    if disabled:
        end_sessions(session, user.id)
        cancel_links(session, user.id, now)
    record(session, [Change("user", user.id, before, after, actor)], now=now)


def insert_link(session: Session, link: LoginLink) -> None:
    """Store a one-time link."""
    session.add(link)
    session.flush()


def find_link(session: Session, token_hash: str, now: datetime) -> tuple[LoginLink, User] | None:
    """The unused, unexpired link with this token and its user, unless that user is disabled."""
    found = session.exec(
        select(LoginLink, User)
        .where(col(LoginLink.user_id) == col(User.id))
        .where(col(LoginLink.token_hash) == token_hash, col(LoginLink.used_at).is_(None))
        .where(col(LoginLink.expires_at) > now, col(User.disabled).is_(False))
    ).one_or_none()
    return (found[0], found[1]) if found else None


def use_link(session: Session, link_id: int, now: datetime) -> bool:
    """Mark the link as used; False when somebody else was faster."""
    result = session.connection().execute(
        update(LoginLink).where(col(LoginLink.id) == link_id, col(LoginLink.used_at).is_(None)).values(used_at=now)
    )
    return result.rowcount == 1


def cancel_links(session: Session, user_id: int, now: datetime) -> None:
    """Make every unused link of this user worthless."""
    session.connection().execute(
        update(LoginLink).where(col(LoginLink.user_id) == user_id, col(LoginLink.used_at).is_(None)).values(used_at=now)
    )


def insert_session(session: Session, browser: UserSession) -> None:
    """Store a login on one browser."""
    session.add(browser)
    session.flush()


def find_session(session: Session, token_hash: str) -> tuple[UserSession, User] | None:
    """The session behind a cookie and its user, in one query; whether it is still valid is the caller's question."""
    found = session.exec(
        select(UserSession, User)
        .where(col(UserSession.user_id) == col(User.id))
        .where(col(UserSession.token_hash) == token_hash)
    ).one_or_none()
    return (found[0], found[1]) if found else None


def touch_session(session: Session, session_id: int, now: datetime) -> None:
    """Note that the session was used just now."""
    session.connection().execute(update(UserSession).where(col(UserSession.id) == session_id).values(last_seen_at=now))


def end_session(session: Session, token_hash: str) -> None:
    """Forget one login (logout)."""
    session.connection().execute(delete(UserSession).where(col(UserSession.token_hash) == token_hash))


def end_sessions(session: Session, user_id: int, *, but: int | None = None) -> None:
    """Forget all logins of a user, except the session with id `but`."""
    query = delete(UserSession).where(col(UserSession.user_id) == user_id)
    if but is not None:
        query = query.where(col(UserSession.id) != but)
    session.connection().execute(query)


def end_stale_sessions(session: Session, now: datetime) -> None:
    """Forget logins whose absolute life is over."""
    session.connection().execute(delete(UserSession).where(col(UserSession.expires_at) <= now))
