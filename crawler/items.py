"""What a spider yields: one `Page` per fetched document, holding all of its posts.

Field meanings follow the canonical fields every platform is mapped to; times are aware UTC datetimes, `None` where
the platform does not say. Nothing here fetches, stores or judges.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any


@dataclass(slots=True)
class OwnerReply:
    """An answer of the business as the public sees it under a post."""

    external_id: str
    text: str
    created_at: datetime | None = None
    author_name: str = ""


@dataclass(slots=True)
class Post:
    """One public text. `external_id` is stable per source and never derived from a position on the page.

    `rating` is as given, between `rating_worst` and `rating_best`. `text` is plain, line breaks kept. `deleted` is
    set on direct evidence only (404 or 410 of the post itself, an explicit mark), never because a list omits it. With
    `answers_unknown` nobody looked for answers of the business now: that none are here says nothing.
    """

    external_id: str
    text: str = ""
    title: str = ""
    url: str = ""
    author_id: str = ""
    author_name: str = ""
    author_url: str = ""
    rating: float | None = None
    rating_best: float | None = None
    rating_worst: float | None = None
    language: str = ""
    created_at: datetime | None = None
    updated_at: datetime | None = None
    parent_external_id: str = ""
    owner_replies: list[OwnerReply] = field(default_factory=list)
    deleted: bool = False
    answers_unknown: bool = False


@dataclass(slots=True)
class Page:
    """Everything one fetch brought: posts, what could not be read, and the cursor to store with them.

    `cursor` replaces the source's stored cursor in the same transaction as the posts (ETag, Last-Modified, newest id,
    content hash …). `published_total` is the number of posts the platform itself claims to have, if it says so.
    """

    source_id: int
    url: str
    fetched_at: datetime
    posts: list[Post] = field(default_factory=list)
    cursor: dict[str, Any] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    published_total: int | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """A stored post that waits for an answer; `number` rises with the order in which the store took posts in."""

    number: int
    external_id: str
    url: str


@dataclass(frozen=True, slots=True)
class Target:
    """One source as the crawler needs it. `secret` is the credential for reading itself, empty where none is needed.

    `conditional=False` asks for the full document even where the stored cursor would allow a conditional request
    (the daily look that finds edits, the look for our own reply). A look reads `max_pages` pages of news (three if it
    takes them to meet known posts) and about as many of what earlier looks left, a full one four times as many; it does
    not read on below posts older than `since`. The store numbered posts up to `newest` before this look; `watched` are
    those that may have been deleted meanwhile.
    """

    source_id: int
    name: str
    kind: str
    address: str
    allow_private: bool = False
    cursor: dict[str, Any] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    own_names: tuple[str, ...] = ()
    conditional: bool = True
    delay_seconds: float = 2.0
    max_pages: int = 5
    since: datetime | None = None
    newest: int = 0
    watched: tuple[Watched, ...] = ()
    secret: str = field(default="", repr=False)


@dataclass(slots=True)
class Received:
    """What intake did with one page, as counted rows.

    `standing` has an entry for each customer's post in the order of the page: the number under which the store had it
    before in the same words, 0 for what is new or changed.
    """

    seen: int = 0
    new: int = 0
    changed: int = 0
    deleted: int = 0
    rows_written: int = 0
    known_only: bool = False
    standing: list[int] = field(default_factory=list)

    def under(self, above: Received) -> Received:
        """What was done with these posts and those `above` them on the same page."""
        return Received(
            seen=above.seen + self.seen,
            new=above.new + self.new,
            changed=above.changed + self.changed,
            deleted=above.deleted + self.deleted,
            rows_written=above.rows_written + self.rows_written,
            known_only=above.known_only and (self.known_only or not self.seen),
            standing=above.standing + self.standing,
        )


@dataclass(slots=True)
class Saw:
    """What one look saw that tells how the source is; `crawler.health` judges by it.

    `listed` posts stood on the first page, None when the server said that nothing has changed; `unread` more could not
    be read, and `wordless` of those read have no text. `elastic` means that the length of the page says nothing: its
    list goes on, or posts leave it by themselves. `total` is the platform's own count; `known`, filled in by whoever
    keeps the posts, is ours where the two count the same (`comparable`). `times` are when posts were written, `new` how
    many were new. `lost` is the sentence for a page without the posts that stood there, `wall` the machine word for
    what stands in their place.
    """

    listed: int | None = None
    unread: int = 0
    wordless: int = 0
    elastic: bool = False
    total: int | None = None
    comparable: bool = False
    known: int | None = None
    times: list[datetime] = field(default_factory=list)
    new: int = 0
    lost: str = ""
    wall: str = ""


NOT_PRINTED = frozenset({"not_before", "notes", "saw", "lines"})


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one part of a document: how many posts were `read` there, or what was `left` and why."""

    where: str
    read: int = 0
    left: str = ""

    def __str__(self) -> str:
        return f"{self.where}: left: {self.left}" if self.left else f"{self.where}: {self.read} read"


@dataclass(slots=True)
class CrawlReport:
    """The outcome of one pass over one source; `requests` leaves out robots.txt.

    `notes` are no trouble, but worth knowing. `health` is `ok`, `degraded`, or `waiting` where nothing was asked
    because the host wants to be left alone. Before `not_before`, if it is set, another look would only meet a closed
    door. `lines` say part by part what was read on its pages and what was left.
    """

    source: str
    kind: str
    pages: int = 0
    requests: int = 0
    seen: int = 0
    new: int = 0
    changed: int = 0
    deleted: int = 0
    rows_written: int = 0
    errors: list[str] = field(default_factory=list)
    health: str = "ok"
    not_before: datetime | None = None
    notes: list[str] = field(default_factory=list)
    saw: Saw = field(default_factory=Saw)
    lines: list[Line] = field(default_factory=list)

    def printed(self) -> dict[str, Any]:
        """What the command line hands out; its keys are a contract."""
        return {name: value for name, value in asdict(self).items() if name not in NOT_PRINTED}
