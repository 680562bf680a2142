"""Sources, status and the switch that stops all posting."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from sqlmodel import Session
from starlette.responses import Response

from db import queries_settings as settings_store
from db import queries_sources, queries_status
from db.models import Source
from db.moves import Change, record
from db.states import SourceState
from responder.web.desk import Admin, Desk, DeskHere, Id, Known, Stopper
from responder.web.pages.login import go
from responder.web.vitals import card

router = APIRouter()


@router.get("/sources")
def sources(request: Request, desk: DeskHere, who: Known) -> Response:
    with desk.database.read() as session:
        how = {status.id: status for status in queries_status.source_statuses(session, desk.now())}
        cards = [card(source, how[source.id or 0]) for source in queries_sources.list_sources(session)]
        channels = {channel.id: channel for channel in queries_sources.list_channels(session)}
    return desk.page(request, "sources.html", cards=cards, channels=channels)


@router.post("/sources/{source_id}/pause")
def pause_source(desk: DeskHere, who: Admin, source_id: Id) -> Response:
    with desk.database.write() as session:
        if _state(session, source_id) != SourceState.PAUSED:
            queries_sources.pause_source(
                session, source_id, actor=f"user:{who.user.id}", why="paused on the page", now=desk.now()
            )
    return go("/sources?note=source_paused")


@router.post("/sources/{source_id}/resume")
def resume_source(desk: DeskHere, who: Admin, source_id: Id) -> Response:
    """Watch a paused source again, or say of one in trouble that it is fine as it is."""
    with desk.database.write() as session:
        before = _state(session, source_id)
        if before != SourceState.ACTIVE:
            try:
                queries_sources.resume_source(
                    session, source_id, actor=f"user:{who.user.id}", why="resumed on the page", now=desk.now()
                )
            except queries_sources.NothingToLookAt as error:
                raise HTTPException(404) from error  # the page offers it for no imported source
    return go("/sources?note=" + ("source_accepted" if before == SourceState.DEGRADED else "source_resumed"))


def _state(session: Session, source_id: int) -> str:
    """The state of a source; 404 when there is none."""
    source = session.get(Source, source_id)
    if source is None:
        raise HTTPException(404)
    return source.state


@router.get("/status")
def status(request: Request, desk: DeskHere, who: Known) -> Response:
    with desk.database.read() as session:
        coverage = queries_status.coverage(session, desk.now())
        found = queries_status.source_statuses(session, desk.now())
        ticks = settings_store.last_ticks(session)
    return desk.page(request, "status.html", coverage=coverage, sources=found, ticks=ticks)


@router.post("/posting/pause")
def pause_posting(desk: DeskHere, who: Stopper) -> Response:
    _switch(desk, who.user.id, paused=True)
    return go("/status?note=paused")


@router.post("/posting/resume")
def resume_posting(desk: DeskHere, who: Stopper) -> Response:
    _switch(desk, who.user.id, paused=False)
    desk.wake()
    return go("/status?note=resumed")


def _switch(desk: Desk, user_id: int | None, *, paused: bool) -> None:
    states = ("running", "paused") if paused else ("paused", "running")
    now = desk.now()
    with desk.database.write() as session:
        if settings_store.get_setting(session, settings_store.POSTING_PAUSED, False) != paused:
            settings_store.put_setting(session, settings_store.POSTING_PAUSED, paused, now)
            record(session, [Change("posting", 1, *states, f"user:{user_id}")], now=now)
