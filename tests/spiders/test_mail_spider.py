"""A mailbox looked at: what is read once, what is never changed, and servers that lie, stall or flood."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.guard import Refused
from crawler.items import CrawlReport, Target
from crawler.kinds import claims
from crawler.mail_address import MailAddress
from crawler.mailbox import MAX_LINE, Meter, _quoted, is_this_machine
from crawler.recognise import examine
from crawler.run import Crawler, Limits
from crawler.spiders.mail import BATCH, MAX_WITHHELD
from tests.lateness import sleeper
from tests.spiders.certificates import self_signed
from tests.spiders.conftest import QUICK, local
from tests.spiders.postoffice import PASSWORD, USER, PostOffice, notification, running_post_office
from tests.spiders.shelf import Shelf

Look = Callable[..., CrawlReport]
IMPATIENT = Limits(request_seconds=0.3, look_seconds=2, page_bytes=200_000)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with running_post_office() as running:
        yield running


def box(office: PostOffice, **fields: Any) -> Target:
    return local(office.url, **({"kind": "mail", "secret": PASSWORD} | fields))


def texts(shelf: Shelf) -> list[str]:
    return [post.text for post in shelf.posts.values()]


# what is read


def test_mails_are_read_oldest_first_and_marked_by_nobody(office: PostOffice, look: Look, shelf: Shelf) -> None:
    office.mails = {3: notification(1, "Erste."), 9: notification(2, "Zweite.")}
    report = look(box(office))
    assert (report.new, report.health, texts(shelf)) == (2, "ok", ["Erste.", "Zweite."])
    assert 'EXAMINE "Bewertungen"' in office.told
    changing = ("SELECT", "STORE", "COPY", "MOVE", "EXPUNGE", "DELETE", "APPEND", "CLOSE")
    assert not [told for told in office.told if any(word in told.upper() for word in changing)]
    assert all("BODY.PEEK[]" in told for told in office.told if "FETCH" in told)


def test_an_unchanged_mailbox_costs_one_request_and_writes_nothing(
    office: PostOffice, look: Look, shelf: Shelf
) -> None:
    office.mails = {3: notification(1)}
    look(box(office))
    again = look(box(office))
    assert (again.requests, again.rows_written, again.seen) == (1, 0, 0)
    assert len(shelf.pages) == 1


def test_the_range_that_is_read_backwards_brings_no_old_mail_again(office: PostOffice, look: Look) -> None:
    office.mails = {3: notification(1)}
    look(box(office))
    look(box(office))
    assert office.told.count("UID SEARCH UID 4:*") == 1
    assert len([told for told in office.told if "FETCH" in told]) == 1


def test_new_mails_are_read_from_where_the_last_look_ended(office: PostOffice, look: Look, shelf: Shelf) -> None:
    office.mails = {3: notification(1)}
    look(box(office))
    office.mails[4] = notification(2)
    assert (look(box(office)).new, shelf.cursor["uid"]) == (1, 4)


def test_a_later_mail_about_the_same_review_is_an_edit(office: PostOffice, look: Look, shelf: Shelf) -> None:
    office.mails = {3: notification(1, "Knarzt.")}
    look(box(office))
    office.mails[4] = notification(1, "Knarzt nicht mehr.")
    assert look(box(office)).changed == 1
    assert texts(shelf) == ["Knarzt nicht mehr."]


def test_a_forged_mail_about_a_known_review_changes_nothing_of_it(office: PostOffice, look: Look, shelf: Shelf) -> None:
    office.mails = {3: notification(1, "Knarzt.")}
    look(box(office))
    office.mails[4] = notification(1, "Alles erlogen.", signed=False)
    report = look(box(office))
    assert (report.new, report.changed, report.deleted, report.health) == (1, 0, 0, "ok")
    real, forged = shelf.posts.values()
    assert (real.text, forged.text, forged.url) == ("Knarzt.", "Alles erlogen.", "")
    assert forged.external_id.startswith("unverified:")
    assert forged.author_id == forged.external_id
    assert "does not prove that it comes from Trustpilot" in report.notes[0]


def test_a_forgery_that_arrives_first_does_not_hide_the_real_mail(office: PostOffice, look: Look, shelf: Shelf) -> None:
    office.mails = {3: notification(1, signed=False), 4: notification(1)}
    look(box(office))
    assert len(shelf.posts) == 2


def test_a_copy_of_a_mail_is_read_once(office: PostOffice, look: Look) -> None:
    office.mails = {3: notification(1), 4: notification(1)}
    assert look(box(office)).seen == 1


def test_no_more_than_a_bounded_number_is_read_and_the_next_look_goes_on(
    office: PostOffice, look: Look, shelf: Shelf
) -> None:
    office.mails = {uid: notification(uid) for uid in range(1, BATCH + 11)}
    assert look(box(office, max_pages=1)).new == BATCH
    assert shelf.cursor["uid"] == BATCH
    assert look(box(office, max_pages=1)).new == 10


def test_a_mailbox_that_is_numbered_anew_is_read_anew_without_doubles(
    office: PostOffice, look: Look, shelf: Shelf
) -> None:
    office.mails = {3: notification(1, "Alt."), 4: notification(1, "Neu.")}
    look(box(office))
    office.validity, office.mails = 8, {1: notification(1, "Alt."), 2: notification(1, "Neu."), 3: notification(2)}
    report = look(box(office))
    assert (report.new, report.changed, shelf.cursor["validity"], shelf.cursor["uid"]) == (1, 0, 8, 3)


def test_a_restored_mailbox_that_counts_from_lower_numbers_is_noticed(
    office: PostOffice, look: Look, shelf: Shelf
) -> None:
    office.mails = {30: notification(1)}
    look(box(office))
    office.mails = {2: notification(1), 3: notification(2)}
    report = look(box(office))
    assert (report.new, shelf.cursor["uid"]) == (1, 3)
    assert "number its mails anew" in report.notes[0]


def test_mails_that_are_no_reviews_are_counted_and_degrade_nothing(
    office: PostOffice, look: Look, shelf: Shelf
) -> None:
    office.mails = {1: notification(1).replace(b"Neue 2-Sterne-Bewertung", b"Ihre Rechnung Nr. 77")}
    report = look(box(office))
    assert (report.health, report.errors, shelf.posts) == ("ok", [], {})
    [note] = report.notes
    assert note.endswith("no reviews and were left alone: 1, the last one “Ihre Rechnung Nr. 77”.")


def test_what_is_too_big_is_read_as_far_as_it_may_be(office: PostOffice, look: Look, shelf: Shelf) -> None:
    office.mails = {1: notification(1) + b"x" * 300_000}
    report = look(box(office), Limits(request_seconds=3, look_seconds=10, page_bytes=100_000))
    assert texts(shelf) == ["Der Sessel knarzt."]
    assert "only its beginning was read" in report.notes[0]


def test_what_cannot_be_stored_moves_no_cursor(office: PostOffice, run: Callable[[Any], Any], shelf: Shelf) -> None:
    office.mails = {1: notification(1)}
    shelf.error = OSError("voll")
    with pytest.raises(OSError, match="voll"):
        run(Crawler(QUICK).crawl(box(office), shelf.receive))
    assert shelf.cursor == {}


# who may be talked to, and how


@pytest.mark.parametrize(
    ("capabilities", "told"), [("IMAP4rev1 AUTH=PLAIN", "AUTHENTICATE PLAIN"), ("IMAP4rev1", "LOGIN")]
)
def test_the_server_is_logged_into_as_it_wants(office: PostOffice, look: Look, capabilities: str, told: str) -> None:
    office.capabilities = capabilities
    office.mails = {1: notification(1)}
    assert look(box(office, secret=PASSWORD if "AUTH" in capabilities else "geheim")).new == 1
    assert any(one.startswith(told) for one in office.told)


def test_a_wrong_password_is_said_and_shown_nowhere(office: PostOffice, look: Look) -> None:
    report = look(box(office, secret="falsches-wort"))
    assert report.health == "degraded"
    assert "does not accept user name and password" in report.errors[0]
    assert "falsches-wort" not in repr(report)


@pytest.mark.parametrize(
    ("command", "instead", "words"),
    [
        ("AUTHENTICATE", " NO [UNAVAILABLE] spaeter", "the error UNAVAILABLE"),
        ("EXAMINE", " NO [NONEXISTENT] nein", "no folder of this name"),
        ("EXAMINE", " OK ohne Nummern", "does not number its mails"),
        ("UID SEARCH", " NO nein", "does not let its mails be listed"),
        ("UID SEARCH", " BAD was", "does not speak IMAP"),
        ("CAPABILITY", " BAD was", "does not speak IMAP"),
    ],
)
def test_a_refusal_is_named(office: PostOffice, look: Look, command: str, instead: str, words: str) -> None:
    office.mails = {1: notification(1)}
    office.instead = {command: lambda tag: f"{tag}{instead}\r\n".encode()}
    report = look(box(office))
    assert (report.health, report.seen) == ("degraded", 0)
    assert words in report.errors[0]


def test_a_server_that_is_down_and_a_host_that_does_not_exist_are_named(look: Look) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert "accepts no connection" in look(local(f"imap://a@127.0.0.1:{port}/", "mail", secret="x")).errors[0]
    assert "cannot be found" in look(local("imaps://a@gibt-es-nicht.invalid/", "mail", secret="x")).errors[0]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "0x7f000001"])
def test_a_private_address_is_refused_before_anything_is_sent(host: str, office: PostOffice, look: Look) -> None:
    report = look(local(f"imaps://a@{host}/", "mail", secret="x", allow_private=False))
    assert report.health == "degraded"
    assert "not public" in report.errors[0] or "in disguise" in report.errors[0]
    assert office.told == []


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("imaps://a:geheim@post.example/", "carries a password"),
        ("imaps://a@post.example:22/", "Port 22 of post.example is not that of imaps://; only 993 is used"),
        ("imap://a@post.example:993/", "Port 993 of post.example is not that of imap://; only 143 is used"),
        ("imaps://post.example/", "needs a user"),
        ("imaps://a@post.example/a%0d%0ab", "needs a user"),
        ("imaps://a@post.example:99999/", "impossible port"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_with_the_reason(address: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        MailAddress.of(address, allow_private=False)


@pytest.mark.parametrize("user", ["info@lindner.example", "info%40lindner.example"])
def test_user_and_folder_may_be_written_in_both_ways(user: str) -> None:
    read = MailAddress.of(f"imaps://{user}@post.example/Kunden/Lob%20%26%20Tadel", allow_private=False)
    assert (read.user, read.host, read.port, read.folder) == (
        "info@lindner.example", "post.example", 993, "Kunden/Lob & Tadel",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("address", "host", "port", "place"),
    [
        ("imap://a@post.example/", "post.example", 143, "imap://post.example/INBOX"),
        ("imaps://a@[2606:4700::1]/", "2606:4700::1", 993, "imaps://[2606:4700::1]/INBOX"),
        ("imap://a@[2606:4700::1]:143/Lob", "2606:4700::1", 143, "imap://[2606:4700::1]/Lob"),
    ],
)
def test_a_host_may_be_a_name_or_an_address(address: str, host: str, port: int, place: str) -> None:
    read = MailAddress.of(address, allow_private=False)
    assert (read.host, read.port, read.place) == (host, port, place)


def test_a_folder_is_written_the_way_imap_wants() -> None:
    assert _quoted('Über "uns" & mehr') == '"&ANw-ber \\"uns\\" &- mehr"'


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for localhost that signs itself, with its key."""
    return self_signed(tmp_path)


