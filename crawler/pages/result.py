"""What a page object makes of one document: posts, what it could not read, and where the list goes on."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.items import Line, Post


@dataclass(slots=True)
class PageRead:
    """`next_url` is absolute, empty on the last page. `published_total` is the platform's own count.

    `unsafe` means that the document must not be given to any parser. `report` says part by part what was read and what
    was left, for the person who tries out an address.
    """

    posts: list[Post] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    published_total: int | None = None
    next_url: str = ""
    unsafe: bool = False
    report: list[Line] = field(default_factory=list)
