"""Hardened defaults as a Scrapy add-on.

`LOCKED` closes what could run code, listen or leave HTTP; nothing may override it. `POLITE` are manners at add-on
priority, so that the limits of a crawler can refine them.
"""

from __future__ import annotations

from typing import Any

from scrapy.settings import BaseSettings

HANDLER = "crawler.download.GuardedHandler"

LOCKED: dict[str, Any] = {
    "REMOTE_CONTROL_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "DOWNLOAD_HANDLERS": {"http": HANDLER, "https": HANDLER, "file": None, "data": None, "ftp": None, "s3": None},
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "HTTPPROXY_ENABLED": False,
    "ROBOTSTXT_OBEY": True,
    "COOKIES_ENABLED": False,
    "HTTPCACHE_ENABLED": False,
    "METAREFRESH_ENABLED": False,
    "REFERER_ENABLED": False,
    "EXTENSIONS_BASE": {},
    "STATS_DUMP": False,
    "JOBDIR": None,
}

POLITE: dict[str, Any] = {
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": 0.0,  # crawler.patience keeps requests apart, as every source wants it
    "DOWNLOAD_DELAY_JITTER": 0.0,
    "DOWNLOAD_TIMEOUT": 30,
    "DOWNLOAD_MAXSIZE": 5 * 1024 * 1024,
    "DOWNLOAD_WARNSIZE": 0,
    "LOOK_SECONDS": 180.0,
    "REDIRECT_MAX_TIMES": 5,
    "DEFAULT_REQUEST_HEADERS": {
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.8",
        "Accept-Language": "de,en;q=0.5",
    },
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
        "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
        "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
        "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
        "crawler.robots.RobotsMiddleware": 100,
        "crawler.patience.PatienceMiddleware": 620,
    },
}


class Hardened:
    """The add-on: `ADDONS = {"crawler.addon.Hardened": 0}`."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Put the two tables into the settings of an engine."""
        for name, value in LOCKED.items():
            settings.set(name, value, priority="cmdline")
        for name, value in POLITE.items():
            settings.set(name, value, priority="addon")