@pytest.fixture
def sealed(certificate: Path) -> Iterator[PostOffice]:
    """A server that speaks TLS from the first byte."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with running_post_office(context) as running:
        yield running


def test_a_certificate_that_nobody_vouches_for_gets_no_password(sealed: PostOffice, look: Look) -> None:
    report = look(local(f"imaps://{USER}@localhost:{sealed.port}/", "mail", secret=PASSWORD))
    assert "certificate that is not valid" in report.errors[0]
    assert sealed.told == []


def test_a_certificate_for_another_host_gets_no_password(
    sealed: PostOffice, look: Look, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    report = look(local(f"imaps://{USER}@127.0.0.1:{sealed.port}/", "mail", secret=PASSWORD))
    assert "certificate that is not valid" in report.errors[0]
    assert sealed.told == []


def test_a_mailbox_is_read_over_tls(
    sealed: PostOffice, look: Look, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    sealed.mails = {1: notification(1)}
    assert look(local(f"imaps://{USER}@localhost:{sealed.port}/", "mail", secret=PASSWORD)).new == 1


@pytest.fixture
def upgrading(office: PostOffice, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> PostOffice:
    """A server that is encrypted on request (STARTTLS), with a certificate that is trusted."""
    office.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    office.tls.load_cert_chain(certificate)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return office


def by_name(office: PostOffice) -> Target:
    return local(f"imap://{USER}@localhost:{office.port}/", "mail", secret=PASSWORD)


def confidential(office: PostOffice) -> list[str]:
    return [told for told in office.told if told.startswith(("AUTHENTICATE", "LOGIN"))]


def test_a_mailbox_is_read_over_starttls(upgrading: PostOffice, look: Look) -> None:
    upgrading.mails = {1: notification(1)}
    assert look(by_name(upgrading)).new == 1
    assert upgrading.told[:3] == ["STARTTLS", "CAPABILITY", "AUTHENTICATE PLAIN"]


def test_starttls_with_a_certificate_that_nobody_vouches_for_gets_no_password(
    upgrading: PostOffice, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert "certificate that is not valid" in look(by_name(upgrading)).errors[0]
    assert upgrading.told == ["STARTTLS"]


def test_starttls_with_a_certificate_for_another_host_gets_no_password(upgrading: PostOffice, look: Look) -> None:
    assert "certificate that is not valid" in look(box(upgrading)).errors[0]
    assert upgrading.told == ["STARTTLS"]


@pytest.mark.parametrize(
    "injected",
    [b"x", b"* CAPABILITY IMAP4rev1\r\n", b"* OK [UIDVALIDITY 99]\r\ntls OK\r\n", b"* PREAUTH drin\r\n"],
)
def test_what_somebody_puts_behind_the_answer_to_starttls_ends_the_visit(
    upgrading: PostOffice, look: Look, shelf: Shelf, injected: bytes
) -> None:
    upgrading.mails, upgrading.injected = {1: notification(1)}, injected
    report = look(by_name(upgrading))
    assert report.errors == ["imap://localhost/INBOX does not speak IMAP as it should (ConnectionError)."]
    assert upgrading.told == ["STARTTLS"]
    assert shelf.posts == {}


@pytest.mark.parametrize("where", ["greeting", "answer"])
def test_what_was_said_before_encryption_is_forgotten_inside(upgrading: PostOffice, look: Look, where: str) -> None:
    lie = b"* OK [CAPABILITY IMAP4rev1] da\r\n"
    upgrading.instead = {"CAPABILITY": lambda tag: f"{tag} OK nichts\r\n".encode()}
    if where == "greeting":
        upgrading.greeting = lie
    else:
        upgrading.instead["STARTTLS"] = lambda tag: lie + f"{tag} OK los\r\n".encode()
    assert "does not speak IMAP as it should" in look(by_name(upgrading)).errors[0]
    assert (upgrading.told, confidential(upgrading)) == (["STARTTLS", "CAPABILITY"], [])


@pytest.mark.parametrize("greeting", [b"* PREAUTH drin\r\n", b"* BYE weg\r\n", b"+ OK\r\n", b"220 mail.example\r\n"])
def test_a_server_that_greets_otherwise_is_told_nothing(office: PostOffice, look: Look, greeting: bytes) -> None:
    office.greeting = greeting
    assert "does not speak IMAP as it should" in look(box(office)).errors[0]
    assert office.told == []


def test_a_server_that_offers_encryption_and_fails_at_it_gets_no_password(office: PostOffice, look: Look) -> None:
    office.instead = {"STARTTLS": lambda tag: f"{tag} OK los\r\n* OK doch nicht\r\n".encode()}
    assert look(box(office)).health == "degraded"
    assert office.told[0] == "STARTTLS"
    assert confidential(office) == []


@pytest.mark.parametrize("refusal", ["NO [ALERT] heute nicht", "BAD was"])
def test_a_server_on_another_machine_gets_no_password_without_encryption(
    office: PostOffice, look: Look, monkeypatch: pytest.MonkeyPatch, refusal: str
) -> None:
    monkeypatch.setattr("crawler.mailbox.is_this_machine", lambda _: False)
    office.instead = {"STARTTLS": lambda tag: f"{tag} {refusal}\r\n".encode()}
    report = look(box(office))
    assert "offers no encryption" in report.errors[0]
    assert office.told == ["STARTTLS"]


@pytest.mark.parametrize(
    ("numeric", "expected"),
    [("127.0.0.1", True), ("127.3.2.1", True), ("::1", True), ("10.0.0.1", False), ("192.168.1.5", False),
     ("fd00::1", False), ("fe80::1%eth0", False), ("198.51.100.7", False)],
)  # fmt: skip
def test_only_this_machine_is_reached_over_no_network(numeric: str, expected: bool) -> None:
    assert is_this_machine(numeric) is expected


# servers that mean no good


def test_a_server_that_names_other_mails_than_asked_for_brings_nothing_in(
    office: PostOffice, look: Look, shelf: Shelf
) -> None:
    office.mails = {5: notification(1)}
    office.instead = {"UID FETCH": lambda tag: office.mail(5, named=6) + f"{tag} OK gut\r\n".encode()}
    first, second = look(box(office)), look(box(office))
    assert shelf.posts == {}
    assert (first.health, second.health) == ("ok", "degraded")  # deleted a moment ago, or withheld
    assert "The mail with the number 5 cannot be fetched" in second.errors[0]
    office.instead = {}
    assert look(box(office)).new == 1
    assert shelf.cursor["withheld"] == []


def test_a_mail_that_is_deleted_between_two_commands_is_no_trouble(
    office: PostOffice, look: Look, shelf: Shelf
) -> None:
    office.mails = {5: notification(1)}
    office.instead = {"UID FETCH": lambda tag: f"{tag} OK gut\r\n".encode()}
    look(box(office))
    office.mails, office.instead, office.next_uid = {}, {}, 6
    report = look(box(office))
    assert (report.health, shelf.cursor["withheld"], shelf.cursor["uid"]) == ("ok", [], 5)


def test_a_server_that_hands_out_nothing_at_all_moves_no_cursor(office: PostOffice, look: Look, shelf: Shelf) -> None:
    office.mails = {uid: notification(uid) for uid in range(1, MAX_WITHHELD + 5)}
    office.instead = {"UID FETCH": lambda tag: f"{tag} OK gut\r\n".encode()}
    assert "hands out none of its mails" in look(box(office)).errors[0]
    assert shelf.cursor == {}


def test_numbers_beyond_what_the_server_itself_announces_are_not_believed(
    office: PostOffice, look: Look, shelf: Shelf
) -> None:
    office.mails = {5: notification(1)}
    office.instead = {
        "UID SEARCH": lambda tag: f"* SEARCH 5 77 4294967295 99999999999 x -3\r\n{tag} OK gut\r\n".encode()
    }
    look(box(office))
    assert (len(shelf.posts), shelf.cursor["uid"]) == (1, 5)


@pytest.mark.parametrize(
    ("command", "instead"),
    [
        ("UID FETCH", b"* 1 FETCH (UID 1 BODY[]<0> {99999999999}\r\n"),
        ("UID FETCH", b"* 1 FETCH (UID 1 BODY[]<0> {" + b"9" * 5000 + b"}\r\n"),
        ("UID SEARCH", b"* SEARCH " + b"1 " * MAX_LINE),
        ("UID SEARCH", b"* 1 EXISTS\r\n" * 40_000),
        ("EXAMINE", b"\x00\xff(((\r\n"),
        ("CAPABILITY", b"* BYE weg\r\n"),
        ("UID FETCH", b'* 1 FETCH (UID 1 INTERNALDATE "unsinn" BODY[]<0> {3}\r\nabc'),
    ],
    ids=["huge literal", "impossible literal", "endless line", "flood", "garbage", "goodbye", "cut off"],
)
def test_a_hostile_answer_ends_in_a_sentence_and_in_bounded_time(
    office: PostOffice, look: Look, shelf: Shelf, command: str, instead: bytes
) -> None:
    office.mails = {1: notification(1)}
    office.instead = {command: instead}
    started = time.monotonic()
    report = look(box(office), IMPATIENT)
    assert time.monotonic() - started < 10
    assert (report.health, len(report.errors)) == ("degraded", 1)
    assert report.errors[0].startswith("imap://127.0.0.1/Bewertungen ")
    assert shelf.posts == {}


def test_a_server_that_says_nothing_is_given_up(office: PostOffice, look: Look) -> None:
    office.greeting = b""
    assert "did not answer in time" in look(box(office), IMPATIENT).errors[0]


def test_a_server_that_drips_is_given_up_and_holds_nobody_up(office: PostOffice, run: Callable[[Any], Any]) -> None:
    office.drips = "UID SEARCH"
    shelf, pauses = Shelf(), [0.0]

    async def beat() -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(0.02)
            pauses.append(time.monotonic() - before)

    async def look_and_beat() -> CrawlReport:
        beating = asyncio.ensure_future(beat())
        report = await Crawler(IMPATIENT).crawl(box(office), shelf.receive)
        beating.cancel()
        return report

    with sleeper() as other:
        report = run(look_and_beat())
    assert "did not answer in time" in report.errors[0]
    assert office.drops < 100
    assert len(pauses) > 20
    assert max(pauses) < 1 + other.late


def test_the_meter_ends_a_visit_by_seconds_and_by_bytes() -> None:
    now = [0.0]
    meter = Meter(wait_seconds=5, seconds=12, bytes_left=100, clock=lambda: now[0])
    assert (meter.wait(), meter.has_room(40)) == (5, True)
    now[0] = 10
    assert (meter.wait(), meter.has_room(40)) == (2, False)
    now[0] = 12
    with pytest.raises(TimeoutError):
        meter.wait()


# found by what is pasted


@pytest.mark.parametrize(
    "pasted", ["imaps://a@post.example/INBOX", " IMAPS://a@b@post.example ", "imap://a@127.0.0.1:1143/"]
)
def test_a_mailbox_is_recognised(pasted: str) -> None:
    [claim] = claims(pasted)
    assert (claim.kind, claim.address, claim.settings) == ("mail", pasted.strip(), {"own_ids": ()})


def test_the_own_mail_server_may_be_named_behind_the_address(office: PostOffice, look: Look, shelf: Shelf) -> None:
    [claim] = claims(f"{office.url}?authserv=pruefer.example")
    assert claim.settings["authserv"] == "pruefer.example"
    office.mails = {
        1: notification(1),
        2: notification(2).replace(b"mx.lindner.example; dkim", b"pruefer.example; dkim"),
    }
    look(box(office, settings=claim.settings))
    assert [post.external_id.partition(":")[0] for post in shelf.posts.values()] == ["unverified", "trustpilot"]
    assert MailAddress.of(claim.address, allow_private=True).folder == "Bewertungen"


@pytest.mark.parametrize(
    "pasted", ["info@lindner.example", "mailto:info@lindner.example", "https://imap.example/", "imaps:x"]
)
def test_what_only_looks_like_a_mailbox_is_none(pasted: str) -> None:
    assert not [claim for claim in claims(pasted) if claim.kind == "mail"]


def test_a_mailbox_shows_a_sample_and_what_was_left(office: PostOffice, run: Callable[[Any], Any]) -> None:
    office.mails = {1: notification(1), 2: notification(2).replace(b"Neue 2-Sterne", b"Newsletter:")}
    found = run(examine(Crawler(QUICK), box(office, kind="", max_pages=1)))
    assert (found.kind, [post.text for post in found.sample]) == ("mail", ["Der Sessel knarzt."])
    assert any("left alone" in note for note in found.notes)


def test_a_mailbox_without_a_credential_is_not_even_connected_to(office: PostOffice, run: Callable[[Any], Any]) -> None:
    found = run(examine(Crawler(QUICK), box(office, kind="", secret="", max_pages=1)))
    assert found.wants_credential
    assert "can only be read with a credential" in found.problem
    assert office.told == []


# rules of the business


def test_rules_of_the_business_read_its_mails(office: PostOffice, run: Callable[[Any], Any], tmp_path: Path) -> None:
    own, shelf = tmp_path / "mail_rules.toml", Shelf()
    own.write_text("[[platform]]\nname='eigen'\nlabel='E'\ndomains=['trustpilot.com']\nsubjects=['Sterne']\n")
    office.mails = {1: notification(1)}
    run(Crawler(QUICK, mail_rules=own).crawl(box(office), shelf.receive))
    assert [identity.partition(":")[0] for identity in shelf.posts] == ["eigen"]


def test_broken_rules_of_the_business_are_told_while_the_others_go_on(
    office: PostOffice, run: Callable[[Any], Any], tmp_path: Path
) -> None:
    own, shelf = tmp_path / "mail_rules.toml", Shelf()
    own.write_text("[[platform")
    office.mails = {1: notification(1)}
    report = run(Crawler(QUICK, mail_rules=own).crawl(box(office), shelf.receive))
    assert (report.new, report.health) == (1, "ok")
    assert report.notes[0].startswith("mail_rules.toml, line 1: this is no valid TOML")
