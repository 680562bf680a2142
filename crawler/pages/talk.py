"""What social networks have in common: posts that are said to somebody, and threads below them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.items import OwnerReply, Post

UNREADABLE = "Posts of the list that could not be read were left out ({number})."


@dataclass(frozen=True, slots=True)
class Said:
    """One post as a list or a thread shows it.

    `version` differs after an edit. `replies` counts the public answers, None where the list does not say. A
    `private` one is a message to single people, `noise` is a repeated post or one by a program.
    """

    post: Post
    version: str = ""
    replies: int | None = None
    private: bool = False
    noise: bool = False


@dataclass(slots=True)
class Listing:
    """One page of a list, newest first. `older` is where it goes on, as the platform counts, empty at its end."""

    said: list[Said] = field(default_factory=list)
    older: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """The ids of everything on the page."""
        return [one.post.external_id for one in self.said]

    def posts(self, own: str) -> list[Said]:
        """What customers said in public."""
        return [one for one in self.said if not (one.private or one.noise or one.post.author_id == own)]


def answers(post_id: str, thread: Sequence[Said], own: str) -> list[OwnerReply]:
    """The public answers of the account `own` to a post, however deep, without those to somebody else."""
    by_id = {one.post.external_id: one.post for one in thread}
    return [
        OwnerReply(one.post.external_id, one.post.text, one.post.created_at, one.post.author_name)
        for one in thread
        if one.post.author_id == own and not one.private and _answered(one.post, by_id, own) == post_id
    ]


def _answered(post: Post, by_id: dict[str, Post], own: str) -> str:
    """The id of the post that an answer belongs to: a second part belongs to what the first one answers."""
    seen: set[str] = set()
    above = post.parent_external_id
    while above in by_id and by_id[above].author_id == own and above not in seen:
        seen.add(above)
        above = by_id[above].parent_external_id
    return above
