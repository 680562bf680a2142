"""Sources, status, the stop switch, health, static files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import pytest
from sqlmodel import Session, select

from db.engine import StoreBusy
from db.models import Channel, Source, Transition
from db.queries_settings import POSTING_PAUSED, get_setting, note_tick
from db.queries_sources import add_source, set_channel_state, set_health
from db.states import ChannelState
from responder.web import create_app
from responder.web.assets import FOLDER, load
from tests.web.conftest import House


def test_sources_show_their_health_and_how_answers_leave(house: House) -> None:
    source = house.source("Hotel", channel=False)
    with house.database.write() as session:
        set_health(session, source.id or 0, False, "Die Seite antwortet mit 503.", house.clock())
    page = house.browser("Vera").get("/sources").text
    for expected in ("Hotel", "Macht Schwierigkeiten", "antwortet mit 503", "von Hand veröffentlicht"):
        assert expected in page
    assert "Anhalten" not in page


def test_sources_say_in_words_what_they_are(house: House) -> None:
    with house.database.write() as session:
        add_source(session, "Profil", "google_business", "https://profil.example", now=house.clock())
        add_source(session, "Altbestand", "import", "", now=house.clock(), state="paused")
        add_source(session, "Neues", "von-morgen", "https://neu.example", now=house.clock())
    page = house.browser("Vera").get("/sources").text
    for expected in ("Google-Unternehmensprofil · https://profil.example", "Aus einer Datei importiert", "von-morgen"):
        assert expected in page
    assert "google_business" not in page


def test_an_admin_pauses_and_resumes_a_source(house: House) -> None:
    source, browser = house.source(), house.browser("Ada")
    browser.post(f"/sources/{source.id}/pause")
    assert "Angehalten" in browser.get("/sources").text
    browser.post(f"/sources/{source.id}/resume")
    assert "Wird beobachtet" in browser.get("/sources").text
    assert [row.actor for row in house.rows(Transition)][-2:] == [f"user:{house.user('Ada').id}"] * 2


def test_a_source_that_exists_only_by_import_is_not_offered_for_watching(house: House) -> None:
    with house.database.write() as session:
        source = add_source(session, "Altbestand", "import", "", now=house.clock(), state="paused")
    browser = house.browser("Ada")
    assert "Wieder beobachten" not in browser.get("/sources").text
    assert browser.post(f"/sources/{source.id}/resume").status_code == 404
    assert [row.state for row in house.rows(Source)] == ["paused"]


def test_the_status_page_shows_that_everything_adds_up(house: House) -> None:
    house.waiting()
    page = house.browser("Vera").get("/status").text
    assert "<b>1</b> gesammelt" in page
    assert "Es ist nichts verloren gegangen" in page


def test_stopping_all_posting_shows_on_every_page_and_in_the_trail(house: House) -> None:
    browser = house.browser("Anna")
    browser.post("/posting/pause")
    browser.post("/posting/pause")
    for path in ("/", "/sources", "/help"):
        assert "Das Veröffentlichen ist gestoppt." in browser.get(path).text
    with house.database.read() as session:
        assert get_setting(session, POSTING_PAUSED) is True
    browser.post("/posting/resume")
    assert "gestoppt" not in browser.get("/").text
    changes = [(row.before, row.after) for row in house.rows(Transition) if row.entity == "posting"]
    assert changes == [("running", "paused"), ("paused", "running")]
    assert house.woken == [house.clock()]


def test_the_countdown_does_not_promise_what_the_stop_prevents(house: House) -> None:
    draft, browser = house.draft_of(house.waiting()), house.browser("Anna")
    browser.post(f"/draft/{draft.id}/approve", data={"revision": "1", "text": draft.text})
    assert 'data-over="ist unterwegs"' in browser.get("/").text
    browser.post("/posting/pause")
    assert 'data-over="wartet: Das Veröffentlichen ist gestoppt"' in browser.get("/").text


def test_whoever_approves_is_told_that_the_channel_does_not_send(house: House) -> None:
    item = house.waiting()
    with house.database.write() as session:
        channel = session.exec(select(Channel)).one()
        for state in (ChannelState.ARMED, ChannelState.FAILED):
            set_channel_state(session, channel.id or 0, state, actor="cli", why="test", now=house.clock())
    page = house.browser("Anna").get(f"/post/{item}").text
    assert "Dieser Kanal sendet im Augenblick nicht. Freigegebene Antworten warten." in page


def test_a_full_disk_shows_on_every_page_to_those_inside(house: House) -> None:
    settings = replace(house.settings, disk_full=lambda: True)
    house.app = create_app(house.database, now=house.clock, settings=settings, wake=lambda: None)
    browser = house.browser("Vera")
    for path in ("/", "/sources", "/status"):
        assert "Die Festplatte ist voll." in browser.get(path).text
    assert "Die Festplatte ist voll." not in house.browser().get("/login").text


def test_a_busy_database_asks_to_wait_and_changes_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def held() -> Iterator[Session]:
        raise StoreBusy("held by another writer")
        yield

    draft, browser = house.draft_of(house.waiting()), house.browser("Anna")
    monkeypatch.setattr(house.database, "write", held)
    answer = browser.post("/posting/pause")
    assert answer.status_code == 503
    assert "Die Datenbank ist gerade beschäftigt" in answer.text
    kept = browser.post(f"/draft/{draft.id}/edit", data={"revision": "1", "text": "Meine lange Antwort"})
    assert kept.status_code == 503
    assert "Meine lange Antwort" in kept.text


def test_health_follows_the_last_tick(house: House) -> None:
    browser = house.browser()
    assert browser.get("/healthz").status_code == 503
    with house.database.write() as session:
        note_tick(session, "look", house.clock())
    house.clock.pass_(seconds=179)
    answer = browser.get("/healthz")
    assert (answer.status_code, answer.json()["healthy"], answer.json()["age_seconds"]) == (200, True, 179.0)
    assert datetime.fromisoformat(answer.json()["last_tick"]).tzinfo
    house.clock.pass_(seconds=1)
    assert browser.get("/healthz").status_code == 503


def test_readiness_is_the_database_answering(house: House) -> None:
    assert house.browser().get("/readyz").json() == {"ready": True}


def test_health_says_so_when_the_database_is_gone(house: House, tmp_path: object) -> None:
    house.database.reader.dispose()
    house.database.reader.url  # noqa: B018
    file = house.database.reader.url.database
    assert file
    with open(file, "wb") as broken:
        broken.write(b"this is no database" * 100)
    answer = house.browser().get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"healthy": False, "database": False})
    assert house.browser().get("/readyz").status_code == 503


@pytest.mark.parametrize("name", ["page.css", "page.js", "icon.svg", "vendor/htmx-4.0.1.min.js"])
def test_static_files_are_cached_for_ever_under_a_name_with_their_hash(house: House, name: str) -> None:
    asset = load()[name]
    answer = house.browser().get(f"/static/{asset.name}")
    assert answer.content == (FOLDER / name).read_bytes()
    assert hashlib.sha256(answer.content).hexdigest()[:16] in asset.name
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("name", ["page.css", "page.0000000000000000.css", "..%2Fsettings.py", "SHA256SUMS"])
def test_no_other_file_is_served(house: House, name: str) -> None:
    assert house.browser().get(f"/static/{name}").status_code == 404


def test_vendored_files_are_the_recorded_ones() -> None:
    lines = (FOLDER / "vendor" / "SHA256SUMS").read_text().splitlines()
    recorded = {name: digest for digest, name in (line.split() for line in lines)}
    found = {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in (FOLDER / "vendor").iterdir()
        if file.name != "SHA256SUMS"
    }
    assert found == recorded


def test_the_first_load_is_small() -> None:
    import gzip

    assert sum(len(gzip.compress(asset.content)) for asset in load().values()) < 40_000
