"""Posts seen for the first time: authors, cases, versions and obligations in a handful of bulk inserts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from db import queries_intake as queries
from db.bulk import reserve_ids
from db.models import Author, Case, Obligation, Post, PostVersion
from db.states import Assessment, CaseState, CloseReason, ObligationState, PostState
from responder.incoming import IncomingPost
from responder.intake_work import Work, name_key
from responder.similar import content_hash, is_near_repeat, normalise_text

RECENT = timedelta(days=90)
"""A customer who writes again within this time after his case came to rest means the same matter."""

NOBODY = frozenset(
    "anonym anonymous gast guest kunde kundin customer besucher user nutzer unbekannt google-nutzer".split()
) | {"ein google-nutzer", "a google user", "verifizierter kunde", "verified customer"}
"""Names that many people share: they make no person and never join two posts into one case."""

LIVE, OPEN_ASSESSMENT = PostState.LIVE.value, Assessment.OPEN.value

OPEN_DUTY: dict[str, Any] = {
    "state": ObligationState.OPEN.value,
    "reason": "",
    "closed_by": "",
    "note": "",
    "drafted": False,
    "held_until": None,
    "first_word_at": None,
    "replied_at": None,
    "answered_at": None,
}
"""What every duty begins with."""


@dataclass(slots=True)
class Matter:
    """A case while its page is taken in: an existing one that grows, or a new one."""

    case_id: int
    author_id: int
    state: CaseState
    step: int = 0
    stored: CaseState | None = None
    waiting_since: datetime | None = None
    texts: list[str] = field(default_factory=list)


def add_new(work: Work, posts: list[IncomingPost]) -> dict[str, int]:
    """Store posts that the database does not know, oldest first, each with its obligation; returns their ids."""
    if not posts:
        return {}
    ids = reserve_ids(work.session, dict.fromkeys((Author, Case, Post, PostVersion, Obligation), len(posts)))
    keys = [author_key(post) for post in posts]
    author_ids = _authors(work, dict(zip(keys, posts, strict=True)), ids[Author])
    fresh = set(ids[Author])
    matters = _Matters(work, [one for one in author_ids.values() if one not in fresh], ids[Case])
    rows = _Rows(work, zip(ids[Post], ids[PostVersion], ids[Obligation], strict=True))
    for key, post in zip(keys, posts, strict=True):
        rows.add(post, matters.of(post, author_ids[key]))
    matters.store()
    rows.store()
    work.receipt.new += len(posts)
    return {row["external_id"]: row["id"] for row in rows.posts}


def author_key(post: IncomingPost) -> str:
    """The platform's id of the author, else the name; nobody in particular stays one person per post."""
    name = name_key(post.author_name)
    if post.author_id:
        return post.author_id
    return f"anon:{post.external_id}" if not name or name in NOBODY else f"name:{name}"


def sure_of_author(post: IncomingPost) -> bool:
    """Whether the author is one person: an id, or a name of at least two words ("Anna" may be many people)."""
    return bool(post.author_id) or " " in normalise_text(post.author_name)


def answered_before(work: Work, post: IncomingPost) -> bool:
    """Whether the business had answered this post before we saw it."""
    written = post.updated_at or post.created_at
    return any(r.created_at is None or written is None or r.created_at >= written for r in post.owner_replies)


def _authors(work: Work, named: dict[str, IncomingPost], ids: list[int]) -> dict[str, int]:
    known = queries.authors(work.session, work.source_id, list(named))
    missing = [key for key in named if key not in known]
    fresh = dict(zip(missing, ids, strict=False))
    work.insert(
        Author,
        [
            {
                "id": author_id,
                "source_id": work.source_id,
                "external_id": key,
                "name": named[key].author_name,
                "url": named[key].author_url,
            }
            for key, author_id in fresh.items()
        ],
    )
    return known | fresh


