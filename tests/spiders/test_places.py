"""What a credential can see, shown to choose from: locations of Business Profiles, apps in App Store Connect."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from crawler.items import Target
from crawler.kinds import KINDS, claims, meant
from crawler.pages import google_places
from crawler.pages.google_places import marks
from crawler.recognise import examine
from crawler.run import Crawler
from crawler.spiders.places import MOST_PAGES
from crawler.spiders.scout import Found
from tests.spiders.apple import APP, Connect, failure
from tests.spiders.business import Business
from tests.spiders.conftest import QUICK, local
from tests.spiders.google import error
from tests.spiders.keys import apple_key, google_login
from tests.spiders.owner import Owner
from tests.spiders.site import Answer, Site

Paste = Callable[..., Found]
MAPS = "https://www.google.com/maps/place/Caf%C3%A9+Lindner/@48.2,16.3,17z/data=!3m1!4b1!4m6!3m5!1s0x476d079:0x{:x}!8m2"


@pytest.fixture
def business(site: Site) -> Business:
    return Business(site)


@pytest.fixture
def owner(site: Site, business: Business) -> Iterator[Owner]:
    made = Owner(site, business.tokens)
    yield made
    assert made.problems == []


@pytest.fixture
def paste(owner: Owner, run: Callable[[Any], Any]) -> Paste:
    settings = {"api": owner.site.url, "token_uri": owner.tokens.address}
    trial = local("", "", settings=settings, secret=google_login(), max_pages=1)

    def examine_now(pasted: str, **changes: Any) -> Found:
        found: Found = run(examine(Crawler(QUICK), replace(trial, address=pasted, **changes)))
        return found

    return examine_now


def shown(found: Found) -> list[tuple[str, str]]:
    return [(place.address, place.title) for place in found.choices]


# Business Profiles


@pytest.mark.parametrize("pasted", ["google-business:", "google-business", "https://maps.app.goo.gl/AbC"])
def test_the_only_location_is_taken(business: Business, owner: Owner, paste: Paste, pasted: str) -> None:
    owner.location("101", "202")
    business.write("Kalt.", 2)
    found = paste(pasted)
    assert (found.kind, found.problem, found.choices) == ("google_business", "", [])
    assert found.address == "https://mybusiness.googleapis.com/v4/accounts/101/locations/202"
    assert (found.settings["account"], found.settings["location"]) == ("101", "202")
    assert [post.text for post in found.sample] == ["Kalt."]
    assert "Café Lindner, Am Hof 3, 1010 Wien: the only place that the credential can see." in found.notes


def test_several_locations_are_shown_to_choose_from(owner: Owner, paste: Paste) -> None:
    owner.location("101", "202")
    owner.location("101", "203", "Lindner am Markt")
    owner.location("102", "204", "Lindner Graz", hasVoiceOfMerchant=False)
    found = paste("google-business:")
    assert shown(found) == [
        ("google-business:accounts/101/locations/202", "Café Lindner, Am Hof 3, 1010 Wien"),
        ("google-business:accounts/101/locations/203", "Lindner am Markt, Am Hof 3, 1010 Wien"),
        (
            "google-business:accounts/102/locations/204",
            "Lindner Graz, Am Hof 3, 1010 Wien, not verified at Google yet, so without reviews here",
        ),
    ]
    assert "say which place to watch. The credential can see 3" in found.problem
    assert (found.sample, found.wants_credential) == ([], False)


def test_whatever_is_shown_can_be_pasted(owner: Owner, paste: Paste) -> None:
    owner.location("101", "202")
    owner.location("101", "203")
    for place in paste("google-business:").choices:
        assert [claim.kind for claim in claims(place.address)] == ["google_business"]


@pytest.mark.parametrize(
    "link",
    [
        MAPS.format(2039),
        "https://maps.google.com/?cid=2039",
        "https://www.google.de/search?q=lindner&ludocid=2039#lrd=0x476d079:0x7f7,1",
        "https://search.google.com/local/writereview?placeid=ChIJ00000000000000000203",
        "https://www.google.com/maps/search/?api=1&query=Lindner&query_place_id=ChIJ00000000000000000203",
    ],
)
def test_the_location_of_a_pasted_link_is_taken(owner: Owner, paste: Paste, site: Site, link: str) -> None:
    owner.location("101", "202")
    owner.location("101", "203", "Lindner am Markt")
    site["/v4/accounts/101/locations/203/reviews?"] = "{}"
    found = paste(link)
    assert (found.problem, found.settings["location"]) == ("", "203")
    assert "Lindner am Markt, Am Hof 3, 1010 Wien: the place of the link." in found.notes


def test_a_link_to_another_business_takes_nothing_by_itself(owner: Owner, paste: Paste) -> None:
    owner.location("101", "202")
    found = paste(MAPS.format(4711))
    assert len(found.choices) == 1
    assert "say which place to watch" in found.problem


def test_a_location_that_two_accounts_hold_is_shown_once(owner: Owner, paste: Paste) -> None:
    owner.location("101", "202")
    owner.location("102", "202")
    assert paste("google-business:").settings["account"] == "101"


def test_long_lists_are_read_to_their_end(owner: Owner, paste: Paste) -> None:
    for number in range(25):
        owner.account(str(100 + number))
    for number in range(230):
        owner.location("124", str(1000 + number))
    found = paste("google-business:")
    assert len({address for address, _ in shown(found)}) == 230
    assert found.notes == []


def test_lists_without_end_are_broken_off_and_told(owner: Owner, paste: Paste, site: Site) -> None:
    for number in range(MOST_PAGES + 10):
        owner.location(str(100 + number), str(1000 + number))
    found = paste("google-business:")
    assert len([path for path in site.paths if path.startswith("/v1/")]) < MOST_PAGES
    assert found.choices
    [note] = found.notes
    assert note.startswith("The credential can see more places than are shown.")


def test_a_login_without_locations_is_told(owner: Owner, paste: Paste) -> None:
    assert "can see no place at all" in paste("google-business:").problem
    owner.account("101")
    assert "can see no place at all" in paste("google-business:").problem


def test_an_account_that_may_not_be_read_keeps_the_only_other_place_from_being_taken(
    owner: Owner, paste: Paste
) -> None:
    owner.location("101", "202")
    owner.account("102")
    owner.refusals["102"] = error(403, "", "PERMISSION_DENIED")
    found = paste("google-business:")
    assert (len(found.choices), found.sample) == (1, [])
    assert "Check its rights" in found.notes[0]


def test_the_location_of_a_link_is_taken_whatever_else_may_not_be_read(owner: Owner, paste: Paste) -> None:
    owner.location("101", "202")
    owner.location("101", "203")
    owner.account("102")
    owner.refusals["102"] = error(403, "", "PERMISSION_DENIED")
    found = paste("https://maps.google.com/?cid=2029")
    assert (found.problem, found.settings["location"]) == ("", "202")
    assert any("Check its rights" in note for note in found.notes)


def test_an_interface_that_is_not_switched_on_is_told(paste: Paste, owner: Owner) -> None:
    owner.account("101")
    owner.refusals["101"] = error(403, "accessNotConfigured", "PERMISSION_DENIED")
    assert "Switch it on in the Google Cloud console" in paste("google-business:").problem


@pytest.mark.parametrize("body", ["{kaputt", '{"accountList": []}', "[]"])
def test_an_answer_that_is_something_else_is_told(paste: Paste, site: Site, body: str) -> None:
    site.pages["/v1/accounts?"] = Answer(body)
    assert "The site's answer" in paste("google-business:").problem


def test_without_a_credential_nobody_is_asked_and_it_is_told_how(paste: Paste, site: Site) -> None:
    for pasted in ("google-business:", "https://maps.app.goo.gl/AbC"):
        found = paste(pasted, secret="")
        assert (found.kind, found.wants_credential) == ("google_business", True)
        assert "--secret" in found.problem
    assert site.paths == []


def test_no_secret_stands_in_what_is_told(owner: Owner, paste: Paste) -> None:
    owner.refusals["101"] = error(403, "", "PERMISSION_DENIED")
    owner.account("101")
    told = repr(paste("google-business:"))
    assert "auffrischen" not in told
    assert "geheim" not in told


@pytest.mark.parametrize(
    ("pasted", "kind"),
    [
        ("google-business", "google_business"), ("https://g.page/r/AbC/review", "google_business"),
        ("https://www.google.at/maps/place/Lindner", "google_business"), ("maps.google.de/?cid=1", "google_business"),
        ("https://business.google.com/reviews", "google_business"), ("share.google/x", "google_business"),
        ("app-store-connect:", "app_store_connect"), ("https://appstoreconnect.apple.com/apps", "app_store_connect"),
        ("google-business:accounts/1/locations/2", ""), ("https://www.google.com/", ""), ("google-business:Laden", ""),
        ("https://www.google.com/mapsx", ""), ("https://maps.google.com.laden.example/x", ""), ("google", ""),
        ("https://appstoreconnect.apple.com/apps/12", ""), ("https://laden.example/?u=google.com/maps", ""),
    ],
)  # fmt: skip
def test_what_means_a_kind_without_saying_which_place(pasted: str, kind: str) -> None:
    found = meant(pasted)
    assert (found.name if found else "") == kind


def test_every_kind_with_places_has_patterns_for_them_and_none_that_names_one() -> None:
    listing = [kind for kind in KINDS.values() if kind.places or kind.vague]
    assert all(kind.places and kind.vague and kind.credential for kind in listing)
    assert {kind.load_places().name for kind in listing} == {kind.name for kind in listing}


def test_a_link_without_a_number_has_no_marks() -> None:
    assert marks("https://maps.app.goo.gl/AbC") == frozenset()
    assert marks(MAPS.format(255)) == {"255"}


@pytest.mark.parametrize("name", ["", "locations/", "locations/x", "locations/1/../2", "places/1", "locations/²"])
def test_a_location_without_a_number_is_left_out(name: str) -> None:
    body = json.dumps({"locations": [{"name": name}, {"name": "locations/7"}]}).encode()
    [place] = google_places.locations(body, "https://x.example/", "accounts/1").places
    assert place.address == "google-business:accounts/1/locations/7"


def test_an_account_without_a_number_is_not_asked_for_its_locations() -> None:
    body = json.dumps({"accounts": [{"name": "accounts/1"}, {"name": "accounts/-"}, {"name": "accounts/1?x"}, {}]})
    assert google_places.accounts(body.encode(), "https://x.example/") == (["accounts/1"], "")


# App Store Connect


@pytest.fixture
def team(site: Site, run: Callable[[Any], Any]) -> Target:
    Connect(site).write("Stürzt ab.")
    return local("app-store-connect:", "", settings={"api": site.url}, secret=apple_key(), max_pages=1)


def apps(site: Site, *numbers: str, after: int = 0) -> Answer:
    listed = [
        {"type": "apps", "id": number, "attributes": {"name": "Möbel Lindner", "bundleId": f"at.lindner.a{number}"}}
        for number in numbers[after : after + 2]
    ]
    following = {"next": f"{site.url}/v1/apps?cursor={after + 2}"} if after + 2 < len(numbers) else {}
    return Answer(json.dumps({"data": listed, "links": {"self": f"{site.url}/v1/apps", **following}}))


def test_the_only_app_of_a_team_is_taken(site: Site, team: Target, run: Callable[[Any], Any]) -> None:
    site.pages["/v1/apps?"] = lambda _: apps(site, APP)
    found = run(examine(Crawler(QUICK), team))
    assert (found.problem, found.address) == ("", f"https://appstoreconnect.apple.com/apps/{APP}")
    assert [post.text for post in found.sample] == ["Stürzt ab."]


def test_the_apps_of_a_team_are_shown_to_choose_from(site: Site, team: Target, run: Callable[[Any], Any]) -> None:
    site.pages["/v1/apps?"] = lambda asked: apps(site, "1", "2", "3", after=2 if "cursor=2" in asked.path else 0)
    found = run(examine(Crawler(QUICK), team))
    assert shown(found)[0] == ("app-store-connect:1", "Möbel Lindner (at.lindner.a1)")
    assert [claims(address)[0].settings["app"] for address, _ in shown(found)] == ["1", "2", "3"]


def test_a_key_that_may_not_list_apps_is_told(site: Site, team: Target, run: Callable[[Any], Any]) -> None:
    site.pages["/v1/apps?"] = lambda _: failure(403, "FORBIDDEN_ERROR")
    assert "Check its rights" in run(examine(Crawler(QUICK), team)).problem
