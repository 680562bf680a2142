"""Spider for the reviews of an app on Google Play, through the Developer API of its owner.

The public page is not read: Google forbids programs there. The API lists one week, newest change first, so that edited
reviews come up again by themselves. A look every day misses nothing; older reviews come from an export.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from scrapy.http import Response

from crawler.pages import google_play
from crawler.pages.result import PageRead
from crawler.spiders.google import GoogleSpider


class GooglePlaySpider(GoogleSpider):
    """Reads the reviews of the app that `settings["package"]` names."""

    name = "google_play"
    default_base = "https://androidpublisher.googleapis.com"
    scope = "https://www.googleapis.com/auth/androidpublisher"
    passing = True

    @property
    def package(self) -> str:
        """The name of the app."""
        return str(self.look.target.settings.get("package", ""))

    def first_url(self) -> str:
        app = quote(self.package, safe="")
        query = urlencode({"maxResults": 100})
        return "/".join((self.base, "androidpublisher/v3/applications", app, f"reviews?{query}"))

    def read(self, response: Response) -> PageRead:
        return google_play.read(response.body, response.url, self.package)
