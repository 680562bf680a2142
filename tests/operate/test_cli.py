"""The command line's contract: JSON on stdout, talk on stderr, exit codes 0, 1 and 2."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from .helpers import ANNA, approve_for, as_lines, clean_environ, command, gelassen, gelassen_alone, json_lines, wait_for


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with one imported complaint; tests only read it."""
    folder = tmp_path_factory.mktemp("cli") / "data"
    gelassen("init", "--data", folder, "--business", "Möbelhaus Lindner")
    file = folder.parent / "history.jsonl"
    file.write_text(as_lines([ANNA]))
    gelassen("import", file, "--data", folder)
    return folder


def test_init_creates_folder_settings_and_database_for_this_account_only(tmp_path: Path) -> None:
    done = gelassen("init", "--data", tmp_path / "neu", "--json")
    assert json.loads(done.stdout)["created"] is True
    names = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "neu").iterdir()}
    assert names["gelassen.toml"] == names["gelassen.db"] == 0o600
    assert stat.S_IMODE((tmp_path / "neu").stat().st_mode) == 0o700


def test_init_again_keeps_everything(fresh: Path) -> None:
    before = (fresh / "gelassen.toml").read_text()
    assert json.loads(gelassen("init", "--data", fresh, "--json").stdout)["created"] is False
    assert (fresh / "gelassen.toml").read_text() == before


def test_the_data_folder_comes_from_the_environment(folder: Path) -> None:
    assert json.loads(gelassen("status", "--json", GELASSEN_DATA=str(folder)).stdout)["collected"] == 1


def test_without_a_data_folder_it_says_how_to_make_one(tmp_path: Path) -> None:
    done = gelassen("status", "--data", tmp_path / "fehlt", code=2)
    assert done.stdout == ""
    assert "gelassen init --data" in done.stderr


def test_wrong_settings_stop_every_command_with_key_and_suggestion(tmp_path: Path) -> None:
    (tmp_path / "gelassen.toml").write_text('bussiness = "X"')
    assert "Did you mean business?" in gelassen("status", "--data", tmp_path, code=2).stderr


@pytest.mark.parametrize("arguments", [("gibtsnicht",), ("status", "--falsch"), ("show",), ("show", "abc")])
def test_wrong_use_is_code_2(arguments: tuple[str, ...]) -> None:
    assert gelassen(*arguments, code=2).stdout == ""


def test_posts_have_the_keys_of_the_contract(folder: Path) -> None:
    (row,) = json_lines(gelassen("posts", "--json", "--data", folder).stdout)
    assert (
        list(row)
        == (
            "source external_id url author_id author_name rating rating_best rating_worst title text language "
            "created_at updated_at version deleted case obligation owner_replies"
        ).split()
    )
    assert row["created_at"] == "2026-11-20T08:00:00Z"
    assert row["obligation"]["state"] == "open"
    assert row["obligation"]["due_at"].endswith("Z")


def test_cases_have_the_keys_of_the_contract(folder: Path) -> None:
    (row,) = json_lines(gelassen("cases", "--json", "--data", folder).stdout)
    assert list(row) == ["case", "author", "sources", "state", "obligations", "suggested_merge"]
    assert list(row["obligations"][0]) == "source external_id version step state reason due_at".split()


def test_status_is_the_coverage_equation(folder: Path) -> None:
    status = json.loads(gelassen("status", "--json", "--data", folder).stdout)
    assert list(status) == "collected answered replied open closed overdue balanced last_tick sources".split()
    assert (status["collected"], status["open"], status["balanced"]) == (1, 1, True)
    assert list(status["sources"][0]) == ["name", "kind", "health", "last_good"]


def test_inbox_and_show_lead_to_the_post(folder: Path) -> None:
    (row,) = json_lines(gelassen("inbox", "--json", "--data", folder).stdout)
    shown = json.loads(gelassen("show", row["id"], "--json", "--data", folder).stdout)
    assert shown["versions"][0]["text"] == ANNA["text"]
    assert shown["author"] == "Anna Berg"


def test_show_of_an_unknown_id_says_where_ids_are(folder: Path) -> None:
    assert "gelassen inbox" in gelassen("show", 999, "--data", folder, code=1).stderr


