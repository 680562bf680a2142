"""Pages and feeds in the styles of many real systems, each beside what a careful person finds in its markup.

`expected.json` was written by reading the document, not by running the reader: who wrote (`author`), `rating`, `title`,
`text`, when (`at`, UTC), which answers of the business hang below (`answers`), whether it stands under another post
(`under`); `left` and `read` are what the report has to say. A property that is not there must not be read either.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.items import Post
from crawler.pages import feed, schema_org
from crawler.pages.result import PageRead

FOLDER = Path(__file__).parent / "collection"
DOCUMENTS = sorted(path.name for path in FOLDER.iterdir() if not path.name.endswith(".expected.json"))
ADDRESS = "https://laden.example/seite"


def reading(name: str) -> PageRead:
    body = (FOLDER / name).read_bytes()
    return schema_org.read(body, ADDRESS) if name.endswith(".html") else feed.read(body, ADDRESS)


def expected(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name.rpartition('.')[0]}.expected.json").read_text("utf-8"))
    return found


def seen(post: Post, keys: set[str]) -> dict[str, Any]:
    """What a person would note down about a post, without what is empty; the address only where it was noted."""
    noted = {
        "author": post.author_name,
        "rating": "" if post.rating is None else f"{post.rating:g}/{post.rating_best:g}",
        "title": post.title,
        "text": post.text,
        "at": _day(post.created_at),
        "answers": [reply.text for reply in post.owner_replies],
        "under": bool(post.parent_external_id),
    }
    return {key: value for key, value in noted.items() if value} | ({"url": post.url} if "url" in keys else {})


def _day(time: datetime | None) -> str:
    return time.strftime("%Y-%m-%dT%H:%M").removesuffix("T00:00") if time else ""


@pytest.mark.parametrize("name", DOCUMENTS)
def test_everything_in_the_markup_is_read_and_nothing_is_invented(name: str) -> None:
    wanted = expected(name)
    read = reading(name)
    noted = [
        seen(post, set(wanted["posts"][number : number + 1] and wanted["posts"][number]))
        for number, post in enumerate(read.posts)
    ]
    assert noted == wanted["posts"]
    assert (read.published_total or 0) == wanted.get("total", read.published_total or 0)
    assert read.next_url == wanted.get("next", "")


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if expected(name).keys() & {"left", "read"}])
def test_the_report_says_what_was_read_and_what_was_left(name: str) -> None:
    wanted = expected(name)
    told = "\n".join(map(str, reading(name).report))
    for words in (*wanted.get("left", ()), *wanted.get("read", ())):
        assert words in told


def test_every_post_has_an_id_of_its_own() -> None:
    for name in DOCUMENTS:
        ids = [post.external_id for post in reading(name).posts]
        assert len(set(ids)) == len(ids), name
        assert all(ids), name
