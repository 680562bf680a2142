"""Lines into the store, in order of arrival, through the same door as crawled pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from crawler.items import OwnerReply, Page, Post
from db.engine import Database
from db.queries_listing import newest_version_id, wordings
from db.queries_sources import add_source, get_source
from gelassen.exchange.lines import Columns, Line, Wrong
from gelassen.exchange.recall import recall
from responder.intake import receive
from responder.similar import content_hash

BATCH = 200
KIND = "import"
MOST_LEFT = 12
"""So many headings that were left out are named."""

FIELDS = {
    "author_name": "author",
    "created_at": "day",
    "reply": "answer",
    "reply_at": "day of the answer",
    "external_id": "number",
    "more": "further text",
    "pros": "what was good",
    "cons": "what was not",
}
"""What fields are called to a person."""


@dataclass(slots=True)
class Report:
    """What an import did; `wrong` are the lines that could not be taken in."""

    lines: int = 0
    seen: int = 0
    new: int = 0
    changed: int = 0
    deleted: int = 0
    replies: int = 0
    sources: list[str] = field(default_factory=list)
    columns: list[Columns] = field(default_factory=list)
    """How the columns of each table were understood."""

    wrong: list[Wrong] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        said = asdict(self)
        del said["wrong"]
        said["columns"] = [{name: key for name, key in one if name} for one in self.columns]
        return said | {"errors": [{"line": line.number, "error": line.why} for line in self.wrong]}


def understood(columns: Columns) -> str:
    """A sentence on which column was taken for what, and which were left out, for the person who imports."""
    read = [f"{FIELDS.get(key, key.replace('_', ' '))} from {name!r}" for name, key in columns if name and key]
    rest = [repr(name) for name, key in columns if name and not key]
    left = f" Left out: {', '.join(rest[:MOST_LEFT])}" if rest else ""
    more = f" and {len(rest) - MOST_LEFT} more" if len(rest) > MOST_LEFT else ""
    return f"Read: {', '.join(read)}.{left}{more}{'.' if rest else ''}"


class Importer:
    """Takes lines one by one and stores them in small pages: ten thousand lines need no ten thousand commits."""

    def __init__(self, database: Database, *, now: datetime, locale: str, address: str, answer_from: datetime | None):
        self.database, self.now = database, now
        self.fields: dict[str, Any] = {"locale": locale, "address_form": address, "answer_from": answer_from}
        self.report = Report()
        self.sources: dict[str, int] = {}
        self.known: dict[tuple[int, str], Post] = {}
        self.batch: list[Post] = []
        self.key: tuple[int, datetime] | None = None
        with database.read() as session:
            self.stored_before = newest_version_id(session)

    def run(self, lines: Iterable[Line | Wrong]) -> Report:
        """Store all lines and say what that did."""
        for line in lines:
            self.report.lines += 1
            if isinstance(line, Line):
                if line.columns and line.columns not in self.report.columns[-1:]:
                    self.report.columns.append(line.columns)
                self._take(line)
            else:
                self.report.wrong.append(line)
        self._flush()
        self.report.sources = sorted(self.sources)
        return self.report

    def _take(self, line: Line) -> None:
        source_id = self._source(line.source)
        seen_at = line.seen_at or self.now
        if line.event == "post":
            self._take_post(line, source_id, seen_at)
            return
        self._flush()
        known = self.known.get((source_id, line.external_id)) or recall(self.database, source_id, line.external_id)
        if known is None:
            why = f"there is no post {line.external_id!r} at {line.source}"
            self.report.wrong.append(Wrong(line.number, why, line.raw))
        elif line.event == "deleted":
            self._put(source_id, seen_at, replace(known, deleted=True))
        else:
            self.report.replies += 1
            answers = [*known.owner_replies, *(OwnerReply(**reply) for reply in line.replies)]
            self._put(source_id, seen_at, replace(known, owner_replies=answers))

    def _take_post(self, line: Line, source_id: int, seen_at: datetime) -> None:
        answers = [OwnerReply(**reply) for reply in line.replies]
        self.report.replies += len(answers)
        post = Post(line.external_id, **line.values, owner_replies=answers)
        if self._came_before(source_id, post, line.seen_at):
            self.report.seen += 1
            known = recall(self.database, source_id, line.external_id)
            if known is not None and answers:
                self._put(source_id, seen_at, replace(known, owner_replies=[*known.owner_replies, *answers]))
            return
        self._put(source_id, seen_at, post)
        if line.deleted:
            self._flush()
            self._put(source_id, seen_at, replace(post, deleted=True))

    def _came_before(self, source_id: int, post: Post, seen_at: datetime | None) -> bool:
        """Whether an earlier import brought this very line, so that it is no edit back to an old wording."""
        with self.database.read() as session:
            stored = wordings(session, source_id, post.external_id, self.stored_before)
        wording = content_hash(post.title, post.text, post.rating)
        old_news = seen_at is None or not stored or seen_at <= stored[-1].seen_at
        return old_news and any(version.content_hash == wording for version in stored)

    def _put(self, source_id: int, seen_at: datetime, post: Post) -> None:
        """Add to the batch; one author or post twice in it would lose the order in which they wrote."""
        crowded = any(one.external_id == post.external_id or _same_author(one, post) for one in self.batch)
        if self.key != (source_id, seen_at) or crowded or len(self.batch) >= BATCH:
            self._flush()
        self.key = (source_id, seen_at)
        self.batch.append(post)
        self.known[source_id, post.external_id] = post

    def _flush(self) -> None:
        if not self.batch or self.key is None:
            return
        source_id, seen_at = self.key
        page = Page(source_id, "import", seen_at, self.batch)
        done = receive(self.database, page, now=seen_at, actor="cli")
        for name in ("seen", "new", "changed", "deleted"):
            setattr(self.report, name, getattr(self.report, name) + getattr(done, name))
        self.batch, self.key = [], None

    def _source(self, name: str) -> int:
        if name not in self.sources:
            with self.database.write() as session:
                source = get_source(session, name)
                if source is None:
                    why = "imported; there is nothing to look at"
                    fields = self.fields | {"state": "paused", "state_reason": why}
                    source = add_source(session, name, KIND, "", now=self.now, **fields)
                assert source.id is not None
                self.sources[name] = source.id
        return self.sources[name]


def _same_author(one: Post, other: Post) -> bool:
    if one.author_id or other.author_id:
        return one.author_id == other.author_id
    return one.author_name.casefold() == other.author_name.casefold()
