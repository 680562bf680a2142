"""What people corrected in readings: for the item page, and as labelled texts to learn from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists
from sqlmodel import Session, col, select

from db.models import Approval, Correction, Post, PostVersion, Source, User
from db.states import ReadingField


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction and who made it."""

    correction: Correction
    by: User


@dataclass(frozen=True, slots=True)
class Labelled:
    """A correction with the wording it is about and where that stands."""

    correction: Correction
    version: PostVersion
    source: Source


def of_version(session: Session, version_id: int) -> tuple[Corrected, ...]:
    """The corrections of one wording, oldest first."""
    query = (
        select(Correction, User)
        .join(User, col(User.id) == col(Correction.user_id))
        .where(col(Correction.post_version_id) == version_id)
        .order_by(col(Correction.at), col(Correction.id))
    )
    return tuple(Corrected(*found) for found in session.exec(query))


def machine_said(session: Session, version_id: int, field: ReadingField, label: str) -> str | None:
    """What the reader said where a person has already said otherwise; None where nobody has."""
    query = select(col(Correction.machine)).where(
        col(Correction.post_version_id) == version_id,
        col(Correction.field) == field.value,
        col(Correction.label) == label,
    )
    return session.exec(query).one_or_none()


def keep(
    session: Session,
    version_id: int,
    field: ReadingField,
    label: str,
    *,
    machine: str,
    person: str,
    user_id: int,
    now: datetime,
) -> None:
    """Remember that a person reads this point as `person`, the reader as `machine`; nothing is kept where they agree.

    The caller writes the reading itself, and its line in the audit trail, in the same transaction.
    """
    earlier = (
        col(Correction.post_version_id) == version_id,
        col(Correction.field) == field.value,
        col(Correction.label) == label,
    )
    session.connection().execute(delete(Correction).where(*earlier))
    if machine != person:
        session.add(
            Correction(
                post_version_id=version_id, field=field.value, label=label, machine=machine, person=person,
                user_id=user_id, at=now,
            )
        )  # fmt: skip
        session.flush()


def labelled(session: Session) -> list[Labelled]:
    """All corrections with their wordings, in a fixed order."""
    query = (
        select(Correction, PostVersion, Source)
        .join(PostVersion, col(PostVersion.id) == col(Correction.post_version_id))
        .join(Post, col(Post.id) == col(PostVersion.post_id))
        .join(Source, col(Source.id) == col(Post.source_id))
        .order_by(col(Correction.post_version_id), col(Correction.field), col(Correction.label))
    )
    return [Labelled(*found) for found in session.exec(query)]


def confirmed(session: Session, limit: int) -> list[tuple[PostVersion, Source]]:
    """Wordings whose mood was let stand by somebody who signed an answer to them, the newest `limit`, oldest first."""
    signed = exists().where(col(Approval.post_version_id) == col(PostVersion.id), col(Approval.withdrawn_at).is_(None))
    put_right = exists().where(
        col(Correction.post_version_id) == col(PostVersion.id),
        col(Correction.field) == ReadingField.SENTIMENT.value,
    )
    query = (
        select(PostVersion, Source)
        .join(Post, col(Post.id) == col(PostVersion.post_id))
        .join(Source, col(Source.id) == col(Post.source_id))
        .where(signed, ~put_right, col(PostVersion.reading).is_not(None))
        .order_by(col(PostVersion.id).desc())
        .limit(limit)
    )
    return list(reversed(session.exec(query).all()))
