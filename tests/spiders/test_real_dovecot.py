"""The mail spider against a real Dovecot: real numbers, real folders, and a mailbox that stays as it was."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.items import CrawlReport, Target
from crawler.recognise import examine
from crawler.run import Crawler
from tests.peers.dovecot import PASSWORD, Dovecot, missing, running_dovecot
from tests.spiders.certificates import signed_by_own_authority
from tests.spiders.conftest import QUICK, local
from tests.spiders.postoffice import notification
from tests.spiders.shelf import Shelf

pytestmark = pytest.mark.heavy
Look = Callable[..., CrawlReport]


@pytest.fixture
def folder() -> Iterator[Path]:
    """Where a server may live."""
    if missing() and not os.environ.get("CI"):
        pytest.skip(f"a real Dovecot needs {', '.join(missing())}")
    made = Path(tempfile.mkdtemp(prefix="gelassen-dovecot-"))
    made.chmod(0o755)  # the server gives up root and works as another user
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def dovecot(folder: Path) -> Iterator[Dovecot]:
    with running_dovecot(folder) as running:
        yield running


@pytest.fixture
def encrypted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dovecot]:
    """A company's server: encryption is required, and its certificate comes from the company's own authority."""
    authority, certificate = signed_by_own_authority(folder)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with running_dovecot(folder, certificate) as running:
        yield running


def box(dovecot: Dovecot, folder: str = "INBOX", **fields: Any) -> Target:
    return local(dovecot.url(folder), **({"kind": "mail", "secret": PASSWORD} | fields))


def test_mails_come_in_once_and_the_mailbox_stays_as_it_was(dovecot: Dovecot, look: Look, shelf: Shelf) -> None:
    dovecot.file(notification(1, "Knarzt."))
    dovecot.file(b"From: Ute <ute@post.example>\r\nSubject: Lob\r\n\r\nAlles gut.\r\n")
    before = dovecot.state()
    report = look(box(dovecot))
    assert (report.new, report.health) == (2, "ok")
    assert [post.text for post in shelf.posts.values()] == ["Knarzt.", "Alles gut."]
    assert (look(box(dovecot)).rows_written, look(box(dovecot)).requests) == (0, 1)
    assert dovecot.state() == before
    assert all(b"\\Seen" not in line for line in before)


def test_an_edit_a_deletion_in_the_mailbox_and_a_later_mail(dovecot: Dovecot, look: Look, shelf: Shelf) -> None:
    dovecot.file(notification(1, "Knarzt."))
    look(box(dovecot))
    dovecot.delete(1)
    assert look(box(dovecot)).deleted == 0  # a mail that is gone says nothing about the review
    dovecot.file(notification(1, "Knarzt nicht mehr."))
    assert look(box(dovecot)).changed == 1
    assert [(post.text, post.deleted) for post in shelf.posts.values()] == [("Knarzt nicht mehr.", False)]


def test_a_folder_with_umlauts_that_is_numbered_anew(dovecot: Dovecot, look: Look, shelf: Shelf) -> None:
    with dovecot.logged_in() as client:
        client.create("&ANw-ber-uns")
    dovecot.file(notification(1, "Alt."), "&ANw-ber-uns")
    dovecot.file(notification(1, "Neu."), "&ANw-ber-uns")
    target = box(dovecot, "%C3%9Cber-uns")
    assert look(target).health == "ok"
    validity = shelf.cursor["validity"]
    dovecot.number_anew("&ANw-ber-uns")
    dovecot.file(notification(2), "&ANw-ber-uns")
    report = look(target)
    assert (report.new, report.changed) == (1, 0)
    assert shelf.cursor["validity"] != validity


def test_a_wrong_password_and_a_missing_folder_are_told_apart(dovecot: Dovecot, look: Look) -> None:
    assert "does not accept user name and password" in look(box(dovecot, secret="falsch")).errors[0]
    assert "no folder of this name" in look(box(dovecot, "Gibtesnicht")).errors[0]


def test_a_mail_larger_than_allowed_is_fetched_in_part(dovecot: Dovecot, look: Look, shelf: Shelf) -> None:
    dovecot.file(notification(1) + b"x" * 6_000_000)
    report = look(box(dovecot))
    assert [post.text for post in shelf.posts.values()] == ["Der Sessel knarzt."]
    assert "only its beginning was read" in report.notes[0]


def test_a_mailbox_is_recognised_by_its_address(dovecot: Dovecot, run: Callable[[Any], Any]) -> None:
    dovecot.file(notification(1))
    found = run(examine(Crawler(QUICK), box(dovecot, kind="", max_pages=1)))
    assert (found.kind, [post.text for post in found.sample]) == ("mail", ["Der Sessel knarzt."])


def test_a_company_server_is_read_over_starttls_and_over_tls(encrypted: Dovecot, look: Look, shelf: Shelf) -> None:
    encrypted.file(notification(1, "Knarzt."))
    assert (look(box(encrypted)).new, look(box(encrypted)).requests) == (1, 1)
    sealed = encrypted.url().replace("imap://", "imaps://").replace(str(encrypted.port), str(encrypted.sealed))
    encrypted.file(notification(2, "Wackelt."))
    assert look(local(sealed, "mail", secret=PASSWORD)).new == 1
    assert [post.text for post in shelf.posts.values()] == ["Knarzt.", "Wackelt."]


def test_a_company_server_whose_authority_is_not_trusted_hears_no_password(
    encrypted: Dovecot, look: Look, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert "certificate that is not valid" in look(box(encrypted)).errors[0]
    assert "Login:" not in (folder / "dovecot.log").read_text()
    assert "auth failed" not in (folder / "dovecot.log").read_text()


def test_a_company_server_by_its_number_is_not_the_host_of_its_certificate(encrypted: Dovecot, look: Look) -> None:
    by_number = encrypted.url().replace("localhost", "127.0.0.1")
    assert "certificate that is not valid" in look(local(by_number, "mail", secret=PASSWORD)).errors[0]


def test_a_wrong_password_is_told_inside_of_the_encryption(encrypted: Dovecot, look: Look) -> None:
    assert "does not accept user name and password" in look(box(encrypted, secret="falsch")).errors[0]