@pytest.mark.parametrize("name", ["posts", "cases", "inbox", "status", "doctor"])
def test_people_get_tables(folder: Path, name: str) -> None:
    done = gelassen(name, "--data", folder, code=1 if name == "doctor" else 0)
    assert done.stdout.strip()
    assert "{" not in done.stdout


def test_read_answers_line_by_line_with_the_keys_of_the_contract() -> None:
    rows = [{"id": "x", "text": "Das Essen war kalt.", "rating": 1}, {"id": 2, "text": "Danke, alles bestens!"}]
    first, second = json_lines(gelassen("read", "--json", stdin=as_lines(rows)).stdout)
    wanted = (
        "id language sentiment probability unsure anger urgency topics station wants risks pii address facts reasons"
    )
    assert set(wanted.split()) <= set(first)
    assert (first["id"], second["id"]) == ("x", 2)
    assert first["sentiment"] == "negative"


def test_read_takes_the_lines_of_posts(folder: Path) -> None:
    lines = gelassen("posts", "--json", "--data", folder).stdout
    (reading,) = json_lines(gelassen("read", "--json", stdin=lines).stdout)
    assert reading["id"] == "a1"


def test_a_bad_line_is_reported_and_the_others_are_answered() -> None:
    bad = [b"kaputt", b"", b"[1]", b'{"id": 4, "text": 5}', b'{"id": 5}', b"\xff"]
    stdin = b"\n".join([b'{"id": 1, "text": "Gut."}', *bad, b'{"id": 6, "text": "Schlecht."}'])
    done = gelassen("read", "--json", stdin=stdin, code=1)
    assert [row["id"] for row in json_lines(done.stdout)] == [1, 6]
    errors = json_lines(done.stderr)
    assert [error["line"] for error in errors] == [2, 4, 5, 6, 7]
    assert errors[2]["error"] == "text must be a text, not int"


def test_draft_answers_with_the_keys_of_the_contract() -> None:
    row = {
        "id": "d",
        "text": "Der Sessel kam drei Wochen zu spät.",
        "rating": 1,
        "assessment": "right",
        "step": 2,
        "profile": {"locale": "de-CH", "address": "sie", "signature": "Rosi Beck", "today": "2026-11-23"},
        "history": [{"role": "customer", "text": "Wo bleibt er?"}, {"role": "us", "text": "Wir fragen nach."}],
    }
    (draft,) = json_lines(gelassen("draft", "--json", stdin=as_lines([row])).stdout)
    assert list(draft) == ["id", "text", "kind", "practices", "findings", "needs"]
    assert "Rosi Beck" in draft["text"]
    assert "ß" not in draft["text"]


def test_the_same_post_is_never_answered_twice_in_the_same_words() -> None:
    rows = [{"id": n, "text": "Die Lieferung kam zu spät.", "rating": 2} for n in range(5)]
    texts = [row["text"] for row in json_lines(gelassen("draft", "--json", stdin=as_lines(rows)).stdout)]
    assert len(set(texts)) == 5


def test_check_finds_what_must_not_be_said_at_the_right_place() -> None:
    text = "Sie haben zu spät überwiesen, das war Ihr Fehler."
    row = {"id": "c", "text": text, "post": {"text": "Mein Konto wurde gesperrt!"}, "assessment": "own_fault"}
    (found,) = json_lines(gelassen("check", "--json", stdin=as_lines([row])).stdout)
    assert list(found) == ["id", "ok", "findings"]
    assert found["ok"] is False
    finding = next(one for one in found["findings"] if one["rule"] == "C2")
    assert set(finding) == {"rule", "start", "end", "severity", "why", "instead"}
    assert 0 <= finding["start"] < finding["end"] <= len(text)


