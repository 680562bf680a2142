"""How a pasted address, handle or link is recognised without fetching anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sign:
    """What people paste for a kind: `pattern` fits all of it, capitals aside.

    `address` is what is stored, with the pattern's named groups filled in; the groups also become settings.
    """

    pattern: str
    address: str

    def read(self, pasted: str) -> tuple[str, dict[str, Any]] | None:
        """The address to store and the settings, None when this is something else."""
        found = re.fullmatch(self.pattern, pasted, re.IGNORECASE)
        if found is None:
            return None
        named = {key: value for key, value in found.groupdict().items() if value is not None}
        return self.address.format(**named), named


_APPLE = r"(?:(?:https?|itms|itms-apps)://)?(?:apps|itunes)\.apple\.com(?:/(?P<country>[a-z]{2}))?"
_APP_PAGE = "https://apps.apple.com/app/id{app}"
APP_STORE = (
    Sign(_APPLE + r"/app(?:/[^/?#]+)?/id(?P<app>\d+)(?:[/?#].*)?", _APP_PAGE),
    Sign(_APPLE + r"/rss/customerreviews/(?:.*/)?id=(?P<app>\d+)(?:/.*)?", _APP_PAGE),
    Sign(r"app-store:(?P<app>\d+)", _APP_PAGE),
)

_CONNECT_PAGE = "https://appstoreconnect.apple.com/apps/{app}"
APP_STORE_CONNECT = (
    Sign(r"(?:https?://)?appstoreconnect\.apple\.com/apps/(?P<app>\d+)(?:[/?#].*)?", _CONNECT_PAGE),
    Sign(r"app-store-connect:(?P<app>\d+)", _CONNECT_PAGE),
)

_PACKAGE = r"(?P<package>[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+)"
_PLAY = r"(?:(?:https?://)?play\.google\.com/store/apps/|market://)details\?(?:[^#]*&)?id="
_PLAY_PAGE = "https://play.google.com/store/apps/details?id={package}"
GOOGLE_PLAY = (Sign(_PLAY + _PACKAGE + r"(?:[&#].*)?", _PLAY_PAGE), Sign(r"google-play:" + _PACKAGE, _PLAY_PAGE))

GOOGLE_BUSINESS = (
    Sign(
        r"(?:google-business:|(?:https?://)?mybusiness\.googleapis\.com/v4/)?"
        r"accounts/(?P<account>\d+)/locations/(?P<location>\d+)(?:[/?].*)?",
        "https://mybusiness.googleapis.com/v4/accounts/{account}/locations/{location}",
    ),
)

_YOUTUBE = r"(?:https?://)?(?:(?:www|m|music|studio)\.)?youtube\.com"
_VIDEO = r"(?P<video>[a-z0-9_-]{11})"
_VIDEO_PAGE = "https://www.youtube.com/watch?v={video}"
YOUTUBE = (
    Sign(_YOUTUBE + r"/watch/?\?(?:[^#]*&)?v=" + _VIDEO + r"(?:[&#].*)?", _VIDEO_PAGE),
    Sign(_YOUTUBE + r"/(?:shorts|live|embed)/" + _VIDEO + r"(?:[/?#].*)?", _VIDEO_PAGE),
    Sign(r"(?:https?://)?youtu\.be/" + _VIDEO + r"(?:[?#].*)?", _VIDEO_PAGE),
    Sign(
        _YOUTUBE + r"/channel/(?P<channel>UC[a-z0-9_-]{22})(?:[/?#].*)?",
        "https://www.youtube.com/channel/{channel}",
    ),
    Sign(_YOUTUBE + r"/@(?P<handle>[^/?#\s]+)(?:[/?#].*)?", "https://www.youtube.com/@{handle}"),
    Sign(r"youtube:@(?P<handle>[^/?#\s]+)", "https://www.youtube.com/@{handle}"),
    Sign(_YOUTUBE + r"/user/(?P<user>[^/?#\s]+)(?:[/?#].*)?", "https://www.youtube.com/user/{user}"),
)
