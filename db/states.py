"""Every state a row can be in and every move between them. Pure: no ORM, no clock.

A move that is not listed here cannot be made (`db.moves.move` asks `allowed`), and the CHECK constraints in
`db.models` are built from the same enums, so the database refuses unknown states by itself.
"""

from __future__ import annotations

from enum import StrEnum


class SourceState(StrEnum):
    ACTIVE = "active"
    DEGRADED = "degraded"
    PAUSED = "paused"


class PostState(StrEnum):
    LIVE = "live"
    EDITED = "edited"
    DELETED = "deleted"


class CaseState(StrEnum):
    OPEN = "open"
    WAITING = "waiting_for_customer"
    SETTLED = "settled"


class ObligationState(StrEnum):
    OPEN = "open"
    REPLIED = "replied"
    ANSWERED = "answered"
    CLOSED = "closed"


class DraftState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"


class ReplyState(StrEnum):
    PLANNED = "planned"
    SENDING = "sending"
    CONFIRMED = "confirmed"
    PENDING = "pending"
    UNKNOWN = "unknown"
    REFUSED = "refused"
    GONE = "gone"
    CANCELLED = "cancelled"


class SightingState(StrEnum):
    SEEN = "seen"
    MISSING = "missing"


class ChannelState(StrEnum):
    DRY_RUN = "dry_run"
    ARMED = "armed"
    PAUSED = "paused"
    FAILED = "failed"


class DraftKind(StrEnum):
    FULL = "full"
    HOLDING = "holding"
    FOLLOW_UP = "follow_up"
    PRIVATE_CHANNEL = "private_channel"


class DraftOrigin(StrEnum):
    RULES = "rules"
    PERSON = "person"
    MODEL = "model"


class Assessment(StrEnum):
    RIGHT = "right"
    PARTLY = "partly"
    MISUNDERSTANDING = "misunderstanding"
    OWN_FAULT = "own_fault"
    OPEN = "open"
    PRAISE = "praise"


class CloseReason(StrEnum):
    """Why an obligation ended without an answer of ours. Shown to people; never silent."""

    SUPERSEDED = "superseded"
    SPELLING_ONLY = "spelling_only"
    STARS_ONLY = "stars_only"
    PRAISE_WITHOUT_TEXT = "praise_without_text"
    DELETED_BEFORE_ANSWER = "deleted_before_answer"
    BEFORE_START_DATE = "before_start_date"
    BYSTANDER = "bystander"
    SPAM = "spam"
    NOT_ANSWERABLE = "not_answerable"
    BY_PERSON = "by_person"


class ReadingField(StrEnum):
    """What a person may correct in the reading of a post. The first three hold one value, the others labels."""

    LANGUAGE = "language"
    SENTIMENT = "sentiment"
    ANGER = "anger"
    TOPICS = "topics"
    WANTS = "wants"
    RISKS = "risks"


MOVES: dict[type[StrEnum], dict[StrEnum, frozenset[StrEnum]]] = {
    SourceState: {
        SourceState.ACTIVE: frozenset({SourceState.DEGRADED, SourceState.PAUSED}),
        SourceState.DEGRADED: frozenset({SourceState.ACTIVE, SourceState.PAUSED}),
        SourceState.PAUSED: frozenset({SourceState.ACTIVE}),
    },
    PostState: {
        PostState.LIVE: frozenset({PostState.EDITED, PostState.DELETED}),
        PostState.EDITED: frozenset({PostState.EDITED, PostState.DELETED}),
        PostState.DELETED: frozenset({PostState.LIVE, PostState.EDITED}),
    },
    CaseState: {
        CaseState.OPEN: frozenset({CaseState.WAITING, CaseState.SETTLED}),
        CaseState.WAITING: frozenset({CaseState.OPEN, CaseState.SETTLED}),
        CaseState.SETTLED: frozenset({CaseState.OPEN}),
    },
    ObligationState: {
        ObligationState.OPEN: frozenset({ObligationState.REPLIED, ObligationState.ANSWERED, ObligationState.CLOSED}),
        # back to open: the reply vanished or the platform rejected it later
        ObligationState.REPLIED: frozenset({ObligationState.ANSWERED, ObligationState.OPEN, ObligationState.CLOSED}),
        # to closed: the reply vanished, but a newer wording has a duty of its own
        ObligationState.ANSWERED: frozenset({ObligationState.OPEN, ObligationState.CLOSED}),
        ObligationState.CLOSED: frozenset({ObligationState.OPEN}),
    },
    DraftState: {
        # approved -> waiting is the undo inside the undo window, or a reply that came back
        DraftState.WAITING: frozenset({DraftState.APPROVED, DraftState.REJECTED, DraftState.SUPERSEDED}),
        DraftState.APPROVED: frozenset({DraftState.WAITING, DraftState.SUPERSEDED}),
        DraftState.REJECTED: frozenset(),
        DraftState.SUPERSEDED: frozenset(),
    },
    ReplyState: {
        ReplyState.PLANNED: frozenset(
            {
                ReplyState.SENDING,
                ReplyState.CANCELLED,
                ReplyState.REFUSED,
                ReplyState.GONE,
                ReplyState.CONFIRMED,
            }
        ),
        ReplyState.SENDING: frozenset(
            {
                ReplyState.CONFIRMED,
                ReplyState.PENDING,
                ReplyState.UNKNOWN,
                ReplyState.REFUSED,
                ReplyState.GONE,
                ReplyState.PLANNED,
            }
        ),
        ReplyState.UNKNOWN: frozenset(
            {
                ReplyState.CONFIRMED,
                ReplyState.PENDING,
                ReplyState.PLANNED,
                ReplyState.REFUSED,
                ReplyState.GONE,
            }
        ),
        # to unknown: the account was changed, so the platform can no longer be asked
        ReplyState.PENDING: frozenset(
            {
                ReplyState.CONFIRMED,
                ReplyState.UNKNOWN,
                ReplyState.REFUSED,
                ReplyState.GONE,
            }
        ),
        ReplyState.CONFIRMED: frozenset({ReplyState.REFUSED, ReplyState.GONE}),
        ReplyState.REFUSED: frozenset(),
        ReplyState.GONE: frozenset(),
        ReplyState.CANCELLED: frozenset(),
    },
    ChannelState: {
        ChannelState.DRY_RUN: frozenset({ChannelState.ARMED, ChannelState.PAUSED}),
        ChannelState.ARMED: frozenset({ChannelState.DRY_RUN, ChannelState.PAUSED, ChannelState.FAILED}),
        ChannelState.PAUSED: frozenset({ChannelState.ARMED, ChannelState.DRY_RUN}),
        ChannelState.FAILED: frozenset({ChannelState.ARMED, ChannelState.DRY_RUN, ChannelState.PAUSED}),
    },
}

LIVE_REPLY = (
    ReplyState.PLANNED,
    ReplyState.SENDING,
    ReplyState.CONFIRMED,
    ReplyState.PENDING,
    ReplyState.UNKNOWN,
)
"""States in which a reply may be, or may still become, public: at most one per obligation and kind."""


def allowed(before: StrEnum, after: StrEnum) -> bool:
    """Whether `MOVES` lists the step from `before` to `after` (both of the same enum)."""
    return after in MOVES[type(before)].get(before, frozenset())


def quoted(states: type[StrEnum] | tuple[StrEnum, ...]) -> str:
    """The states as a SQL literal list, for CHECK constraints and partial indexes."""
    return ", ".join(f"'{state.value}'" for state in states)
