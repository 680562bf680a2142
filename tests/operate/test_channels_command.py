"""`gelassen channel`: changing, removing, arming and testing accounts without a network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from db.engine import open_database
from db.models import Reply
from db.queries_outbox import dispatch
from db.queries_sources import get_channel, get_source
from responder.unchanged import altered

from .helpers import ANNA, approve_for, as_lines, gelassen


@pytest.fixture
def shop(fresh: Path) -> Path:
    """A source `laden` with one post, and the channel `konto` that answers there."""
    (fresh / "history.jsonl").write_text(as_lines([ANNA]), encoding="utf-8")
    gelassen("import", fresh / "history.jsonl", "--data", fresh)
    gelassen(
        *("channel", "add", "https://laden.example", "--kind", "wordpress", "--name", "konto"),
        *("--account", "rosi", "--source", "laden", "--data", fresh),
    )
    return fresh


def channel(folder: Path, *words: object, code: int = 0, **env: str) -> str:
    """Run `gelassen channel …`; returns what it says."""
    return gelassen("channel", *words, "--data", folder, code=code, **env).stderr


def listed(folder: Path) -> dict[str, Any]:
    found = json.loads(gelassen("channel", "list", "--json", "--data", folder).stdout)
    return {one["name"]: one for one in found}


@contextmanager
def rows_of(folder: Path) -> Iterator[Session]:
    database = open_database(f"sqlite:///{folder / 'gelassen.db'}")
    with database.write() as session:
        yield session
    database.close()


def test_every_option_of_set_is_stored(shop: Path) -> None:
    channel(shop, "set", "konto", "--address", "https://neu.example", "--account", "jana", "--secret", "jana-neu",
            "--allow-private")  # fmt: skip
    found = listed(shop)["konto"]
    assert (found["address"], found["account"], found["secret"]) == ("https://neu.example", "jana", "jana-neu")
    assert allowed_private(shop) is True
    channel(shop, "set", "konto", "--no-allow-private")
    assert allowed_private(shop) is False


def allowed_private(folder: Path) -> Any:
    with rows_of(folder) as session:
        found = get_channel(session, "konto")
        return found and found.settings["allow_private"]


def test_another_account_disarms_and_says_so(shop: Path) -> None:
    channel(shop, "arm", "konto")
    said = channel(shop, "set", "konto", "--account", "jana")
    assert "is in state dry_run" in said
    assert "gelassen channel test konto" in said
    assert listed(shop)["konto"]["state"] == "dry_run"


def test_another_secret_leaves_an_armed_channel_armed(shop: Path) -> None:
    channel(shop, "arm", "konto")
    assert "dry_run" not in channel(shop, "set", "konto", "--secret", "konto-2026")
    assert listed(shop)["konto"]["state"] == "armed"


def test_what_was_approved_for_the_old_account_does_not_leave_through_the_new_one(shop: Path, now: datetime) -> None:
    approve_for(shop, "konto", now)
    with rows_of(shop) as session:
        assert altered(dispatch(session, 1)) == ""
    assert "1 answers that wait were approved for the old account" in channel(shop, "set", "konto", "--account", "jana")
    with rows_of(shop) as session:
        assert "approve again" in altered(dispatch(session, 1))


def test_the_account_stays_while_an_answer_is_in_doubt(shop: Path, now: datetime) -> None:
    approve_for(shop, "konto", now)
    with rows_of(shop) as session:
        reply = session.exec(select(Reply)).one()
        reply.state = "unknown"
        session.add(reply)
    assert "not known yet whether they became public" in channel(shop, "set", "konto", "--account", "jana", code=1)
    assert listed(shop)["konto"]["account"] == "rosi"


def test_sources_are_taken_on_and_released(shop: Path) -> None:
    assert "answers for: no source" in channel(shop, "set", "konto", "--release", "laden")
    done = gelassen("channel", "set", "konto", "--source", "laden", "--json", "--data", shop)
    assert json.loads(done.stdout) == {"name": "konto", "kind": "wordpress", "state": "dry_run", "sources": ["laden"]}


def test_a_wrong_source_changes_nothing_at_all(shop: Path) -> None:
    assert "no source named x" in channel(shop, "set", "konto", "--account", "jana", "--source", "x", code=1)
    channel(shop, "set", "konto", "--release", "laden")
    assert "does not answer for laden" in channel(
        shop, "set", "konto", "--account", "jana", "--release", "laden", code=1
    )
    assert listed(shop)["konto"]["account"] == "rosi"


def test_set_without_anything_to_change_names_the_options(shop: Path) -> None:
    assert "--address" in channel(shop, "set", "konto", code=2)


@pytest.mark.parametrize("words", [("set", "x", "--account", "y"), ("remove", "x"), ("arm", "x"), ("test", "x")])
def test_an_unknown_channel_is_named(shop: Path, words: tuple[str, ...]) -> None:
    assert "There is no channel named 'x'" in channel(shop, *words, code=1)


def test_a_channel_in_use_is_not_removed_and_says_why(shop: Path, now: datetime) -> None:
    approve_for(shop, "konto", now)
    said = channel(shop, "remove", "konto", code=1)
    assert "it answers for laden" in said
    assert "1 approved answers wait" in said
    assert "konto" in listed(shop)


def test_a_released_channel_is_removed_and_its_source_stays(shop: Path) -> None:
    channel(shop, "set", "konto", "--release", "laden")
    channel(shop, "remove", "konto")
    assert listed(shop) == {}
    with rows_of(shop) as session:
        source = get_source(session, "laden")
        assert source is not None
        assert source.channel_id is None


@pytest.fixture
def manual(fresh: Path) -> Path:
    """A data folder with a channel whose answers people post themselves."""
    gelassen("channel", "add", "https://portal.example", "--kind", "manual", "--name", "portal", "--data", fresh)
    return fresh


@pytest.mark.parametrize("verb", ["arm", "test", "pause"])
def test_a_manual_channel_has_nothing_to_arm_test_or_pause(manual: Path, verb: str) -> None:
    said = channel(manual, verb, "portal", code=1)
    assert f"there is nothing to {verb}" in said
    assert listed(manual)["portal"]["state"] == "dry_run"


def test_arming_warns_when_the_secret_is_not_found(shop: Path) -> None:
    said = channel(shop, "arm", "konto")
    assert "konto is armed" in said
    assert "GELASSEN_SECRET_KONTO_FILE" in said
    assert listed(shop)["konto"]["state"] == "armed"


def test_arming_is_silent_about_a_secret_that_is_there(shop: Path) -> None:
    assert "Careful" not in channel(shop, "arm", "konto", GELASSEN_SECRET_KONTO="geheim")
