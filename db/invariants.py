"""What must hold at every moment (docs/data-model.md). `doctor` and every fault test ask `check`.

Each rule is one SQL query for the ids that break it and one sentence about such a row; all of them run from indexes or
in one pass, so that 100,000 posts are checked in well under a second.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, text
from sqlmodel import Session, col, select
from sqlmodel.sql.sqltypes import UTCDateTime

from db.models import Approval, Reply
from db.queries_status import coverage

SHOWN = 20
"""Rows named for one rule; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Rule:
    """`broken` selects the ids of offending rows; it may use :soon (tomorrow) and :far (in 60 days)."""

    sentence: str
    broken: str


EVERY_VERSION_HAS_ONE_OBLIGATION = (
    Rule(
        "Post version {} has no obligation, so nobody would answer it.",
        "SELECT v.id FROM post_version v LEFT JOIN obligation o ON o.post_version_id = v.id WHERE o.id IS NULL",
    ),
    Rule(
        "Obligation {} belongs to another post than its version does.",
        "SELECT o.id FROM obligation o JOIN post_version v ON v.id = o.post_version_id WHERE v.post_id <> o.post_id",
    ),
    Rule(
        "Post {} has no version at all, or does not point to its newest one.",
        "SELECT p.id FROM post p LEFT JOIN post_version v ON v.post_id = p.id"
        " GROUP BY p.id, p.version HAVING count(v.id) = 0 OR max(v.version) <> p.version",
    ),
    Rule(
        "Post {} has more than one open obligation: the newer version should have closed the older one.",
        "SELECT post_id FROM obligation WHERE state = 'open' GROUP BY post_id HAVING count(*) > 1",
    ),
    Rule(
        "Obligation {} is open for an older wording of its post; nobody could approve an answer to that.",
        "SELECT o.id FROM obligation o JOIN post_version v ON v.id = o.post_version_id JOIN post p ON p.id = v.post_id"
        " WHERE o.state = 'open' AND v.version < p.version",
    ),
    Rule(
        "Obligation {} is due later than the superseded one before it: an edit may not win us time.",
        "SELECT o.id FROM obligation o JOIN post_version v ON v.id = o.post_version_id"
        " JOIN post_version w ON w.post_id = v.post_id AND w.version = v.version - 1"
        " JOIN obligation old ON old.post_version_id = w.id"
        " WHERE o.state = 'open' AND old.state = 'closed' AND old.reason = 'superseded' AND o.due_at > old.due_at"
        # one that was replied to and lost its reply later ended long after the newer one had its own deadline
        " AND old.replied_at IS NULL AND old.answered_at IS NULL",
    ),
)

NO_REPLY_WITHOUT_ITS_APPROVAL = (
    Rule(
        "Reply {} was approved for another obligation, kind, channel or post version than it is sent for.",
        "SELECT r.id FROM reply r JOIN approval a ON a.id = r.approval_id JOIN obligation o ON o.id = r.obligation_id"
        " WHERE a.obligation_id <> r.obligation_id OR a.kind <> r.kind OR a.post_version_id <> o.post_version_id"
        " OR coalesce(a.channel_id, 0) <> coalesce(r.channel_id, 0)",
    ),
    Rule(
        "Reply {} is on its way or public although its approval was withdrawn.",
        "SELECT r.id FROM reply r JOIN approval a ON a.id = r.approval_id"
        " WHERE r.state NOT IN ('refused', 'gone', 'cancelled') AND a.withdrawn_at IS NOT NULL",
    ),
    Rule(
        "Reply {} was approved on a draft of another obligation.",
        "SELECT r.id FROM reply r JOIN approval a ON a.id = r.approval_id JOIN draft d ON d.id = a.draft_id"
        " WHERE d.obligation_id <> a.obligation_id",
    ),
)

NO_SECOND_CONFIRMED_REPLY = (
    Rule(
        "Obligation {} has two confirmed replies of the same kind.",
        "SELECT obligation_id FROM reply WHERE state = 'confirmed' GROUP BY obligation_id, kind HAVING count(*) > 1",
    ),
)

