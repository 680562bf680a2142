"""What a page object makes of one document: posts, what it could not read, and where the list goes on."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.items import Post


@dataclass(slots=True)
class PageRead:
    """`next_url` is absolute, empty on the last page. `published_total` is the platform's own count.

    `errors` say what could not be read, `notes` what is no trouble but worth knowing.
    `unsafe` means that the document must not be given to any parser.
    """

    posts: list[Post] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    published_total: int | None = None
    next_url: str = ""
    unsafe: bool = False
    notes: list[str] = field(default_factory=list)