@pytest.mark.parametrize(
    ("name", "row", "message"),
    [
        ("draft", {"text": "a", "step": 4}, "step must be 1, 2 or 3"),
        ("draft", {"text": "a", "assessment": "egal"}, "assessment must be one of"),
        ("draft", {"text": "a", "profile": {"address": "ihr"}}, "profile.address must be one of sie, du"),
        ("draft", {"text": "a", "profile": {"today": "gestern"}}, "profile.today must be a date like 2026-11-23"),
        ("draft", {"text": "a", "profile": {"locale": "de"}}, "profile.locale must be one of de-DE, de-AT"),
        ("draft", {"text": "a", "profile": {"tone": "warm"}}, "profile.tone is not a key of a profile; its keys are"),
        ("check", {"text": "a", "profile": {"adress": "du"}}, "profile.adress is not a key of a profile; its keys are"),
        ("check", {"text": "a", "profile": {"locale": "en-US"}}, "profile.locale must be one of de-DE, de-AT"),
        ("check", {"text": "a", "profile": {"address": "Du"}}, "profile.address must be one of sie, du, not 'Du'"),
        ("check", {"text": "a", "locale": "xx"}, "locale must be one of"),
        ("draft", {"text": "a", "history": [{"role": "boss", "text": "x"}]}, "role must be customer or us"),
        ("draft", {"text": "a", "locale": "xx"}, "locale must be one of"),
        ("check", {"text": "a", "post": "b"}, "post must be an object"),
        ("check", {"text": ["a"]}, "text must be a text"),
        ("read", {"text": "a", "kind": "mail"}, "kind must be review or social"),
        ("read", {"text": "a", "rating": "5"}, "rating must be a number"),
    ],
)
def test_a_wrong_value_is_explained(name: str, row: dict[str, Any], message: str) -> None:
    done = gelassen(name, "--json", stdin=as_lines([row]), code=1)
    assert message in json_lines(done.stderr)[0]["error"]


def test_an_unknown_key_in_a_profile_costs_its_line_and_a_foreign_key_of_a_line_costs_nothing() -> None:
    rows = [
        {"id": 1, "text": "Danke!", "kommentar": "aus einem anderen Werkzeug", "profile": {"max_length": 300}},
        {"id": 2, "text": "Danke!", "kommentar": "aus einem anderen Werkzeug", "profile": {"max_len": 300}},
    ]
    done = gelassen("check", "--json", stdin=as_lines(rows), code=1)
    assert [row["id"] for row in json_lines(done.stdout)] == [2]
    (error,) = json_lines(done.stderr)
    assert error["line"] == 1
    assert "profile.max_length" in error["error"]
    assert "max_len, unit" in error["error"]


def test_import_reports_wrong_lines_and_says_no(fresh: Path) -> None:
    file = fresh.parent / "reviews.csv"
    file.write_text("Datum;Name;Sterne;Text\n23.11.2026;Anna;5;Schön\nmorgen;Ben;1;Laut\n")
    done = gelassen("import", file, "--data", fresh, "--json", code=1)
    report = json.loads(done.stdout)
    assert (report["new"], report["sources"]) == (1, ["reviews"])
    assert report["errors"] == [{"line": 3, "error": "'morgen' is not a date; write 23.11.2026 or 2026-11-23"}]
    assert "Line 3:" in done.stderr
    (kept,) = (fresh / "left-over").iterdir()
    assert str(kept) in done.stderr.replace("\n", "")
    assert json.loads(kept.read_text())["content"] == {"Datum": "morgen", "Name": "Ben", "Sterne": "1", "Text": "Laut"}


def test_an_export_imports_elsewhere(folder: Path, fresh: Path) -> None:
    file = fresh.parent / "out.jsonl"
    file.write_text(gelassen("export", "--data", folder).stdout)
    gelassen("import", file, "--data", fresh)
    assert gelassen("posts", "--json", "--data", fresh).stdout == gelassen("posts", "--json", "--data", folder).stdout


def test_a_user_gets_a_link_and_a_new_one_after_reset(fresh: Path) -> None:
    first = gelassen("user", "add", "anna", "--role", "approver", "--role", "admin", "--data", fresh).stdout
    second = gelassen("user", "reset", "anna", "--data", fresh).stdout
    assert first.startswith("http://127.0.0.1:8787/einladung/")
    assert first != second
    (user,) = json.loads(gelassen("user", "list", "--json", "--data", fresh).stdout)
    assert user == {"name": "anna", "roles": ["approver", "admin"], "disabled": False}


