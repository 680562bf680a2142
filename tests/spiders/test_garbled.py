"""Answers of interfaces with any one value replaced by something else: read as far as they go, and never an error."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import astuple
from typing import Any

import pytest

from crawler.pages.result import PageRead
from tests.spiders.test_fixtures import FOLDER, READERS

KINDS = ("app_store", "app_store_connect", "google_play", "google_business", "youtube")
DOCUMENTS = [
    file
    for kind in KINDS
    for file in sorted((FOLDER / kind).glob("*/input.json"))
    if file.read_bytes().startswith((b"{", b"["))
]
JUNK = (None, True, 7, -1e300, "", "quer\u0000\ud83d", [], {}, [None], {"label": {}}, [[{"id": 1}]], "9" * 5000)


def garbled(value: Any) -> Iterator[Any]:
    """The value with each of its parts replaced by each piece of junk, and with each part left out."""
    yield from JUNK
    if isinstance(value, dict):
        for key, inner in value.items():
            yield {name: other for name, other in value.items() if name != key}
            yield from (value | {key: junk} for junk in garbled(inner))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from ([*value[:number], junk, *value[number + 1 :]] for junk in garbled(inner))


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: f"{file.parts[-3]}/{file.parts[-2]}")
def test_a_garbled_answer_is_read_without_an_error(file: Any) -> None:
    read = READERS[file.parts[-3]]
    for document in garbled(json.loads(file.read_bytes())):
        found: PageRead = read(json.dumps(document).encode())
        assert all(post.external_id for post in found.posts)
        texts = [text for post in found.posts for text in astuple(post) if isinstance(text, str)]
        assert "\n".join(["", found.next_url, *texts]).encode(), "what cannot be encoded cannot be stored"
