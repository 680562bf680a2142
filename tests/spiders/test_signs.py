"""What people paste for Apple's and Google's places, and what only looks like it."""

from __future__ import annotations

from typing import Any

import pytest

from crawler.barred import barred
from crawler.kinds import KINDS, claims
from crawler.recognise import examine
from crawler.run import Crawler
from tests.spiders.apple import APP, Feed
from tests.spiders.conftest import QUICK, Run, local
from tests.spiders.keys import service_account
from tests.spiders.play import PACKAGE, Play
from tests.spiders.site import Site

CHANNEL = "UCabcdefghijklmnopqrst-_"
VIDEO = "dQw4w9WgXc0"
APPLE = {"app": APP}
PLAY = {"package": "at.lindner.moebel_haus"}
PROFILE = {"account": "101", "location": "202"}

PASTED = [
    (f"https://apps.apple.com/de/app/moebel-lindner/id{APP}", "app_store", APPLE | {"country": "de"}),
    (
        f"https://apps.apple.com/AT/app/m%C3%B6bel/id{APP}?l=en-GB&see-all=reviews",
        "app_store",
        APPLE | {"country": "AT"},
    ),
    (f"apps.apple.com/app/id{APP}", "app_store", APPLE),
    (f"https://itunes.apple.com/ch/app/x/id{APP}?mt=8#more", "app_store", APPLE | {"country": "ch"}),
    (f"itms-apps://itunes.apple.com/app/id{APP}", "app_store", APPLE),
    (
        f"https://itunes.apple.com/fr/rss/customerreviews/page=2/id={APP}/sortby=mostrecent/xml",
        "app_store",
        APPLE | {"country": "fr"},
    ),
    (f"https://itunes.apple.com/rss/customerreviews/id={APP}/json", "app_store", APPLE),
    (f"app-store:{APP}", "app_store", APPLE),
    (
        f"https://appstoreconnect.apple.com/apps/{APP}/distribution/activity/ios/ratingsResponses",
        "app_store_connect",
        APPLE,
    ),
    (f"app-store-connect:{APP}", "app_store_connect", APPLE),
    ("https://play.google.com/store/apps/details?id=at.lindner.moebel_haus", "google_play", PLAY),
    ("play.google.com/store/apps/details?hl=de&id=at.lindner.moebel_haus&gl=AT#reviews", "google_play", PLAY),
    ("market://details?id=at.lindner.moebel_haus", "google_play", PLAY),
    ("google-play:at.lindner.moebel_haus", "google_play", PLAY),
    ("google-business:accounts/101/locations/202", "google_business", PROFILE),
    ("accounts/101/locations/202", "google_business", PROFILE),
    ("https://mybusiness.googleapis.com/v4/accounts/101/locations/202/reviews?pageSize=5", "google_business", PROFILE),
    (f"https://www.youtube.com/watch?v={VIDEO}", "youtube", {"video": VIDEO}),
    (f"https://m.youtube.com/watch?app=desktop&v={VIDEO}&t=42s", "youtube", {"video": VIDEO}),
    (f"https://youtu.be/{VIDEO}?si=AbC", "youtube", {"video": VIDEO}),
    (f"youtube.com/shorts/{VIDEO}", "youtube", {"video": VIDEO}),
    (f"https://www.youtube.com/live/{VIDEO}?feature=share", "youtube", {"video": VIDEO}),
    (f"https://www.youtube.com/embed/{VIDEO}", "youtube", {"video": VIDEO}),
    (f"https://www.youtube.com/channel/{CHANNEL}/videos", "youtube", {"channel": CHANNEL}),
    (f"https://studio.youtube.com/channel/{CHANNEL}/comments/inbox", "youtube", {"channel": CHANNEL}),
    ("https://www.youtube.com/@moebel.lindner/videos", "youtube", {"handle": "moebel.lindner"}),
    ("youtube:@möbel-lindner", "youtube", {"handle": "möbel-lindner"}),
    ("https://www.youtube.com/user/MoebelLindner", "youtube", {"user": "MoebelLindner"}),
]