def test_an_unknown_role_or_a_taken_name_is_refused(fresh: Path) -> None:
    assert "Roles are viewer" in gelassen("user", "add", "x", "--role", "chef", "--data", fresh, code=2).stderr
    gelassen("user", "add", "anna", "--data", fresh)
    assert "taken" in gelassen("user", "add", "anna", "--data", fresh, code=1).stderr


def test_a_backup_is_restored_whole(folder: Path, fresh: Path) -> None:
    copy = fresh.parent / "copy.db"
    gelassen("backup", copy, "--data", folder)
    gelassen("restore", copy, "--data", fresh)
    assert gelassen("posts", "--json", "--data", fresh).stdout == gelassen("posts", "--json", "--data", folder).stdout


def test_after_a_restore_nothing_is_posted_before_a_person_has_looked(folder: Path, fresh: Path) -> None:
    copy = fresh / "copy.db"
    gelassen("backup", copy, "--data", folder)
    assert copy.stat().st_mode & 0o077 == 0
    said = gelassen("restore", copy, "--data", fresh).stderr
    assert "gelassen resume" in said
    checks = json.loads(gelassen("doctor", "--json", "--data", fresh, code=1).stdout)
    assert [check["ok"] for check in checks if check["id"] == "posting"] == [False]


def test_two_restores_keep_both_databases_they_replace(folder: Path, fresh: Path) -> None:
    copy = fresh.parent / "copy.db"
    gelassen("backup", copy, "--data", folder)
    said = [gelassen("restore", copy, "--data", fresh).stderr for _ in range(2)]
    kept = [fresh / "gelassen.db.before-restore", fresh / "gelassen.db.before-restore-2"]
    assert all(f"kept as {file}." in line for file, line in zip(kept, said, strict=True))
    assert all(file.is_file() for file in kept)


def test_a_backup_on_another_file_is_refused_in_words(folder: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Liebe Anna")
    assert "left as it is" in gelassen("backup", letter, "--data", folder, code=1).stderr
    assert letter.read_text() == "Liebe Anna"


def test_a_database_that_is_none_is_explained_and_can_be_replaced(folder: Path, fresh: Path) -> None:
    copy = fresh.parent / "copy.db"
    gelassen("backup", copy, "--data", folder)
    (fresh / "gelassen.db").write_bytes(b"kaputt " * 1000)
    for suffix in ("-wal", "-shm"):
        (fresh / f"gelassen.db{suffix}").unlink(missing_ok=True)
    said = gelassen("status", "--data", fresh, code=1).stderr
    assert "gelassen restore FILE" in said
    assert "Traceback" not in said
    gelassen("restore", copy, "--data", fresh)
    assert json.loads(gelassen("status", "--json", "--data", fresh).stdout)["collected"] == 1


def test_a_broken_backup_is_not_restored(fresh: Path) -> None:
    broken = fresh.parent / "broken.db"
    broken.write_bytes(b"nichts")
    before = (fresh / "gelassen.db").read_bytes()
    assert "Traceback" not in gelassen("restore", broken, "--data", fresh, code=1).stderr
    assert (fresh / "gelassen.db").read_bytes() == before


def test_nothing_is_restored_under_a_running_daemon(fresh: Path, folder: Path) -> None:
    from gelassen.locks import FolderLock

    copy = fresh.parent / "copy.db"
    gelassen("backup", copy, "--data", folder)
    with FolderLock(fresh) as lock:
        assert lock.take()
        assert "Stop it first" in gelassen("restore", copy, "--data", fresh, code=1).stderr


def test_the_audit_trail_is_verified(folder: Path, fresh: Path) -> None:
    assert json.loads(gelassen("audit", "verify", "--json", "--data", folder).stdout) == {"ok": True, "problems": []}


def test_pause_and_resume_switch_posting(fresh: Path) -> None:
    gelassen("pause", "--data", fresh)
    checks = json.loads(gelassen("doctor", "--json", "--data", fresh, code=1).stdout)
    assert next(one for one in checks if one["id"] == "posting")["ok"] is False
    gelassen("resume", "--data", fresh)
    checks = json.loads(gelassen("doctor", "--json", "--data", fresh, code=1).stdout)
    assert next(one for one in checks if one["id"] == "posting")["ok"] is True


def test_doctor_says_what_why_and_how_for_every_check(fresh: Path) -> None:
    checks = json.loads(gelassen("doctor", "--json", "--data", fresh, code=1).stdout)
    assert len(checks) >= 12
    assert all(list(check) == ["id", "ok", "what", "why", "fix"] for check in checks)
    assert all(check["what"] and check["why"] and (check["ok"] or check["fix"]) for check in checks)


def test_approving_on_the_command_line_is_off_by_default(folder: Path) -> None:
    done = gelassen("approve", 1, "--as", "anna", "--data", folder, code=1)
    assert "approve_on_command_line" in done.stderr


def test_config_check_shows_every_value_but_no_password(fresh: Path) -> None:
    done = gelassen("config", "check", "--json", "--data", fresh, GELASSEN_DATABASE_URL="postgresql://u:geheim@h/d")
    assert json.loads(done.stdout)["database_url"] == "(set)"
    assert "geheim" not in done.stdout + done.stderr


def test_a_closed_pipe_is_no_traceback(folder: Path) -> None:
    line = f"{' '.join(command('posts', '--json', '--data', folder))} | head -c 1"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, env=clean_environ())
    assert "Traceback" not in done.stderr


