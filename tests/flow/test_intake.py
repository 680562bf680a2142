"""What one crawled page does to the store: new, edited, repeated, known, answered, deleted."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event

from db.engine import Database
from db.models import Author, Case, Draft, Obligation, OwnerReply, Post, PostVersion, Source, Transition
from responder.intake import receive
from tests.flow.people import COLD_FOOD, LONG_WAIT, PRAISE, add_source, answer, page, review, rows


@pytest.fixture
def source(database: Database, now: datetime) -> int:
    return add_source(database, now)


def test_a_new_review_opens_one_obligation_with_deadlines(database: Database, source: int, now: datetime) -> None:
    receipt = receive(database, page(source, now, review()), now=now)
    [duty] = rows(database, Obligation)
    assert (receipt.seen, receipt.new, receipt.known_only) == (1, 1, False)
    assert (duty.state, duty.step, duty.drafted) == ("open", 1, False)
    assert duty.holding_due_at == now + timedelta(hours=4)
    assert duty.due_at == now + timedelta(hours=24)


def test_every_new_obligation_leaves_one_line_in_the_audit_trail(
    database: Database, source: int, now: datetime
) -> None:
    receive(database, page(source, now, review("r1"), review("r2", COLD_FOOD, author_id="u2")), now=now)
    lines = [(line.entity, line.before, line.after, line.actor) for line in rows(database, Transition)]
    assert lines == [("obligation", "", "open", "worker")] * 2


def test_the_cursor_is_stored_with_the_posts(database: Database, source: int, now: datetime) -> None:
    receive(database, page(source, now, review(), cursor={"etag": '"1"'}, published_total=41), now=now)
    [stored] = rows(database, Source)
    assert (stored.cursor, stored.published_total) == ({"etag": '"1"'}, 41)


def test_the_same_page_again_writes_nothing(database: Database, source: int, now: datetime) -> None:
    reviews = [review(f"r{n}", f"{LONG_WAIT} {n}", author_id=f"u{n}") for n in range(50)]
    crawled = page(source, now, *reviews, cursor={"etag": '"1"'})
    receive(database, crawled, now=now)
    written: list[str] = []
    event.listen(database.writer, "before_cursor_execute", lambda *call: written.append(call[2]))
    receipt = receive(database, crawled, now=now + timedelta(minutes=15))
    assert (receipt.seen, receipt.known_only, receipt.rows_written) == (50, True, 0)
    assert [sql for sql in written if sql.split()[0] in ("INSERT", "UPDATE", "DELETE")] == []


def test_a_page_of_fifty_reviews_costs_few_statements(database: Database, source: int, now: datetime) -> None:
    reviews = [review(f"r{n}", f"{LONG_WAIT} {n}", author_id=f"u{n}") for n in range(50)]
    statements: list[str] = []
    event.listen(database.writer, "before_cursor_execute", lambda *call: statements.append(call[2]))
    receive(database, page(source, now, *reviews, cursor={"etag": '"1"'}), now=now)
    assert len(rows(database, Obligation)) == 50
    assert len(statements) <= 24


def test_blanks_and_line_ends_alone_are_no_change(database: Database, source: int, now: datetime) -> None:
    receive(database, page(source, now, review()), now=now)
    receipt = receive(database, page(source, now, review(text=f"  {LONG_WAIT.replace(' ', '  ')}\r\n")), now=now)
    assert receipt.known_only
    assert len(rows(database, PostVersion)) == 1


def test_an_edited_review_opens_a_new_obligation_and_keeps_the_old_text(
    database: Database, source: int, now: datetime
) -> None:
    receive(database, page(source, now, review()), now=now)
    receipt = receive(database, page(source, now, review(text=COLD_FOOD)), now=now + timedelta(hours=1))
    old, new = rows(database, Obligation)
    assert receipt.changed == 1
    assert [version.text for version in rows(database, PostVersion)] == [LONG_WAIT, COLD_FOOD]
    assert (old.state, old.reason, old.closed_by) == ("closed", "superseded", "worker")
    assert (new.state, new.step) == ("open", 1)


def test_an_edit_before_our_answer_inherits_the_earliest_deadline(
    database: Database, source: int, now: datetime
) -> None:
    receive(database, page(source, now, review()), now=now)
    receive(database, page(source, now, review(text=COLD_FOOD)), now=now + timedelta(hours=5))
    new = rows(database, Obligation)[1]
    assert (new.holding_due_at, new.due_at) == (now + timedelta(hours=4), now + timedelta(hours=24))


def test_an_edit_before_our_answer_sets_the_waiting_draft_aside(database: Database, source: int, now: datetime) -> None:
    receive(database, page(source, now, review()), now=now)
    with database.write() as session:
        session.add(Draft(obligation_id=1, text="Guten Tag", created_at=now, updated_at=now))
    receive(database, page(source, now, review(text=COLD_FOOD)), now=now)
    assert [draft.state for draft in rows(database, Draft)] == ["superseded"]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"text": LONG_WAIT.replace(", und", " und").upper()}, "spelling_only"),
        ({"rating": 1.0}, "stars_only"),
    ],
)
def test_after_our_answer_a_trifle_is_closed_with_its_reason(
    database: Database, source: int, now: datetime, changed: dict[str, object], reason: str
) -> None:
    receive(database, page(source, now, review(owner_replies=[answer("Es tut uns leid.")])), now=now)
    edited = review(owner_replies=[answer("Es tut uns leid.")], **changed)
    receive(database, page(source, now, edited), now=now + timedelta(hours=1))
    first, second = rows(database, Obligation)
    assert (first.state, second.state, second.reason) == ("answered", "closed", reason)


def test_before_our_answer_a_changed_comma_stays_due(database: Database, source: int, now: datetime) -> None:
    receive(database, page(source, now, review()), now=now)
    receive(database, page(source, now, review(text=LONG_WAIT.replace(",", ""))), now=now)
    assert [(duty.state, duty.reason) for duty in rows(database, Obligation)] == [
        ("closed", "superseded"),
        ("open", ""),
    ]


def test_an_edit_with_new_substance_after_our_answer_is_the_next_step(
    database: Database, source: int, now: datetime
) -> None:
    receive(database, page(source, now, review(owner_replies=[answer("Es tut uns leid.")])), now=now)
    receive(database, page(source, now, review(text=COLD_FOOD, owner_replies=[answer("Es tut uns leid.")])), now=now)
    first, second = rows(database, Obligation)
    [case] = rows(database, Case)
    assert (first.state, second.state, second.step) == ("answered", "open", 2)
    assert (case.state, case.step, case.waiting_since) == ("open", 2, now)


def test_a_customer_who_comes_back_stays_in_his_case_up_to_step_three(
    database: Database, source: int, now: datetime
) -> None:
    for number in range(1, 5):
        receive(database, page(source, now, review(f"r{number}")), now=now + timedelta(days=number))
    assert [duty.step for duty in rows(database, Obligation)] == [1, 2, 3, 3]
    assert {duty.state for duty in rows(database, Obligation)} == {"open"}
    assert len(rows(database, Case)) == 1


def test_repeats_on_one_page_are_taken_in_the_order_they_were_written(
    database: Database, source: int, now: datetime
) -> None:
    late = review("r2", created_at=now - timedelta(hours=1))
    early = review("r1", created_at=now - timedelta(hours=2))
    receive(database, page(source, now, late, early), now=now)
    assert [post.external_id for post in rows(database, Post)] == ["r1", "r2"]
    assert [duty.step for duty in rows(database, Obligation)] == [1, 2]


def test_a_new_matter_long_after_the_last_one_is_a_case_of_its_own(
    database: Database, source: int, now: datetime
) -> None:
    receive(database, page(source, now, review("r1", owner_replies=[answer("Danke.")])), now=now)
    receive(database, page(source, now, review("r2")), now=now + timedelta(days=91))
    assert [(duty.case_id, duty.step) for duty in rows(database, Obligation)] == [(1, 1), (2, 1)]


def test_a_first_name_alone_joins_posts_only_when_the_words_are_alike(
    database: Database, source: int, now: datetime
) -> None:
    anna = {"author_id": "", "author_name": "Anna"}
    receive(database, page(source, now, review("r1", LONG_WAIT, **anna)), now=now)
    receive(database, page(source, now, review("r2", PRAISE, **anna)), now=now)
    receive(database, page(source, now, review("r3", f"{PRAISE} Immer wieder!", **anna)), now=now)
    assert [duty.case_id for duty in rows(database, Obligation)] == [1, 2, 2]


def test_anonymous_authors_are_never_one_person(database: Database, source: int, now: datetime) -> None:
    nobody = {"author_id": "", "author_name": "Gast"}
    receive(database, page(source, now, review("r1", **nobody), review("r2", **nobody)), now=now)
    assert len(rows(database, Author)) == 2
    assert len(rows(database, Case)) == 2


def test_a_review_older_than_the_start_date_is_closed_with_that_reason(database: Database, now: datetime) -> None:
    source = add_source(database, now, answer_from=now - timedelta(days=1))
    receive(database, page(source, now, review(created_at=now - timedelta(days=2))), now=now)
    [duty] = rows(database, Obligation)
    [case] = rows(database, Case)
    assert (duty.state, duty.reason, duty.closed_by) == ("closed", "before_start_date", "worker")
    assert case.state == "waiting_for_customer"


def test_an_old_review_that_is_edited_after_the_start_date_is_due(database: Database, now: datetime) -> None:
    source = add_source(database, now, answer_from=now - timedelta(days=1))
    old = now - timedelta(days=2)
    receive(database, page(source, now, review(created_at=old)), now=now)
    receive(database, page(source, now, review(text=COLD_FOOD, created_at=old)), now=now)
    assert [(duty.state, duty.step) for duty in rows(database, Obligation)] == [("closed", 1), ("open", 1)]


def test_a_review_deleted_before_our_answer_is_closed_with_that_reason(
    database: Database, source: int, now: datetime
) -> None:
    receive(database, page(source, now, review()), now=now)
    receipt = receive(database, page(source, now, review(text="", deleted=True)), now=now)
    [duty] = rows(database, Obligation)
    assert (receipt.deleted, duty.reason) == (1, "deleted_before_answer")
    assert [post.state for post in rows(database, Post)] == ["deleted"]


def test_a_deleted_review_that_returns_is_due_again(database: Database, source: int, now: datetime) -> None:
    receive(database, page(source, now, review()), now=now)
    receive(database, page(source, now, review(deleted=True)), now=now)
    receive(database, page(source, now, review()), now=now)
    [duty] = rows(database, Obligation)
    [case] = rows(database, Case)
    assert (duty.state, duty.reason, case.state) == ("open", "", "open")
    assert [post.state for post in rows(database, Post)] == ["live"]


def test_an_answer_given_on_the_platform_itself_answers_the_review(
    database: Database, source: int, now: datetime
) -> None:
    receive(database, page(source, now, review()), now=now)
    later = now + timedelta(hours=1)
    receive(database, page(source, later, review(owner_replies=[answer("Es tut uns leid.")])), now=later)
    [duty] = rows(database, Obligation)
    [reply] = rows(database, OwnerReply)
    assert (duty.state, duty.answered_at, reply.reply_id) == ("answered", later, None)
    assert rows(database, Transition)[1].why == "answered_elsewhere"


def test_an_answer_older_than_the_edit_does_not_answer_it(database: Database, source: int, now: datetime) -> None:
    old = answer("Es tut uns leid.", created_at=now - timedelta(hours=3))
    first = review(created_at=now - timedelta(hours=4))
    receive(database, page(source, now, first), now=now)
    edited = review(text=COLD_FOOD, updated_at=now - timedelta(hours=1), owner_replies=[old])
    receive(database, page(source, now, edited), now=now)
    assert [duty.state for duty in rows(database, Obligation)] == ["closed", "open"]


def test_an_answer_under_a_review_edited_since_leaves_it_open(database: Database, source: int, now: datetime) -> None:
    old = answer("Es tut uns leid.", created_at=now - timedelta(hours=3))
    edited = review(created_at=now - timedelta(hours=4), updated_at=now - timedelta(hours=1), owner_replies=[old])
    receive(database, page(source, now, edited), now=now)
    assert [duty.state for duty in rows(database, Obligation)] == ["open"]


def test_a_comment_of_our_own_is_an_answer_to_its_parent_and_no_obligation(database: Database, now: datetime) -> None:
    source = add_source(database, now, own_names=["Gasthaus Linde"])
    receive(database, page(source, now, review("7")), now=now)
    own = review("8", "Danke für Ihre Worte.", author_id="", author_name="gasthaus  linde", parent_external_id="7")
    receive(database, page(source, now, own), now=now)
    assert [duty.state for duty in rows(database, Obligation)] == ["answered"]
    assert [(reply.post_id, reply.external_id) for reply in rows(database, OwnerReply)] == [(1, "8")]


def test_where_our_accounts_are_known_our_name_proves_nothing(database: Database, now: datetime) -> None:
    source = add_source(database, now, own_names=["Gasthaus Linde"], settings={"own_ids": ["1"]})
    stranger = review("8", "Nie wieder!", author_id="", author_name="Gasthaus Linde")
    receive(database, page(source, now, stranger), now=now)
    assert [duty.state for duty in rows(database, Obligation)] == ["open"]


def test_where_no_account_can_be_ours_our_name_proves_nothing(database: Database, now: datetime) -> None:
    source = add_source(database, now, own_names=["Gasthaus Linde"], settings={"own_ids": []})
    stranger = review("8", "Nie wieder!", author_id="", author_name="Gasthaus Linde")
    receive(database, page(source, now, stranger), now=now)
    assert [duty.state for duty in rows(database, Obligation)] == ["open"]


def test_an_unknown_source_stores_nothing(database: Database, now: datetime) -> None:
    with pytest.raises(LookupError, match="no source 99"):
        receive(database, page(99, now, review()), now=now)
    assert rows(database, Post) == []


def test_when_a_post_cannot_be_stored_the_cursor_is_not_moved_either(
    database: Database, source: int, now: datetime
) -> None:
    impossible = review("r2", author_id="u2")
    impossible.text = None  # type: ignore[assignment]
    with pytest.raises(Exception, match=r".+"):
        receive(database, page(source, now, review(), impossible, cursor={"etag": '"1"'}), now=now)
    assert rows(database, Post) == []
    assert rows(database, Source)[0].cursor == {}


def test_the_receipt_tells_in_the_order_of_the_page_what_stood_there_before(
    database: Database, source: int, now: datetime
) -> None:
    receive(database, page(source, now, *(review(f"r{n}", author_id=f"u{n}") for n in range(4))), now=now)
    ids = {post.external_id: post.id for post in rows(database, Post)}
    again = [review("r3", author_id="u3"), review("r1", COLD_FOOD, author_id="u1"), review("neu", author_id="u9")]
    receipt = receive(database, page(source, now, *again, review("r0", author_id="u0")), now=now)
    assert receipt.standing == [ids["r3"], 0, 0, ids["r0"]]


def test_a_post_that_was_deleted_before_is_known(database: Database, now: datetime) -> None:
    source = add_source(database, now)
    receive(database, page(source, now, review()), now=now)
    gone = review(deleted=True)
    standing = [receive(database, page(source, now, gone), now=now).standing for _ in range(2)]
    assert standing == [[0], [rows(database, Post)[0].id]]


def test_our_own_posts_are_left_out_of_what_stood_there_before(database: Database, now: datetime) -> None:
    source = add_source(database, now, own_names=["Gasthaus Linde"])
    own = review("r0", author_name="Gasthaus Linde", author_id="")
    assert receive(database, page(source, now, own, review()), now=now).standing == [0]


def test_an_account_that_calls_itself_like_the_business_is_a_customer(database: Database, now: datetime) -> None:
    source = add_source(database, now, own_names=["Gasthaus Linde"])
    assert receive(database, page(source, now, review(author_name="Gasthaus Linde")), now=now).new == 1
