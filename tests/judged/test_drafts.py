"""Drafts for posts that other people wrote over all situations: what must hold for each, whoever judges the wording."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from gelassen.texts import drafter
from responder.drafting import length, open_gaps
from responder.playbook import load_playbook

POSTS = Path(__file__).parent / "drafts.jsonl"
ROWS = [json.loads(line) for line in POSTS.read_text(encoding="utf-8").splitlines()]
LEAST_DONE = 42
"""So many of the drafts need nothing more from a person; the others say what they need."""

Row = dict[str, Any]


@cache
def drafts() -> dict[str, Row]:
    work = drafter({"locale": "de-DE"}, load_playbook())
    return {row["id"]: work(row) for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_a_draft_fits_its_outlet_or_says_that_it_must_be_shortened(row: Row) -> None:
    draft, profile = drafts()[row["id"]], row["profile"]
    limit = profile.get("max_len")
    assert not limit or length(draft["text"], profile.get("unit", "chars")) <= limit or "shorten" in draft["needs"]


@pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])
def test_what_stops_a_draft_from_being_approved_is_a_need_that_it_names(row: Row) -> None:
    draft = drafts()[row["id"]]
    assert draft["needs"] or not [finding for finding in draft["findings"] if finding["severity"] == "block"]
    assert draft["needs"] or not open_gaps(draft["text"])


@pytest.mark.parametrize("row", [row for row in ROWS if row["profile"].get("locale") == "de-CH"], ids=lambda r: r["id"])
def test_a_swiss_draft_has_no_sharp_s(row: Row) -> None:
    assert "ß" not in drafts()[row["id"]]["text"]


def test_no_two_drafts_are_alike() -> None:
    texts = Counter(draft["text"] for draft in drafts().values())
    assert max(texts.values()) == 1


def test_many_drafts_need_nothing_more() -> None:
    assert sum(not draft["needs"] for draft in drafts().values()) >= LEAST_DONE
