"""What a page object makes of one document: posts, what it could not read, and where the list goes on."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.items import Line, Post


@dataclass(slots=True)
class PageRead:
    """`next_url` is absolute, empty on the last page. `published_total` is the platform's own count.

    `unsafe` means that the document must not be given to any parser. `own` names those of the posts that the business
    itself wrote; `crawler.pages.threads` hangs them under what they answer. `mark` changes with what the page says
    beside its posts and without which a later look would take it for unchanged. `notes` are no trouble, but worth
    knowing. `unread` counts posts that stood there but could not be read, where there are more of them than `errors`.
    `report` says part by part what was read and what was left, for the person who tries out an address. `passed` names
    what stood there and is no post of a customer. `lists` are further lists that the page leads to (the topics of a
    forum), by their addresses, each with a word that changes when something happens there.
    """

    posts: list[Post] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    published_total: int | None = None
    next_url: str = ""
    unsafe: bool = False
    own: set[str] = field(default_factory=set)
    mark: str = ""
    notes: list[str] = field(default_factory=list)
    unread: int = 0
    report: list[Line] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    lists: dict[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all stands on the page."""
        return not (self.posts or self.passed or self.lists)