NEAR_MISSES = [
    "https://apps.apple.com/de/developer/lindner/id1592550875",
    "https://apps.apple.com/de/app/moebel-lindner",
    "https://apps.apple.com.boese.example/de/app/x/id1592550875",
    "https://laden.example/?u=https://apps.apple.com/app/id1592550875",
    "https://play.google.com/store/apps/dev?id=123",
    "https://play.google.com/store/apps/details?xid=at.lindner.app",
    "https://play.google.com/store/apps/details?id=kein_paket",
    "https://play.google.com.boese.example/store/apps/details?id=at.lindner.app",
    "accounts/lindner/locations/202",
    "https://www.youtube.com/playlist?list=PL1234567890",
    "https://www.youtube.com/watch?list=PL1&xv=dQw4w9WgXc0",
    "https://www.youtube.com/watch?v=zukurz",
    "https://www.youtube.com/c/MoebelLindner",
    "https://nichtyoutube.com/watch?v=dQw4w9WgXc0",
    "@moebel-lindner",
]


@pytest.mark.parametrize(("pasted", "kind", "settings"), PASTED)
def test_what_people_paste_is_recognised(pasted: str, kind: str, settings: dict[str, str]) -> None:
    [claim] = claims(f" {pasted} ")
    assert (claim.kind, claim.settings) == (kind, {**KINDS[kind].settings, **settings})
    assert claim.address.startswith("https://")


@pytest.mark.parametrize(("pasted", "kind", "settings"), PASTED)
def test_the_stored_address_is_recognised_again(pasted: str, kind: str, settings: dict[str, str]) -> None:
    [claim] = claims(pasted)
    assert [again.address for again in claims(claim.address)] == [claim.address]


@pytest.mark.parametrize("pasted", NEAR_MISSES)
def test_what_only_looks_like_it_is_not(pasted: str) -> None:
    assert claims(pasted) == []


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://play.google.com/store/apps/dev?id=123", "give the link of the app"),
        ("https://business.google.com/n/123/profile", "give the link once more with a credential (--secret)"),
        ("https://www.youtube.com/playlist?list=PL1", "Give the link of a video"),
    ],
)
def test_other_pages_there_are_not_read_and_the_way_is_told(address: str, told: str) -> None:
    assert told in barred(address)


@pytest.mark.parametrize("pasted", [
    f"https://play.google.com/store/apps/details?id={PACKAGE}", "google-business:accounts/1/locations/2",
    f"https://youtu.be/{VIDEO}", f"app-store-connect:{APP}",
])  # fmt: skip
def test_without_a_credential_it_is_said_that_one_is_needed(pasted: str, run: Run[Any]) -> None:
    found = run(examine(Crawler(QUICK), local(pasted, "", max_pages=1)))
    assert "--secret" in found.problem
    assert (found.kind, found.wants_credential, found.sample) == (claims(pasted)[0].kind, True, [])


def test_an_app_is_shown_before_it_is_watched(site: Site, run: Run[Any]) -> None:
    feed = Feed(site)
    feed.write("Stürzt ab.", 1, "at")
    trial = local(f"https://apps.apple.com/at/app/x/id{APP}", "", max_pages=1, settings={"api": site.url})
    found = run(examine(Crawler(QUICK), trial))
    assert (found.kind, found.problem, [post.text for post in found.sample]) == ("app_store", "", ["Stürzt ab."])
    assert site.paths[0].startswith("/at/rss/")


def test_an_app_on_google_play_is_shown_with_its_credential(site: Site, run: Run[Any]) -> None:
    play = Play(site)
    play.write("Langsam.")
    settings = {"api": site.url, "token_uri": play.tokens.address}
    trial = local(f"google-play:{PACKAGE}", "", max_pages=1, settings=settings, secret=service_account())
    found = run(examine(Crawler(QUICK), trial))
    assert (found.kind, [post.text for post in found.sample]) == ("google_play", ["Langsam."])
