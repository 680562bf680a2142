"""What all spiders share: one coroutine that reads a source from start to end, and one way to ask for a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeVar

from scrapy import Request, Spider
from scrapy.http import Response

from crawler.explain import explain, explain_status
from crawler.look import Look
from crawler.walls import find_wall

T = TypeVar("T")


class SourceSpider(Spider):
    """Reads one source. Pages are asked for and handed over one after another, never at the same time.

    `contract` spiders use a platform's own interface under its terms: robots.txt, which speaks to strangers, is not
    asked, and a redirect is no answer. `status` is the one of the answer that came last.
    """

    name = "source"
    contract: bool = False

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(self.name, **kwargs)
        self.look = look
        self.status = 0

    async def read_source(self) -> None:
        """Fetch, read and hand over what the source has to say."""
        raise NotImplementedError

    async def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Response | None:
        """The answer (200 or 304) to a request; None after telling the look why there is none."""
        response = await self.answer(url, headers)
        if response is None or response.status in (200, 304):
            return response
        self.look.trouble(explain_status(url, response))
        return None

    async def answer(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        method: str = "GET",
        body: bytes = b"",
        redirect: bool = True,
    ) -> Response | None:
        """The answer whatever its status; None after telling the look that none came."""
        meta: dict[str, Any] = {"look": self.look}
        meta |= {"contract": True, "dont_obey_robotstxt": True} if self.contract else {}
        meta |= {} if redirect and not self.contract else {"dont_redirect": True}
        self.status = 0
        try:
            request = Request(url, method=method, headers=headers, body=body, meta=meta, dont_filter=True)
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 - every failure becomes a sentence in the report
            self.look.trouble(explain(url, error))
            return None
        self.look.fetched(response.url)
        self.status = response.status
        return response

    async def read_aside(self, response: Response, work: Callable[..., T], *given: Any, **named: Any) -> T:
        """What `work(*given, **named)` makes of `response`; see `Look.read`."""
        return await self.look.read(len(response.body), partial(work, *given, **named))

    async def meets_wall(self, response: Response, asked: str) -> bool:
        """Whether a page without posts is a login, a test for humans or an empty shell; the look is told which."""
        kind = header(response, "Content-Type")
        wall = await self.read_aside(response, find_wall, response.body, response.url, asked, kind)
        if wall is None:
            return False
        word, what = wall
        self.look.walled(word, f"{self.called(response, asked)} {what}")
        return True

    def called(self, _response: Response, asked: str) -> str:
        """How sentences name the place where `response` to a request for `asked` came from."""
        return asked


def header(response: Response, name: str) -> str:
    """A response header as text; several of one name are joined by commas."""
    return b", ".join(response.headers.getlist(name)).decode("latin-1")
