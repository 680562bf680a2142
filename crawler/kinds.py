"""The table of kinds. A new one is a page object in `crawler/pages`, a spider in `crawler/spiders` and a row here."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.kind import Claim, Kind, Sign

__all__ = ["KINDS", "Claim", "Kind", "Sign", "claims", "traced"]

HOST = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]"
NO_FEDIVERSE = r"(?!(?:[\w-]+\.)*(?:youtube|tiktok|threads|medium|substack|flickr|bsky|x|twitter|instagram|facebook)\.)"
"""Places whose addresses look like those of Mastodon."""

MASTODON_ACCOUNT = "https://{server}/@{account}"
MASTODON_TAG = "https://{server}/tags/{tag}"
BLUESKY_ACCOUNT = "https://bsky.app/profile/{account}"

REST = r"(?:[?#].*)?"
REDDIT = r"(?:https?://)?(?:(?:www|old|new|np|sh|m|i|[a-z]{2})\.)?reddit\.com"
ASKED = r"/?(?:\.rss|\.json)?\?(?:[^#]*&)?q=(?P<query>[^&#]+)(?:[&#].*)?"
ORDERS = "new|hot|top|best|rising|controversial|comments"

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("schema_org", "page with review markup", "crawler.spiders.schema_org.SchemaOrgSpider"),
        Kind("feed", "RSS or Atom feed", "crawler.spiders.feed.FeedSpider"),
        Kind("wordpress", "WordPress comments", "crawler.spiders.wordpress.WordPressSpider"),
        Kind(
            "mastodon",
            "Mastodon",
            "crawler.spiders.mastodon.MastodonSpider",
            signs=(
                Sign(rf"@(?P<account>\w[\w.-]*)@(?P<server>{HOST})", MASTODON_ACCOUNT),
                Sign(rf"https?://{HOST}/@(?P<account>\w[\w.-]*)@(?P<server>{HOST})/?", MASTODON_ACCOUNT),
                Sign(rf"(?:https?://)?{NO_FEDIVERSE}(?P<server>{HOST})/@(?P<account>\w[\w.-]*)/?", MASTODON_ACCOUNT),
                Sign(rf"#(?P<tag>\w+)@(?P<server>{HOST})", MASTODON_TAG),
                Sign(rf"https?://{NO_FEDIVERSE}(?P<server>{HOST})/tags/(?P<tag>[\w%]+)", MASTODON_TAG),
                Sign(rf"mastodon://(?P<server>{HOST})/search\?q=(?P<query>.+)", "mastodon://{server}/search?q={query}"),
            ),
            credential="an access token with read:accounts, read:statuses, read:notifications, read:search",
        ),
        Kind(
            "bluesky",
            "Bluesky",
            "crawler.spiders.bluesky.BlueskySpider",
            signs=(
                Sign(r"(?:@|https?://)?(?P<account>[\w-]+\.bsky\.social)/?", BLUESKY_ACCOUNT),
                Sign(rf"@(?P<account>{HOST})", BLUESKY_ACCOUNT),
                Sign(rf"at://(?P<account>did:[a-z]+:[\w.:%-]+|{HOST})/?", BLUESKY_ACCOUNT),
                Sign(rf"(?:https?://)?bsky\.app/profile/(?P<account>did:[a-z]+:[\w.:%-]+|{HOST})/?", BLUESKY_ACCOUNT),
                Sign(r"(?:https?://)?bsky\.app/search/?\?q=(?P<query>.+)", "https://bsky.app/search?q={query}"),
            ),
            credential="an app password as handle:password",
            open=False,
        ),
        Kind(
            "isso",
            "Isso comments",
            "crawler.spiders.isso.IssoSpider",
            signs=(
                Sign(
                    r"(?P<server>https?://[^?#]+?)/(?:feed)?\?(?:[^#]*&)?uri=(?P<asked>(?:/|%2F)[^&#]*)(?:[&#].*)?",
                    "{server}/?uri={asked}",
                ),
            ),
            trace="crawler.pages.isso.trace",
        ),
        Kind(
            "discourse",
            "Discourse forum",
            "crawler.spiders.discourse.DiscourseSpider",
            trace="crawler.pages.discourse.trace",
            credential="an API key as username:key",
        ),
        Kind(
            "lemmy",
            "Lemmy community",
            "crawler.spiders.lemmy.LemmySpider",
            signs=(
                Sign(
                    rf"(?:!|https?://[^/@]+/c/)(?P<community>\w+)@(?P<instance>(?:[a-z0-9-]+\.)+[a-z]{{2,}})/?{REST}",
                    "https://{instance}/c/{community}",
                ),
            ),
            trace="crawler.pages.lemmy.trace",
            credential="the login token (JWT) of an account",
        ),
        Kind(
            "reddit",
            "Reddit",
            "crawler.spiders.reddit.RedditSpider",
            signs=(
                Sign(rf"{REDDIT}/r/(?P<sub>\w+)/search{ASKED}", "https://www.reddit.com/r/{sub}/search?q={query}"),
                Sign(rf"{REDDIT}/search{ASKED}", "https://www.reddit.com/search?q={query}"),
                Sign(rf"{REDDIT}/message/(?P<mentions>mentions)/?{REST}", "https://www.reddit.com/message/mentions"),
                Sign(
                    rf"(?:{REDDIT}(?:/(?:r|user)/\w+)?/comments|(?:https?://)?redd\.it)/(?P<post>[a-z0-9]+)(?:/.*)?{REST}",
                    "https://www.reddit.com/comments/{post}",
                ),
                Sign(
                    rf"(?:{REDDIT}/|/)?r/(?P<sub>\w{{2,21}})(?:/(?:{ORDERS}))?/?(?:\.rss|\.json)?{REST}",
                    "https://www.reddit.com/r/{sub}",
                ),
            ),
            credential="the JSON of an app with client_id, client_secret and refresh_token",
        ),
        Kind(
            "trusted_shops",
            "Trusted Shops reviews",
            "crawler.spiders.trusted_shops.TrustedShopsSpider",
            signs=(
                Sign(r"(?:trusted-?shops|etrusted):(?P<channel>chl-[0-9a-f-]{8,64})", "trusted-shops:{channel}"),
                Sign(
                    r"(?:https?://)?(?:www\.)?trustedshops\.(?:de|at|ch|com|eu)/bewertung/info_"
                    rf"(?P<shop>X[0-9A-F]{{32}})(?:\.html)?/?{REST}",
                    "https://www.trustedshops.de/bewertung/info_{shop}.html",
                ),
            ),
            credential="an API client of the eTrusted Control Centre as client id:client secret",
            open=False,
        ),
        Kind(
            "trustpilot",
            "Trustpilot reviews",
            "crawler.spiders.trustpilot.TrustpilotSpider",
            signs=(
                Sign(
                    rf"(?:https?://)?(?:[a-z]{{2,3}}\.)?trustpilot\.com/review/(?:www\.)?(?P<domain>{HOST})/?{REST}",
                    "https://www.trustpilot.com/review/{domain}",
                ),
            ),
            credential="an API key of Trustpilot, because its pages forbid programs (a saved page can be imported)",
            open=False,
        ),
    )
}


def claims(pasted: str) -> list[Claim]:
    """What is known about a pasted address without fetching anything; the first is the best guess."""
    return [claim for kind in KINDS.values() if (claim := kind.claim(pasted.strip()))]


def traced() -> Iterator[Kind]:
    """The kinds that can be found in a page."""
    return (kind for kind in KINDS.values() if kind.trace)
