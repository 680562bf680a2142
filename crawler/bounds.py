"""What a post may measure, whichever platform it comes from: nothing longer or unstorable goes on to the store.

Nobody has a name of a thousand characters; whoever shows one wants to fill a disk or break an index. Ids keep telling
posts apart, so that a long one becomes its hash.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from crawler.items import Post
from crawler.text import MAX_TEXT, UNSTORABLE

MAX_ID = 500
MAX_ADDRESS = 2_000
MAX_NAME = 200
MAX_TITLE = 500
MAX_LANGUAGE = 35
REPLACED = "\ufffd"


def bound(posts: Iterable[Post]) -> None:
    """Bring every field of these posts to a size and to characters that can be stored."""
    for post in posts:
        post.external_id = identity(post.external_id)
        post.author_id = identity(post.author_id)
        post.parent_external_id = identity(post.parent_external_id)
        post.url, post.author_url = _address(post.url), _address(post.author_url)
        post.author_name, post.title = _cut(post.author_name, MAX_NAME), _cut(post.title, MAX_TITLE)
        post.text = _cut(post.text, MAX_TEXT)
        post.language = post.language if len(post.language) <= MAX_LANGUAGE else ""
        for reply in post.owner_replies:
            reply.external_id = identity(reply.external_id)
            reply.author_name, reply.text = _cut(reply.author_name, MAX_NAME), _cut(reply.text, MAX_TEXT)


def identity(text: str) -> str:
    """An id that fits; the same one for the same text."""
    if len(text) <= MAX_ID and text.isascii() and "\x00" not in text:
        return text
    clean = UNSTORABLE.sub(REPLACED, text)
    return clean if len(clean) <= MAX_ID else "sha256:" + sha256(clean.encode()).hexdigest()


def _address(text: str) -> str:
    """Half an address leads nowhere, so that one too long is dropped."""
    if len(text) > MAX_ADDRESS:
        return ""
    return text if text.isascii() and "\x00" not in text else UNSTORABLE.sub(REPLACED, text)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
