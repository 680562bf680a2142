"""Every check of the doctor: something is broken, it is found, it is mended, and all is well again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from db.engine import Database
from db.queries_settings import POSTING_PAUSED, note_tick, put_setting
from db.queries_sources import add_channel, add_source, set_channel_state, set_health
from db.states import ChannelState
from gelassen import doctor
from gelassen.doctor import CHECKS, run
from gelassen.filesystems import filesystem_of
from gelassen.home import Home, create
from gelassen.patient import Check, Patient, Result
from gelassen.settings import Settings
from responder.people import add_user

from .helpers import clean_environ


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    for name in set(__import__("os").environ) - set(clean_environ()):
        monkeypatch.delenv(name)
    return create(tmp_path / "data")


@pytest.fixture
def patient(home: Home, now: datetime) -> Iterator[Patient]:
    opened = Patient(home, now, database=home.open(), environ={})
    yield opened
    if opened.database:
        opened.database.close()


def check(name: str) -> Check:
    return next(one for one in CHECKS if one.id == name)


def look(patient: Patient, name: str, *, fix: bool = False) -> Result:
    return run(check(name), patient, fix=fix)


def database(patient: Patient) -> Database:
    assert patient.database
    return patient.database


def found(result: Result, words: str) -> None:
    assert not result.ok
    assert words in result.what
    assert result.why
    assert result.fix


def test_every_check_has_a_test_here() -> None:
    source = Path(__file__).read_text()
    assert [one.id for one in CHECKS if f'"{one.id}"' not in source] == []


def test_a_folder_open_to_others_is_closed(patient: Patient) -> None:
    patient.home.folder.chmod(0o755)
    found(look(patient, "folder"), "can open")
    assert look(patient, "folder", fix=True).ok
    assert patient.home.folder.stat().st_mode & 0o077 == 0


def test_a_database_open_to_others_is_closed(patient: Patient) -> None:
    (patient.home.folder / "gelassen.db").chmod(0o644)
    found(look(patient, "folder"), "gelassen.db")
    assert look(patient, "folder", fix=True).ok


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "9p", "fuse.sshfs"])
def test_a_network_disk_is_found_by_its_mount(patient: Patient, tmp_path: Path, kind: str) -> None:
    mounts = tmp_path / "mountinfo"
    root = "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
    mounts.write_text(f"{root}40 22 0:35 / {tmp_path} rw shared:9 - {kind} server:/x rw\n")
    patient.mounts = mounts
    found(look(patient, "disk_kind"), kind)
    mounts.write_text(root)
    assert look(patient, "disk_kind").ok


def test_a_mount_with_a_blank_in_its_name_is_understood(tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text("40 22 0:35 / /mnt/my\\040disk rw - nfs server:/x rw\n")
    assert filesystem_of(Path("/mnt/my disk/data"), mounts) == "nfs"
    assert filesystem_of(Path("/mnt/my disk 2"), mounts) == ""


def test_a_nearly_full_disk_is_found(patient: Patient) -> None:
    patient.least_free_bytes = 10**18
    found(look(patient, "disk_room"), "are free")
    patient.least_free_bytes = 1
    assert look(patient, "disk_room").ok


def test_a_missing_database_is_made(home: Home, now: datetime) -> None:
    (home.folder / "gelassen.db").unlink()
    patient = Patient(home, now)
    found(look(patient, "database"), "no database")
    assert look(patient, "database", fix=True).ok
    database(patient).close()


def test_a_damaged_database_is_found(patient: Patient) -> None:
    database(patient).close()
    file = patient.home.folder / "gelassen.db"
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 40] = b"\xff" * (4096 * 37)
    file.write_bytes(content)
    patient.database = patient.home.open()
    assert not look(patient, "database").ok


def test_an_old_schema_is_found_and_brought_up_to_date(patient: Patient, now: datetime) -> None:
    database(patient).close()
    (patient.home.folder / "gelassen.db").write_bytes(b"")
    patient.database = patient.home.open()
    found(look(patient, "schema"), "version None")
    assert look(patient, "schema", fix=True).ok


def test_a_changed_audit_trail_is_found(patient: Patient, now: datetime) -> None:
    with database(patient).write() as session:
        add_source(session, "laden", "feed", "https://a.example", now=now)
    assert look(patient, "audit").ok
    with database(patient).write() as session:
        session.connection().execute(text("UPDATE chain_head SET hash = 'x'"))
    found(look(patient, "audit"), "")


def test_a_violated_invariant_is_found(patient: Patient, now: datetime) -> None:
    from crawler.items import Page, Post
    from responder.intake import receive

    with database(patient).write() as session:
        source = add_source(session, "laden", "feed", "https://a.example", now=now)
    receive(database(patient), Page(source.id or 0, "x", now, [Post("1", "Hallo", author_name="Anna Berg")]), now=now)
    assert look(patient, "invariants").ok
    with database(patient).write() as session:
        session.connection().execute(text("DELETE FROM obligation"))
    found(look(patient, "invariants"), "")


def test_a_clock_that_stands_still_is_found(patient: Patient, now: datetime) -> None:
    found(look(patient, "clock"), "never run")
    with database(patient).write() as session:
        note_tick(session, "crawl", now - timedelta(minutes=10))
    found(look(patient, "clock"), "2026-11-23 08:50 CET")
    with database(patient).write() as session:
        note_tick(session, "crawl", now)
    assert look(patient, "clock").ok


def test_a_source_that_cannot_be_read_is_named(patient: Patient, now: datetime) -> None:
    with database(patient).write() as session:
        source = add_source(session, "laden", "feed", "https://a.example", now=now)
        set_health(session, source.id or 0, False, "404 Not Found", now)
    found(look(patient, "sources"), "laden: 404 Not Found")
    with database(patient).write() as session:
        set_health(session, source.id or 0, True, "", now)
    assert look(patient, "sources").ok


def test_a_source_that_no_look_reads_well_is_named_with_the_command_that_helps(patient: Patient, now: datetime) -> None:
    with database(patient).write() as session:
        soon, long_ago = now + timedelta(minutes=5), now - timedelta(days=5)
        add_source(session, "laden", "feed", "https://a.example", now=long_ago, next_look_at=soon)
    result = look(patient, "sources")
    found(result, "laden: No look has gone well for 5 days.")
    assert result.fix == "gelassen source test laden"


def test_a_doubtful_reply_is_found(patient: Patient, monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    from db.queries_status import Health

    for number in (2, 0):
        monkeypatch.setattr(doctor.queries_status, "health", lambda *_, n=number: Health(in_doubt=n))
        result = look(patient, "replies")
        assert result.ok is (number == 0)
    assert "No reply" in result.what


def test_paused_posting_is_found(patient: Patient, now: datetime) -> None:
    for paused in (True, False):
        with database(patient).write() as session:
            put_setting(session, POSTING_PAUSED, paused, now)
        assert look(patient, "posting").ok is not paused


def test_a_channel_without_its_secret_is_found(patient: Patient, now: datetime) -> None:
    with database(patient).write() as session:
        add_channel(session, "blog", "wordpress", now=now, address="https://a.example", secret="blog")
    found(look(patient, "secrets"), "GELASSEN_SECRET_BLOG_FILE")
    assert "GELASSEN_SECRET_BLOG_FILE" in look(patient, "secrets").fix
    patient.environ["GELASSEN_SECRET_BLOG"] = "geheim"
    result = look(patient, "secrets")
    assert result.ok
    assert "geheim" not in str(result)


def test_a_source_without_its_credential_is_found_and_the_variable_named(patient: Patient, now: datetime) -> None:
    assert look(patient, "credentials").ok
    with database(patient).write() as session:
        add_source(session, "himmel", "bluesky", "https://bsky.app/profile/a.example", now=now, secret="himmel")
    found(look(patient, "credentials"), "himmel: The credential “himmel” for reading was not found")
    assert "GELASSEN_READ_HIMMEL_FILE" in look(patient, "credentials").fix
    patient.environ["GELASSEN_READ_HIMMEL"] = "a.example:streng-geheim"
    result = look(patient, "credentials")
    assert result.ok
    assert "geheim" not in str(result)


def test_a_source_that_names_no_credential_but_needs_one_is_found(patient: Patient, now: datetime) -> None:
    with database(patient).write() as session:
        add_source(session, "himmel", "bluesky", "https://bsky.app/profile/a.example", now=now)
        add_source(session, "forum", "reddit", "https://www.reddit.com/r/a", now=now)
    found(look(patient, "credentials"), "himmel: This can only be read with a credential (an app password")
    assert look(patient, "credentials").fix == "gelassen source set himmel --secret bluesky"
    assert "forum" not in look(patient, "credentials").what


def test_a_paused_source_needs_no_credential(patient: Patient, now: datetime) -> None:
    with database(patient).write() as session:
        add_source(session, "himmel", "bluesky", "https://a.example", now=now, secret="himmel", state="paused")
    assert look(patient, "credentials").ok


def test_a_channel_in_dry_run_is_found(patient: Patient, now: datetime) -> None:
    with database(patient).write() as session:
        channel = add_channel(session, "blog", "wordpress", now=now)
    found(look(patient, "channels"), "blog is in state dry_run")
    with database(patient).write() as session:
        set_channel_state(session, channel.id or 0, ChannelState.ARMED, actor="cli", why="test", now=now)
    assert look(patient, "channels").ok


def test_a_house_without_an_approver_is_found(patient: Patient, now: datetime) -> None:
    add_user(database(patient), "Ben", ["drafter", "admin"], now)
    found(look(patient, "approvers"), "Nobody")
    add_user(database(patient), "Anna", ["approver"], now)
    assert look(patient, "approvers").ok


def test_language_libraries_that_do_not_load_are_found(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ImportError("cannot import name 'translate'")

    with monkeypatch.context() as patched:
        patched.setattr("responder.reading.warm_up", broken)
        found(look(patient, "language"), "cannot import name 'translate'")
    assert look(patient, "language").ok


def test_a_foreign_package_of_our_name_is_found(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(
            doctor.metadata, "packages_distributions", lambda: {"scheduler": ["scheduler"], "db": ["gelassen"]}
        )
        found(look(patient, "names"), "The distribution scheduler also brings a package named scheduler")
    assert look(patient, "names").ok


def test_a_check_that_breaks_is_a_finding_and_does_not_stop_the_others(home: Home, now: datetime) -> None:
    (home.folder / "gelassen.db").unlink()
    results = doctor.examine(home.folder, now)
    assert len(results) == len(CHECKS)
    assert {result.id for result in results if not result.ok} >= {"database", "schema", "audit", "invariants"}


def test_nothing_is_mended_without_being_asked(patient: Patient) -> None:
    patient.home.folder.chmod(0o755)
    look(patient, "folder")
    assert patient.home.folder.stat().st_mode & 0o777 == 0o755


def test_rules_for_mails_that_cannot_be_used_are_found(patient: Patient) -> None:
    assert look(patient, "mail_rules").ok
    patient.home.mail_rules.write_text("[[plattform]]\n")
    found(look(patient, "mail_rules"), "mail_rules.toml, line 1: 'plattform' means nothing")


def test_sentences_of_the_business_that_cannot_be_used_are_found(patient: Patient) -> None:
    assert look(patient, "playbook").ok
    (patient.home.playbook / "de").mkdir(parents=True)
    (patient.home.playbook / "de" / "phrases.toml").write_text('[phrases]\nwish = ["{kunde}"]\n')
    found(look(patient, "playbook"), "phrases.toml:2: phrases.wish: Unknown placeholder {kunde}")


def test_a_model_that_is_only_half_set_is_found(patient: Patient) -> None:
    assert look(patient, "model").ok
    half = Settings(model_address="https://model.example/v1")
    patient.home = replace(patient.home, settings=half)
    found(look(patient, "model"), "model_name is not")


def test_a_model_of_moods_that_does_not_fit_is_found(patient: Patient) -> None:
    assert look(patient, "mood_model").ok
    patient.home.mood_model.write_bytes(b'{"base": "of another program", "format": "gelassen mood 1"}\n')
    found(look(patient, "mood_model"), "built-in model of moods. mood.model: This model was made with another version")
    patient.home.mood_model.unlink()
    assert look(patient, "mood_model").ok