NOTHING_IS_STUCK = (
    Rule(
        "Reply {} is marked as being sent without saying since when: no tick would settle it.",
        "SELECT id FROM reply WHERE state = 'sending' AND sending_since IS NULL",
    ),
    Rule(
        "Reply {} is in doubt without a time at which to look for it: no tick would settle it.",
        "SELECT id FROM reply WHERE state = 'unknown' AND quiet_until IS NULL",
    ),
    Rule(
        "Obligation {} counts as replied to, but no reply of ours is public or on its way.",
        "SELECT o.id FROM obligation o WHERE o.state = 'replied' AND NOT EXISTS (SELECT 1 FROM reply r"
        " WHERE r.obligation_id = o.id AND r.kind <> 'holding' AND r.state NOT IN ('refused', 'gone', 'cancelled'))",
    ),
    Rule(
        "Obligation {} waits although its post was deleted: there is nothing left to answer or to look at.",
        "SELECT o.id FROM obligation o JOIN post p ON p.id = o.post_id"
        " WHERE o.state IN ('open', 'replied') AND p.state = 'deleted'",
    ),
    Rule(
        "Obligation {} is open and counts as drafted, but nobody has a draft of it to decide on.",
        "SELECT o.id FROM obligation o WHERE o.state = 'open' AND o.drafted = true"
        " AND NOT EXISTS (SELECT 1 FROM draft d WHERE d.obligation_id = o.id AND d.state IN ('waiting', 'rejected'))"
        " AND NOT EXISTS (SELECT 1 FROM reply r WHERE r.obligation_id = o.id AND r.state NOT IN"
        " ('refused', 'gone', 'cancelled') AND NOT (r.kind = 'holding' AND r.state = 'confirmed'))",
    ),
    Rule(
        "Obligation {} is open although its full reply is confirmed; no second one could be sent.",
        "SELECT o.id FROM obligation o JOIN reply r ON r.obligation_id = o.id"
        " WHERE o.state = 'open' AND r.state = 'confirmed' AND r.kind <> 'holding'",
    ),
    Rule(
        "Draft {} waits for a decision on an obligation that has ended, so no page shows it.",
        "SELECT d.id FROM draft d JOIN obligation o ON o.id = d.obligation_id"
        " WHERE d.state = 'waiting' AND o.state IN ('answered', 'closed')",
    ),
    Rule(
        "Draft {} is approved, but no reply was ever planned for it.",
        "SELECT d.id FROM draft d WHERE d.state = 'approved' AND NOT EXISTS"
        " (SELECT 1 FROM approval a JOIN reply r ON r.approval_id = a.id WHERE a.draft_id = d.id)",
    ),
    Rule(
        "Reply {} waits for a moment far in the future; the clock was probably wrong when it was set.",
        "SELECT id FROM reply WHERE (state = 'sending' AND sending_since > :soon)"
        " OR (state = 'unknown' AND quiet_until > :soon) OR (state = 'planned' AND not_before > :far)"
        " OR (state IN ('planned', 'sending', 'unknown', 'pending') AND next_try_at > :far)",
    ),
    Rule(
        "Source {} will not be looked at for weeks; the clock was probably wrong when that was set.",
        "SELECT id FROM source WHERE state <> 'paused' AND next_look_at > :far",
    ),
)

CORRECTIONS_ARE_IN_THE_READING = (
    Rule(
        "Correction {} is not what the stored reading of its post says: drafts and lists would not heed it.",
        "SELECT c.id FROM correction c JOIN post_version v ON v.id = c.post_version_id"
        " WHERE (c.label = '' AND coalesce(CAST(v.reading ->> c.field AS TEXT), '') <> c.person)"
        " OR (c.label <> '' AND (coalesce(v.reading ->> c.field, '') LIKE '%\"' || c.label || '\"%')"
        " <> (c.person = 'yes'))",
    ),
)

RULES = (
    *EVERY_VERSION_HAS_ONE_OBLIGATION,
    *NO_REPLY_WITHOUT_ITS_APPROVAL,
    *NO_SECOND_CONFIRMED_REPLY,
    *NOTHING_IS_STUCK,
    *CORRECTIONS_ARE_IN_THE_READING,
)


def check(session: Session, now: datetime, *, sign: Callable[[Approval], str] | None = None) -> list[str]:
    """One sentence for every violation, an empty list when all is well.

    `sign` computes the sha256 that an approval must carry (this room does not know what is signed); with it, every
    reply's approval is checked against its exact bytes as well.
    """
    problems = [*_unbalanced(session, now)]
    for rule in RULES:
        problems += _violations(session, rule, now)
    if sign is not None:
        problems += _altered(session, sign)
    return problems


def _violations(session: Session, rule: Rule, now: datetime) -> Iterator[str]:
    times = {"soon": now + timedelta(days=1), "far": now + timedelta(days=60)}
    used: list[Any] = [bindparam(name, at, UTCDateTime()) for name, at in times.items() if f":{name}" in rule.broken]
    ids = session.connection().execute(text(f"{rule.broken} ORDER BY 1").bindparams(*used)).scalars().all()
    yield from (rule.sentence.format(row_id) for row_id in ids[:SHOWN])
    if len(ids) > SHOWN:
        yield f"({len(ids) - SHOWN} more of the same kind: {rule.sentence.format('…')})"


def _unbalanced(session: Session, now: datetime) -> Iterator[str]:
    found = coverage(session, now)
    if not found.balanced:
        yield (
            f"{found.collected} post versions were collected, but {found.answered} answered + {found.replied} replied"
            f" + {found.open} open + {found.closed} closed do not add up to that."
        )


def _altered(session: Session, sign: Callable[[Approval], str]) -> Iterator[str]:
    sent = select(Approval).join(Reply, col(Reply.approval_id) == col(Approval.id)).order_by(col(Approval.id))
    for approval in session.exec(sent.execution_options(yield_per=1000)):
        if sign(approval) != approval.sha256:
            yield f"Approval {approval.id} was changed after it was signed; its reply must not go out."
