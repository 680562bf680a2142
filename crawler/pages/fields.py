"""Picking from the JSON of an interface: what is missing or of another type is empty, never an error."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from crawler.items import Post
from crawler.pages.answer import NotAsExpected, listed
from crawler.pages.result import PageRead
from crawler.text import MAX_TEXT, tidy


def at(value: Any, *path: str) -> Any:
    """What stands under the keys of `path`, None where there is nothing."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def text_at(value: Any, *path: str) -> str:
    """A text with its line breaks, tidied."""
    found = at(value, *path)
    return tidy(found[:MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n")) if isinstance(found, str) else ""


def id_at(value: Any, *path: str) -> str:
    """An identity, which platforms write as text or as a whole number; one that nobody could print is none."""
    found = at(value, *path)
    identity = str(found).strip() if isinstance(found, str | int) and not isinstance(found, bool) else ""
    return identity if identity.isprintable() else ""


def sparse_list(answer: Any, key: str, beside: frozenset[str]) -> list[dict[str, Any]]:
    """The list under `key` of a platform that leaves out what is empty.

    An answer with other keys than these and `beside` is something else. Raises `NotAsExpected`.
    """
    if isinstance(answer, dict) and answer.keys() <= beside:
        return []
    return listed(answer, key)


def page_of(items: Iterable[dict[str, Any]], read: Callable[[dict[str, Any]], Post]) -> PageRead:
    """The posts of a page. Those in which neither words nor stars can be read are no edits: left out and told."""
    posts = [read(item) for item in items]
    readable = [post for post in posts if post.external_id and _says_something(post)]
    return PageRead(readable, left_out(len(posts) - len(readable)))


def left_out(number: int) -> list[str]:
    """The errors of a page on which so many posts cannot be read."""
    return [f"{number} posts without id or content were left out; the interface may have changed."] if number else []


def _says_something(post: Post) -> bool:
    return bool(post.text or post.title or post.rating is not None)


def unreadable(error: NotAsExpected) -> PageRead:
    """The reading of an answer that is something else."""
    return PageRead(errors=[str(error)])
