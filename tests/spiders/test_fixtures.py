"""Documents as the web has them, each beside what must be read from it. No network, no clock.

To add a case: a folder with `input.*`; run the test, look at the difference it prints, and write `expected.json`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.pages import feed, mail, schema_org, wordpress
from crawler.pages.result import PageRead

FOLDER = Path(__file__).parent / "fixtures"
CASES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*"))
ADDRESS = "https://laden.example/topf"
ARRIVED = datetime(2026, 11, 25, 7, 12, 9, tzinfo=UTC)


def read_wordpress(body: bytes) -> PageRead:
    arranged = wordpress.arrange(wordpress.comments(body), wordpress.Own.of([1], []))
    return PageRead(arranged.posts, errors=[f"missing {number}" for number in arranged.missing])


READERS: dict[str, Callable[[bytes], PageRead]] = {
    "schema_org": lambda body: schema_org.read(body, ADDRESS),
    "feed": lambda body: feed.read(body, "https://bad.example/forum.atom", own_names=["Wirtin", "Stadtbad Team"]),
    "wordpress": read_wordpress,
    "mail": lambda body: mail.read(body, arrived=ARRIVED, own_names=["Möbelhaus Lindner"]),
}


def plain(read: PageRead) -> dict[str, Any]:
    """The reading as JSON, without what is empty."""
    posts = [
        {
            key: _plain(value)
            for key, value in asdict(post).items()
            if value not in ("", None, []) and value is not False
        }
        for post in read.posts
    ]
    shown: dict[str, Any] = {"posts": posts, "errors": [error.partition(" (")[0] for error in read.errors]}
    return shown | {key: getattr(read, key) for key in ("published_total", "next_url") if getattr(read, key)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        return [{key: _plain(inner) for key, inner in item.items() if inner not in ("", None)} for item in value]
    return value


@pytest.mark.parametrize("case", CASES)
def test_a_document_is_read_as_expected(case: str) -> None:
    [source] = (FOLDER / case).glob("input.*")
    read = READERS[case.partition("/")[0]](source.read_bytes())
    expected = json.loads((FOLDER / case / "expected.json").read_text(encoding="utf-8"))
    assert plain(read) == expected


def test_every_kind_has_cases() -> None:
    assert {case.partition("/")[0] for case in CASES} == set(READERS)
