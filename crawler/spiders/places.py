"""What spiders share that list the places a credential can see. They read no posts and store nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from typing import Any

from scrapy.http import Response

from crawler.look import Look
from crawler.pages.answer import NotAsExpected
from crawler.pages.places import Place
from crawler.spiders.api import ApiSpider

MOST_PAGES = 40
"""Pages that are asked for in all; nobody chooses among more."""

LEFT = "The credential can see more places than are shown. Give the one you mean by its own address."


class PlacesSpider(ApiSpider):
    """Fills `places`, each once."""

    def __init__(self, look: Look, places: list[Place], **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.places = places

    async def read_source(self) -> None:
        try:
            async for found in self.found():
                self.places.extend(place for place in found if place not in self.places)
        except NotAsExpected as error:
            self.look.trouble(str(error))

    def found(self) -> AsyncIterator[Sequence[Place]]:
        """The places page by page. Raises `NotAsExpected`."""
        raise NotImplementedError

    async def page(self, url: str) -> Response | None:
        """The answer for one page; None at the end of the pages, and after telling why there is none."""
        if not url:
            return None
        if self.look.report.pages >= MOST_PAGES:
            self.look.report.notes[:] = [LEFT]
            return None
        return await self.fetch(url)

    @staticmethod
    def meant(pasted: str, places: Sequence[Place]) -> Sequence[Place]:
        """Those of the places that what was pasted can mean."""
        return places
