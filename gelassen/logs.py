"""Logs: one JSON object a line on stderr, with a machine word in `event`, and never a customer's word.

Messages of exceptions are left out, because a database error quotes the values of the row; type and place remain.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Any

# structlog would load all of Twisted for a bridge and rich for colours that we do not use: ten megabytes of the daemon
sys.modules.setdefault("structlog.twisted", None)  # type: ignore[arg-type]
rich: Any = sys.modules.setdefault("rich", None)  # type: ignore[arg-type]

import structlog  # noqa: E402
from structlog.typing import EventDict, WrappedLogger  # noqa: E402

if rich is None:
    del sys.modules["rich"]  # the command line draws tables with it

CODE_ROOT = Path(__file__).parent.parent


LEVEL = "GELASSEN_LOG_LEVEL"
"""Environment variable: debug, info, warning or error. Handed down to the children."""


def configure() -> None:
    """Send our own events and those of libraries to stderr."""
    level = logging.getLevelNamesMapping().get(os.environ.get(LEVEL, "info").upper(), logging.INFO)
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_messages,
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    render = structlog.processors.JSONRenderer(ensure_ascii=False)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=render, foreign_pre_chain=shared))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for noisy in ("alembic", "httpx2", "httpcore2", "uvicorn.error"):
        logging.getLogger(noisy).setLevel(max(level, logging.WARNING))
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a tick that is skipped comes again


def log() -> Any:
    """The logger of the daemon: `log().info("child_started", child="worker")`."""
    return structlog.get_logger("gelassen")


def without_messages(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by its type and the lines of our code that it came through."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"], event["where"] = type(error).__name__, place(error.__traceback__)
    record = event.get("_record")
    if record is not None:
        record.exc_info = record.exc_text = None  # or the standard formatter prints it after all
    return event


def place(traceback: TracebackType | None) -> list[str]:
    """The innermost five lines of a traceback, as path:line."""
    frames = extract_tb(traceback)[-5:]
    return [f"{_short(frame.filename)}:{frame.lineno}" for frame in frames]


def _short(filename: str) -> str:
    path = Path(filename)
    return str(path.relative_to(CODE_ROOT)) if path.is_relative_to(CODE_ROOT) else path.name
