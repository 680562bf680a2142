"""Conversations: who wrote for the business, and which answer of the business belongs under which customer's post."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from typing import Any, Self

from crawler.items import OwnerReply, Post


@dataclass(frozen=True, slots=True)
class Accounts:
    """The business's own accounts on a platform: their ids, and names that the platform gives to one account only."""

    ids: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, ids: Sequence[Any], names: Sequence[str] = ()) -> Self:
        """From a source's settings; `@name` and `u/name` are the same as `name`."""
        return cls(frozenset(str(one) for one in ids), frozenset(_bare(name) for name in names))

    def wrote(self, account_id: str, *names: str) -> bool:
        """Whether the account with this id, or one of these names, is the business's own."""
        return account_id in self.ids or any(_bare(name) in self.names for name in names if name)


@dataclass(slots=True)
class Hung:
    """Customers' posts with the answers under them, and by answer the id of a post that must be fetched to place it."""

    posts: list[Post] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)


def hang(found: Sequence[Post], own: Set[str]) -> Hung:
    """Put the business's posts (by id in `own`) under the customer's post that they answer, however deep the thread.

    One that answers nobody is left out.
    """
    by_id = {post.external_id: post for post in reversed(found)}
    once = [post for post in found if by_id[post.external_id] is post]
    hung = Hung([post for post in once if post.external_id not in own])
    for post in once:
        above = _answered(post, by_id, own) if post.external_id in own else ""
        if isinstance(above, Post):
            above.owner_replies.append(OwnerReply(post.external_id, post.text, post.created_at, post.author_name))
        elif above:
            hung.missing[post.external_id] = above
    return hung


def _answered(post: Post, by_id: dict[str, Post], own: Set[str]) -> Post | str:
    """The customer's post above, the id of one that is not at hand, or nothing if this one answers nobody."""
    seen: set[str] = set()
    while (parent := post.parent_external_id) and parent not in seen:
        seen.add(parent)
        if parent not in by_id:
            return parent
        post = by_id[parent]
        if post.external_id not in own:
            return post
    return ""


def _bare(name: str) -> str:
    return name.strip().casefold().removeprefix("/").removeprefix("u/").removeprefix("@")
