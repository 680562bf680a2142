"""Channels with their secrets: the only place where a secret becomes a publisher. For the poster and `channel test`."""

from __future__ import annotations

from db.models import Channel
from gelassen.errors import UserError
from gelassen.secrets import find_secret
from responder.publishers import make_publisher
from responder.publishers.base import Account, Outcome, Outgoing, Publisher, Result, Trouble

NO_SUCH_POST = "0"


def needs_secret(channel: Channel) -> bool:
    """Whether this channel logs in anywhere; a manual one does not."""
    return channel.kind != "manual"


def publisher_for(channel: Channel) -> Publisher:
    """The publisher of the channel. Raises `NoSecret` when its credential is nowhere."""
    account = Account(
        address=channel.address,
        account=channel.account,
        secret=find_secret(channel.secret) if needs_secret(channel) else "",
        allow_private=bool(channel.settings.get("allow_private", False)),
        settings=dict(channel.settings),
    )
    return make_publisher(channel.kind, account)


def try_login(channel: Channel) -> str:
    """Ask the platform for something harmless with the channel's secret. Raises `UserError` when it refuses.

    The look for our answer under a post that cannot exist shows whether the secret is taken.
    """
    publisher = publisher_for(channel)
    try:
        outcome = publisher.find(Outgoing(NO_SUCH_POST, channel.address, "", NO_SUCH_POST))
    except Trouble as trouble:
        outcome = trouble.outcome
    except (OSError, TimeoutError) as error:
        outcome = Outcome(Result.RETRY_LATER, detail=str(error))
    if outcome.result in (Result.AUTH, Result.MONEY):
        raise UserError(f"{channel.name} was refused: {outcome.detail or outcome.result}")
    if outcome.result in (Result.UNKNOWN, Result.RETRY_LATER):
        raise UserError(f"{channel.name} could not be reached: {outcome.detail or outcome.result}")
    return f"{channel.name} works."
