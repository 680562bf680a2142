"""Approved text to public reply, exactly once.

planned -> (the post still as approved?) -> sending, committed -> one attempt -> its result, committed. Whatever stops
in between leaves a row in `sending` or `unknown`: it is left alone until the attempt can no longer take effect, then
looked up on the platform, and only when the text is certainly not there may it be sent again.

Every write carries the poster's lease epoch; a poster that was overtaken can no longer record anything, so it stops.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from db import lease
from db import queries_outbox as queries
from db.engine import Database
from db.models import Channel, Reply
from db.moves import Conflict, move
from db.queries_outbox import Dispatch
from db.queries_settings import POSTING_PAUSED, get_setting
from db.states import ChannelState, ObligationState, ReplyState
from responder.outcomes import ACTOR, BackOff, cancel, refuse, take_outcome
from responder.publishers.base import Doubles, Outcome, Outgoing, Publisher, Result, Trouble
from responder.signature import signed_bytes
from responder.unchanged import altered, as_approved, other_account

__all__ = ["LEASE", "send_due", "settle_doubtful", "signed_bytes"]

log = logging.getLogger(__name__)

LEASE = "poster"
"""Name of the lease that every writing transaction of the poster requires."""

FRESH = timedelta(seconds=10)
"""An attempt whose intent is older than this when it is about to start is not started: the process was stopped."""

MOST = 100
"""Replies sent in one call at most, so that a tick ends."""

PublisherFor = Callable[[Channel], Publisher]
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class _Poster:
    """What every step needs."""

    database: Database
    publishers: PublisherFor
    now: Clock
    epoch: int
    quiet_seconds: float | None = None

    def quiet_time(self, publisher: Publisher) -> timedelta:
        """How long after its start an attempt may still take effect."""
        settle = publisher.settle_seconds if self.quiet_seconds is None else self.quiet_seconds
        return timedelta(seconds=publisher.timeout_seconds + settle)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that only the newest poster can commit. Raises `db.lease.LeaseLost`."""
        with self.database.write() as session:
            lease.require(session, LEASE, self.epoch)
            yield session

    def load(self, reply_id: int) -> Dispatch:
        with self.database.read() as session:
            return queries.dispatch(session, reply_id)

    def take(self, found: Dispatch, outcome: Outcome) -> None:
        """Record `outcome` and what follows from it. Raises `Conflict` when somebody moved the reply meanwhile."""
        with self.write() as session:
            if queries.dispatch(session, found.reply.id or 0).reply.state != found.reply.state:
                raise Conflict(f"reply {found.reply.id} moved")
            take_outcome(session, found, outcome, self.now(), BackOff(found.reply))

    def publisher(self, found: Dispatch) -> Publisher | None:
        """The reply's outlet; None when it cannot be used at all, which stops its channel until a person looks."""
        assert found.channel is not None
        try:
            return self.publishers(found.channel)
        except Exception as error:  # noqa: BLE001 - a missing secret, a wrong address …: for a person to put right
            self.take(found, Outcome(Result.AUTH, detail=str(error)))
            return None


def send_due(
    database: Database, publishers: PublisherFor, *, now: Clock, epoch: int, quiet_seconds: float | None = None
) -> int:
    """Settle what is in doubt, then send what is due; returns the number of replies handled.

    `quiet_seconds`, if given, takes the place of each outlet's own `settle_seconds`.
    Nothing is sent while posting is paused (setting `posting_paused`) or the channel is not armed. Raises
    `db.lease.LeaseLost` when another poster took over and `db.engine.StoreFull` when results cannot be recorded: in
    both cases stop; the rows say how to go on.
    """
    poster = _Poster(database, publishers, now, epoch, quiet_seconds)
    handled = settle_doubtful(database, publishers, now=now, epoch=epoch, quiet_seconds=quiet_seconds)
    _show_dry_runs(poster)
    for _ in range(MOST):
        with database.read() as session:
            paused = bool(get_setting(session, POSTING_PAUSED, False))
            reply_id = None if paused else queries.next_planned(session, now())
        if reply_id is None:
            break
        _send(poster, reply_id)
        handled += 1
    return handled


def settle_doubtful(
    database: Database, publishers: PublisherFor, *, now: Clock, epoch: int, quiet_seconds: float | None = None
) -> int:
    """Find out what became of replies that were cut off or wait for the platform; returns how many were looked at.

    Sends nothing, so it goes on while posting is paused.
    """
    poster = _Poster(database, publishers, now, epoch, quiet_seconds)
    looked = 0
    for state, settle in _SETTLE:
        with database.read() as session:
            due = queries.in_doubt(session, state, now())
        for reply_id in due:
            looked += 1
            with _others_first():
                settle(poster, poster.load(reply_id))
    return looked


def _send(poster: _Poster, reply_id: int) -> None:
    """One planned reply on its way, or back to a person with the reason why not."""
    found = poster.load(reply_id)
    with _others_first():
        wrong = altered(found)
        if wrong:
            with poster.write() as session:
                refuse(session, found, "signature", wrong, poster.now())
            return
        publisher, outgoing = poster.publisher(found), _outgoing(found)
        if publisher is not None and _still_stands(poster, found, publisher, outgoing):
            since = _claim(poster, found, publisher)
            if since is not None:
                _attempt(poster, reply_id, publisher, outgoing, since)


@contextmanager
def _others_first() -> Iterator[None]:
    """Somebody else moved the row meanwhile (a person, the crawler): what they did stands."""
    try:
        yield
    except Conflict as conflict:
        log.info("left to others: %s", conflict)


