"""Changing and removing channels, so that no answer leaves through an account for which it was not approved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, select

from db.models import Approval, Channel, Reply, Source
from db.moves import Change, move, record
from db.states import ChannelState, ReplyState

IN_DOUBT = (ReplyState.SENDING, ReplyState.UNKNOWN, ReplyState.PENDING)
"""Whether such a reply became public is only known at the account through which it left."""

WHO = frozenset({"address", "account"})
"""The columns that say as whom we speak; both belong to what a person approved (`responder.signature.key_of`)."""


class ChannelInUse(Exception):
    """Something still hangs on the channel; the message says what, and how to go on. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Use:
    """What hangs on a channel: answers that wait, that are in doubt, that were ever approved for it; its sources."""

    waiting: int
    in_doubt: int
    approved: int
    sources: tuple[str, ...]


def lock_channel(session: Session, name: str) -> Channel | None:
    """The channel of that name; until the transaction ends nobody else changes it or approves anything for it."""
    return session.exec(select(Channel).where(Channel.name == name).with_for_update()).one_or_none()


def use_of(session: Session, channel: Channel) -> Use:
    """What hangs on this channel now."""
    states = select(Reply.state, func.count()).where(Reply.channel_id == channel.id).group_by(Reply.state)
    replies = dict(session.exec(states).all())
    approved = session.exec(select(func.count()).select_from(Approval).where(Approval.channel_id == channel.id)).one()
    names = session.exec(select(Source.name).where(Source.channel_id == channel.id).order_by(Source.name)).all()
    in_doubt = sum(replies.get(state.value, 0) for state in IN_DOUBT)
    return Use(replies.get(ReplyState.PLANNED.value, 0), in_doubt, approved, tuple(names))


def link_sources(session: Session, channel: Channel, sources: Iterable[Source]) -> None:
    """Let the channel answer for these sources, whoever did before."""
    for source in sources:
        source.channel_id = channel.id
        session.add(source)


def change_channel(session: Session, channel: Channel, *, actor: str, now: datetime, **values: Any) -> bool:
    """Set columns of a locked channel; returns whether it speaks as somebody else from now on.

    If so, an armed or failed one goes back to dry run. Raises `ChannelInUse` for another address or account while
    replies are in doubt: they are looked up through the channel, and the new account would not show them.
    """
    assert channel.id is not None
    changed = {key: value for key, value in values.items() if getattr(channel, key) != value}
    somebody_else = not WHO.isdisjoint(changed)
    if somebody_else and (doubtful := use_of(session, channel).in_doubt):
        raise ChannelInUse(
            f"Of {doubtful} answers through {channel.name} it is not known yet whether they became public, and only "
            "the present account can tell. Wait until that is settled (see the page), then change it."
        )
    for key, value in changed.items():
        setattr(channel, key, value)
    session.add(channel)
    session.flush()
    if changed:
        _record(session, channel, somebody_else, f"changed: {', '.join(sorted(changed))}", actor, now)
    return somebody_else


def remove_channel(session: Session, channel: Channel, *, actor: str, now: datetime) -> None:
    """Delete a locked channel on which nothing hangs. Raises `ChannelInUse`."""
    assert channel.id is not None
    if reasons := _reasons(channel.name, use_of(session, channel)):
        raise ChannelInUse(f"{channel.name} stays: {'; '.join(reasons)}.")
    record(session, [Change("channel", channel.id, channel.state, "removed", actor, "removed")], now=now)
    session.delete(channel)
    session.flush()


def _record(session: Session, channel: Channel, back: bool, why: str, actor: str, now: datetime) -> None:
    before, dry = ChannelState(channel.state), ChannelState.DRY_RUN
    if back and before in (ChannelState.ARMED, ChannelState.FAILED):
        move(session, Channel, channel.id or 0, before, dry, actor=actor, why=why, now=now, state_reason=why)
        session.refresh(channel)
    else:
        record(session, [Change("channel", channel.id or 0, before, before, actor, why)], now=now)


def _reasons(name: str, use: Use) -> list[str]:
    """Why a channel cannot go, each with the way out."""
    reasons = []
    if use.sources:
        ways = " ".join(f"--release {source}" for source in use.sources)
        reasons.append(f"it answers for {', '.join(use.sources)} (gelassen channel set {name} {ways})")
    if use.waiting:
        reasons.append(f"{use.waiting} approved answers wait for it (take them back on the page)")
    if use.in_doubt:
        reasons.append(f"{use.in_doubt} answers are in doubt (wait until that is settled)")
    if use.approved and not (use.waiting or use.in_doubt):
        reasons.append(
            f"{use.approved} answers were approved for it, and the record of who approved what refers to it "
            f"(gelassen channel pause {name} keeps it silent)"
        )
    return reasons
