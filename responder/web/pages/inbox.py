"""The queue: what has to be answered, in the order of its deadlines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from db import queries_inbox as queries
from db.queries_inbox import Filters, Row
from responder.web.desk import DeskHere, Known

router = APIRouter()


@dataclass(frozen=True, slots=True)
class View:
    """What the address says: the tab and its filters, and how to link to variations of it."""

    tab: str = "open"
    source: str = ""
    mood: str = ""
    after: str = ""

    def link(self, **changes: str) -> str:
        """The address of this view with `changes`; paging starts anew unless told otherwise."""
        values = {"tab": self.tab, "source": self.source, "mood": self.mood, "after": "", **changes}
        kept = {key: value for key, value in values.items() if value and (key, value) != ("tab", "open")}
        return "/?" + urlencode(kept) if kept else "/"

    @property
    def filters(self) -> Filters:
        source_id = int(self.source) if self.source.isdecimal() and len(self.source) < 10 else None
        return Filters(source_id, self.mood if self.mood in queries.MOODS else "", parse_key(self.after))


def key_of(row: Row, tab: str) -> str:
    """The paging key of a row: deadline and id, or the id alone where the newest come first."""
    if tab in ("open", "later"):
        return f"{row.obligation.due_at.isoformat()}~{row.obligation.id}"
    return f"~{row.obligation.id}"


def parse_key(text: str) -> tuple[datetime | None, int] | None:
    """The key back from the address; a broken one is as good as none."""
    at, found, number = text.partition("~")
    if not found or not number.isdecimal() or len(number) > 18:
        return None
    try:
        due_at = datetime.fromisoformat(at) if at else None
    except ValueError:
        return None
    return (due_at, int(number)) if due_at is None or due_at.tzinfo else None


@router.get("/")
def inbox(
    request: Request, desk: DeskHere, who: Known, tab: str = "open", source: str = "", mood: str = "", after: str = ""
) -> Response:
    view = View(tab if tab in queries.TABS else "open", source, mood, after)
    now = desk.now()
    with desk.database.read() as session:
        rows = queries.queue(session, view.tab, view.filters, now, queries.PAGE_SIZE + 1)
        counts = queries.counts(session, now)
        sources = queries.source_names(session)
    more = key_of(rows[queries.PAGE_SIZE - 1], view.tab) if len(rows) > queries.PAGE_SIZE else ""
    template = "_queue.html" if "quiet" in request.query_params else "inbox.html"
    return desk.page(
        request, template, view=view, rows=rows[: queries.PAGE_SIZE], counts=counts, sources=sources, more=more
    )
