"""`gelassen source test MAIL.eml`: rules of the business tried on a mail that somebody has saved."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.engine import open_database
from db.queries_sources import add_source
from tests.spiders.postoffice import notification

from .helpers import gelassen

RULE = """\
[[platform]]
name = "hofladen"
label = "Hofladen-Portal"
domains = ["trustpilot.com"]
subjects = ['2-Sterne']
"""


@pytest.fixture
def saved(fresh: Path) -> Path:
    """A mail as a mail program saves it."""
    file = fresh.parent / "Neue Bewertung.eml"
    file.write_bytes(notification(1, "Der Sessel knarzt."))
    return file


def test_a_saved_mail_is_read_step_by_step_and_nothing_is_stored(fresh: Path, saved: Path) -> None:
    done = gelassen("source", "test", saved, "--data", fresh)
    assert done.stdout == ""
    for part in ("Rule: trustpilot", "Sender: proven", "Stars: 2 of 5", "Text: Der Sessel knarzt."):
        assert part in done.stderr
    assert gelassen("source", "list", "--json", "--data", fresh).stdout == "[]\n"
    assert gelassen("posts", "--json", "--data", fresh).stdout == ""


def test_the_rules_in_the_data_folder_are_the_ones_that_are_tried(fresh: Path, saved: Path) -> None:
    (fresh / "mail_rules.toml").write_text(RULE)
    told = json.loads(gelassen("source", "test", saved, "--json", "--data", fresh).stdout)
    assert told.keys() == {"kind", "address", "notes", "sample", "report"}
    assert (told["kind"], told["sample"][0]["text"]) == ("mail", "Der Sessel knarzt.")
    assert told["notes"][0] == "Rule: hofladen"


def test_a_broken_file_is_told_and_the_built_in_rules_read_the_mail(fresh: Path, saved: Path) -> None:
    (fresh / "mail_rules.toml").write_text(RULE + "links = ['(']\n")
    said = gelassen("source", "test", saved, "--data", fresh).stderr
    assert "mail_rules.toml, line 6: the rule 'hofladen': links has an entry that cannot be used, '('" in said
    assert "Rule: trustpilot" in said
    doctor = gelassen("doctor", "--json", "--data", fresh, code=1).stdout
    [found] = [one for one in json.loads(doctor) if one["id"] == "mail_rules"]
    assert (found["ok"], "line 6" in found["what"]) == (False, True)


def test_the_sender_is_judged_by_the_server_that_the_mailbox_names(fresh: Path, saved: Path) -> None:
    database = open_database(f"sqlite:///{fresh / 'gelassen.db'}")
    with database.write() as session:
        settings = {"authserv": "mx.anderswo.example"}
        address = "imaps://a@post.example/"
        add_source(session, "post", "mail", address, now=datetime(2026, 11, 26, tzinfo=UTC), settings=settings)
    database.close()
    assert "not of mx.anderswo.example" in gelassen("source", "test", saved, "--data", fresh).stderr


@pytest.mark.parametrize("name", ["mail.msg", "mail.emlx", "INBOX.mbox"])
def test_another_form_of_a_mail_is_refused_with_the_one_to_take(fresh: Path, name: str) -> None:
    said = gelassen("source", "test", fresh / name, "--data", fresh, code=1).stderr
    assert "Save it in your mail program as .eml" in said


def test_a_file_that_is_not_there_is_told(fresh: Path) -> None:
    assert "cannot be read: No such file" in gelassen("source", "test", "weg.eml", "--data", fresh, code=1).stderr
