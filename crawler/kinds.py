"""The table of kinds. A new one is a page object in `crawler/pages`, a spider in `crawler/spiders` and a row here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crawler import signs
from crawler.kind import Claim, Kind
from crawler.options import API, COUNTRIES, FOUND_API, PAGE, POST, own_ids

NO_ACCOUNT_IS_OURS: dict[str, Any] = {"own_ids": ()}
"""Where answers stand inside the customer's post, or the spider knows ours, a post under our name is not by us."""

SOCIAL: dict[str, Any] = {"post_kind": "social"}
"""Posts in a conversation, which are read and answered otherwise than reviews."""

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("schema_org", "page with review markup", "crawler.spiders.schema_org.SchemaOrgSpider"),
        Kind("feed", "RSS or Atom feed", "crawler.spiders.feed.FeedSpider"),
        Kind(
            "wordpress",
            "WordPress comments",
            "crawler.spiders.wordpress.WordPressSpider",
            own_options=(FOUND_API, POST, own_ids("the numbers of their WordPress users")),
        ),
        Kind(
            "mail",
            "mailbox with notification mails",
            "crawler.spiders.mail.MailSpider",
            signs=signs.MAIL,
            credential="the password of the mailbox",
            way="from your mail provider; where the mailbox asks for a second factor, make an app password there",
            open=False,
            settings=NO_ACCOUNT_IS_OURS,
        ),
        Kind(
            "app_store",
            "app in the App Store",
            "crawler.spiders.app_store.AppStoreSpider",
            signs=signs.APP_STORE,
            settings=NO_ACCOUNT_IS_OURS,
            own_options=(COUNTRIES, API),
        ),
        Kind(
            "app_store_connect",
            "app in App Store Connect",
            "crawler.spiders.app_store_connect.AppStoreConnectSpider",
            signs=signs.APP_STORE_CONNECT,
            vague=signs.APP_STORE_CONNECT_VAGUE,
            places="crawler.spiders.apple_apps.AppleAppsSpider",
            credential="a JSON with issuer_id, key_id and private_key (the text of the .p8 file) of a team key",
            way="App Store Connect → Users and Access → Integrations → Team Keys; make one with the role Customer "
            "Support and load its file down (once only)",
            open=False,
            settings=NO_ACCOUNT_IS_OURS,
            own_options=(API,),
        ),
        Kind(
            "google_play",
            "app on Google Play",
            "crawler.spiders.google_play.GooglePlaySpider",
            signs=signs.GOOGLE_PLAY,
            credential="the JSON key of a service account that may reply to reviews in the Play Console, since Google "
            "forbids programs on the public page",
            way="in the Google Cloud console switch on the Google Play Android Developer API and make a service "
            "account with a JSON key; then invite its address in the Play Console under Users and permissions with the "
            "right to reply to reviews",
            open=False,
            settings=NO_ACCOUNT_IS_OURS,
            own_options=(API,),
        ),
        Kind(
            "google_business",
            "Business Profile on Google",
            "crawler.spiders.google_business.GoogleBusinessSpider",
            signs=signs.GOOGLE_BUSINESS,
            vague=signs.GOOGLE_BUSINESS_VAGUE,
            places="crawler.spiders.google_places.GooglePlacesSpider",
            credential="a JSON with client_id, client_secret and refresh_token of a Google login that manages it",
            way="apply to Google for access to the Business Profile APIs; then make an OAuth client in the Google "
            "Cloud console and let somebody who manages the profile agree to the scope business.manage",
            open=False,
            settings=NO_ACCOUNT_IS_OURS,
            own_options=(API,),
        ),
        Kind(
            "youtube",
            "video or channel on YouTube",
            "crawler.spiders.youtube.YouTubeSpider",
            signs=signs.YOUTUBE,
            credential="an API key for the YouTube Data API, since YouTube's pages are not for programs",
            way="in the Google Cloud console switch on the YouTube Data API and make an API key for it",
            open=False,
            settings=SOCIAL | NO_ACCOUNT_IS_OURS,
            own_options=(own_ids("ids of channels, UC…; without them the owner of the video"), API),
        ),
        Kind(
            "mastodon",
            "Mastodon",
            "crawler.spiders.mastodon.MastodonSpider",
            signs=signs.MASTODON,
            credential="an access token with read:accounts, read:statuses, read:notifications, read:search",
            way="on your server under Preferences → Development → New application; tick these rights and copy “Your "
            "access token”",
            settings=SOCIAL,
            own_options=(API,),
        ),
        Kind(
            "bluesky",
            "Bluesky",
            "crawler.spiders.bluesky.BlueskySpider",
            signs=signs.BLUESKY,
            credential="an app password as handle:password",
            way="in Bluesky under Settings → Privacy and security → App passwords; write your handle and a colon "
            "before it",
            open=False,
            settings=SOCIAL,
            own_options=(API,),
        ),
        Kind(
            "isso",
            "Isso comments",
            "crawler.spiders.isso.IssoSpider",
            signs=signs.ISSO,
            trace="crawler.pages.isso.trace",
            own_options=(own_ids("the hashes of their authors"), PAGE, API),
        ),
        Kind(
            "discourse",
            "Discourse forum",
            "crawler.spiders.discourse.DiscourseSpider",
            trace="crawler.pages.discourse.trace",
            credential="an API key as username:key",
            way="an administrator makes one under Admin → API keys for a single user with the scope “read”",
            settings=SOCIAL,
            own_options=(own_ids("the numbers of their users"), FOUND_API),
        ),
        Kind(
            "lemmy",
            "Lemmy community",
            "crawler.spiders.lemmy.LemmySpider",
            signs=signs.LEMMY,
            trace="crawler.pages.lemmy.trace",
            credential="the login token (JWT) of an account",
            way="log in to the instance in a browser and copy the value of its cookie “jwt”",
            settings=SOCIAL,
            own_options=(own_ids("their addresses, https://instance/u/name"), API),
        ),
        Kind(
            "reddit",
            "Reddit",
            "crawler.spiders.reddit.RedditSpider",
            signs=signs.REDDIT,
            credential="the JSON of an app with client_id, client_secret and refresh_token",
            way="make an app under reddit.com/prefs/apps and agree to the rights read, history and privatemessages; "
            "for use in business Reddit must agree",
            settings=SOCIAL,
            own_options=(own_ids("ids of the form t2_…"), API),
        ),
        Kind(
            "trusted_shops",
            "Trusted Shops reviews",
            "crawler.spiders.trusted_shops.TrustedShopsSpider",
            signs=signs.TRUSTED_SHOPS,
            credential="an API client of the eTrusted Control Centre as client id:client secret",
            way="eTrusted Control Centre → Settings → API clients",
            open=False,
            own_options=(API,),
        ),
        Kind(
            "trustpilot",
            "Trustpilot reviews",
            "crawler.spiders.trustpilot.TrustpilotSpider",
            signs=signs.TRUSTPILOT,
            credential="an API key of Trustpilot, because its pages forbid programs (a saved page can be imported)",
            way="it belongs to Trustpilot's paid plans; ask Trustpilot for it",
            open=False,
            own_options=(API,),
        ),
    )
}


def claims(pasted: str) -> list[Claim]:
    """What is known about a pasted address without fetching anything; the first is the best guess."""
    return [claim for kind in KINDS.values() if (claim := kind.claim(pasted.strip()))]


def meant(pasted: str) -> Kind | None:
    """The kind that is meant by what does not say which place."""
    return next((kind for kind in KINDS.values() if kind.is_meant(pasted.strip())), None)


def traced() -> Iterator[Kind]:
    """The kinds that can be found in a page."""
    return (kind for kind in KINDS.values() if kind.trace)