def test_an_outdated_database_is_explained(fresh: Path) -> None:
    os.truncate(fresh / "gelassen.db", 0)
    done = gelassen("status", "--data", fresh, code=1)
    assert "gelassen init" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.heavy
class TestWithASite:
    """Sources and channels against the demo platform as a real server."""

    @pytest.fixture
    def site(self) -> Iterator[str]:
        from gelassen.demo.run import start_site, stop_site

        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        process = start_site(port)
        address = f"http://127.0.0.1:{port}"
        wait_for(lambda: reachable(port), "the site")
        yield address
        stop_site(process)

    def test_a_source_is_recognised_added_and_crawled_unchanged_the_second_time(self, fresh: Path, site: str) -> None:
        added = gelassen_alone("source", "add", f"{site}/laden", "--name", "laden", "--allow-private",
            "--own-name", "Möbelhaus Lindner", "--json", "--data", fresh,
        )  # fmt: skip
        assert json.loads(added.stdout)["kind"] == "schema_org"
        assert "Stefan Reuter: Rechnung doppelt bezahlt" in added.stderr
        (first,) = json_lines(gelassen_alone("crawl", "laden", "--json", "--data", fresh).stdout)
        assert list(first) == ("source kind pages requests seen new changed deleted rows_written errors health").split()
        assert (first["new"], first["health"]) == (16, "ok")
        (second,) = json_lines(gelassen_alone("crawl", "laden", "--json", "--data", fresh).stdout)
        assert (second["requests"], second["rows_written"], second["new"]) == (1, 0, 0)

    def test_a_private_address_needs_permission(self, fresh: Path, site: str) -> None:
        done = gelassen_alone("source", "add", f"{site}/laden", "--data", fresh, code=1)
        assert json.loads(gelassen("source", "list", "--json", "--data", fresh).stdout) == []
        assert "Traceback" not in done.stderr

    def test_a_test_stores_nothing(self, fresh: Path, site: str) -> None:
        done = gelassen_alone("source", "test", f"{site}/hotel", "--allow-private", "--json", "--data", fresh)
        assert json.loads(done.stdout)["sample"]
        assert json.loads(gelassen("source", "list", "--json", "--data", fresh).stdout) == []

    def test_a_test_tells_part_by_part_what_was_read(self, fresh: Path, site: str) -> None:
        done = gelassen_alone("source", "test", f"{site}/laden", "--allow-private", "--json", "--data", fresh)
        [part] = json.loads(done.stdout)["report"]
        assert part == {"where": "JSON-LD block 1", "read": 16, "left": ""}
        assert "JSON-LD block 1: 16 read" in done.stderr

    def test_a_page_without_reviews_is_refused(self, fresh: Path, site: str) -> None:
        done = gelassen_alone("source", "add", f"{site}/", "--allow-private", "--data", fresh, code=1)
        assert "can be read as reviews" in done.stderr

    def test_a_paused_source_is_left_out(self, fresh: Path, site: str) -> None:
        gelassen_alone("source", "add", f"{site}/laden", "--name", "laden", "--allow-private", "--data", fresh)
        gelassen("source", "pause", "laden", "--data", fresh)
        assert gelassen_alone("crawl", "--json", "--data", fresh).stdout == ""
        gelassen("source", "resume", "laden", "--data", fresh)
        assert len(json_lines(gelassen_alone("crawl", "--due", "--json", "--data", fresh).stdout)) == 1

    def test_a_channel_finds_its_source_by_the_site_and_starts_in_dry_run(self, fresh: Path, site: str) -> None:
        gelassen_alone("source", "add", f"{site}/laden", "--name", "laden", "--allow-private", "--data", fresh)
        added = gelassen("channel", "add", site, "--kind", "demo", "--name", "demo", "--json", "--data", fresh)
        assert json.loads(added.stdout) == {"name": "demo", "kind": "demo", "state": "dry_run", "sources": ["laden"]}
        gelassen("channel", "arm", "demo", "--data", fresh)
        (channel,) = json.loads(gelassen("channel", "list", "--json", "--data", fresh).stdout)
        assert channel["state"] == "armed"
        gelassen("channel", "pause", "demo", "--data", fresh)

    def test_a_channel_without_secret_says_where_to_put_it(self, fresh: Path, site: str) -> None:
        gelassen("channel", "add", site, "--kind", "demo", "--name", "demo", "--allow-private", "--data", fresh)
        assert "GELASSEN_SECRET_DEMO_FILE" in gelassen("channel", "test", "demo", "--data", fresh, code=1).stderr


