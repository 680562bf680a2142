"""Tables show times as on the business's own clock; JSON keeps UTC."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.engine import open_database
from db.queries_settings import note_tick
from db.queries_sources import add_source, get_source, note_good_look
from gelassen.spans import local

from .helpers import as_lines, gelassen

LATE = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
ANNA = {
    "source": "laden",
    "external_id": "a1",
    "author_name": "Anna Berg",
    "text": "Der Sessel kam drei Wochen zu spät.",
    "created_at": "2026-11-23T22:30:00Z",
}


@pytest.fixture
def house(fresh: Path) -> Path:
    """One source that was read and one post, both late in the evening by UTC."""
    database = open_database(f"sqlite:///{fresh / 'gelassen.db'}")
    with database.write() as session:
        add_source(session, "laden", "feed", "https://laden.example/feed", now=LATE)
        source = get_source(session, "laden")
        assert source is not None
        note_good_look(session, [source.id or 0], LATE)
        note_tick(session, "crawl", LATE)
    database.close()
    (fresh / "history.jsonl").write_text(as_lines([ANNA]), encoding="utf-8")
    gelassen("import", fresh / "history.jsonl", "--data", fresh)
    return fresh


@pytest.mark.parametrize("command", [("source", "list"), ("status",)])
@pytest.mark.parametrize(
    ("zone", "shown"), [("Europe/Berlin", "2026-11-23 23:30 CET"), ("Asia/Tokyo", "2026-11-24 07:30 JST")]
)
def test_a_table_shows_when_in_the_zone_of_the_business(
    house: Path, command: tuple[str, ...], zone: str, shown: str
) -> None:
    table = gelassen(*command, "--data", house, GELASSEN_TIMEZONE=zone).stdout
    assert shown in table
    assert "22:30" not in table
    assert "+00:00" not in table


@pytest.mark.parametrize("command", [("inbox",), ("show", 1)])
def test_deadlines_are_shown_in_the_zone_of_the_business(house: Path, command: tuple[object, ...]) -> None:
    found = json.loads(gelassen(*command, "--json", "--data", house).stdout)
    due = datetime.fromisoformat(found["due_at"])
    table = gelassen(*command, "--data", house, GELASSEN_TIMEZONE="Asia/Tokyo").stdout
    assert local(due, "Asia/Tokyo") in table
    assert "+00:00" not in table


def test_json_keeps_utc_whatever_the_zone(house: Path) -> None:
    (source,) = json.loads(gelassen("source", "list", "--json", "--data", house, GELASSEN_TIMEZONE="Asia/Tokyo").stdout)
    assert source["last_good"] == "2026-11-23T22:30:00Z"
    inbox = json.loads(gelassen("inbox", "--json", "--data", house, GELASSEN_TIMEZONE="Asia/Tokyo").stdout)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", inbox["due_at"])