class _Matters:
    """Which case each new post belongs to."""

    def __init__(self, work: Work, author_ids: list[int], ids: Iterable[int]) -> None:
        self.work = work
        self.fresh = iter(ids)
        self.by_author: dict[int, Matter] = {}
        self.used: dict[int, Matter] = {}
        for row in queries.newest_cases(work.session, author_ids).values():
            if row.state == CaseState.OPEN or row.last_at >= work.now - RECENT:
                state = CaseState(row.state)
                texts = queries.case_texts(work.session, row.case_id)
                self.by_author[row.author_id] = Matter(row.case_id, row.author_id, state, row.step, state, texts=texts)

    def of(self, post: IncomingPost, author_id: int) -> Matter:
        """The author's running case one step further, or a new one."""
        matter = self.by_author.get(author_id)
        if matter is None or not (sure_of_author(post) or any(is_near_repeat(post.text, t) for t in matter.texts)):
            matter = self.by_author[author_id] = Matter(next(self.fresh), author_id, CaseState.WAITING)
        self.used[matter.case_id] = matter
        matter.step = min(3, matter.step + 1)
        matter.texts.append(post.text)
        return matter

    def store(self) -> None:
        new = [matter for matter in self.used.values() if matter.stored is None]
        self.work.insert(Case, [self._row(matter) for matter in new])
        for matter in self.used.values():
            if matter.stored is not None:
                self._grow(matter)

    def _row(self, matter: Matter) -> dict[str, Any]:
        return {
            "id": matter.case_id,
            "author_id": matter.author_id,
            "state": matter.state.value,
            "step": matter.step,
            "assessment": OPEN_ASSESSMENT,
            "contact_lock": False,
            "waiting_since": matter.waiting_since,
            "created_at": self.work.now,
        }

    def _grow(self, matter: Matter) -> None:
        values: dict[str, Any] = {"step": matter.step}
        if matter.waiting_since is not None:
            values["waiting_since"] = matter.waiting_since
        if matter.stored not in (None, matter.state):
            self.work.move(Case, matter.case_id, matter.stored, matter.state, "customer wrote", **values)
        else:
            values.pop("waiting_since", None)
            self.work.receipt.rows_written += queries.update_row(self.work.session, Case, matter.case_id, **values)


class _Rows:
    """The rows of the new posts, collected and then written table by table."""

    def __init__(self, work: Work, ids: Iterator[tuple[int, int, int]]) -> None:
        self.work = work
        self.ids = ids
        self.posts: list[dict[str, Any]] = []
        self.versions: list[dict[str, Any]] = []
        self.obligations: list[dict[str, Any]] = []

    def add(self, post: IncomingPost, matter: Matter) -> None:
        post_id, version_id, obligation_id = next(self.ids)
        self.posts.append(post_row(self.work, post, matter, post_id))
        self.versions.append(version_row(self.work, post, post_id, version_id, 1))
        row = obligation_row(self.work, post, post_id, version_id, matter.case_id, matter.step, obligation_id)
        row |= first_state(self.work, post)
        self.obligations.append(row)
        if row["state"] == OPEN_DUTY["state"]:
            matter.state = CaseState.OPEN
            matter.waiting_since = matter.waiting_since or self.work.now
        self.work.note("obligation", obligation_id, "", row["state"], row["reason"] or row["note"] or "new post")

    def store(self) -> None:
        self.work.insert(Post, self.posts)
        self.work.insert(PostVersion, self.versions)
        self.work.insert(Obligation, self.obligations)


def first_state(work: Work, post: IncomingPost) -> dict[str, Any]:
    """How the duty of a new post begins: open, or done before we came."""
    if answered_before(work, post):
        return {"state": ObligationState.ANSWERED.value, "answered_at": work.now, "note": "answered_elsewhere"}
    written = post.updated_at or post.created_at
    if work.source.answer_from is not None and written is not None and written < work.source.answer_from:
        reason = CloseReason.BEFORE_START_DATE.value
        return {"state": ObligationState.CLOSED.value, "reason": reason, "closed_by": work.actor}
    return {}


def post_row(work: Work, post: IncomingPost, matter: Matter, post_id: int) -> dict[str, Any]:
    return {
        "id": post_id,
        "source_id": work.source_id,
        "external_id": post.external_id,
        "author_id": matter.author_id,
        "case_id": matter.case_id,
        "parent_external_id": post.parent_external_id,
        "url": post.url,
        "language": post.language,
        "state": LIVE,
        "version": 1,
        "created_at": post.created_at,
        "seen_at": work.now,
    }


def version_row(work: Work, post: IncomingPost, post_id: int, version_id: int, version: int) -> dict[str, Any]:
    """One wording as it is stored: the text as published, the hash over its normalised form."""
    return {
        "id": version_id,
        "post_id": post_id,
        "version": version,
        "title": post.title,
        "text": post.text,
        "rating": post.rating,
        "rating_best": post.rating_best,
        "rating_worst": post.rating_worst,
        "content_hash": content_hash(post.title, post.text, post.rating),
        "updated_at": post.updated_at,
        "seen_at": work.now,
        "reading": None,
    }


def obligation_row(
    work: Work, post: IncomingPost, post_id: int, version_id: int, case_id: int, step: int, obligation_id: int
) -> dict[str, Any]:
    """An open duty for one wording, due as its stars demand."""
    deadlines = work.deadlines(post)
    return {
        **OPEN_DUTY,
        "id": obligation_id,
        "post_id": post_id,
        "post_version_id": version_id,
        "case_id": case_id,
        "step": step,
        "due_at": deadlines.due_at,
        "holding_due_at": deadlines.holding_due_at,
        "created_at": work.now,
    }
