"""Every query of the intake: what is known about the posts of one page, and the bulk inserts of what is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Dialect, Executable, and_, bindparam, func, select, update
from sqlmodel import Session, SQLModel, col

from db.models import Author, Case, Draft, Obligation, OwnerReply, Post, PostVersion, Source
from db.states import DraftState, ObligationState

T = TypeVar("T")

CHUNK = 500
"""At most so many values in one IN list: below every driver's limit."""


@dataclass(frozen=True, slots=True)
class Known:
    """A stored post with its newest version and that version's obligation."""

    post_id: int
    external_id: str
    author_id: int
    case_id: int
    state: str
    version: int
    version_id: int
    content_hash: str
    obligation_id: int
    obligation_state: str
    reason: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """The newest case of an author; `last_at` is when its newest obligation arose."""

    case_id: int
    author_id: int
    state: str
    step: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What the intake needs of the source whose page it takes in."""

    id: int
    own_names: list[str]
    settings: dict[str, Any]
    answer_from: datetime | None
    cursor: dict[str, Any]
    published_total: int | None


_SOURCE = (
    select(
        col(Source.id),
        col(Source.own_names),
        col(Source.settings),
        col(Source.answer_from),
        col(Source.cursor),
        col(Source.published_total),
    )
    .where(col(Source.id) == bindparam("source"))
    .with_for_update()
)

_KNOWN = (
    select(
        col(Post.id),
        col(Post.external_id),
        col(Post.author_id),
        col(Post.case_id),
        col(Post.state),
        col(Post.version),
        col(PostVersion.id),
        col(PostVersion.content_hash),
        col(Obligation.id),
        col(Obligation.state),
        col(Obligation.reason),
    )
    .join(PostVersion, and_(col(PostVersion.post_id) == col(Post.id), col(PostVersion.version) == col(Post.version)))
    .join(Obligation, col(Obligation.post_version_id) == col(PostVersion.id))
    .where(col(Post.source_id) == bindparam("source"), col(Post.external_id).in_(bindparam("keys", expanding=True)))
)
"""Built once: putting a query together for every page costs more than running it."""

_CURSOR = (
    update(Source)
    .where(col(Source.id) == bindparam("source"))
    .values(cursor=bindparam("new_cursor"), published_total=bindparam("new_total"))
)

_AUTHORS = select(col(Author.external_id), col(Author.id)).where(
    col(Author.source_id) == bindparam("source"), col(Author.external_id).in_(bindparam("keys", expanding=True))
)


def lock_source(session: Session, source_id: int) -> SourceRow | None:
    """The source, kept from other intakes until the transaction ends: one page of a source at a time."""
    row = session.connection().execute(_SOURCE, {"source": source_id}).one_or_none()
    return None if row is None else SourceRow(*row)


def known_posts(session: Session, source_id: int, external_ids: Sequence[str]) -> dict[str, Known]:
    """The posts of `source_id` that are already stored, by external id."""
    found: dict[str, Known] = {}
    for chunk in chunks(external_ids):
        for row in listed_rows(session, _KNOWN, chunk, source=source_id):
            found[row[1]] = Known(*row)
    return found


def authors(session: Session, source_id: int, keys: Sequence[str]) -> dict[str, int]:
    """Author ids by the platform's id (or the key made of the name)."""
    found: dict[str, int] = {}
    for chunk in chunks(keys):
        found.update((row[0], row[1]) for row in listed_rows(session, _AUTHORS, chunk, source=source_id))
    return found


def newest_cases(session: Session, author_ids: Sequence[int]) -> dict[int, CaseRow]:
    """The newest case of each of these authors."""
    found: dict[int, CaseRow] = {}
    for chunk in chunks(author_ids):
        last = func.max(col(Obligation.created_at))
        query = (
            select(col(Case.id), col(Case.author_id), col(Case.state), col(Case.step), last)
            .join(Obligation, col(Obligation.case_id) == col(Case.id))
            .where(col(Case.author_id).in_(chunk))
            .group_by(col(Case.id), col(Case.author_id), col(Case.state), col(Case.step))
            .order_by(col(Case.id))
        )
        found.update((row[1], CaseRow(*row)) for row in rows(session, query))
    return found


def case_texts(session: Session, case_id: int, limit: int = 3) -> list[str]:
    """The newest wordings in a case."""
    query = (
        select(col(PostVersion.text))
        .join(Post, col(Post.id) == col(PostVersion.post_id))
        .where(col(Post.case_id) == case_id)
        .order_by(col(PostVersion.id).desc())
        .limit(limit)
    )
    return [row[0] for row in rows(session, query)]