def test_unknown_names_are_named(fresh: Path) -> None:
    assert "no source named 'x'" in gelassen("source", "pause", "x", "--data", fresh, code=1).stderr
    assert "no channel named 'x'" in gelassen("channel", "arm", "x", "--data", fresh, code=1).stderr
    assert "no source named x" in gelassen("crawl", "x", "--data", fresh, code=1).stderr
    assert "Kinds are" in gelassen("channel", "add", "https://a", "--kind", "brief", "--data", fresh, code=2).stderr


def reachable(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


OWN_GREETING = '[phrases]\ngreeting = ["{Moin|Moin},"]\n'


@pytest.fixture
def own_phrases(tmp_path: Path) -> Path:
    """A data folder whose business greets in its own way."""
    gelassen("init", "--data", tmp_path)
    file = tmp_path / "playbook" / "de" / "phrases.toml"
    file.parent.mkdir(parents=True)
    file.write_text(OWN_GREETING, encoding="utf-8")
    return tmp_path


def test_draft_speaks_with_the_phrases_of_the_business(own_phrases: Path) -> None:
    row = {"id": 1, "text": "Drei Wochen warte ich auf den Sessel, niemand geht ans Telefon.", "rating": 1}
    done = gelassen("draft", "--json", "--data", own_phrases, stdin=json.dumps(row))
    assert json.loads(done.stdout)["text"].startswith("Moin,")


def test_config_check_names_a_phrase_that_cannot_be_used(own_phrases: Path) -> None:
    (own_phrases / "playbook" / "de" / "phrases.toml").write_text('[phrases]\ngreeting = ["Hallo {kunde},"]\n')
    said = gelassen("config", "check", "--data", own_phrases, code=1).stderr
    assert "greeting" in said
    assert "kunde" in said


def test_arming_a_channel_asks_before_old_answers_leave(fresh: Path, now: datetime) -> None:
    gelassen("channel", "add", "https://laden.example", "--kind", "wordpress", "--name", "laden", "--data", fresh)
    row = json.dumps(ANNA)
    (fresh / "history.jsonl").write_text(row, encoding="utf-8")
    gelassen("import", fresh / "history.jsonl", "--data", fresh)
    approve_for(fresh, "laden", now)
    refused = gelassen("channel", "arm", "laden", "--data", fresh, code=1).stderr
    assert "1 approved answers wait" in refused
    assert "--with-waiting" in refused
    gelassen("channel", "arm", "laden", "--with-waiting", "--data", fresh)
