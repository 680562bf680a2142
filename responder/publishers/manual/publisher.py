"""Answering by hand: the page shows text, counter and link; a person posts it and says so.

Settings: none. For every source without an interface, and for everybody who wants to see the page while posting.
"""

from __future__ import annotations

from responder.publishers.base import Account, Doubles, Limits, Outcome, Outgoing, Result, Standing

WHERE_TO = "Please post the text yourself and confirm it on the page."


class ManualPublisher:
    """Never sends anything. The outbox leaves its replies to `responder.approval.confirm_manual`."""

    kind = "manual"
    doubles = Doubles.NO_READ_BACK
    limits = Limits(0, "chars")
    timeout_seconds = 1.0
    settle_seconds = 0.0

    def __init__(self, account: Account) -> None:
        self.account = account

    def standing(self, outgoing: Outgoing) -> Standing:
        """Nobody can look but a person, so nothing contradicts the approval."""
        return Standing(exists=True)

    def send(self, outgoing: Outgoing) -> Outcome:
        return Outcome(Result.REFUSED, url=outgoing.target_url, detail=WHERE_TO)

    def find(self, outgoing: Outgoing) -> Outcome:
        return Outcome(Result.UNKNOWN, url=outgoing.target_url, detail=WHERE_TO)
