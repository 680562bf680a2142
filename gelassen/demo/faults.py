"""Misbehaviour on command: the demo platform is also the opponent in the fault tests."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field, fields
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send


@dataclass(slots=True)
class Faults:
    """`latency` in seconds (up to that long, at random); the others are probabilities between 0 and 1."""

    latency: float = 0.0
    drop_after_accept: float = 0.0
    error_rate: float = 0.0
    status: int = 503
    random: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311

    def set(self, values: dict[str, Any]) -> None:
        """Take over the known numbers of `values`; raises ValueError for anything that is not a number."""
        for name in (entry.name for entry in fields(self) if entry.name != "random"):
            if name in values:
                setattr(self, name, type(getattr(self, name))(values[name]))

    async def before(self) -> Response | None:
        """Wait as long as commanded; an error response when it is one's turn to fail."""
        if self.latency:
            await asyncio.sleep(self.random.uniform(0, self.latency))
        if self.error_rate and self.random.random() < self.error_rate:
            return PlainTextResponse("Gerade nicht erreichbar.", status_code=self.status, headers={"Retry-After": "1"})
        return None

    def after(self, response: Response, request: Request) -> Response:
        """The response, or a cut connection although everything was accepted."""
        if self.drop_after_accept and self.random.random() < self.drop_after_accept:
            return Cut(request)
        return response


class Cut(Response):
    """Closes the connection without a byte of an answer."""

    def __init__(self, request: Request) -> None:
        super().__init__()
        # uvicorn offers no official way to hang up; its receive() belongs to the object that holds the socket
        self.transport = getattr(getattr(request.receive, "__self__", None), "transport", None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.transport is None:
            raise ConnectionAbortedError("the server gives no access to its socket")
        self.transport.abort()
        self.transport = None
