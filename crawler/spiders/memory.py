"""What a look at a conversation remembers for the next one, kept in the source's cursor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crawler.look import Cursor
from crawler.pages.talk import Listing, Said

KEEP = 100
"""So many posts are remembered, the newest; what happens to older ones is not noticed any more."""


@dataclass(slots=True)
class Known:
    """A post as it was handed over. `replies` is None where its thread has still to be read.

    `settled` ones are answered by the business, or nothing about them can be found out.
    """

    version: str
    replies: int | None
    settled: bool = False


class Memory:
    """`known` are customers' posts, oldest first; `window` is everything that stood on the newest page."""

    def __init__(self, before: Cursor) -> None:
        self.known = {key: Known(*kept) for key, kept in before.get("known", {}).items()}
        self.window: list[str] = before.get("window", [])
        self.newest: str = before.get("newest", "")
        self.more: dict[str, Any] = before.get("more", {})

    def cursor(self) -> Cursor:
        """What the next look needs."""
        known = {key: [one.version, one.replies, one.settled] for key, one in self.known.items()}
        return {"known": known, "window": self.window, "newest": self.newest, "more": self.more}

    def is_news(self, said: Said) -> bool:
        """Whether the post is new, edited, or answered by somebody since."""
        known = self.known.get(said.post.external_id)
        if known is None or known.version != said.version:
            return True
        return said.replies is not None and said.replies != known.replies

    def misses(self, listing: Listing) -> bool:
        """Whether posts may stand between this newest page and what was seen before."""
        return bool(listing.said) and not listing.whole and not set(listing.ids) & set(self.window)

    def vanished(self, listing: Listing) -> list[str]:
        """Known posts that stood among those of this newest page and are not there any more."""
        if self.misses(listing):
            return []
        ids = listing.ids
        deep = listing.whole or not ids or ids[-1] not in self.window
        reached = self.window if deep else self.window[: self.window.index(ids[-1])]
        return [one for one in reached if one in self.known and one not in ids]

    def waiting(self) -> list[str]:
        """Posts that the business has not answered, newest first."""
        return [key for key, one in reversed(self.known.items()) if not one.settled]

    def note(self, said: Said, *, replies: int | None, answered: bool) -> None:
        """Remember a post as it is handed over now."""
        self.known[said.post.external_id] = Known(said.version, replies, answered)
        for oldest in list(self.known)[:-KEEP]:
            del self.known[oldest]

    def settle(self, post_id: str) -> None:
        """Wait for nothing more about a post."""
        if post_id in self.known:
            self.known[post_id].settled = True

    def turn_to(self, listing: Listing, unchecked: Sequence[str] = ()) -> None:
        """Take a page as the newest one; `unchecked` have vanished from it and could not be asked for yet."""
        self.window = [*unchecked, *listing.ids]
        self.newest = listing.newest or self.newest
