"""Each rule finds what breaks it, names the row, and is quiet about everything else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from time import process_time
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlmodel import Session

from db.engine import Database
from db.invariants import RULES, SHOWN, check
from db.models import Approval, Author, Case, Correction, Obligation, Post, PostVersion, Reply
from tests.store import rows

HOUR = timedelta(hours=1)
CLOSED = {"state": "closed", "reason": "superseded", "closed_by": "worker"}


def approved(session: Session, now: datetime, duty: Obligation | None = None, **values: Any) -> Approval:
    duty = duty or rows.obligation(session, now)
    return rows.approval(session, now, rows.draft(session, now, duty), **values)


def replied(session: Session, now: datetime, state: str = "confirmed", **values: Any) -> Reply:
    duty = rows.obligation(session, now, state="replied" if state == "confirmed" else "open")
    return rows.reply(session, now, approved(session, now, duty), state=state, **values)


def edited(session: Session, now: datetime, old: dict[str, Any], new: dict[str, Any]) -> None:
    """A post with an older and a newer wording, and the obligation of each."""
    post = rows.post(session, now, version=2)
    for number, values in ((1, old), (2, new)):
        rows.obligation(session, now, rows.version(session, now, post, version=number), **values)


# --- everything that may be ---------------------------------------------------------------------------------------


def history(session: Session, now: datetime) -> None:
    edited(session, now, CLOSED, {})
    edited(session, now, {"state": "answered"}, {})
    edited(session, now, CLOSED | {"due_at": now - HOUR}, CLOSED | {"reason": "deleted_before_answer"})
    rows.obligation(session, now, **CLOSED | {"reason": "spam"})
    edited(session, now, CLOSED | {"due_at": now, "replied_at": now, "answered_at": now}, {})
    edited(session, now, CLOSED | {"due_at": now, "answered_at": now}, {})


def work(session: Session, now: datetime) -> None:
    rows.draft(session, now, rows.obligation(session, now))
    rows.draft(session, now, rows.obligation(session, now), state="rejected")
    replied(session, now, "sending", sending_since=now)
    replied(session, now, "unknown", quiet_until=now + HOUR)
    replied(session, now, "confirmed", next_look_at=now + timedelta(days=30))
    with_holding_reply = rows.obligation(session, now)
    holding = rows.draft(session, now, with_holding_reply, kind="holding")
    rows.reply(session, now, rows.approval(session, now, holding), state="confirmed")
    rows.draft(session, now, with_holding_reply)


def undone(session: Session, now: datetime) -> None:
    duty = rows.obligation(session, now)
    draft = rows.draft(session, now, duty)
    withdrawn = rows.approval(session, now, draft, withdrawn_at=now)
    rows.reply(session, now, withdrawn, state="cancelled")
    rows.reply(session, now, rows.approval(session, now, draft))


def corrected(session: Session, now: datetime) -> None:
    reading = {"sentiment": "negative", "anger": 2, "wants": ["refund", "voucher"], "risks": []}
    for field, label, machine, person in (
        ("sentiment", "", "positive", "negative"),
        ("anger", "", "0", "2"),
        ("wants", "voucher", "no", "yes"),
        ("risks", "legal", "yes", "no"),
    ):
        correction(session, now, reading, field=field, label=label, machine=machine, person=person)


def correction(session: Session, now: datetime, reading: dict[str, Any] | None, **values: str) -> None:
    """A correction of a post that was read as `reading`."""
    version = session.get_one(PostVersion, rows.obligation(session, now).post_version_id)
    version.reading = reading
    rows.add(session, Correction(post_version_id=rows.key(version), user_id=reader(session, now), at=now, **values))


def reader(session: Session, now: datetime) -> int:
    return rows.key(rows.user(session, now))


@pytest.mark.parametrize("story", [history, work, undone, corrected], ids=lambda story: story.__name__)
def test_ordinary_work_breaks_no_rule(database: Database, now: datetime, story: Callable[..., None]) -> None:
    with database.write() as session:
        story(session, now)
        assert check(session, now) == []


# --- and what may not ---------------------------------------------------------------------------------------------


def version_nobody_answers(session: Session, now: datetime) -> None:
    rows.version(session, now, rows.post(session, now))


def obligation_of_another_post(session: Session, now: datetime) -> None:
    rows.obligation(session, now).post_id = rows.obligation(session, now).post_id


def post_without_version(session: Session, now: datetime) -> None:
    rows.post(session, now)


def post_behind_its_versions(session: Session, now: datetime) -> None:
    post = rows.post(session, now, version=1)
    rows.obligation(session, now, rows.version(session, now, post, version=2))


def two_open_obligations(session: Session, now: datetime) -> None:
    edited(session, now, {}, {})


def edit_that_wins_time(session: Session, now: datetime) -> None:
    edited(session, now, CLOSED | {"due_at": now}, {"due_at": now + HOUR})


def open_for_an_older_wording(session: Session, now: datetime) -> None:
    edited(session, now, {}, CLOSED | {"reason": "stars_only"})


def open_under_a_deleted_post(session: Session, now: datetime) -> None:
    post = rows.post(session, now, state="deleted")
    rows.obligation(session, now, rows.version(session, now, post))


def replied_under_a_deleted_post(session: Session, now: datetime) -> None:
    reply = replied(session, now)
    session.get_one(Post, session.get_one(Obligation, reply.obligation_id).post_id).state = "deleted"


def reply_to_another_obligation(session: Session, now: datetime) -> None:
    reply = replied(session, now)
    reply.obligation_id = rows.key(rows.obligation(session, now, state="replied"))
    rows.add(session, reply)


def reply_of_another_kind(session: Session, now: datetime) -> None:
    replied(session, now, "planned").kind = "follow_up"


def reply_through_another_channel(session: Session, now: datetime) -> None:
    replied(session, now).channel_id = rows.key(rows.channel(session, now))


def approval_of_another_version(session: Session, now: datetime) -> None:
    reply = replied(session, now)
    approval = session.get_one(Approval, reply.approval_id)
    approval.post_version_id = rows.obligation(session, now).post_version_id


def reply_without_its_signature(session: Session, now: datetime) -> None:
    rows.reply(session, now, approved(session, now, withdrawn_at=now))


def draft_of_another_obligation(session: Session, now: datetime) -> None:
    reply = replied(session, now)
    other = rows.draft(session, now, rows.obligation(session, now))
    session.get_one(Approval, reply.approval_id).draft_id = rows.key(other)


def two_confirmed_replies(session: Session, now: datetime) -> None:
    session.connection().execute(text("DROP INDEX uq_reply_one_live"))
    reply = replied(session, now)
    duty = session.get_one(Obligation, reply.obligation_id)
    rows.reply(session, now, approved(session, now, duty), state="confirmed")


def sending_since_nobody_knows_when(session: Session, now: datetime) -> None:
    replied(session, now, "sending")


def doubt_without_end(session: Session, now: datetime) -> None:
    replied(session, now, "unknown")


def replied_by_nobody(session: Session, now: datetime) -> None:
    rows.obligation(session, now, state="replied")


def replied_by_a_holding_reply(session: Session, now: datetime) -> None:
    draft = rows.draft(session, now, rows.obligation(session, now, state="replied"), kind="holding")
    rows.reply(session, now, rows.approval(session, now, draft), state="confirmed")


def drafted_without_a_draft(session: Session, now: datetime) -> None:
    rows.obligation(session, now, drafted=True)


def nothing_after_the_holding_reply(session: Session, now: datetime) -> None:
    draft = rows.draft(session, now, rows.obligation(session, now), kind="holding")
    rows.reply(session, now, rows.approval(session, now, draft), state="confirmed")


def open_although_confirmed(session: Session, now: datetime) -> None:
    session.get_one(Obligation, replied(session, now).obligation_id).state = "open"


def draft_nobody_sees(session: Session, now: datetime) -> None:
    rows.draft(session, now, rows.obligation(session, now, **CLOSED | {"reason": "spam"}))


def approved_and_forgotten(session: Session, now: datetime) -> None:
    approved(session, now)


def reply_in_the_next_century(session: Session, now: datetime) -> None:
    replied(session, now, "planned", not_before=now + timedelta(days=36_500))


def sending_since_tomorrow(session: Session, now: datetime) -> None:
    replied(session, now, "sending", sending_since=now + timedelta(days=2))


def source_asleep_for_years(session: Session, now: datetime) -> None:
    rows.source(session, now, next_look_at=now + timedelta(days=3_650))


def correction_of_what_nobody_read(session: Session, now: datetime) -> None:
    correction(session, now, None, field="risks", label="legal", machine="no", person="yes")


def value_as_if_never_corrected(session: Session, now: datetime) -> None:
    correction(session, now, {"anger": 1}, field="anger", machine="1", person="3")


def risk_still_there(session: Session, now: datetime) -> None:
    correction(session, now, {"risks": ["legal"]}, field="risks", label="legal", machine="yes", person="no")


BROKEN: dict[Callable[[Session, datetime], None], str] = {
    version_nobody_answers: "Post version 1 has no obligation",
    obligation_of_another_post: "belongs to another post",
    post_without_version: "Post 1 has no version at all",
    post_behind_its_versions: "does not point to its newest one",
    two_open_obligations: "Post 1 has more than one open obligation",
    open_for_an_older_wording: "Obligation 1 is open for an older wording",
    open_under_a_deleted_post: "Obligation 1 waits although its post was deleted",
    replied_under_a_deleted_post: "Obligation 1 waits although its post was deleted",
    edit_that_wins_time: "Obligation 2 is due later than the superseded one",
    reply_to_another_obligation: "Reply 1 was approved for another obligation",
    reply_of_another_kind: "Reply 1 was approved for another obligation, kind",
    reply_through_another_channel: "Reply 1 was approved for another obligation, kind, channel",
    approval_of_another_version: "Reply 1 was approved for another",
    reply_without_its_signature: "its approval was withdrawn",
    draft_of_another_obligation: "approved on a draft of another obligation",
    two_confirmed_replies: "Obligation 1 has two confirmed replies",
    sending_since_nobody_knows_when: "Reply 1 is marked as being sent",
    doubt_without_end: "Reply 1 is in doubt",
    replied_by_nobody: "Obligation 1 counts as replied to",
    replied_by_a_holding_reply: "Obligation 1 counts as replied to",
    drafted_without_a_draft: "Obligation 1 is open and counts as drafted",
    nothing_after_the_holding_reply: "Obligation 1 is open and counts as drafted",
    open_although_confirmed: "Obligation 1 is open although its full reply is confirmed",
    draft_nobody_sees: "Draft 1 waits for a decision on an obligation that has ended",
    approved_and_forgotten: "Draft 1 is approved, but no reply was ever planned",
    reply_in_the_next_century: "Reply 1 waits for a moment far in the future",
    sending_since_tomorrow: "Reply 1 waits for a moment far in the future",
    source_asleep_for_years: "Source 1 will not be looked at for weeks",
    correction_of_what_nobody_read: "Correction 1 is not what the stored reading",
    value_as_if_never_corrected: "Correction 1 is not what the stored reading",
    risk_still_there: "Correction 1 is not what the stored reading",
}


@pytest.mark.parametrize("story", BROKEN, ids=lambda story: story.__name__)
def test_what_breaks_a_rule_is_named(database: Database, now: datetime, story: Callable[..., None]) -> None:
    with database.write() as session:
        story(session, now)
        session.flush()
        problems = check(session, now)
        assert any(BROKEN[story] in problem for problem in problems), problems
        session.rollback()


def test_every_rule_has_such_a_story() -> None:
    told = [rule for rule in RULES if any(part in rule.sentence.replace("{}", "1") for part in generic(BROKEN))]
    assert told == list(RULES)


def generic(stories: dict[Any, str]) -> list[str]:
    """The sentences without their row number."""
    return [
        sentence.split(" ", 2)[2] if sentence.split(" ")[1].isdigit() else sentence for sentence in stories.values()
    ]


def test_a_missing_obligation_also_shows_in_the_sum(database: Database, now: datetime) -> None:
    with database.write() as session:
        rows.version(session, now, rows.post(session, now))
        assert check(session, now)[0] == (
            "1 post versions were collected, but 0 answered + 0 replied + 0 open + 0 closed do not add up to that."
        )


def test_many_violations_are_counted_not_listed(database: Database, now: datetime) -> None:
    with database.write() as session:
        for _ in range(SHOWN + 3):
            rows.obligation(session, now, drafted=True)
        problems = check(session, now)
    assert len(problems) == SHOWN + 1
    assert problems[-1].startswith("(3 more of the same kind: Obligation …")


def test_altered_bytes_show_when_the_signer_is_given(database: Database, now: datetime) -> None:
    with database.write() as session:
        first, second = (session.get_one(Approval, replied(session, now).approval_id) for _ in range(2))
        first.sha256 = second.sha256 = "signed: Guten Tag, danke."
        second.text = "Guten Tag, hauen Sie ab."
        session.flush()
        problems = check(session, now, sign=lambda approval: f"signed: {approval.text}")
    assert problems == [f"Approval {second.id} was changed after it was signed; its reply must not go out."]


@pytest.mark.heavy
def test_a_hundred_thousand_posts_are_checked_in_four_seconds(sqlite_database: Database, now: datetime) -> None:
    """Mostly a guard against a plan that is quadratic: that would take minutes."""
    with sqlite_database.write() as session:
        store_posts(session, now, 100_000)
    with sqlite_database.read() as session:
        started = process_time()
        assert check(session, now) == []
        assert process_time() - started < 4


def store_posts(session: Session, now: datetime, number: int) -> None:
    """So many posts, each with one version and one obligation, every tenth of them open."""
    source_id = rows.key(rows.source(session, now))
    author_id = rows.key(rows.add(session, Author(source_id=source_id, external_id="sabine")))
    case_id = rows.key(rows.add(session, Case(author_id=author_id, created_at=now)))
    common = {"source_id": source_id, "author_id": author_id, "case_id": case_id, "seen_at": now}
    ids, connection = range(1, number + 1), session.connection()
    connection.execute(insert(Post), [{"id": i, "external_id": f"{i}", **common} for i in ids])
    version = {"content_hash": "0", "seen_at": now}
    connection.execute(insert(PostVersion), [{"id": i, "post_id": i, **version} for i in ids])
    due = {"due_at": now + HOUR, "holding_due_at": now, "created_at": now, "case_id": case_id}
    connection.execute(
        insert(Obligation),
        [{"id": i, "post_id": i, "post_version_id": i, "state": "answered" if i % 10 else "open"} | due for i in ids],
    )