def owner_replies(session: Session, post_ids: Sequence[int]) -> dict[tuple[int, str], OwnerReply]:
    """The answers of the business already seen under these posts, by post and external id."""
    found: dict[tuple[int, str], OwnerReply] = {}
    for chunk in chunks(post_ids):
        for reply in session.scalars(select(OwnerReply).where(col(OwnerReply.post_id).in_(chunk))):
            found[reply.post_id, reply.external_id] = reply
    return found


def versions_of(session: Session, post_id: int) -> list[tuple[PostVersion, Obligation]]:
    """All wordings of a post with their obligations, oldest first."""
    query = (
        select(PostVersion, Obligation)
        .join(Obligation, col(Obligation.post_version_id) == col(PostVersion.id))
        .where(col(PostVersion.post_id) == post_id)
        .order_by(col(PostVersion.version))
        .execution_options(populate_existing=True)
    )
    return [(version, obligation) for version, obligation in rows(session, query)]


def obligation_of(session: Session, obligation_id: int) -> Obligation:
    """The obligation as it is in the database now. Raises `LookupError` when there is none."""
    found = session.get(Obligation, obligation_id, populate_existing=True)
    if found is None:
        raise LookupError(f"There is no obligation {obligation_id}.")
    return found


def open_obligations_of_case(session: Session, case_id: int) -> int:
    """How many duties of a case are still open."""
    query = (
        select(func.count())
        .select_from(Obligation)
        .where(col(Obligation.case_id) == case_id, col(Obligation.state) == ObligationState.OPEN.value)
    )
    return int(rows(session, query)[0][0])


def waiting_draft(session: Session, obligation_id: int) -> Draft | None:
    """The draft that waits for a person, if there is one."""
    query = select(Draft).where(col(Draft.obligation_id) == obligation_id, col(Draft.state) == DraftState.WAITING.value)
    return session.scalars(query.execution_options(populate_existing=True)).first()


def rows(session: Session, query: Executable) -> list[Any]:
    """The rows of a query. Its columns' types are the query's business, so callers unpack them as they named them."""
    return list(session.execute(query))


def plain_rows(session: Session, query: Executable, given: Mapping[str, Any]) -> list[Any]:
    """The rows of a query over single columns, past the ORM's loading: for what runs on every page."""
    return list(session.connection().execute(query, given))


def listed_rows(session: Session, query: Executable, keys: Sequence[Any], **given: Any) -> list[Any]:
    """The rows of a query over numbers and texts with `IN :keys`, without putting the list together anew each time."""
    connection = session.connection()
    statement, names = _expanded(query, connection.dialect, len(keys), tuple(given))
    values = {**given, **{f"keys_{number}": key for number, key in enumerate(keys, 1)}}
    parameters: Any = values if names is None else tuple([values[name] for name in names])
    return list(connection.exec_driver_sql(statement, parameters))


@lru_cache(maxsize=256)
def _expanded(query: Any, dialect: Dialect, count: int, given: tuple[str, ...]) -> tuple[str, Sequence[str] | None]:
    """The query for `count` keys as the driver takes it, with the order of its parameters if they have one."""
    compiled = query.compile(dialect=dialect)
    state = compiled.construct_expanded_state({**dict.fromkeys(given), "keys": [None] * count})
    return state.statement, state.positiontup


def update_row(session: Session, table: type[SQLModel], row_id: int, **values: Any) -> int:
    """Set columns of one row; returns the number of rows hit."""
    columns: Any = table
    return session.connection().execute(update(table).where(columns.id == row_id).values(**values)).rowcount


def store_cursor(session: Session, source: SourceRow, cursor: dict[str, Any], published_total: int | None) -> int:
    """Keep what the page says about itself, if it says anything new; returns the number of rows written."""
    total = source.published_total if published_total is None else published_total
    if cursor == source.cursor and total == source.published_total:
        return 0
    given = {"source": source.id, "new_cursor": cursor, "new_total": total}
    return session.connection().execute(_CURSOR, given).rowcount


def chunks(values: Iterable[T]) -> Iterable[list[T]]:
    """The distinct values in lists of at most `CHUNK`."""
    unique = list(dict.fromkeys(values))
    return (unique[start : start + CHUNK] for start in range(0, len(unique), CHUNK))
