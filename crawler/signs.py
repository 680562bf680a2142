"""How a pasted address, handle or link is recognised without fetching anything."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sign:
    """What people paste for a kind: `pattern` fits all of it, capitals aside.

    `address` is what is stored, with the pattern's named groups filled in; the groups also become settings. Without it
    the address is stored as it was pasted.
    """

    pattern: str
    address: str = ""

    def read(self, pasted: str) -> tuple[str, dict[str, Any]] | None:
        """The address to store and the settings, None when this is something else."""
        found = re.fullmatch(self.pattern, pasted, re.IGNORECASE)
        if found is None:
            return None
        named = {key: value for key, value in found.groupdict().items() if value is not None}
        return self.address.format(**named) if self.address else pasted, named


MAIL = (Sign(r"imaps?://[^\s?]+(?:\?authserv=(?P<authserv>[\w.-]+))?"),)

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

GOOGLE_BUSINESS_VAGUE = (
    r"google-business:?",
    r"(?:https?://)?(?:(?:www\.)?google\.[a-z.]{2,6}/(?:maps|search)\b|maps\.google\.[a-z.]{2,6}/).*",
    r"(?:https?://)?(?:maps\.app\.goo\.gl|g\.page|share\.google|g\.co/kgs|search\.google\.com/local)/.*",
    r"(?:https?://)?business\.google\.com(?:/.*)?",
)
"""What shows a business on Google's map or in its search, but not under which numbers its owner reads it."""

APP_STORE_CONNECT_VAGUE = (r"app-store-connect:?", r"(?:https?://)?appstoreconnect\.apple\.com(?:/(?:apps/?)?)?")

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

_HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
_NO_FEDIVERSE = (
    r"(?!(?:[\w-]+\.)*(?:youtube|tiktok|threads|medium|substack|flickr|bsky|x|twitter|instagram|facebook)\.)"
)
"""Places whose addresses look like those of Mastodon."""

_MASTODON_ACCOUNT = "https://{server}/@{account}"
_MASTODON_TAG = "https://{server}/tags/{tag}"
_BLUESKY_ACCOUNT = "https://bsky.app/profile/{account}"

_REST = r"(?:[?#].*)?"
_REDDIT_SITE = r"(?:https?://)?(?:(?:www|old|new|np|sh|m|i|[a-z]{2})\.)?reddit\.com"
_ASKED = r"/?(?:\.rss|\.json)?\?(?:[^#]*&)?q=(?P<query>[^&#]+)(?:[&#].*)?"
_ORDERS = "new|hot|top|best|rising|controversial|comments"

MASTODON = (
    Sign(rf"@(?P<account>\w[\w.-]*)@(?P<server>{_HOST})", _MASTODON_ACCOUNT),
    Sign(rf"https?://{_HOST}/@(?P<account>\w[\w.-]*)@(?P<server>{_HOST})/?", _MASTODON_ACCOUNT),
    Sign(rf"(?:https?://)?{_NO_FEDIVERSE}(?P<server>{_HOST})/@(?P<account>\w[\w.-]*)/?", _MASTODON_ACCOUNT),
    Sign(rf"#(?P<tag>\w+)@(?P<server>{_HOST})", _MASTODON_TAG),
    Sign(rf"https?://{_NO_FEDIVERSE}(?P<server>{_HOST})/tags/(?P<tag>[\w%]+)", _MASTODON_TAG),
    Sign(rf"mastodon://(?P<server>{_HOST})/search\?q=(?P<query>.+)", "mastodon://{server}/search?q={query}"),
)

BLUESKY = (
    Sign(r"(?:@|https?://)?(?P<account>[\w-]+\.bsky\.social)/?", _BLUESKY_ACCOUNT),
    Sign(rf"@(?P<account>{_HOST})", _BLUESKY_ACCOUNT),
    Sign(rf"at://(?P<account>did:[a-z]+:[\w.:%-]+|{_HOST})/?", _BLUESKY_ACCOUNT),
    Sign(rf"(?:https?://)?bsky\.app/profile/(?P<account>did:[a-z]+:[\w.:%-]+|{_HOST})/?", _BLUESKY_ACCOUNT),
    Sign(r"(?:https?://)?bsky\.app/search/?\?q=(?P<query>.+)", "https://bsky.app/search?q={query}"),
)

ISSO = (
    Sign(
        r"(?P<server>https?://[^?#]+?)/(?:feed)?\?(?:[^#]*&)?uri=(?P<asked>(?:/|%2F)[^&#]*)(?:[&#].*)?",
        "{server}/?uri={asked}",
    ),
)

LEMMY = (
    Sign(
        rf"(?:!|https?://[^/@]+/c/)(?P<community>\w+)@(?P<instance>(?:[a-z0-9-]+\.)+[a-z]{{2,}})/?{_REST}",
        "https://{instance}/c/{community}",
    ),
)

REDDIT = (
    Sign(rf"{_REDDIT_SITE}/r/(?P<sub>\w+)/search{_ASKED}", "https://www.reddit.com/r/{sub}/search?q={query}"),
    Sign(rf"{_REDDIT_SITE}/search{_ASKED}", "https://www.reddit.com/search?q={query}"),
    Sign(rf"{_REDDIT_SITE}/message/(?P<mentions>mentions)/?{_REST}", "https://www.reddit.com/message/mentions"),
    Sign(
        rf"(?:{_REDDIT_SITE}(?:/(?:r|user)/\w+)?/comments|(?:https?://)?redd\.it)/(?P<post>[a-z0-9]+)(?:/.*)?{_REST}",
        "https://www.reddit.com/comments/{post}",
    ),
    Sign(
        rf"(?:{_REDDIT_SITE}/|/)?r/(?P<sub>\w{{2,21}})(?:/(?:{_ORDERS}))?/?(?:\.rss|\.json)?{_REST}",
        "https://www.reddit.com/r/{sub}",
    ),
)

TRUSTED_SHOPS = (
    Sign(r"(?:trusted-?shops|etrusted):(?P<channel>chl-[0-9a-f-]{8,64})", "trusted-shops:{channel}"),
    Sign(
        r"(?:https?://)?(?:www\.)?trustedshops\.(?:de|at|ch|com|eu)/bewertung/info_"
        rf"(?P<shop>X[0-9A-F]{{32}})(?:\.html)?/?{_REST}",
        "https://www.trustedshops.de/bewertung/info_{shop}.html",
    ),
)

TRUSTPILOT = (
    Sign(
        rf"(?:https?://)?(?:[a-z]{{2,3}}\.)?trustpilot\.com/review/(?:www\.)?(?P<domain>{_HOST})/?{_REST}",
        "https://www.trustpilot.com/review/{domain}",
    ),
)
