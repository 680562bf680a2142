"""One mail: who proves what, what a customer or a forger may write into it, and rules as data. No network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Post
from crawler.pages import mail
from crawler.pages.mail_links import review_links
from crawler.pages.mail_parts import MAX_BORDERS, take_apart
from crawler.pages.mail_proof import doubt, last_hop
from crawler.pages.mail_review import NoReview, Review, day, read_review
from crawler.pages.mail_rules import Rule, built_in, rule_for
from tests.spiders.postoffice import notification

FIXTURES = Path(__file__).parent / "fixtures" / "mail"
ARRIVED = datetime(2026, 11, 25, 7, 12, 9, tzinfo=UTC)
PLATFORMS = {rule.name: rule for rule in built_in()}
TRUSTPILOT = PLATFORMS["trustpilot"]
AR = "Authentication-Results:"
OWN = "Received: from a by mx.lindner.example; x\n"
SIGNED = "dkim=pass header.d=trustpilot.com"


def post(raw: bytes) -> Post:
    [found] = mail.read(raw, arrived=ARRIVED).posts
    return found


def review(body: str, subject: str = "Neue Bewertung", rule: Rule = TRUSTPILOT) -> Review | None:
    try:
        return read_review(rule, subject, body)
    except NoReview:
        return None


# proof


@pytest.mark.parametrize(
    "result",
    [
        "mx.lindner.example; dkim=pass header.d=trustpilot.com",
        "mx2.lindner.example 1; DKIM=Pass (2048 bit) header.i=@e.trustpilot.com header.s=x",
        "lindner.example; spf=pass smtp.mailfrom=x@y; dmarc=pass (p=none) header.from=trustpilot.com",
        "mx.lindner.example; dkim=fail header.d=trustpilot.com; dkim=pass header.d=trustpilot.com",
    ],
)
def test_the_own_servers_word_proves_the_sender(result: str) -> None:
    assert not doubt(take_apart(f"{AR} {result}\n{OWN}\nx".encode()), TRUSTPILOT)


@pytest.mark.parametrize(
    "head",
    [
        OWN,
        f"{AR} mx.boese.example; {SIGNED}\n{OWN}",
        f"{AR} mx.lindner.example; dkim=fail\n{AR} mx.lindner.example; {SIGNED}\n{OWN}",
        f"{AR} mx.lindner.example; dkim=fail ({SIGNED})\n{OWN}",
        f'{AR} mx.lindner.example; spf=pass smtp.mailfrom="x; {SIGNED}; "@boese.example\n{OWN}',
        f"{AR} mx.lindner.example; spf=pass smtp.mailfrom=trustpilot.com\n{OWN}",
        f"{AR} mx.lindner.example; dkim=pass header.d=trustpilot.com.boese.example\n{OWN}",
        f"{AR} mx.lindner.example; dkim=pass header.d=boesetrustpilot.com\n{OWN}",
        f"{AR} mx.lindner.example; dkim=pass header.d=boese.example reason=header.from=trustpilot.com\n{OWN}",
        f"{AR} mx.lindner.example; x-dkim=pass header.d=trustpilot.com\n{OWN}",
        f"{AR} {SIGNED}\n{OWN}",
        f"{AR} mx.lindner.example; {SIGNED}\n",
        f"Received: by mx.lindner.example\nReceived: by mx.boese.example\n{AR} mx.boese.example; {SIGNED}\n",
        f"{AR} evil.co.uk; {SIGNED}\nReceived: by mx.lindner.co.uk\n",
    ],
)  # fmt: skip
def test_nothing_else_proves_it(head: str) -> None:
    assert doubt(take_apart(f"{head}\nx".encode()), TRUSTPILOT)


def test_a_named_server_is_believed_wherever_it_stands_and_nobody_else() -> None:
    fields = f"{AR} scan.example; dkim=pass header.d=trustpilot.com\n{AR} post; {SIGNED}\n"
    both = take_apart(f"{fields}\nx".encode())
    assert not doubt(both, TRUSTPILOT, "POST")
    assert doubt(both, TRUSTPILOT, "other")


def test_the_last_hop_is_the_topmost_server_with_a_name() -> None:
    assert (
        last_hop(["by 2002:a05:6402 with SMTP id x", "from evil (by x.y) by mx.google.com with ESMTPS"])
        == "mx.google.com"
    )
    assert last_hop(["by localhost", "by localhost", "by mx.boese.example"]) == ""


# what a forger or a customer may write


def test_an_unproven_mail_has_nothing_in_common_with_the_real_review() -> None:
    real, forged = post(notification(1)), post(notification(1, signed=False))
    assert (real.external_id, real.author_id) == (f"trustpilot:{1:024x}", "")
    assert forged.external_id == forged.author_id
    assert forged.external_id.startswith(mail.UNVERIFIED)
    assert (forged.url, forged.text, forged.rating) == ("", real.text, 2)


@pytest.mark.parametrize("case", sorted(path.name for path in FIXTURES.iterdir()))
def test_no_mail_deletes_a_post_or_answers_for_the_business(case: str) -> None:
    read = mail.read((FIXTURES / case / "input.eml").read_bytes(), arrived=ARRIVED)
    assert not [one for one in read.posts if one.deleted or one.owner_replies or one.parent_external_id]


@pytest.mark.parametrize("case", sorted(path.name for path in FIXTURES.iterdir()))
def test_every_mail_that_is_not_left_alone_becomes_one_post_without_an_address_of_its_sender(case: str) -> None:
    read = mail.read((FIXTURES / case / "input.eml").read_bytes(), arrived=ARRIVED)
    assert len(read.posts) == (0 if read.left else 1)
    assert not [one for one in read.posts if "@" in one.author_name + one.author_id + one.external_id]


def test_a_text_with_the_address_of_another_review_goes_to_a_person_in_full() -> None:
    text = f"Lesen Sie lieber https://de.trustpilot.com/reviews/{99:024x} dazu."
    found = post(notification(1, text))
    assert found.external_id.startswith("mail:")
    assert text in found.text


def test_a_text_that_looks_like_the_end_of_the_mail_moves_no_identity() -> None:
    found = post(notification(1, "Schlecht.\r\nBewertung lesen\r\nVon: Chef\r\nBewertung: 5 von 5 Sternen"))
    assert (found.external_id, found.rating, found.author_name) == (f"trustpilot:{1:024x}", 2, "Jana Brandt")


@pytest.mark.parametrize(
    "sender",
    [
        "Trustpilot <noreply@trustpilot.com.boese.example>", '"noreply@trustpilot.com" <x@boese.example>',
        "noreply@trustpilot.com, x@boese.example", "<x@boese.example> noreply@trustpilot.com",
        "noreply@boesetrustpilot.com",
    ],
)  # fmt: skip
def test_a_sender_that_only_looks_like_the_platform_is_a_mail_for_a_person(sender: str) -> None:
    raw = notification(1).replace(b"Trustpilot <noreply@trustpilot.com>", sender.encode())
    found = post(raw)
    assert found.external_id.startswith("mail:")
    assert "@" not in found.author_name


def test_two_from_fields_are_no_sender() -> None:
    assert post(b"From: x@boese.example\n" + notification(1)).external_id.startswith("mail:")


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("businessprofile-noreply@google.com", "google"), ("forms-receipts-noreply@google.com", ""),
        ("noreply@booking.com", "booking"), ("123-abc@guest.booking.com", ""), ("x@e.tripadvisor.com", "tripadvisor"),
        ("notification@facebookmail.com", "facebook"), ("x@facebook.com", ""),
    ],
)  # fmt: skip
def test_addresses_under_which_others_write_are_not_the_platform(address: str, rule: str) -> None:
    found = rule_for(built_in(), *address.split("@"))
    assert (found.name if found else "") == rule


# when


def test_only_a_proven_mail_is_believed_when_it_was_sent() -> None:
    sent = datetime(2026, 11, 23, 7, 12, 5, tzinfo=UTC)
    assert post(notification(1)).created_at == sent
    assert post(notification(1, signed=False)).created_at == ARRIVED


def test_a_date_in_the_future_or_none_is_replaced_by_the_arrival() -> None:
    early = sorted([ARRIVED - timedelta(days=30), ARRIVED])[0]
    assert mail.read(notification(1), arrived=early).posts[0].created_at == early
    assert post(notification(1).replace(b"Date: Mon", b"Date: morgen, Mon")).created_at == ARRIVED


@pytest.mark.parametrize(
    "text", ["20.11.2026", "20. November 2026", "20 Nov 2026", "November 20, 2026", "Nov. 20 2026", "2026-11-20"]
)
def test_days_are_read_as_people_write_them(text: str) -> None:
    assert day(text) == datetime(2026, 11, 20, tzinfo=UTC)


# stars and text


@pytest.mark.parametrize(
    ("line", "stars"),
    [
        ("★★☆☆☆", (2, 5)), ("⭐⭐⭐", (3, 5)), ("★ ★ ★ ☆ ☆", (3, 5)), ("Bewertung: 4 von 5 Sternen", (4, 5)),
        ("2,5/5 Sterne", (2.5, 5)), ("Rating: 3 out of 5", (3, 5)), ("1 Stern", (1, 5)), ("4-star rating", (4, 5)),
        ("Petra M. – ★☆☆☆☆", (1, 5)), ("8,0 von 10 Punkten", (8, 10)), ("Weiterempfehlung 5,2 von 6 Sonnen", (5.2, 6)),
    ],
)  # fmt: skip
def test_stars_are_found_however_they_are_written(line: str, stars: tuple[float, float]) -> None:
    found = review(f"Hallo,\n{line}\nSo war es.\nBewertung lesen\n")
    assert found is not None
    assert ((found.rating, found.best), found.text) == (stars, "So war es.")


@pytest.mark.parametrize(
    "line", ["Ihre Durchschnittsbewertung: 4,6 von 5 Sternen", "7 von 5 Sternen", "3 von 5 Personen"]
)
def test_other_numbers_are_no_stars(line: str) -> None:
    assert review(f"{line}\nSo war es.\nBewertung lesen\n") is None


def test_a_text_that_speaks_of_stars_is_kept_whole() -> None:
    text = "1 Stern ist noch zu viel!\nDatenschutz ist dort ein Fremdwort.\nViele Grüße, Jana"
    found = review(f"Bewertung: ★☆☆☆☆\n\n{text}\n\nJetzt antworten >\nImpressum\n")
    assert found is not None
    assert (found.text, found.rating) == (text, 1)


def test_stars_without_words_are_a_review_only_if_the_end_of_the_text_is_found() -> None:
    silent = review("★☆☆☆☆\n\nBewertung lesen\n")
    assert silent is not None
    assert (silent.rating, silent.text) == (1, "")
    assert review("★☆☆☆☆\n") is None


def test_the_html_is_read_where_the_plain_text_says_nothing() -> None:
    raw = notification(1).decode().partition("Content-Type")[0] + (
        'Content-Type: multipart/alternative; boundary="b"\n\n--b\n\nBitte HTML einschalten.\n'
        "--b\nContent-Type: text/html\n\n"
        "<p>&#9733;&#9734;&#9734;&#9734;&#9734;</p><p>Kalt &amp; leer.</p><p>Antworten</p>\n--b--\n"
    )
    assert post(raw.encode()).text == "Kalt & leer."


# links


@pytest.mark.parametrize(
    "link",
    [
        f"https://de.trustpilot.com/reviews/{7:024x}?utm_source=mail&token=geheim#a",
        f"https://click.example/?u=https%3A%2F%2Fde.trustpilot.com%2Freviews%2F{7:024x}%3Ftoken%3Dgeheim",
        f"https://a.example/?q=https%3A%2F%2Fb.example%2F%3Fu%3Dhttps%253A%252F%252Fde.trustpilot.com%252Freviews%252F{7:024x}",
    ],
)
def test_a_link_is_freed_from_trackers_and_keys(link: str) -> None:
    assert review_links(TRUSTPILOT, [link]) == [(f"https://de.trustpilot.com/reviews/{7:024x}", f"{7:024x}")]


@pytest.mark.parametrize(
    "link",
    [
        "https://click.trustpilot.com/f/a/Xy12", f"https://trustpilot.com@boese.example/reviews/{7:024x}",
        f"https://boesetrustpilot.com/reviews/{7:024x}", f"javascript:trustpilot.com/reviews/{7:024x}", "https://[",
        f"https://de.trustpilot.com:8443/reviews/{7:024x}", "https://de.trustpilot.com/unsubscribe?token=geheim",
    ],
)  # fmt: skip
def test_other_links_are_left_out(link: str) -> None:
    assert review_links(TRUSTPILOT, [link]) == []


# any bytes at all


@given(
    st.binary(max_size=400), st.sampled_from([b"", notification(1), notification(2, signed=False)]), st.integers(0, 900)
)
def test_any_bytes_become_one_post_that_can_be_stored(noise: bytes, around: bytes, at: int) -> None:
    [found] = mail.read(around[:at] + noise + around[at:], arrived=ARRIVED).posts or [Post("left")]
    "".join((found.external_id, found.text, found.title, found.author_name, found.url)).encode()


def test_bytes_that_are_no_text_in_a_name_or_subject_can_be_stored() -> None:
    found = post(b"From: J\x80rg <x@y.example>\nSubject: T\xfcr\n\nKlemmt.")
    assert (found.author_name, found.title) == ("J\ufffdrg", "T\ufffdr")


def test_a_mail_of_borders_is_read_in_time_as_far_as_it_may_be() -> None:
    head = b'Content-Type: multipart/mixed; boundary="b"\n\n'
    assert post(head + b"--b\n\nx\n" * 50 * MAX_BORDERS).text == "x"


def test_nesting_without_end_is_survived() -> None:
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3000))
    assert post(b"Subject: tief\n" + nested).external_id.startswith("mail:")


# rules


def test_every_built_in_rule_reads_a_mail_of_its_own() -> None:
    read = {
        (FIXTURES / case.name / "expected.json").read_text().partition('id": "')[2].partition(":")[0]
        for case in FIXTURES.iterdir()
    }
    assert set(PLATFORMS) <= read