def _outgoing(found: Dispatch) -> Outgoing:
    return Outgoing(found.approval.target, found.post.url, found.approval.text, found.reply.idempotency_key)


def _still_stands(poster: _Poster, found: Dispatch, publisher: Publisher, outgoing: Outgoing) -> bool:
    """Whether the post is still the one that was answered; if not, or if that cannot be seen, the reply moves on."""
    try:
        standing = publisher.standing(outgoing)
    except Trouble as trouble:
        outcome = trouble.outcome
    except Exception as error:  # noqa: BLE001 - a look changes nothing on the platform, whatever went wrong with it
        outcome = Outcome(Result.RETRY_LATER, detail=_sentence(error))
    else:
        if standing.exists and as_approved(standing, found):
            return True
        if standing.exists:
            _changed(poster, found)
            return False
        outcome = Outcome(Result.GONE, detail="The post does not exist any more.")
    poster.take(found, outcome)
    return False


def _changed(poster: _Poster, found: Dispatch) -> None:
    detail = "The post was changed after the answer had been approved. Nothing was sent. Please read it again."
    with poster.write() as session:
        refuse(session, found, "changed", detail, poster.now())


def _claim(poster: _Poster, found: Dispatch, publisher: Publisher) -> datetime | None:
    """Commit the intent to send; None when pause, channel, post or undo were faster."""
    with poster.write() as session:
        now, fresh = poster.now(), queries.dispatch(session, found.reply.id or 0)
        assert fresh.channel is not None
        if get_setting(session, POSTING_PAUSED, False) or fresh.channel.state != ChannelState.ARMED:
            return None
        if fresh.obligation.state != ObligationState.OPEN:
            cancel(session, fresh, "no longer open", now)
            return None
        move(
            session, Reply, fresh.reply.id or 0, ReplyState.PLANNED, ReplyState.SENDING, actor=ACTOR, why="sending",
            now=now, sending_since=now, attempts=fresh.reply.attempts + 1, outcome="", detail="",
            next_try_at=now + poster.quiet_time(publisher), quiet_until=now + poster.quiet_time(publisher),
        )  # fmt: skip
        return now


def _attempt(poster: _Poster, reply_id: int, publisher: Publisher, outgoing: Outgoing, since: datetime) -> None:
    """The one outward call of this intent, and its result."""
    if poster.now() - since > FRESH:
        outcome = Outcome(Result.RETRY_LATER, detail="The attempt was not started: the process had been stopped.")
    else:
        outcome = _call(publisher.send, outgoing)
    found = poster.load(reply_id)
    if found.reply.state != ReplyState.SENDING:
        return
    poster.take(found, outcome)


def _call(call: Callable[[Outgoing], Outcome], outgoing: Outgoing) -> Outcome:
    """The outcome of an outward call; anything unforeseen leaves it unknown whether it took effect."""
    try:
        return call(outgoing)
    except Exception as error:  # noqa: BLE001 - whatever it was, the request may have gone out
        return Outcome(Result.UNKNOWN, detail=_sentence(error))


def _sentence(error: Exception) -> str:
    kind = "no answer in time" if isinstance(error, TimeoutError) else type(error).__name__
    return f"The platform could not be reached properly ({kind})."


def _settle_sending(poster: _Poster, found: Dispatch) -> None:
    """An attempt without a result: its process ended. From now on the reply is in doubt."""
    _doubt(poster, found, "cut off", "The attempt was cut off; it is being looked up.")


def _doubt(poster: _Poster, found: Dispatch, why: str, detail: str) -> None:
    quiet_until = found.reply.quiet_until or poster.now()
    with poster.write() as session:
        move(
            session, Reply, found.reply.id or 0, ReplyState(found.reply.state), ReplyState.UNKNOWN, actor=ACTOR,
            why=why, now=poster.now(), quiet_until=quiet_until, next_try_at=quiet_until,
            outcome=Result.UNKNOWN.value, detail=detail,
        )  # fmt: skip


def _settle_unknown(poster: _Poster, found: Dispatch) -> None:
    """Look up on the platform whether the text arrived, never before the quiet time is over."""
    other, quiet_until = other_account(found), found.reply.quiet_until
    if other:
        poster.take(found, Outcome(Result.UNKNOWN, detail=other))
        return
    publisher = poster.publisher(found)
    if publisher is None or (quiet_until is not None and quiet_until > poster.now()):
        return
    if publisher.doubles is Doubles.NO_READ_BACK:
        outcome = Outcome(Result.UNKNOWN, detail="Please look at the page and say whether the answer stands there.")
    else:
        outcome = _call(publisher.find, _outgoing(found))
    poster.take(found, outcome)


def _settle_pending(poster: _Poster, found: Dispatch) -> None:
    """Ask whether the platform has let our reply through by now."""
    other = other_account(found)
    if other:
        _doubt(poster, found, "another account", other)
        return
    publisher = poster.publisher(found)
    if publisher is not None:
        poster.take(found, _call(publisher.find, _outgoing(found)))


_SETTLE: tuple[tuple[ReplyState, Callable[[_Poster, Dispatch], None]], ...] = (
    (ReplyState.SENDING, _settle_sending),
    (ReplyState.UNKNOWN, _settle_unknown),
    (ReplyState.PENDING, _settle_pending),
)


def _show_dry_runs(poster: _Poster) -> None:
    with poster.database.read() as session:
        wanted = queries.dry_runs_wanted(session, poster.now())
    if wanted:
        with poster.write() as session:
            queries.mark_dry_runs(session, poster.now())
