"""A saved mail tried on the rules: every step is told, and what is told is what a look would do."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.pages import mail
from crawler.pages.mail_rules import RuleSet, built_in
from crawler.pages.mail_trial import SHOWN, try_out
from tests.spiders.postoffice import notification

FIXTURES = sorted((Path(__file__).parent / "fixtures" / "mail").glob("*/input.eml"))
RULES = RuleSet(built_in())


def told(body: bytes, rules: RuleSet = RULES, authserv: str = "") -> str:
    return "\n".join(try_out(body, rules, authserv).notes)


@pytest.mark.parametrize("file", FIXTURES, ids=[file.parent.name for file in FIXTURES])
def test_a_trial_reads_what_a_look_reads(file: Path) -> None:
    tried, looked = try_out(file.read_bytes(), RULES), mail.read(file.read_bytes())
    assert (tried.posts, tried.left, tried.identity) == (looked.posts, looked.left, looked.identity)


def test_every_part_of_a_review_is_told() -> None:
    said = told(notification(1, "Der Sessel knarzt.\r\nUnd wackelt."))
    for part in (
        "Rule: trustpilot", "Subject: Neue 2-Sterne-Bewertung", "Sender: proven", "Stars: 2 of 5",
        "Author: Jana Brandt", "Title: none", "Written: 2026-11-23T07:12:05+00:00",
        "Link: https://de.trustpilot.com/reviews/000000000000000000000001", "Id: trustpilot:000000000000000000000001",
        "Text: Der Sessel knarzt.\nUnd wackelt.",
    ):  # fmt: skip
        assert part in said
    assert "another post" not in said


def test_a_review_without_its_id_is_told_as_such() -> None:
    assert "a later mail about it will be another post" in told(notification(1).replace(b"/reviews/", b"/stimmen/"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ((b"dkim=pass", b"dkim=fail"), "mx.lindner.example does not say that DKIM or DMARC passed for trustpilot.com"),
        ((b"Authentication-Results: mx.lindner", b"Authentication-Results: mx.fremd"), "is of mx.fremd.example"),
        ((b"Authentication-Results:", b"X-Other:"), "has no field Authentication-Results"),
    ],
)
def test_a_sender_that_is_not_proven_is_told_with_the_reason(change: tuple[bytes, bytes], words: str) -> None:
    said = told(notification(1).replace(*change))
    assert "Sender: not proven" in said
    assert words in said


def test_the_named_server_is_asked_for_the_proof() -> None:
    assert "not of mx.post.example" in told(notification(1), authserv="mx.post.example")
    assert "Sender: proven" in told(notification(1), authserv="mx.lindner.example")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("Neue 2-Sterne-Bewertung", "Guten Tag"), "the subject fits none of `subjects`"),
        (("Bewertung lesen", "https://de.trustpilot.com/reviews/" + "b" * 24), "links name more than one review"),
        (("Bewertung: ★★☆☆☆\r\nBewertungstext:\r\n", ""), "no line fits `start`"),
        (("Bewertung lesen", "Antworten\r\n★★★★★\r\n"), "another review follows"),
    ],
)
def test_a_mail_without_a_certain_review_is_told_with_the_reason_and_its_lines(
    change: tuple[str, str], words: str
) -> None:
    said = told(notification(1).decode().replace(*change).encode())
    assert words in said
    assert "Line: Von: Jana Brandt" in said


def test_a_mail_without_words_and_stars_is_told_as_such() -> None:
    empty = b"From: <a@trustpilot.com>\r\nSubject: Neue Bewertung\r\n\r\nText:\r\nBewertung lesen\r\n"
    assert "no words are left" in told(empty)


def test_not_more_lines_are_shown_than_somebody_reads() -> None:
    long = notification(1).replace(b"Neue 2-Sterne-Bewertung", b"Hallo") + b"Zeile\r\n" * 500
    assert told(long).count("Line: ") == SHOWN


def test_a_mail_that_is_no_review_for_certain_is_told() -> None:
    said = told(notification(1).replace(b"Neue 2-Sterne-Bewertung", b"Ihre Rechnung Nr. 77"))
    assert "begins with one of `other`" in said
    assert "Text:" not in said


def test_a_sender_of_whom_no_rule_knows_is_named_as_a_rule_wants_it() -> None:
    assert "domains = ['portal.example']" in told(b"From: <stimmen@portal.example>\r\n\r\nHallo")


def test_a_mail_without_a_sender_and_bytes_that_are_no_mail_are_told_too() -> None:
    assert "not name exactly one sender" in told(b"\x00\xff\x00")


def test_rules_that_cannot_be_used_are_told_first() -> None:
    assert told(notification(1), RuleSet(built_in(), "kaputt")).startswith("kaputt\nRule: trustpilot")
