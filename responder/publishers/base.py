"""What every outlet offers the outbox. An adapter talks to its platform and to nothing else: no database, no clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from responder.words import Unit


class Result(StrEnum):
    """The one error vocabulary; decided by status and machine codes, never by error texts."""

    OK = "ok"
    PENDING = "pending"
    RETRY_LATER = "retry_later"
    UNKNOWN = "unknown"
    AUTH = "auth"
    REFUSED = "refused"
    GONE = "gone"
    MONEY = "money"


class Doubles(StrEnum):
    """How an outlet avoids posting twice; `NO_READ_BACK` means that a person must confirm."""

    UPSERT = "upsert"
    IDEMPOTENCY_KEY = "idempotency_key"
    LIST_THEN_POST = "list_then_post"
    NO_READ_BACK = "no_read_back"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one attempt. `detail` is a sentence for people; `wait_seconds` is what the platform asked for."""

    result: Result
    external_id: str = ""
    url: str = ""
    detail: str = ""
    wait_seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Where and as whom to post. `secret` is the credential's value and exists in the poster process only."""

    address: str
    account: str = ""
    secret: str = ""
    allow_private: bool = False
    settings: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One approved answer: the post it belongs to (platform id and address), the exact text, the stable key."""

    target: str
    target_url: str
    text: str
    idempotency_key: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The post as it stands on the platform right now; `None` texts mean that the platform does not show them."""

    exists: bool
    title: str | None = None
    text: str | None = None
    rating: float | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """The longest text the outlet takes; 0 is no limit."""

    max_len: int
    unit: Unit


class Trouble(Exception):
    """The post could not be looked at: `outcome` says why (auth, retry_later …). Nothing was sent."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.detail or outcome.result.value)
        self.outcome = outcome


class Publisher(Protocol):
    """One outlet. Every method returns within `timeout_seconds` in total or raises `TimeoutError`.

    `send` makes exactly one attempt and never retries. `find` reads back whether the text already stands under the
    post; `OK` with id and url when it does, `GONE` when post is gone, `REFUSED` when it is certain that it does not,
    anything else when that could not be found out. `standing` fetches the post itself, right before sending; it
    raises `Trouble` when it cannot tell. `settle_seconds` is how long after `timeout_seconds` the platform may still
    carry out a request whose answer we never saw; only after that may `find` be asked what became of it.
    """

    kind: str
    doubles: Doubles
    limits: Limits
    timeout_seconds: float
    settle_seconds: float

    def standing(self, outgoing: Outgoing) -> Standing: ...

    def send(self, outgoing: Outgoing) -> Outcome: ...

    def find(self, outgoing: Outgoing) -> Outcome: ...
