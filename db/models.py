"""All tables. What the database can refuse, it refuses here: foreign keys, CHECKs, partial unique indexes.

No `from __future__ import annotations` in this file: SQLModel resolves relationships at class creation.
All times are aware UTC. `table=True` models do not validate on construction; callers pass checked values.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Index, MetaData, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from db.states import (
    LIVE_REPLY,
    Assessment,
    CaseState,
    ChannelState,
    CloseReason,
    DraftKind,
    DraftOrigin,
    DraftState,
    ObligationState,
    PostState,
    ReadingField,
    ReplyState,
    SightingState,
    SourceState,
    quoted,
)

SQLModel.metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def one_of(column: str, states: Any, name: str | None = None) -> CheckConstraint:
    """A CHECK that `column` holds one of the values of the enum `states`."""
    return CheckConstraint(f"{column} IN ({quoted(states)})", name=name or column)


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over the rows that satisfy `where` only, the same on SQLite and PostgreSQL."""
    predicate = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=predicate, postgresql_where=predicate)


class Channel(SQLModel, table=True):
    """An account that answers in public: the outlet's kind, its address and where its secret is found.

    `secret` names a credential (file or environment), never its value. A channel starts in dry run.
    """

    __tablename__ = "channel"
    __table_args__ = (one_of("state", ChannelState),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    kind: str
    address: str = ""
    account: str = ""
    secret: str = ""
    settings: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    state: str = ChannelState.DRY_RUN
    state_reason: str = ""
    created_at: datetime


class Source(SQLModel, table=True):
    """A place we watch. `own_names` are the display names under which the business itself writes there.

    `secret` names the credential for reading, where the platform wants one, never its value. `failures` counts looks
    in a row that went wrong. `vitals` is what earlier looks told about the health of the source (`crawler.health`).
    """

    __tablename__ = "source"
    __table_args__ = (
        one_of("state", SourceState),
        CheckConstraint("address_form IN ('sie', 'du')", name="address_form"),
        CheckConstraint("cadence_seconds >= 10", name="cadence"),
        partial("ix_source_due", "next_look_at", where=f"state <> '{SourceState.PAUSED.value}'"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    kind: str
    address: str
    locale: str = "de-DE"
    address_form: str = "sie"
    confidential: bool = False
    allow_private: bool = False
    cadence_seconds: int = 900
    answer_from: datetime | None = None
    own_names: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    secret: str = ""
    settings: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    channel_id: int | None = Field(default=None, foreign_key="channel.id")
    cursor: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    state: str = SourceState.ACTIVE
    state_reason: str = ""
    next_look_at: datetime | None = None
    full_look_wanted: bool = False
    last_full_look_at: datetime | None = None
    last_good_at: datetime | None = None
    published_total: int | None = None
    failures: int = 0
    vitals: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    created_at: datetime


class Author(SQLModel, table=True):
    """A person as one platform shows him. `external_id` is the platform's id, else the normalised display name."""

    __tablename__ = "author"
    __table_args__ = (UniqueConstraint("source_id", "external_id"),)

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    external_id: str
    name: str = ""
    url: str = ""


class Case(SQLModel, table=True):
    """All posts of one author about one matter. `waiting_since` is set while the customer waits for us."""

    __tablename__ = "case"
    __table_args__ = (
        one_of("state", CaseState),
        one_of("assessment", Assessment),
        CheckConstraint("step BETWEEN 1 AND 3", name="step"),
    )

    id: int | None = Field(default=None, primary_key=True)
    author_id: int = Field(foreign_key="author.id", index=True)
    state: str = CaseState.OPEN
    step: int = 1
    assessment: str = Assessment.OPEN
    owner_id: int | None = Field(default=None, foreign_key="user.id")
    contact_lock: bool = False
    waiting_since: datetime | None = None
    created_at: datetime


class Post(SQLModel, table=True):
    """A public text; its wording lives in `PostVersion`. `version` is the number of the newest one."""

    __tablename__ = "post"
    __table_args__ = (
        UniqueConstraint("source_id", "external_id"),
        one_of("state", PostState),
        CheckConstraint("version >= 1", name="version"),
    )

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    external_id: str
    author_id: int = Field(foreign_key="author.id", index=True)
    case_id: int = Field(foreign_key="case.id", index=True)
    parent_external_id: str = ""
    url: str = ""
    language: str = ""
    state: str = PostState.LIVE
    version: int = 1
    created_at: datetime | None = None
    seen_at: datetime


class PostVersion(SQLModel, table=True):
    """One wording of a post. `content_hash` is sha256 hex of the normalised title, text and rating.

    `reading` is what the reader made of it (see `responder.reading`) with what people corrected since, null until the
    worker has read it.
    """

    __tablename__ = "post_version"
    __table_args__ = (UniqueConstraint("post_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id")
    version: int = 1
    title: str = ""
    text: str = ""
    rating: float | None = None
    rating_best: float | None = None
    rating_worst: float | None = None
    content_hash: str
    updated_at: datetime | None = None
    seen_at: datetime
    reading: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))


class Correction(SQLModel, table=True):
    """Where a person reads a wording otherwise than the reader did: what `gelassen train` learns from.

    `label` names one of several topics, wants or risks, and `machine` and `person` then say yes or no; it is empty for
    a field of one value. Whoever returns to the reader's view takes the row away. The text itself is in `PostVersion`.
    """

    __tablename__ = "correction"
    __table_args__ = (
        UniqueConstraint("post_version_id", "field", "label"),
        one_of("field", ReadingField),
        CheckConstraint("machine <> person", name="differs"),
    )

    id: int | None = Field(default=None, primary_key=True)
    post_version_id: int = Field(foreign_key="post_version.id")
    field: str
    label: str = ""
    machine: str
    person: str
    user_id: int = Field(foreign_key="user.id")
    at: datetime


class OwnerReply(SQLModel, table=True):
    """An answer of the business seen in public; `reply_id` is set when it is one that went through our outbox."""

    __tablename__ = "owner_reply"
    __table_args__ = (UniqueConstraint("post_id", "external_id"),)

    id: int | None = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id")
    external_id: str
    text: str
    author_name: str = ""
    created_at: datetime | None = None
    seen_at: datetime
    reply_id: int | None = Field(default=None, foreign_key="reply.id")


class Obligation(SQLModel, table=True):
    """The duty to answer one post version. `step` is the case's step when it arose.

    `holding_due_at` is when a first word is due, `due_at` when the full answer is. `held_until` is a snooze, never
    later than `due_at`. `reason` and `closed_by` are set exactly when it was closed.
    """

    __tablename__ = "obligation"
    __table_args__ = (
        UniqueConstraint("post_version_id"),
        one_of("state", ObligationState),
        CheckConstraint(
            f"(state = 'closed') = (reason IN ({quoted(CloseReason)}) AND closed_by <> '')",
            name="closed_has_reason",
        ),
        CheckConstraint("step BETWEEN 1 AND 3", name="step"),
        CheckConstraint("held_until IS NULL OR held_until <= due_at", name="snooze_within_deadline"),
        partial("ix_obligation_open_due", "due_at", "id", where="state = 'open'"),
        partial("ix_obligation_undrafted", "id", where="state = 'open' AND drafted = false"),
        Index("ix_obligation_case_id", "case_id"),
        # no plain index on `state`: SQLite would prefer it to the partial ones, and then sort
        partial("ix_obligation_answered", "id", "state", where="state IN ('answered', 'replied')"),
        partial("ix_obligation_closed", "id", "state", where="state = 'closed'"),
    )

    id: int | None = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id", index=True)
    post_version_id: int = Field(foreign_key="post_version.id")
    case_id: int = Field(foreign_key="case.id")
    step: int = 1
    state: str = ObligationState.OPEN
    reason: str = ""
    closed_by: str = ""
    note: str = ""
    drafted: bool = False
    due_at: datetime
    holding_due_at: datetime
    held_until: datetime | None = None
    created_at: datetime
    first_word_at: datetime | None = None
    replied_at: datetime | None = None
    answered_at: datetime | None = None


class Draft(SQLModel, table=True):
    """A proposed text. `revision` rises with every edit; a form carrying an older one is a conflict, not a loss."""

    __tablename__ = "draft"
    __table_args__ = (
        one_of("state", DraftState),
        one_of("kind", DraftKind),
        one_of("origin", DraftOrigin),
        partial("uq_draft_one_waiting", "obligation_id", where="state = 'waiting'", unique=True),
        Index("ix_draft_obligation_id", "obligation_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    obligation_id: int = Field(foreign_key="obligation.id")
    kind: str = DraftKind.FULL
    origin: str = DraftOrigin.RULES
    state: str = DraftState.WAITING
    text: str
    practices: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    findings: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    needs: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    note: str = ""
    revision: int = 1
    edited_by_id: int | None = Field(default=None, foreign_key="user.id")
    created_at: datetime
    updated_at: datetime


class Approval(SQLModel, table=True):
    """A signature over exactly these bytes for exactly this post version, target and account.

    `sha256` covers the canonical JSON built by `responder.outbox.signed_bytes`; the poster recomputes it.
    Undoing inside the window sets `withdrawn_at`; a withdrawn approval never becomes public.
    """

    __tablename__ = "approval"
    __table_args__ = (
        partial("uq_approval_one_per_draft", "draft_id", where="withdrawn_at IS NULL", unique=True),
        Index("ix_approval_obligation_id", "obligation_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="draft.id")
    obligation_id: int = Field(foreign_key="obligation.id")
    post_version_id: int = Field(foreign_key="post_version.id")
    channel_id: int | None = Field(default=None, foreign_key="channel.id")
    kind: str = DraftKind.FULL
    target: str
    text: str
    sha256: str
    approver_id: int = Field(foreign_key="user.id")
    second_approver_id: int | None = Field(default=None, foreign_key="user.id")
    overruled: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    approved_at: datetime
    undo_until: datetime
    withdrawn_at: datetime | None = None


class Reply(SQLModel, table=True):
    """An approved text on its way. The intent (`sending`, `sending_since`) is committed before the outward call.

    `quiet_until` is the earliest moment at which a reply in doubt may be looked up: until then the first request may
    still be in flight. `next_try_at` is when a tick looks at the row again.
    """

    __tablename__ = "reply"
    __table_args__ = (
        UniqueConstraint("approval_id"),
        UniqueConstraint("idempotency_key"),
        one_of("state", ReplyState),
        one_of("kind", DraftKind),
        partial(
            "uq_reply_one_live",
            "obligation_id",
            "kind",
            where=f"state IN ({quoted(LIVE_REPLY)})",
            unique=True,
        ),
        partial(
            "ix_reply_due",
            "next_try_at",
            where="state IN ('planned', 'sending', 'unknown', 'pending')",
        ),
        partial("ix_reply_look", "next_look_at", where="state = 'confirmed' AND next_look_at IS NOT NULL"),
    )

    id: int | None = Field(default=None, primary_key=True)
    approval_id: int = Field(foreign_key="approval.id")
    obligation_id: int = Field(foreign_key="obligation.id")
    kind: str = DraftKind.FULL
    channel_id: int | None = Field(default=None, foreign_key="channel.id")
    state: str = ReplyState.PLANNED
    idempotency_key: str
    attempts: int = 0
    not_before: datetime
    next_try_at: datetime
    sending_since: datetime | None = None
    quiet_until: datetime | None = None
    outcome: str = ""
    detail: str = ""
    external_id: str = ""
    url: str = ""
    confirmed_at: datetime | None = None
    next_look_at: datetime | None = None
    looks: int = 0
    created_at: datetime


class Sighting(SQLModel, table=True):
    """A look whether our reply is visible in public, with what was found."""

    __tablename__ = "sighting"
    __table_args__ = (one_of("state", SightingState),)

    id: int | None = Field(default=None, primary_key=True)
    reply_id: int = Field(foreign_key="reply.id", index=True)
    at: datetime
    state: str
    evidence: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


class Transition(SQLModel, table=True):
    """One change of state of one row, hash-chained and append-only (triggers refuse UPDATE and DELETE).

    `actor` is `user:<id>`, `tick:<name>`, `worker`, `poster` or `cli`. No personal data: rows are referred to by id.
    """

    __tablename__ = "transition"
    __table_args__ = (Index("ix_transition_entity", "entity", "entity_id"),)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    entity: str
    entity_id: int
    before: str
    after: str
    actor: str
    why: str = ""
    hash: str


class ChainHead(SQLModel, table=True):
    """The newest link of the transition chain: a cut-off end of the table shows as a difference to this row."""

    __tablename__ = "chain_head"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: int = Field(default=1, primary_key=True)
    count: int = 0
    hash: str = ""


class User(SQLModel, table=True):
    """A person with an account. `roles` holds any of viewer, drafter, approver, admin."""

    __tablename__ = "user"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    display_name: str = ""
    roles: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    password_hash: str = ""
    language: str = "de"
    disabled: bool = False
    created_at: datetime


class LoginLink(SQLModel, table=True):
    """A one-time link made on the command line; only the hash of its token is stored."""

    __tablename__ = "login_link"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    user_id: int = Field(foreign_key="user.id")
    expires_at: datetime
    used_at: datetime | None = None


class UserSession(SQLModel, table=True):
    """A login on one browser; `token_hash` is sha256 of the opaque cookie, `form_key` the second cross-site wall."""

    __tablename__ = "user_session"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    user_id: int = Field(foreign_key="user.id", index=True)
    form_key: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime


class Setting(SQLModel, table=True):
    """A value people change while the daemon runs (pause switch, business profile …)."""

    __tablename__ = "setting"

    key: str = Field(primary_key=True)
    value: Any = Field(default=None, sa_column=Column(JSON, nullable=False))
    updated_at: datetime


class Tick(SQLModel, table=True):
    """When each tick last completed; health is judged by this row, not by a running timer."""

    __tablename__ = "tick"

    name: str = Field(primary_key=True)
    last_run_at: datetime
    detail: str = ""


class Lease(SQLModel, table=True):
    """Who may act. A new holder raises `epoch`; writes that carry an older epoch are refused."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    owner: str
    epoch: int
    expires_at: datetime
