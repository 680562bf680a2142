"""What intake needs from a crawled page, as structure only: the crawler's own classes fit without being imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


class IncomingReply(Protocol):
    """An answer of the business as the public sees it."""

    @property
    def external_id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def created_at(self) -> datetime | None: ...
    @property
    def author_name(self) -> str: ...


class IncomingPost(Protocol):
    """One public text; `deleted` only on direct evidence. With `answers_unknown` nobody looked for answers."""

    @property
    def external_id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def author_id(self) -> str: ...
    @property
    def author_name(self) -> str: ...
    @property
    def author_url(self) -> str: ...
    @property
    def rating(self) -> float | None: ...
    @property
    def rating_best(self) -> float | None: ...
    @property
    def rating_worst(self) -> float | None: ...
    @property
    def language(self) -> str: ...
    @property
    def created_at(self) -> datetime | None: ...
    @property
    def updated_at(self) -> datetime | None: ...
    @property
    def parent_external_id(self) -> str: ...
    @property
    def owner_replies(self) -> Sequence[IncomingReply]: ...
    @property
    def deleted(self) -> bool: ...
    @property
    def answers_unknown(self) -> bool: ...


class IncomingPage(Protocol):
    """Everything one fetch brought, with the cursor to store in the same transaction."""

    @property
    def source_id(self) -> int: ...
    @property
    def posts(self) -> Sequence[IncomingPost]: ...
    @property
    def cursor(self) -> Mapping[str, Any]: ...
    @property
    def published_total(self) -> int | None: ...


@dataclass(slots=True)
class Receipt:
    """What intake did with one page, as counted rows; `known_only` says that it brought nothing new at all.

    `standing` has an entry for each customer's post in the order of the page: its id if the store had it before in
    the same words, 0 if it is new or changed.
    """

    seen: int = 0
    new: int = 0
    changed: int = 0
    deleted: int = 0
    rows_written: int = 0
    known_only: bool = False
    standing: list[int] = field(default_factory=list)
