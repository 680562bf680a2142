"""From `source add` to a waiting draft where customers converse: an independent Mastodon server and a real Isso."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.daemon import House, eventually, make_house, running
from tests.peers import isso as isso_peer
from tests.peers import mastodon as mastodon_peer
from tests.peers.isso import THREAD, Isso, running_isso
from tests.peers.mastodon import BUSINESS, CUSTOMER, Mastodon, running_mastodon

pytestmark = pytest.mark.heavy
COMPLAINT = "Eine Stunde auf das Frühstück gewartet, und dann war der Kaffee kalt. Sehr schade."
EDITED = "Eine Stunde auf das Frühstück gewartet, und niemand hat sich entschuldigt!"
ANSWER = "Das tut uns leid. Wir melden uns heute noch."


def needed(lacking: list[str]) -> None:
    if lacking and not os.environ.get("CI"):
        pytest.skip(f"not run, because this machine lacks: {', '.join(lacking)}")


@pytest.fixture
def mastodon(tmp_path: Path) -> Iterator[Mastodon]:
    needed(mastodon_peer.missing())
    with running_mastodon(tmp_path) as server:
        yield server


@pytest.fixture
def isso(tmp_path: Path) -> Iterator[Isso]:
    needed(isso_peer.missing())
    with running_isso(tmp_path / "isso") as server:
        yield server


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = make_house(
        tmp_path / "data",
        business="Café Morgenrot",
        sector="restaurant",
        signature="Nele Brandt",
        crawl_delay="0.1",
        read_mastodon=f"{BUSINESS}_token",
    )
    made.command("user", "add", "anna", "--role", "approver")
    return made


def waiting(house: House, words: str) -> list[dict[str, Any]]:
    """Posts in the inbox with these words that have a draft."""
    return [one for one in house.lines("inbox") if words in one["text"] and one["draft"]]


def test_a_mention_becomes_a_waiting_draft_and_our_own_answer_is_seen(mastodon: Mastodon, house: House) -> None:
    mention = mastodon.write(CUSTOMER, f"@{BUSINESS} {COMPLAINT}", language="de")
    house.command(
        *("source", "add", f"@{BUSINESS}@laden.example", "--name", "mastodon", "--secret", "mastodon"),
        *("--setting", f"api={mastodon.url}", "--every", "10s", "--allow-private"),
    )
    with running(house):
        eventually(lambda: bool(waiting(house, "Kaffee kalt")), "a draft for the mention")
        mastodon.edit(CUSTOMER, mention, f"@{BUSINESS} {EDITED}")
        eventually(lambda: bool(waiting(house, "niemand hat sich")), "a draft for the edited mention")
        mastodon.write(BUSINESS, f"@{CUSTOMER} {ANSWER}", in_reply_to_id=mention)
        eventually(lambda: any(post["owner_replies"] for post in house.lines("posts")), "our own answer")
    assert "entschuldigt" in house.lines("posts")[-1]["text"]


def test_a_comment_on_an_isso_becomes_a_waiting_draft(isso: Isso, house: House) -> None:
    number = isso.visitor_comments(COMPLAINT, "Sabine Groß")
    ours = isso.post(ANSWER, "Café Morgenrot", parent=number, address="10.7.7.7").json()
    house.command(
        *("source", "add", f"{isso.url}/?uri={THREAD}", "--name", "stimmen", "--own-id", ours["hash"]),
        *("--every", "10s", "--allow-private"),
    )
    isso.visitor_comments("Auf meine Mail kam nie eine Antwort.", "Lena", address="10.9.9.9")
    with running(house):
        eventually(lambda: bool(waiting(house, "nie eine Antwort")), "a draft for the second comment")
    texts = {post["text"]: [reply["text"] for reply in post["owner_replies"]] for post in house.lines("posts")}
    assert texts == {COMPLAINT: [ANSWER], "Auf meine Mail kam nie eine Antwort.": []}
    assert "Isso comments" in house.command("source", "list")
