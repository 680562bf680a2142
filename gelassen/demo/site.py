"""The demo platform as a web site: `python -m gelassen.demo.site --port 8800 --token …`."""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from gelassen.demo.faults import Faults
from gelassen.demo.markup import json_ld
from gelassen.demo.state import Platform, stamp

HERE = Path(__file__).parent
TOKEN = "GELASSEN_SECRET_DEMO"  # noqa: S105 - the name of a variable
PER_PAGE = 25
MAX_REPLY = 4000
Handler = Callable[[Request], Awaitable[Response]]


def create_site(
    platform: Platform, token: str, *, every: float = 0, now: Callable[[], datetime] | None = None
) -> Starlette:
    """The site. `every` is the mean number of seconds between two new reviews; 0 means none."""
    site = Site(platform, token, now or (lambda: datetime.now(UTC)))

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        task = asyncio.create_task(site.keep_releasing(every)) if every else None
        yield
        if task:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    return Starlette(routes=site.routes(), lifespan=lifespan)


class Site:
    """The handlers, on one platform and its faults."""

    def __init__(self, platform: Platform, token: str, now: Callable[[], datetime]) -> None:
        self.platform, self.token, self.now, self.faults = platform, token, now, Faults()
        self.html = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
        )
        self.html.filters["day"] = lambda text: f"{text[8:10]}.{text[5:7]}.{text[:4]}"

    def routes(self) -> list[Route]:
        return [
            Route("/", self.home),
            Route("/stil.css", self.style),
            Route("/robots.txt", self.robots),
            Route("/reply", self._faulty(self.reply), methods=["POST"]),
            Route("/api/review/{review:path}", self._faulty(self.review)),
            Route("/admin/faults", self.command, methods=["POST"]),
            Route("/admin/state", self.state),
            Route("/{place}", self._faulty(self.page)),
            Route("/{place}/bewertung", self.write, methods=["POST"]),
            Route("/{place}/bewertung/{review}", self.permalink),
        ]

    async def home(self, request: Request) -> Response:
        return self._render("home.html", places=list(self.platform.places.values()))

    async def style(self, request: Request) -> Response:
        return FileResponse(HERE / "static" / "stil.css", media_type="text/css")

    async def robots(self, request: Request) -> Response:
        return Response("User-agent: *\nDisallow: /admin/\n", media_type="text/plain")

    async def page(self, request: Request) -> Response:
        place = self.platform.places.get(request.path_params["place"])
        if not place:
            return self._render("missing.html", status=404)
        tag = self.platform.tag(place.key)
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        everything = self.platform.of(place.key)
        number = _number(request.query_params.get("seite"))
        shown = everything[(number - 1) * PER_PAGE : number * PER_PAGE]
        base = str(request.base_url).rstrip("/")
        response = self._render(
            "place.html",
            place=place,
            reviews=shown,
            total=len(everything),
            mean=sum(review.rating for review in everything) / max(len(everything), 1),
            number=number,
            more=number * PER_PAGE < len(everything),
            markup=json_ld(place, shown, everything, base),
        )
        response.headers["ETag"] = tag
        return response

    async def write(self, request: Request) -> Response:
        """A visitor's own review, by the form at the foot of the page."""
        place = request.path_params["place"]
        form = await request.form()
        author, text = str(form.get("name", "")).strip()[:80], str(form.get("text", "")).strip()[:4000]
        rating = _number(form.get("rating"))
        if place not in self.platform.places or not author or not 1 <= rating <= 5:
            return self._render("missing.html", status=422)
        title = str(form.get("title", "")).strip()[:120]
        review = self.platform.add(self.now(), place=place, author=author, rating=rating, title=title, text=text)
        return RedirectResponse(f"/{place}#{review}", status_code=303)

    async def permalink(self, request: Request) -> Response:
        review = self.platform.reviews.get(request.path_params["review"])
        if not review or review.deleted:
            return self._render("missing.html", status=410 if review else 404)
        return RedirectResponse(f"/{review.place}#{review.id}", status_code=303)

    async def reply(self, request: Request) -> Response:
        """The owner's door: form fields review, text, key; bearer token. Sending twice publishes twice."""
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not self.token or not secrets.compare_digest(given.encode(), self.token.encode()):
            return _error(401, "unauthorized", "Das Token gilt hier nicht.")
        form = await request.form()
        review = self.platform.reviews.get(review_id(str(form.get("review", ""))))
        text = str(form.get("text", ""))
        if not review:
            return _error(404, "no_such_review", "Diese Bewertung gibt es nicht.")
        if review.deleted:
            return _error(410, "deleted", "Diese Bewertung wurde gelöscht.")
        if not text.strip() or len(text) > MAX_REPLY:
            return _error(422, "bad_text", f"Eine Antwort hat 1 bis {MAX_REPLY} Zeichen.")
        answer = self.platform.reply(review.id, text, self.now())
        body = asdict(answer) | {"url": f"{str(request.base_url).rstrip('/')}/{review.place}#{answer.id}"}
        return self.faults.after(JSONResponse(body, status_code=201), request)

    async def review(self, request: Request) -> Response:
        review = self.platform.reviews.get(review_id(request.path_params["review"]))
        if not review:
            return _error(404, "no_such_review", "Diese Bewertung gibt es nicht.")
        return JSONResponse(asdict(review))

    async def command(self, request: Request) -> Response:
        """Faults and events by JSON: latency, drop_after_accept, error_rate, status, delete, edit, add, release."""
        if not request.headers.get("content-type", "").startswith("application/json"):
            return _error(415, "json_only", "Content-Type muss application/json sein.")
        try:
            return JSONResponse(self._obey(await request.json()))
        except KeyError as error:
            return _error(404, "no_such_review", f"Nicht gefunden: {error}")
        except (ValueError, TypeError) as error:
            return _error(422, "bad_command", str(error))

    async def state(self, request: Request) -> Response:
        """Everything, deleted reviews too: what the tests compare with."""
        return JSONResponse([asdict(review) for review in self.platform.reviews.values()])

    async def keep_releasing(self, every: float) -> None:
        """Let something happen about every `every` seconds until the seed file is used up."""
        pace = random.Random(11)  # noqa: S311
        while self.platform.later:
            await asyncio.sleep(every * pace.uniform(0.75, 1.25))
            self.platform.release(self.now())

    def _obey(self, order: dict[str, Any]) -> dict[str, Any]:
        now = self.now()
        self.faults.set(order)
        if "delete" in order:
            self.platform.delete(str(order["delete"]))
        if "edit" in order:
            self.platform.edit(str(order["edit"]["id"]), now, **{k: v for k, v in order["edit"].items() if k != "id"})
        added = self.platform.add(now, **order["add"]) if "add" in order else ""
        released = [self.platform.release(now) for _ in range(int(order.get("release", 0)))]
        return {"ok": True, "added": added, "released": released, "at": stamp(now)}

    def _faulty(self, handler: Handler) -> Handler:
        async def handle(request: Request) -> Response:
            return await self.faults.before() or await handler(request)

        return handle

    def _render(self, name: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        return HTMLResponse(self.html.get_template(name).render(**values), status_code=status)


def review_id(given: str) -> str:
    """The id inside whatever names a review: its id, its address or its anchor."""
    return given.rstrip("/").rpartition("/")[2].rpartition("#")[2]


def _number(given: object) -> int:
    return (
        max(1, int(given)) if isinstance(given, str) and given.isascii() and given.isdigit() and len(given) < 7 else 1
    )


def _error(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"error": code, "message": message}, status_code=status)


def main() -> None:
    """Serve the site on the loopback interface until the process is stopped."""
    import uvicorn

    from gelassen.lifeline import die_with_parent

    die_with_parent()
    parser = argparse.ArgumentParser(description="The demo platform of Gelassen.")
    parser.add_argument("--port", type=int, default=8800)
    parser.add_argument("--token", default=os.environ.get(TOKEN, ""), help=f"bearer token; better in {TOKEN}")
    parser.add_argument("--every", type=float, default=60, help="seconds between two new reviews; 0 for none")
    parser.add_argument("--state", type=Path, help="JSON file that keeps what happened")
    options = parser.parse_args()
    platform = Platform(datetime.now(UTC), options.state)
    app = create_site(platform, options.token, every=options.every)
    uvicorn.run(app, host="127.0.0.1", port=options.port, log_level="critical", access_log=False)


if __name__ == "__main__":
    main()
