"""Whole complaints: the clause that is said back is the accepted one; where none is certain there is none."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from responder.drafting import DraftRequest, draft
from responder.playbook import load_playbook
from responder.playbook.retold import retold
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Text

POSTS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "told_posts.toml").read_text("utf-8"))["post"]
TOLD = [post for post in POSTS if post["told"]]
LEAST_TOLD = 0.7
"""So many of the complaints are said back; the others are left to other words or to a person."""
each = pytest.mark.parametrize("post", POSTS, ids=[post["text"][:40] for post in POSTS])


def written(post: dict[str, Any]) -> Text:
    return Text(post["text"], rating=post["stars"])


@each
def test_the_accepted_clause_is_said_back(post: dict[str, Any]) -> None:
    text = written(post)
    found = retold(read(text), text, load_playbook().voice(post["locale"]), formal=post["address"] == "sie")
    assert (found.that if found else "") == post["told"]


def test_most_complaints_are_said_back() -> None:
    assert len(TOLD) >= LEAST_TOLD * len(POSTS)


@pytest.mark.parametrize("post", TOLD, ids=[post["text"][:40] for post in TOLD])
def test_the_accepted_clause_speaks_of_the_reader_in_his_spelling(post: dict[str, Any]) -> None:
    said = post["told"]
    assert not re.search(r"\b(?:ich|wir|mich|mir|mein\w*)\b", said)
    assert not re.search(
        r"\b(?:du|dich|dir|dein\w*|euch)\b" if post["address"] == "sie" else r"\b(?:Sie|Ihnen)\b", said
    )
    assert "ß" not in said or post["locale"] != "de-CH"
    assert len(said.split()) <= 19


def test_the_answer_says_the_clause_and_what_is_done_about_it() -> None:
    text = Text("Der Drucker kam mit dem falschen Netzteil. Ersatz sollte in zwei Tagen da sein.", rating=1.0)
    house = Profile(business="Haus Nord", sector="shop", signature="Jana Brandt", today=date(2026, 11, 26))
    said = draft(DraftRequest(read(text), text, house, key="1")).text
    assert "der Drucker mit dem falschen Netzteil kam" in said
    assert said.count("Drucker") == 1
