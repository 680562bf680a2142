"""For machines that watch over this one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fastapi import APIRouter
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import JSONResponse

from db.engine import ping
from db.queries_settings import last_ticks
from responder.web.desk import DeskHere

router = APIRouter()


@router.get("/readyz")
def ready(desk: DeskHere) -> JSONResponse:
    """200 as soon as the page can work: the database answers."""
    try:
        ping(desk.database)
    except SQLAlchemyError:
        return JSONResponse({"ready": False}, 503)
    return JSONResponse({"ready": True})


@router.get("/healthz")
def healthy(desk: DeskHere) -> JSONResponse:
    """200 only when the database answers and the clock ticked less than three intervals ago."""
    try:
        with desk.database.read() as session:
            newest = max((tick.last_run_at for tick in last_ticks(session).values()), default=None)
    except SQLAlchemyError:
        return JSONResponse({"healthy": False, "database": False}, 503)
    age = desk.now() - newest if newest else None
    fine = age is not None and age < desk.settings.patience
    answer: dict[str, Any] = {"healthy": fine, "database": True, "last_tick": newest.isoformat() if newest else None}
    return JSONResponse(answer | {"age_seconds": seconds(age)}, 200 if fine else 503)


def seconds(age: timedelta | None) -> float | None:
    return None if age is None else round(age.total_seconds(), 1)
